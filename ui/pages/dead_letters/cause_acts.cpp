// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/cause_acts.h"

#include "engine/when_done.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QInputDialog>
#include <QWidget>

namespace songda::ui {

namespace {

constexpr int rowsAtATime = 5000;

} // namespace

CauseActs::CauseActs(Engine &engine, ActProgress *progress, QWidget *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_progress(progress)
    , m_parent(parent) {}

void CauseActs::note(const CauseGroup &group, const QString &cause) {
    auto *dialog = new QInputDialog(m_parent);
    dialog->setObjectName(QStringLiteral("note"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Note on %1").arg(shown(cause, 100)));
    dialog->setLabelText(tr("For everybody who looks at these messages; empty: no note."));
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setTextValue(q(group.note.text));
    dialog->setOkButtonText(tr("Keep"));
    dialog->setCancelButtonText(tr("Not now"));
    dialog->resize(460, 220);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, account = group.account, cause = group.cause](const QString &text) {
        whenDone(m_engine.setCauseNote(account, cause, text.trimmed().toStdString()), this, [this](Result<void> written) {
            Q_EMIT said(written ? tr("The note is kept.") : words::error(written.error()), written.has_value());
            Q_EMIT done();
        });
    });
    dialog->open();
}

void CauseActs::suppress(CauseGroup group, MessageFilter filter) {
    if (m_busy)
        return;
    ActQuestion question;
    question.title = tr("Write to them no more");
    question.what = tr("The recipients of these %1 messages get nothing more from %2 until somebody lifts that. The dead letters stay until they are discarded.")
                        .arg(number(group.count), q(group.accountName));
    question.button = tr("Write to them no more");
    question.reasonNeeded = true;
    const auto answer = askReason(m_parent, question);
    if (!answer)
        return;
    m_busy = true;
    m_filter = std::move(filter);
    m_request = {};
    m_request.account = group.accountName;
    m_request.optOut = false;
    m_request.reason = answer->reason.toStdString();
    m_openids.clear();
    m_control = std::make_shared<JobControl>();
    m_progress->follow(m_control, question.title, group.count);
    gather(std::nullopt);
}

void CauseActs::gather(std::optional<MessageId> before) {
    whenDone(m_engine.page({m_filter, before, rowsAtATime}), this, [this](Result<songda::Page> page) {
        if (!page)
            return end(words::error(page.error()), false);
        // Nobody is on the list before all of them are known: ended here, nothing has changed.
        if (m_control->cancelled)
            return end(tr("It was ended before anything was changed."), false);
        for (const MessageRow &row : page->rows)
            m_openids.insert(row.openid);
        m_control->rows += static_cast<std::int64_t>(page->rows.size());
        if (page->more)
            gather(page->rows.back().id);
        else
            put();
    });
}

void CauseActs::put() {
    m_request.openids.assign(m_openids.begin(), m_openids.end());
    whenDone(m_engine.suppress(std::move(m_request)), this, [this](Result<std::int64_t> added) {
        end(added ? tr("%1 people are not written to any more.").arg(number(*added)) : words::error(added.error()), added.has_value());
    });
}

void CauseActs::end(const QString &text, bool good) {
    m_busy = false;
    m_progress->end(m_control);
    Q_EMIT said(text, good);
    Q_EMIT done();
}

} // namespace songda::ui
