// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/cause_note.h"

#include "engine/engine.h"
#include "engine/when_done.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QInputDialog>

namespace songda::ui {

namespace {

struct NoteTexts {
    Q_DECLARE_TR_FUNCTIONS(NoteTexts)
};

} // namespace

void editCauseNote(Engine &engine, const CauseGroup &group, const QString &cause, QWidget *page, std::function<void(const QString &text, bool good)> said) {
    auto *dialog = new QInputDialog(page);
    dialog->setObjectName(QStringLiteral("note"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(NoteTexts::tr("Note on %1").arg(shown(cause, 100)));
    dialog->setLabelText(NoteTexts::tr("For everybody who looks at these messages; empty: no note."));
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setTextValue(q(group.note.text));
    dialog->setOkButtonText(NoteTexts::tr("Keep"));
    dialog->setCancelButtonText(NoteTexts::tr("Not now"));
    dialog->resize(460, 220);
    QObject::connect(dialog, &QInputDialog::textValueSelected, page, [&engine, page, account = group.account, code = group.cause, said = std::move(said)](const QString &text) {
        whenDone(engine.setCauseNote(account, code, text.trimmed().toStdString()), page, [said](const Result<void> &written) {
            said(written ? NoteTexts::tr("The note is kept.") : words::error(written.error()), written.has_value());
        });
    });
    dialog->open();
}

} // namespace songda::ui
