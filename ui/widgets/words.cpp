// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/words.h"

#include "engine/policy/report_verdict.h"
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

} // namespace songda::ui::words
