// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ask_reason.h"

#include "engine/engine.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

struct AskReason {
    Q_DECLARE_TR_FUNCTIONS(AskReason)
};

} // namespace

std::optional<ActAnswer> askReason(QWidget *parent, const ActQuestion &question) {
    QDialog dialog(parent);
    dialog.setObjectName(QStringLiteral("askReason"));
    dialog.setWindowTitle(question.title);
    dialog.setMinimumWidth(420);
    auto *layout = new QVBoxLayout(&dialog);
    layout->setSpacing(wideGap);
    layout->addWidget(plainLabel(shown(question.what)));
    QDateTimeEdit *at = nullptr;
    QLabel *atHint = nullptr;
    if (question.at) {
        at = new QDateTimeEdit;
        at->setObjectName(QStringLiteral("at"));
        at->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
        at->setTimeSpec(Qt::UTC);
        at->setCalendarPopup(true);
        at->setDateTime(*question.at);
        at->setAccessibleName(AskReason::tr("Time, in China"));
        atHint = mutedLabel();
        atHint->setObjectName(QStringLiteral("atHint"));
        layout->addWidget(withHint(at, atHint));
    }
    auto *reason = new QLineEdit;
    reason->setObjectName(QStringLiteral("reason"));
    reason->setMaxLength(500);
    reason->setPlaceholderText(question.reasonNeeded ? AskReason::tr("Reason (needed, for the audit)") : AskReason::tr("Reason, for the audit"));
    reason->setAccessibleName(AskReason::tr("Reason"));
    layout->addWidget(reason);
    QCheckBox *confirm = nullptr;
    if (!question.confirmation.isEmpty()) {
        confirm = new QCheckBox(question.confirmation);
        confirm->setObjectName(QStringLiteral("confirm"));
        layout->addWidget(confirm);
    }
    auto *buttons = new QDialogButtonBox;
    QPushButton *yes = mainButton();
    yes->setText(question.button);
    yes->setObjectName(QStringLiteral("yes"));
    buttons->addButton(yes, QDialogButtonBox::AcceptRole);
    buttons->addButton(AskReason::tr("Not now"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    const auto judge = [&] {
        const bool past = at != nullptr && fromEditor(at->dateTime()) <= Engine::wallNow();
        if (at != nullptr) {
            mark(at, atHint, past, past ? AskReason::tr("This time has passed. Choose one to come.") : QString());
            atHint->setVisible(past);
        }
        const bool confirmed = !question.confirmationNeeded || confirm == nullptr || confirm->isChecked();
        yes->setEnabled(!past && confirmed && (!question.reasonNeeded || !reason->text().trimmed().isEmpty()));
    };
    if (confirm != nullptr)
        QObject::connect(confirm, &QCheckBox::toggled, &dialog, judge);
    QObject::connect(reason, &QLineEdit::textChanged, &dialog, judge);
    if (at != nullptr)
        QObject::connect(at, &QDateTimeEdit::dateTimeChanged, &dialog, judge);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, [&] {
        judge(); // the time may have passed while one thought about it
        if (yes->isEnabled())
            dialog.accept();
    });
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    judge();
    yes->setDefault(true);
    reason->setFocus();
    if (dialog.exec() != QDialog::Accepted)
        return std::nullopt;
    return ActAnswer{reason->text().trimmed(), confirm != nullptr && confirm->isChecked(), at != nullptr ? at->dateTime() : QDateTime()};
}

} // namespace songda::ui
