// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/cause_note.h"

#include "engine/engine.h"
#include "engine/when_done.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QInputDialog>
#include <QPushButton>

namespace songda::ui {

namespace {

/// As the engine counts and takes them: of UTF-8.
constexpr qsizetype mostNoteBytes = 2000;

struct NoteTexts {
    Q_DECLARE_TR_FUNCTIONS(NoteTexts)
};

/// Refused by the engine it would be gone with the dialog.
void judgeNote(QInputDialog *dialog) {
    QString label = NoteTexts::tr("For everybody who looks at these messages; empty: no note.");
    const qsizetype tooMany = dialog->textValue().trimmed().toUtf8().size() - mostNoteBytes;
    if (tooMany > 0)
        label += QLatin1Char('\n') + NoteTexts::tr("%1 bytes too long: %2 can be kept, and a Chinese character takes three.").arg(number(tooMany), number(mostNoteBytes));
    dialog->setLabelText(label);
    if (auto *buttons = dialog->findChild<QDialogButtonBox *>())
        buttons->button(QDialogButtonBox::Ok)->setEnabled(tooMany <= 0);
}

} // namespace

void editCauseNote(Engine &engine, const CauseGroup &group, const QString &cause, QWidget *page, std::function<void(const QString &text, bool good)> said) {
    auto *dialog = new QInputDialog(page);
    dialog->setObjectName(QStringLiteral("note"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(NoteTexts::tr("Note on %1").arg(shown(cause, 100)));
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setTextValue(q(group.note.text));
    dialog->setOkButtonText(NoteTexts::tr("Keep"));
    dialog->setCancelButtonText(NoteTexts::tr("Not now"));
    dialog->resize(460, 220);
    QObject::connect(dialog, &QInputDialog::textValueChanged, dialog, [dialog] { judgeNote(dialog); });
    judgeNote(dialog);
    QObject::connect(dialog, &QInputDialog::textValueSelected, page, [&engine, page, account = group.account, code = group.cause, said = std::move(said)](const QString &text) {
        whenDone(engine.setCauseNote(account, code, text.trimmed().toStdString()), page, [said](const Result<void> &written) {
            said(written ? NoteTexts::tr("The note is kept.") : words::error(written.error()), written.has_value());
        });
    });
    dialog->open();
}

} // namespace songda::ui
