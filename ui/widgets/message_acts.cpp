// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_acts.h"

#include "engine/when_done.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/format.h"
#include "ui/widgets/replay_dialog.h"
#include "ui/widgets/second_person.h"
#include "ui/widgets/words.h"

#include <QTimer>
#include <QWidget>
#include <algorithm>

namespace songda::ui {

namespace {

/// What is taken in while somebody is asked was not meant.
MessageFilter takenInByNow(MessageFilter filter) {
    if (filter.ids.empty()) {
        const WallTime now = Engine::wallNow();
        filter.createdTo = std::min(filter.createdTo.value_or(now), now);
    }
    return filter;
}

} // namespace

MessageActs::MessageActs(Engine &engine, QWidget *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_parent(parent)
    , m_progress(new ActProgress(parent)) {}

void MessageActs::tell(const QString &text, bool good) {
    Q_EMIT said(text, good);
    Q_EMIT done();
}

MessageActs::Control MessageActs::begin(const QString &name, Count count) {
    auto control = std::make_shared<JobControl>();
    m_progress->follow(control, name, count);
    return control;
}

void MessageActs::end(const Control &control, const QString &text, bool good) {
    m_progress->end(control);
    if (control->cutShort)
        tell(tr("%1 It was ended there; the rest is as it was.").arg(text), false);
    else
        tell(text, good);
}

void MessageActs::ask(const ActQuestion &question, MessageFilter filter, Count count, Act act, QString (*outcome)(const QString &number)) {
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    const Control control = begin(question.title, count);
    whenDone((m_engine.*act)(std::move(filter), answer->reason.toStdString(), control), this, [this, control, outcome](const Result<std::int64_t> &done) {
        end(control, done ? outcome(number(*done)) : words::error(done.error()), done.has_value());
    });
}

void MessageActs::resend(MessageFilter filter, std::optional<std::int64_t> count, bool uncertainAmongThem) {
    ActQuestion question;
    question.title = tr("Resend");
    question.what = count ? tr("%1 messages are queued again. What may have arrived keeps its identity, so that WeChat can still recognise a repeat.").arg(number(*count))
                          : tr("Everything that matches is queued again. What may have arrived keeps its identity, so that WeChat can still recognise a repeat.");
    question.button = tr("Resend");
    if (uncertainAmongThem)
        question.confirmation = tr("Also uncertain ones: they may have arrived, and may arrive twice");
    const auto answer = askReason(m_parent, question);
    if (answer)
        sendAgain(std::move(filter), count, answer->reason, answer->confirmed, 0);
}

void MessageActs::sendAgain(MessageFilter filter, Count count, const QString &reason, bool mayArriveTwice, std::int64_t before) {
    // What goes now and fails once more must not go a second time with those that are left.
    MessageFilter left = filter;
    const WallTime now = Engine::wallNow();
    left.endedTo = std::min(left.endedTo.value_or(now), now);
    const Control control = begin(tr("Resend"), count);
    whenDone(m_engine.resend(std::move(filter), reason.toStdString(), {mayArriveTwice, 0}, control), this,
        [this, control, left = std::move(left), reason, before, who = m_engine.session().user](Result<ResendReport> report) {
            if (!report) {
                end(control, words::error(report.error()), false);
                return;
            }
            report->resent += before;
            QStringList parts{tr("%1 queued again.").arg(number(report->resent))};
            if (report->needConfirmation > 0)
                parts.append(tr("%1 were left: they may have arrived, and a repeat may arrive twice.").arg(number(report->needConfirmation)));
            if (report->skipped > 0)
                parts.append(tr("%1 were not in a state that can be resent.").arg(number(report->skipped)));
            end(control, parts.join(QLatin1Char(' ')), report->resent > 0);
            // Who is asked may take their time: not within the answer of the engine.
            if (report->needConfirmation > 0 && !control->cutShort)
                QTimer::singleShot(0, this, [this, left, reason, who, report = *report] {
                    if (m_engine.session().user == who) // it is not for anybody else to confirm
                        askAboutLeft(left, report, reason);
                });
        });
}

void MessageActs::askAboutLeft(MessageFilter filter, const ResendReport &report, const QString &reason) {
    const QString left = number(report.needConfirmation);
    ActQuestion question;
    question.title = tr("Resend");
    question.what = tr("%1 messages were left: an earlier try of theirs may have arrived, and WeChat would not recognise a repeat any more.").arg(left);
    question.button = tr("Resend");
    question.confirmation = tr("Resend these %1 all the same: they may arrive twice").arg(left);
    question.confirmationNeeded = true;
    const auto answer = askReason(m_parent, question);
    if (answer)
        sendAgain(std::move(filter), report.needConfirmation, answer->reason.isEmpty() ? reason : answer->reason, true, report.resent);
}

void MessageActs::replay(MessageFilter filter, const QString &selection) {
    auto *dialog = new ReplayDialog(m_engine, std::move(filter), selection, m_parent);
    connect(dialog, &ReplayDialog::begun, this, [this](const ReplayRun &run) {
        if (run.approval.waits()) {
            tell(tr("Replay %1 has not begun. %2").arg(QString::number(run.id.value), secondPersonText(SecondPerson::SomebodyElse, run.approval)), false);
            return;
        }
        const bool delivers = m_engine.role() == EngineOptions::Role::Engine;
        tell(delivers ? tr("Replay %1 has begun.").arg(run.id.value) : tr("Replay %1 begins as soon as the engine runs.").arg(run.id.value), true);
    });
    dialog->open();
}

void MessageActs::discard(MessageFilter filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Discard");
    question.what = count ? tr("%1 messages leave the dead letters as cancelled. They stay in the reports with your reason.").arg(number(*count))
                          : tr("Everything that matches leaves the dead letters as cancelled and stays in the reports with your reason.");
    question.button = tr("Discard");
    question.reasonNeeded = true;
    ask(question, std::move(filter), count, &Engine::discard, [](const QString &n) { return tr("%1 discarded.").arg(n); });
}

void MessageActs::restore(MessageFilter filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Restore");
    question.what = count ? tr("%1 messages come back to the dead letters as they were.").arg(number(*count))
                          : tr("Everything that matches comes back to the dead letters as it was.");
    question.button = tr("Restore");
    ask(question, std::move(filter), count, &Engine::restore, [](const QString &n) { return tr("%1 restored.").arg(n); });
}

void MessageActs::cancel(MessageFilter filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Cancel");
    MessageFilter meant = takenInByNow(std::move(filter));
    question.what = count ? tr("Up to %1 messages that have not left yet will not be sent.").arg(number(*count))
                          : tr("Everything that matches and has not left yet will not be sent.");
    question.button = tr("Cancel messages");
    question.reasonNeeded = true;
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    const Control control = begin(question.title, count);
    whenDone(m_engine.cancel(std::move(meant), answer->reason.toStdString(), control), this, [this, control](const Result<CancelReport> &done) {
        if (!done) {
            end(control, words::error(done.error()), false);
            return;
        }
        QString text = tr("%1 cancelled.").arg(number(done->cancelled));
        if (done->uncertain > 0)
            text += QLatin1Char(' ') + tr("%1 are uncertain: an earlier try may have arrived.").arg(number(done->uncertain));
        end(control, text, done->uncertain == 0);
    });
}

void MessageActs::hold(MessageFilter filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Hold");
    question.what = count ? tr("Up to %1 messages that wait are kept back until somebody releases them.").arg(number(*count))
                          : tr("Everything that matches and waits is kept back until somebody releases it.");
    question.button = tr("Hold");
    question.reasonNeeded = true;
    ask(question, takenInByNow(std::move(filter)), count, &Engine::hold, [](const QString &n) { return tr("%1 held.").arg(n); });
}

void MessageActs::release(MessageFilter filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Release");
    question.what = count ? tr("Up to %1 held messages may go again, each when it is due.").arg(number(*count))
                          : tr("Everything that matches and is held may go again, each when it is due.");
    question.button = tr("Release");
    ask(question, takenInByNow(std::move(filter)), count, &Engine::release, [](const QString &n) { return tr("%1 released.").arg(n); });
}

void MessageActs::sendNow(MessageFilter filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Send now");
    question.what = count ? tr("Up to %1 messages that wait are due at once. Holds, rate and quota stay as they are.").arg(number(*count))
                          : tr("Everything that matches and waits is due at once. Holds, rate and quota stay as they are.");
    question.button = tr("Send now");
    const MessageFilter meant = takenInByNow(std::move(filter));
    const auto answer = askReason(m_parent, question);
    if (answer)
        makeDue(meant, count, question.title, Engine::wallNow(), answer->reason);
}

void MessageActs::reschedule(MessageFilter filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Send at another time");
    question.what = count ? tr("Up to %1 messages that wait go at this time (China time), not before.").arg(number(*count))
                          : tr("Everything that matches and waits goes at this time (China time), not before.");
    question.button = tr("Set the time");
    question.at = forEditor(proposedTime(Engine::wallNow(), std::chrono::hours(1)));
    const MessageFilter meant = takenInByNow(std::move(filter));
    const auto answer = askReason(m_parent, question);
    if (answer)
        makeDue(meant, count, question.title, fromEditor(answer->at), answer->reason);
}

// By value, as the filter: while somebody is asked, the group it was read from may go.
void MessageActs::suppress(std::string account, MessageFilter filter, std::int64_t messages) {
    ActQuestion question;
    question.title = tr("Write to them no more");
    question.what = messages == 1
        ? tr("The recipient of this message gets nothing more from %1 until somebody lifts that. The message stays as it is.").arg(q(account))
        : tr("The recipients of these %1 messages get nothing more from %2 until somebody lifts that. The dead letters stay until they are discarded.")
              .arg(number(messages), q(account));
    question.button = tr("Write to them no more");
    question.reasonNeeded = true;
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    SuppressRequest request;
    request.account = std::move(account);
    request.optOut = false;
    request.reason = answer->reason.toStdString();
    request.recipientsOf = std::move(filter);
    const Control control = begin(question.title, messages);
    whenDone(m_engine.suppress(std::move(request), control), this, [this, control](const Result<std::int64_t> &added) {
        end(control, added ? tr("%1 people are not written to any more.").arg(number(*added)) : words::error(added.error()), added.has_value());
    });
}

void MessageActs::makeDue(const MessageFilter &filter, Count count, const QString &name, WallTime at, const QString &reason) {
    const Control control = begin(name, count);
    whenDone(m_engine.reschedule(filter, at, reason.toStdString(), control), this, [this, control, at](const Result<std::int64_t> &done) {
        if (!done)
            end(control, words::error(done.error()), false);
        else
            end(control, at > Engine::wallNow() ? tr("%1 are due at %2.").arg(number(*done), shortTime(at)) : tr("%1 are due now.").arg(number(*done)), *done > 0);
    });
}

} // namespace songda::ui
