// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/cause_acts.h"

#include "engine/when_done.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QInputDialog>
#include <QWidget>

namespace songda::ui {

CauseActs::CauseActs(Engine &engine, QWidget *parent)
    : QObject(parent)
    , m_engine(engine)
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

} // namespace songda::ui
