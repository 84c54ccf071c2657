// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/words.h"

#include "engine/policy/report_verdict.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>

namespace songda::ui::words {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString state(MessageState state) {
    switch (state) {
    case MessageState::Held: return Words::tr("Held");
    case MessageState::Queued: return Words::tr("Queued");
    case MessageState::Sending: return Words::tr("Sending");
    case MessageState::Retrying: return Words::tr("Retrying");
    case MessageState::Accepted: return Words::tr("Accepted");
    case MessageState::Delivered: return Words::tr("Delivered");
    case MessageState::Undelivered: return Words::tr("Undelivered");
    case MessageState::Dead: return Words::tr("Dead letter");
    case MessageState::Uncertain: return Words::tr("Uncertain");
    case MessageState::Cancelled: return Words::tr("Cancelled");
    case MessageState::Expired: return Words::tr("Expired");
    }
    return {};
}

Tone tone(MessageState state) {
    switch (state) {
    case MessageState::Held:
    case MessageState::Retrying:
    case MessageState::Uncertain: return Tone::Warn;
    case MessageState::Queued:
    case MessageState::Cancelled: return Tone::Neutral;
    case MessageState::Sending: return Tone::Info;
    case MessageState::Accepted:
    case MessageState::Delivered: return Tone::Good;
    case MessageState::Undelivered:
    case MessageState::Dead:
    case MessageState::Expired: return Tone::Bad;
    }
    return Tone::Neutral;
}

namespace {

/// 7:12; nothing when the time is over.
QString clock(std::optional<WallTime> until, WallTime now) {
    if (!until || *until <= now)
        return {};
    const auto left = std::chrono::ceil<std::chrono::seconds>(*until - now).count();
    return QStringLiteral("%1:%2").arg(left / 60).arg(left % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

QString stateWithClock(const MessageRow &m, WallTime now) {
    const QString left = m.state == MessageState::Uncertain || m.state == MessageState::Dead ? clock(m.safeUntil, now) : QString();
    return left.isEmpty() ? state(m.state) : QStringLiteral("%1 · %2").arg(state(m.state), left);
}

QString safeRepeat(const MessageRow &m, WallTime now) {
    if (!m.safeUntil || m.state == MessageState::Accepted || m.state == MessageState::Delivered || m.state == MessageState::Cancelled)
        return {};
    const QString left = clock(m.safeUntil, now);
    return left.isEmpty() ? Words::tr("The time for a safe repeat is over: a repeat may arrive twice.")
                          : Words::tr("Safe to repeat for %1: until then WeChat drops what it has already.").arg(left);
}

QString replayState(ReplayState state) {
    switch (state) {
    case ReplayState::Running: return Words::tr("Running");
    case ReplayState::Paused: return Words::tr("Paused");
    case ReplayState::Stopped: return Words::tr("Stopped by itself");
    case ReplayState::Done: return Words::tr("Done");
    case ReplayState::Cancelled: return Words::tr("Ended");
    }
    return {};
}

Tone tone(ReplayState state) {
    switch (state) {
    case ReplayState::Running: return Tone::Info;
    case ReplayState::Paused: return Tone::Warn;
    case ReplayState::Stopped: return Tone::Bad;
    case ReplayState::Done: return Tone::Good;
    case ReplayState::Cancelled: return Tone::Neutral;
    }
    return Tone::Neutral;
}

QString replayStop(const ReplayRun &run, const QString &cause) {
    if (run.state == ReplayState::Paused)
        return Words::tr("Paused by %1 at %2.").arg(q(run.changedBy), shortTime(run.changedAt));
    if (run.state != ReplayState::Stopped)
        return {};
    if (run.stop == ReplayStop::NewCause)
        return Words::tr("A message failed with a code that none of them had: %1. Look into it; going on begins with the first step again.").arg(cause);
    return Words::tr("%1 of %2 in this step failed. Look into it; going on begins with the first step again.")
        .arg(number(run.stepFailed), number(run.stepReleased));
}

QString odds(const RetryOdds &odds, bool retryHelps) {
    if (odds.tried == 0)
        return retryHelps ? Words::tr("Trying again helps: it may pass later as it is. Nobody has tried it here yet.")
                          : Words::tr("Trying again alone does not help: something has to change first.");
    const QString here = Words::tr("Trying again after this helped %1 of %2 times here (%3).")
                             .arg(number(odds.helped), number(odds.tried), share(odds.helped, odds.tried));
    return retryHelps ? here : Words::tr("Something has to change first. %1").arg(here);
}

QString next(const Message &m, WallTime now, const QString &held) {
    if (!held.isEmpty() && (m.state == MessageState::Queued || m.state == MessageState::Retrying))
        return m.dueAt > now ? Words::tr("%1 Not before %2 (China time).").arg(held, shortTime(m.dueAt)) : held;
    switch (m.state) {
    case MessageState::Held: return Words::tr("Waits until a person releases it.");
    case MessageState::Queued:
        if (m.dueAt > now && m.cause == "frequency_cap")
            return Words::tr("Its reader has had as many messages as the policy allows for now; goes out at %1 (China time).").arg(shortTime(m.dueAt));
        return m.dueAt > now ? Words::tr("Goes out at %1 (China time).").arg(shortTime(m.dueAt))
                             : Words::tr("Goes out as soon as its turn comes.");
    case MessageState::Sending: return Words::tr("Is on its way to WeChat right now.");
    case MessageState::Retrying:
        return m.dueAt > now ? Words::tr("Failed for now; tried again in %1.").arg(span(m.dueAt - now))
                             : Words::tr("Failed for now; tried again as soon as its turn comes.");
    case MessageState::Accepted: return Words::tr("WeChat took it. Whether it arrived, only WeChat's delivery report can say.");
    case MessageState::Delivered: return Words::tr("WeChat reported that it arrived.");
    case MessageState::Undelivered: return Words::tr("WeChat reported that it did not arrive. Nothing more happens by itself.");
    case MessageState::Dead: return Words::tr("Will not be tried again by itself. Resend it, or discard it with a reason.");
    case MessageState::Uncertain:
        return Words::tr("It was written to WeChat and no answer is known. A repeat may arrive twice, so a person decides.");
    case MessageState::Cancelled:
        return m.attempts > 0 ? Words::tr("Was cancelled or discarded. Nothing more happens by itself.") : Words::tr("Was cancelled before it was sent.");
    case MessageState::Expired: return Words::tr("Its time was over before its turn came.");
    }
    return {};
}

QString errorClass(ErrorClass value) {
    switch (value) {
    case ErrorClass::Success: return Words::tr("Success");
    case ErrorClass::Token: return Words::tr("Token");
    case ErrorClass::ThrottleMinute: return Words::tr("Too fast");
    case ErrorClass::ThrottleDay: return Words::tr("Daily quota");
    case ErrorClass::Transient: return Words::tr("Passing fault");
    case ErrorClass::Recipient: return Words::tr("Recipient");
    case ErrorClass::Content: return Words::tr("Content");
    case ErrorClass::Config: return Words::tr("Template or account");
    case ErrorClass::Unknown: return Words::tr("Unknown");
    }
    return {};
}

Tone tone(ErrorClass value) {
    switch (value) {
    case ErrorClass::Success: return Tone::Good;
    case ErrorClass::Token:
    case ErrorClass::Transient:
    case ErrorClass::ThrottleMinute: return Tone::Warn;
    default: return Tone::Bad;
    }
}

QString move(const std::string &move) {
    if (move == "recipient")
        return Words::tr("the recipient");
    if (move == "content")
        return Words::tr("whoever wrote the content");
    if (move == "template")
        return Words::tr("whoever keeps the template");
    if (move == "account")
        return Words::tr("whoever keeps the account");
    if (move == "wechat")
        return Words::tr("WeChat");
    if (move == "network")
        return Words::tr("the network");
    return Words::tr("the maker of this program");
}

QString environment(Environment environment) {
    switch (environment) {
    case Environment::Production: return Words::tr("PRODUCTION");
    case Environment::TestAccount: return Words::tr("TEST ACCOUNT");
    case Environment::Practice: return Words::tr("PRACTICE");
    }
    return {};
}

Tone tone(Environment environment) {
    switch (environment) {
    case Environment::Production: return Tone::Bad;
    case Environment::TestAccount: return Tone::Warn;
    case Environment::Practice: return Tone::Info;
    }
    return Tone::Neutral;
}

QString phase(AttemptPhase phase) {
    switch (phase) {
    case AttemptPhase::Started: return Words::tr("under way");
    case AttemptPhase::NotWritten: return Words::tr("not sent");
    case AttemptPhase::Written: return Words::tr("sent, no answer");
    case AttemptPhase::Answered: return Words::tr("answered");
    case AttemptPhase::Interrupted: return Words::tr("program ended meanwhile");
    }
    return {};
}

Tone tone(AttemptPhase phase) {
    switch (phase) {
    case AttemptPhase::Started: return Tone::Info;
    case AttemptPhase::Answered: return Tone::Neutral;
    default: return Tone::Warn;
    }
}

QString batchState(BatchState state) {
    switch (state) {
    case BatchState::Active: return Words::tr("Running", "batch");
    case BatchState::Paused: return Words::tr("Paused", "batch");
    case BatchState::Cancelled: return Words::tr("Cancelled", "batch");
    }
    return {};
}

QString batchHold(const Hold &hold) {
    // What the engine itself says.
    const QString why = hold.detail == seedHold ? Words::tr("waits until somebody has looked at the seed messages")
        : hold.detail == approvalHold           ? Words::tr("waits until a second person agrees")
        : hold.detail == importHold             ? Words::tr("its rows are still coming in")
                                                : q(hold.detail);
    return why.isEmpty() ? Words::tr("by %1, %2").arg(q(hold.by), shortTime(hold.since))
                         : Words::tr("%1 (by %2, %3)").arg(why, q(hold.by), shortTime(hold.since));
}

QString priority(int priority) {
    return priority <= 0 ? Words::tr("bulk") : priority == 1 ? Words::tr("normal") : Words::tr("urgent");
}

QString suppressionCause(const std::string &cause) {
    if (cause == "opt_out")
        return Words::tr("asked for no more messages");
    if (cause == "operator")
        return Words::tr("put on the list by hand");
    // What WeChat's pushes say of a person.
    if (cause == "unsubscribed")
        return Words::tr("stopped following the account");
    if (cause == "user_block")
        return Words::tr("refuses messages of this account");
    if (cause == "subscription_refused")
        return Words::tr("refused messages of this template");
    return Words::tr("WeChat refused with %1").arg(q(cause));
}

QString role(UserRole role) {
    switch (role) {
    case UserRole::Operator: return Words::tr("operators");
    case UserRole::Support: return Words::tr("support");
    case UserRole::Auditor: return Words::tr("auditors");
    case UserRole::Admin: return Words::tr("admins");
    }
    return {};
}

QString onlyFor(const std::vector<UserRole> &roles) {
    QStringList names;
    for (const UserRole one : roles)
        names << role(one);
    return Words::tr("Only for: %1").arg(names.join(QStringLiteral(" / ")));
}

QString act(const std::string &act) {
    if (act == "message.resend")
        return Words::tr("Resent");
    if (act == "message.edit")
        return Words::tr("Edited and resent");
    if (act == "message.intercepted")
        return Words::tr("Accepted, but intercepted by the platform");
    if (act == "message.not_intercepted")
        return Words::tr("Asked WeChat: not intercepted");
    if (act == "message.ask")
        return Words::tr("Asked WeChat whether it was intercepted, without an answer");
    if (act == "attempt.ask")
        return Words::tr("Asked WeChat about a refused attempt");
    if (act == "replay.pause")
        return Words::tr("Paused a replay");
    if (act == "replay.resume")
        return Words::tr("Let a replay go on");
    if (act == "replay.cancel")
        return Words::tr("Ended a replay");
    if (act == "replay.stop")
        return Words::tr("A replay stopped by itself");
    if (act == "cause.note")
        return Words::tr("Wrote a note");
    if (act == "message.discard")
        return Words::tr("Discarded");
    if (act == "message.restore")
        return Words::tr("Restored");
    if (act == "message.cancel")
        return Words::tr("Cancelled messages");
    if (act == "message.hold")
        return Words::tr("Held messages");
    if (act == "message.release")
        return Words::tr("Released messages");
    if (act == "message.due")
        return Words::tr("Gave messages another time");
    if (act == "message.cut_short")
        return Words::tr("Ended an act on the way");
    if (act == "message.send")
        return Words::tr("Sent one message");
    if (act == "batch.import")
        return Words::tr("Imported a file");
    if (act == "batch.pause")
        return Words::tr("Paused a batch");
    if (act == "batch.resume")
        return Words::tr("Let a batch go on");
    if (act == "batch.cancel")
        return Words::tr("Cancelled a batch");
    if (act == "account.add")
        return Words::tr("Added an account");
    if (act == "account.change")
        return Words::tr("Changed an account");
    if (act == "account.secret")
        return Words::tr("Changed a secret");
    if (act == "secrets.rekey_begin")
        return Words::tr("Began to change the passphrase of the secrets");
    if (act == "secrets.rekey")
        return Words::tr("Changed the passphrase of the secrets");
    if (act == "account.hold")
        return Words::tr("Held an account");
    if (act == "account.resume")
        return Words::tr("Released an account");
    if (act == "template.sync")
        return Words::tr("Fetched the templates");
    if (act == "template.add")
        return Words::tr("Added a template");
    if (act == "template.hold")
        return Words::tr("Held a template");
    if (act == "template.resume")
        return Words::tr("Released a template");
    if (act == "recipient.suppress")
        return Words::tr("Put people on the list of those not written to");
    if (act == "recipient.lift")
        return Words::tr("Took somebody off the list of those not written to");
    if (act == "recipient.erase")
        return Words::tr("Erased a person");
    if (act == "user.add")
        return Words::tr("Added a user");
    if (act == "user.role")
        return Words::tr("Gave a user another role");
    if (act == "user.password")
        return Words::tr("Gave a user another password");
    if (act == "user.remove")
        return Words::tr("Removed a user");
    if (act == "user.lock")
        return Words::tr("Locked a user after wrong passwords");
    if (act == "user.unlock")
        return Words::tr("Unlocked a user");
    if (act == "user.sign_in")
        return Words::tr("Signed in");
    if (act == "log.levels")
        return Words::tr("Changed what is logged");
    if (act == "report.export")
        return Words::tr("Exported a report");
    if (act == "alert.acknowledge")
        return Words::tr("Acknowledged an alert");
    if (act == "alert.sink_add")
        return Words::tr("Set up who is told of alerts");
    if (act == "alert.sink_remove")
        return Words::tr("Removed one who was told of alerts");
    if (act == "account.failover")
        return Words::tr("Changed over to the other API address");
    if (act == "account.slow_down")
        return Words::tr("Lowered the rate");
    if (act == "account.full_speed")
        return Words::tr("Let the full rate go again");
    if (act == "account.refresh_token")
        return Words::tr("Fetched a token at once");
    if (act == "engine.pause")
        return Words::tr("Paused sending");
    if (act == "engine.resume")
        return Words::tr("Let sending go on");
    if (act == "engine.recover")
        return Words::tr("Settled what an earlier run left in flight");
    if (act == "policy.load")
        return Words::tr("A changed policy came into force");
    if (act == "policy.refuse")
        return Words::tr("A changed policy was refused");
    if (act == "doors.change")
        return Words::tr("Changed the settings of the doors");
    if (act == "policy.change")
        return Words::tr("Changed the policy");
    if (act == "hook.add")
        return Words::tr("Set up who is told of outcomes");
    if (act == "hook.set")
        return Words::tr("Changed how much is kept for whom is told of outcomes");
    if (act == "hook.rotate")
        return Words::tr("Gave a hook another secret");
    if (act == "hook.resume")
        return Words::tr("Let a hook go on");
    if (act == "hook.stop")
        return Words::tr("A hook was left alone after many failures");
    if (act == "hook.remove")
        return Words::tr("Removed a hook");
    if (act == "callback.set")
        return Words::tr("Set up where WeChat reports to");
    if (act == "callback.remove")
        return Words::tr("Removed where WeChat reports to");
    if (act == "key.add")
        return Words::tr("Made a key for a business system");
    if (act == "key.rotate")
        return Words::tr("Replaced a key of a business system");
    if (act == "key.revoke")
        return Words::tr("Withdrew a key of a business system");
    if (act == "restore.accept")
        return Words::tr("Agreed to send from a restored backup");
    if (act == "backup")
        return Words::tr("Made a backup");
    if (act == "archive")
        return Words::tr("Archived old messages");
    return q(act);
}

QString reportFault(const ReportProblem &problem) {
    switch (problem.fault) {
    case ReportFault::NoManifest: return Words::tr("There is no manifest beside it.");
    case ReportFault::NotAManifest: return Words::tr("What lies beside it is not the manifest of a report.");
    case ReportFault::OtherFile: return Words::tr("The manifest is that of another file.");
    case ReportFault::Content: return Words::tr("The file was changed after it was exported: its SHA-256 is another one.");
    case ReportFault::Rows: return Words::tr("It has more or fewer rows than it had.");
    case ReportFault::States: return Words::tr("The rows per state are other ones.");
    case ReportFault::Chain: return Words::tr("It does not follow in the chain of reports: the manifest was changed, or a report before it is missing.");
    }
    return {};
}

QString report(const std::string &status) {
    const ReportVerdict verdict = verdictOf(status);
    if (verdict == ReportVerdict::Delivered)
        return Words::tr("WeChat reports: arrived");
    if (verdict == ReportVerdict::Blocked)
        return Words::tr("WeChat reports: the person has blocked the account");
    if (verdict == ReportVerdict::Failed) {
        const QString failed = Words::tr("WeChat reports: failed on WeChat's side");
        const bool usual = q(status).contains(QLatin1String("system"), Qt::CaseInsensitive);
        return usual ? failed : QStringLiteral("%1 · %2").arg(failed, q(status));
    }
    return Words::tr("WeChat reports: %1").arg(q(status));
}

QString valueType(ValueType type) {
    const int most = lengthLimit(type);
    switch (type) {
    case ValueType::Thing:
    case ValueType::ShortThing: return Words::tr("Text, at most %1 characters").arg(most);
    case ValueType::Constant: return Words::tr("One of the fixed words, at most %1 characters").arg(most);
    case ValueType::CharacterString: return Words::tr("Digits, letters or signs, at most %1").arg(most);
    case ValueType::Number: return Words::tr("A number, at most %1 digits").arg(most);
    case ValueType::Letter: return Words::tr("Letters, at most %1").arg(most);
    case ValueType::Symbol: return Words::tr("Signs, at most %1").arg(most);
    case ValueType::Phrase: return Words::tr("Chinese characters, at most %1").arg(most);
    case ValueType::Name: return Words::tr("A name, at most %1 characters").arg(most);
    case ValueType::Amount: return Words::tr("An amount of money, such as ¥129.50");
    case ValueType::PhoneNumber: return Words::tr("A phone number");
    case ValueType::CarNumber: return Words::tr("A car's number plate");
    case ValueType::Time: return Words::tr("A time, such as 2026-01-31 18:30 or 18:30");
    case ValueType::Date: return Words::tr("A date, such as 2026-01-31 or 2026年1月31日");
    case ValueType::Untyped: return Words::tr("Any text; WeChat cuts what is too long");
    }
    return {};
}

QString fault(ValueFault fault, ValueType type) {
    switch (fault) {
    case ValueFault::Empty: return Words::tr("A value is needed here.");
    case ValueFault::TooLong: return Words::tr("Too long: at most %1 characters.").arg(lengthLimit(type));
    case ValueFault::NotUtf8: return Words::tr("Not readable text. Type it again.");
    case ValueFault::ControlCharacter: return Words::tr("Line breaks and control characters are not allowed.");
    case ValueFault::WrongForm: return Words::tr("Wrong form. Wanted: %1.").arg(valueType(type));
    case ValueFault::MissingKey: return Words::tr("The template needs this value.");
    case ValueFault::UnknownKey: return Words::tr("The template has no such key.");
    case ValueFault::BadOpenid: return Words::tr("An openid has 1 to 64 letters, digits, _ or -.");
    case ValueFault::BadUrl: return Words::tr("A link begins with http:// or https:// and has no blanks.");
    }
    return {};
}

QString rowFault(const RowProblem &problem) {
    const ValueType type = valueTypeOf(problem.key);
    switch (problem.fault) {
    case RowFault::BrokenQuote: return Words::tr("A quotation mark is not closed, or text follows a closing one.");
    case RowFault::NulByte: return Words::tr("The row has NUL bytes; it may not be a text file.");
    case RowFault::NotReadable: return Words::tr("Characters that cannot be read in the file's encoding.");
    case RowFault::RowTooLong: return Words::tr("The row is longer than 1 MB.");
    case RowFault::FieldCount: return Words::tr("The row has more or fewer fields than the header.");
    case RowFault::Openid: return fault(ValueFault::BadOpenid, type);
    case RowFault::Url: return fault(ValueFault::BadUrl, type);
    case RowFault::Key: return Words::tr("The business key is empty or too long.");
    case RowFault::ValueEmpty: return fault(ValueFault::Empty, type);
    case RowFault::ValueTooLong: return fault(ValueFault::TooLong, type);
    case RowFault::ValueControlCharacter: return fault(ValueFault::ControlCharacter, type);
    case RowFault::ValueForm: return fault(ValueFault::WrongForm, type);
    case RowFault::SensitiveWord: return Words::tr("The text has a word from the list of sensitive words.");
    case RowFault::OptedOut: return Words::tr("This person asked for no more messages.");
    case RowFault::Rounded: return Words::tr("A spreadsheet program has rounded this number, so it is another one. Format its column as text there, and save the file anew.");
    case RowFault::Duplicate: return Words::tr("The same message is there already, or stands further up in the file.");
    }
    return engineWords(problem.reason);
}

QString error(const Error &error) {
    QString what;
    switch (error.code) {
    case ErrorCode::InvalidInput: what = Words::tr("This does not fit."); break;
    case ErrorCode::NotFound: what = Words::tr("It is not there (any more)."); break;
    case ErrorCode::AlreadyExists: what = Words::tr("There is one already."); break;
    case ErrorCode::InUse: what = Words::tr("Another process runs the engine of this profile; here you can only look."); break;
    case ErrorCode::Storage: what = Words::tr("A file or the database could not be read or written."); break;
    case ErrorCode::DiskFull: what = Words::tr("The disk is full. Free some space and try again."); break;
    case ErrorCode::Corrupt: what = Words::tr("This is not a database of Songda, or it is damaged."); break;
    case ErrorCode::NotAllowed: what = Words::tr("This is not for the user who has signed in."); break;
    case ErrorCode::TooNew: what = Words::tr("This profile was written by a newer Songda. Update this one."); break;
    case ErrorCode::Restored: what = Words::tr("This database is older than what last ran here, as after a restored backup. Nothing is sent until somebody agrees."); break;
    case ErrorCode::Secret: what = Words::tr("The secret could not be read. Check the key store or the passphrase."); break;
    case ErrorCode::Network: what = Words::tr("WeChat could not be reached. Check the network and the API address."); break;
    case ErrorCode::Refused: what = Words::tr("WeChat refused."); break;
    case ErrorCode::Cancelled: what = Words::tr("Cancelled."); break;
    case ErrorCode::Internal: what = Words::tr("Something went wrong inside Songda. Please report it."); break;
    }
    return error.detail.empty() ? what : Words::tr("%1 (%2)", "what went wrong (the particulars)").arg(what, engineWords(error.detail));
}

} // namespace songda::ui::words
