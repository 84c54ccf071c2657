// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/sign_in.h"

#include "engine/when_done.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

namespace songda::console {

namespace {

struct SignIn {
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

const QString lastUser = QStringLiteral("user");

} // namespace

bool signIn(Engine &engine) {
    QDialog dialog;
    dialog.setObjectName(QStringLiteral("signIn"));
    dialog.setWindowTitle(SignIn::tr("Sign in"));
    auto *name = new QLineEdit(QSettings().value(lastUser).toString());
    auto *password = new QLineEdit;
    password->setEchoMode(QLineEdit::Password);
    auto *problem = new QLabel;
    problem->setObjectName(QStringLiteral("signInProblem"));
    password->setObjectName(QStringLiteral("signInPassword"));
    name->setObjectName(QStringLiteral("signInName"));
    problem->setTextFormat(Qt::PlainText);
    problem->setWordWrap(true);
    auto *form = new QFormLayout;
    form->addRow(SignIn::tr("&Name"), name);
    form->addRow(SignIn::tr("&Password"), password);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto *layout = new QVBoxLayout(&dialog);
    layout->addLayout(form);
    layout->addWidget(problem);
    layout->addWidget(buttons);
    QPushButton *ok = buttons->button(QDialogButtonBox::Ok);
    ok->setText(SignIn::tr("Sign in"));
    ok->setObjectName(QStringLiteral("signInOk"));
    (name->text().isEmpty() ? name : password)->setFocus();
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, [&] {
        ok->setEnabled(false);
        whenDone(engine.signIn(name->text().toStdString(), password->text().toStdString()), &dialog, [&](const Result<UserRole> &role) {
            ok->setEnabled(true);
            password->clear();
            if (role) {
                QSettings().setValue(lastUser, name->text());
                dialog.accept();
                return;
            }
            const bool locked = role.error().detail.find("is locked until") != std::string::npos;
            // Nobody tries all passwords because the database cannot be read.
            problem->setText(role.error().code != ErrorCode::NotAllowed ? ui::words::error(role.error())
                    : locked ? SignIn::tr("Too many wrong passwords. Wait, or let an admin unlock this user.")
                             : SignIn::tr("Wrong name or password."));
            password->setFocus();
        });
    });
    return dialog.exec() == QDialog::Accepted;
}

} // namespace songda::console
