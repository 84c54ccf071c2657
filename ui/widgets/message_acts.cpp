// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_acts.h"

#include "engine/when_done.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QWidget>

namespace songda::ui {

MessageActs::MessageActs(Engine &engine, QWidget *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_parent(parent) {}

void MessageActs::tell(const QString &text, bool good) {
    Q_EMIT said(text, good);
    Q_EMIT done();
}

void MessageActs::resend(const MessageFilter &filter, std::optional<std::int64_t> count, bool uncertainAmongThem) {
    ActQuestion question;
    question.title = tr("Resend");
    question.what = count ? tr("%1 messages are queued again. What may have arrived keeps its identity, so that WeChat can still recognise a repeat.").arg(number(*count))
                          : tr("Everything that matches is queued again. What may have arrived keeps its identity, so that WeChat can still recognise a repeat.");
    question.button = tr("Resend");
    if (uncertainAmongThem)
        question.confirmation = tr("Also uncertain ones: they may have arrived, and may arrive twice");
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    whenDone(m_engine.resend(filter, answer->reason.toStdString(), {answer->confirmed, 0}), this, [this](Result<ResendReport> report) {
        if (!report) {
            tell(words::error(report.error()), false);
            return;
        }
        QStringList parts{tr("%1 queued again.").arg(number(report->resent))};
        if (report->needConfirmation > 0)
            parts.append(tr("%1 uncertain ones were left: a repeat may arrive twice, so tick the box if you want them too.").arg(number(report->needConfirmation)));
        if (report->skipped > 0)
            parts.append(tr("%1 were not in a state that can be resent.").arg(number(report->skipped)));
        tell(parts.join(QLatin1Char(' ')), report->resent > 0);
    });
}

void MessageActs::discard(const MessageFilter &filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Discard");
    question.what = count ? tr("%1 messages leave the dead letters as cancelled. They stay in the reports with your reason.").arg(number(*count))
                          : tr("Everything that matches leaves the dead letters as cancelled and stays in the reports with your reason.");
    question.button = tr("Discard");
    question.reasonNeeded = true;
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    whenDone(m_engine.discard(filter, answer->reason.toStdString()), this, [this](Result<std::int64_t> done) {
        tell(done ? tr("%1 discarded.").arg(number(*done)) : words::error(done.error()), done.has_value());
    });
}

void MessageActs::restore(const MessageFilter &filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Restore");
    question.what = count ? tr("%1 messages come back to the dead letters as they were.").arg(number(*count))
                          : tr("Everything that matches comes back to the dead letters as it was.");
    question.button = tr("Restore");
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    whenDone(m_engine.restore(filter, answer->reason.toStdString()), this, [this](Result<std::int64_t> done) {
        tell(done ? tr("%1 restored.").arg(number(*done)) : words::error(done.error()), done.has_value());
    });
}

void MessageActs::cancel(const MessageFilter &filter, std::optional<std::int64_t> count) {
    ActQuestion question;
    question.title = tr("Cancel");
    question.what = count ? tr("Up to %1 messages that have not left yet will not be sent.").arg(number(*count))
                          : tr("Everything that matches and has not left yet will not be sent.");
    question.button = tr("Cancel messages");
    question.reasonNeeded = true;
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    whenDone(m_engine.cancel(filter, answer->reason.toStdString()), this, [this](Result<std::int64_t> done) {
        tell(done ? tr("%1 cancelled.").arg(number(*done)) : words::error(done.error()), done.has_value());
    });
}

} // namespace songda::ui
