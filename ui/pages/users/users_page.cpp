// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/users/users_page.h"

#include "engine/when_done.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr qsizetype shortestPassword = 10;
constexpr int mostLockMinutes = 240;

struct UserWords {
    Q_DECLARE_TR_FUNCTIONS(UserWords)
};

QString lockState(const ConsoleUser &user) {
    if (user.lockedUntil && *user.lockedUntil > Engine::wallNow())
        return UserWords::tr("locked until %1").arg(shortTime(*user.lockedUntil));
    return user.failures > 0 ? UserWords::tr("%1 wrong passwords").arg(user.failures) : UserWords::tr("good");
}

Tone lockTone(const ConsoleUser &user) {
    return user.lockedUntil && *user.lockedUntil > Engine::wallNow() ? Tone::Bad : user.failures > 0 ? Tone::Warn : Tone::Good;
}

/// What a role is for, in a sentence.
QString whatFor(UserRole role) {
    switch (role) {
    case UserRole::Operator: return UserWords::tr("Sends, steers and handles what failed.");
    case UserRole::Support: return UserWords::tr("Looks up people and handles what failed; sends no batches.");
    case UserRole::Auditor: return UserWords::tr("Reads and exports, and changes nothing; people are masked.");
    case UserRole::Admin: break;
    }
    return UserWords::tr("Everything, users and set-up included.");
}

} // namespace

UsersPage::UsersPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_title(headline())
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_table(new DataTable(QStringLiteral("users")))
    , m_switch(new QPushButton)
    , m_lockLabel(mutedLabel())
    , m_lock(new QSpinBox)
    , m_changeRole(new QPushButton)
    , m_changePassword(new QPushButton)
    , m_unlock(new QPushButton)
    , m_remove(dangerButton())
    , m_formTitle(headline(2))
    , m_form(new QFormLayout)
    , m_name(new QLineEdit)
    , m_role(new QComboBox)
    , m_roleHint(mutedLabel())
    , m_password(new QLineEdit)
    , m_again(new QLineEdit)
    , m_hint(mutedLabel())
    , m_add(mainButton())
    , m_texts(this) {
    using Row = ConsoleUser;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return UserWords::tr("Name"); }, [](const Row &u) { return q(u.name); }),
            textColumn<Row>([] { return UserWords::tr("Role"); }, [](const Row &u) { return words::role(u.role); }),
            chipColumn<Row>([] { return UserWords::tr("State"); }, lockState, lockTone),
            timeColumn<Row>([] { return UserWords::tr("Set up"); }, [](const Row &u) { return u.createdAt; }),
            textColumn<Row>([] { return UserWords::tr("By"); }, [](const Row &u) { return q(u.createdBy); }),
        },
        [](const Row &u) { return q(u.name); }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_lockLabel);
    head->addWidget(m_lock);
    head->addWidget(m_switch);
    layout->addLayout(head);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({200, 140, 220, 130});
    layout->addWidget(m_table, 1);
    auto *acts = new QHBoxLayout;
    for (QPushButton *button : {m_changeRole, m_changePassword, m_unlock, m_remove})
        acts->addWidget(button);
    acts->addStretch();
    layout->addLayout(acts);
    layout->addWidget(buildForm());
    m_lock->setRange(0, mostLockMinutes);
    const std::pair<QWidget *, const char *> names[]{{m_switch, "switchUser"}, {m_lock, "lockAfter"}, {m_changeRole, "userRole"}, {m_changePassword, "userPassword"},
        {m_unlock, "userUnlock"}, {m_remove, "userRemove"}, {m_name, "userName"}, {m_role, "userNewRole"}, {m_password, "userNewPassword"}, {m_again, "userAgain"}, {m_add, "userAdd"}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(QLatin1String(name));
    connect(m_table, &DataTable::chosen, this, &UsersPage::judge);
    connect(m_switch, &QPushButton::clicked, this, &UsersPage::switchUserWanted);
    connect(m_lock, &QSpinBox::valueChanged, this, &UsersPage::lockAfterChosen);
    connect(m_changeRole, &QPushButton::clicked, this, &UsersPage::changeRole);
    connect(m_changePassword, &QPushButton::clicked, this, &UsersPage::changePassword);
    connect(m_unlock, &QPushButton::clicked, this, &UsersPage::unlock);
    connect(m_remove, &QPushButton::clicked, this, &UsersPage::removeChosen);
    m_texts.add([this] { setTexts(); });
}

QWidget *UsersPage::buildForm() {
    for (const UserRole role : {UserRole::Admin, UserRole::Operator, UserRole::Support, UserRole::Auditor})
        m_role->addItem(QString(), static_cast<int>(role));
    for (QLineEdit *edit : {m_password, m_again})
        edit->setEchoMode(QLineEdit::Password);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(QStringLiteral(" "), m_name);
    auto *role = new QHBoxLayout;
    role->addWidget(m_role);
    role->addWidget(m_roleHint, 1);
    m_form->addRow(QStringLiteral(" "), role);
    m_form->addRow(QStringLiteral(" "), m_password);
    m_form->addRow(QStringLiteral(" "), m_again);
    auto *row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addWidget(m_hint, 1);
    m_form->addRow(QString(), row);
    for (QLineEdit *edit : {m_name, m_password, m_again})
        connect(edit, &QLineEdit::textChanged, this, &UsersPage::judge);
    connect(m_role, &QComboBox::currentIndexChanged, this, &UsersPage::judge);
    connect(m_add, &QPushButton::clicked, this, &UsersPage::add);
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    inside->addWidget(m_formTitle);
    inside->addLayout(m_form);
    return box;
}

void UsersPage::setTexts() {
    m_title->setText(tr("Users"));
    m_intro->setText(tr("While nobody is set up here, whoever opens this profile may do everything. The first one is an admin; from then on everybody signs in, and does what their role allows."));
    m_table->setEmptyText(tr("Nobody is set up: whoever opens this profile may do everything."));
    m_table->setAccessibleName(tr("Users"));
    m_switch->setText(tr("Switch user…"));
    m_lockLabel->setText(tr("Lock after"));
    m_lock->setAccessibleName(tr("Lock after minutes without a key or the mouse"));
    m_lock->setToolTip(tr("Minutes without a key or the mouse, 0 to %1; then the password is asked for again. 0: never.").arg(mostLockMinutes));
    m_lock->setSuffix(tr(" min"));
    m_lock->setSpecialValueText(tr("never"));
    m_changeRole->setText(tr("Give the role chosen below…"));
    m_changePassword->setText(tr("Set the password typed below"));
    m_unlock->setText(tr("Unlock"));
    m_remove->setText(tr("Remove…"));
    m_formTitle->setText(tr("New user"));
    m_name->setAccessibleName(tr("Name"));
    m_role->setAccessibleName(tr("Role"));
    m_password->setAccessibleName(tr("Password"));
    m_again->setAccessibleName(tr("Password again"));
    m_add->setText(tr("Set up"));
    for (int i = 0; i < m_role->count(); ++i)
        m_role->setItemText(i, words::role(static_cast<UserRole>(m_role->itemData(i).toInt())));
    const std::pair<int, QString> labels[]{{0, tr("Name")}, {1, tr("Role")}, {2, tr("Password")}, {3, tr("Again")}};
    for (const auto &[row, text] : labels)
        static_cast<QLabel *>(m_form->itemAt(row, QFormLayout::LabelRole)->widget())->setText(text);
    m_rows->retranslate();
    judge();
}

std::vector<Command> UsersPage::commands() {
    return {commandOf(m_switch, QStringLiteral("users.switch")), commandOf(m_add, QStringLiteral("users.add")), commandOf(m_changeRole, QStringLiteral("users.role")),
        commandOf(m_changePassword, QStringLiteral("users.password")), commandOf(m_unlock, QStringLiteral("users.unlock")), commandOf(m_remove, QStringLiteral("users.remove"))};
}

void UsersPage::setLockAfter(int minutes) {
    const QSignalBlocker quiet(m_lock);
    m_lock->setValue(minutes);
}

void UsersPage::refresh() {
    whenDone(m_context.engine.users(), this, [this, generation = m_generation](Result<std::vector<ConsoleUser>> users) {
        if (generation == m_generation)
            take(std::move(users));
    });
}

void UsersPage::userChanged() {
    ++m_generation;
    m_rows->show({});
    m_notice->clear();
    for (QLineEdit *edit : {m_name, m_password, m_again})
        edit->clear();
    judge();
}

void UsersPage::take(Result<std::vector<ConsoleUser>> users) {
    if (!users && users.error().code == ErrorCode::NotAllowed) {
        // Who is set up is not for everybody; one's own password is.
        const Session session = m_context.engine.session();
        ConsoleUser self;
        self.name = session.user;
        self.role = session.role.value_or(UserRole::Operator);
        m_rows->show({self});
        m_notice->say(words::onlyFor(Engine::rolesWith(Permission::ManageUsers)), Tone::Info);
    } else if (!users) {
        m_notice->say(words::error(users.error()), Tone::Bad);
    } else {
        m_rows->show(std::move(*users));
    }
    judge();
}

const ConsoleUser *UsersPage::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void UsersPage::judge() {
    const ConsoleUser *user = chosen();
    const Session session = m_context.engine.session();
    const auto role = static_cast<UserRole>(m_role->currentData().toInt());
    const auto may = [this](QWidget *button) { return m_context.may(Permission::ManageUsers, button) && !m_busy; };
    const bool named = !m_name->text().trimmed().isEmpty();
    const bool longEnough = m_password->text().size() >= shortestPassword;
    const bool same = m_password->text() == m_again->text();
    m_roleHint->setText(whatFor(role));
    m_hint->setText(!named && m_password->text().isEmpty() ? QString()
            : !longEnough ? tr("A password has at least %1 characters.").arg(shortestPassword)
            : !same       ? tr("The two passwords differ.")
                          : QString());
    m_add->setEnabled(may(m_add) && named && longEnough && same);
    m_changeRole->setEnabled(may(m_changeRole) && user != nullptr && user->role != role);
    const bool own = user != nullptr && session.role && session.user == user->name;
    m_changePassword->setEnabled((own || may(m_changePassword)) && !m_busy && user != nullptr && longEnough && same);
    m_unlock->setEnabled(may(m_unlock) && user != nullptr && user->failures > 0);
    m_remove->setEnabled(may(m_remove) && user != nullptr);
    m_switch->setEnabled(session.role.has_value());
}

void UsersPage::done(const Result<void> &result, const QString &well) {
    m_busy = false;
    if (result) {
        m_notice->say(well, Tone::Good);
        m_password->clear();
        m_again->clear();
        m_name->clear();
    } else {
        m_notice->say(words::error(result.error()), Tone::Bad);
    }
    refresh();
}

void UsersPage::add() {
    m_busy = true;
    judge();
    const QString name = m_name->text().trimmed();
    whenDone(m_context.engine.addUser(name.toStdString(), static_cast<UserRole>(m_role->currentData().toInt()), m_password->text().toStdString()), this,
        [this, name](const Result<void> &result) { done(result, tr("%1 can sign in from now on.").arg(name)); });
}

void UsersPage::changeRole() {
    const ConsoleUser *user = chosen();
    if (user == nullptr)
        return;
    const std::string name = user->name;
    const auto role = static_cast<UserRole>(m_role->currentData().toInt());
    const auto answer = askReason(this, {tr("Another role"), tr("%1 becomes one of the %2: %3").arg(q(name), words::role(role), whatFor(role)), tr("Give the role"), false, {}});
    if (!answer)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.setUserRole(name, role), this, [this](const Result<void> &result) { done(result, tr("The role counts within a second.")); });
}

void UsersPage::changePassword() {
    const ConsoleUser *user = chosen();
    if (user == nullptr)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.setUserPassword(user->name, m_password->text().toStdString()), this,
        [this](const Result<void> &result) { done(result, tr("The password is set.")); });
}

void UsersPage::unlock() {
    const ConsoleUser *user = chosen();
    if (user == nullptr)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.unlockUser(user->name), this, [this](const Result<void> &result) { done(result, tr("They may try again.")); });
}

void UsersPage::removeChosen() {
    const ConsoleUser *user = chosen();
    if (user == nullptr)
        return;
    const std::string name = user->name;
    const auto answer = askReason(this, {tr("Remove a user"), tr("%1 cannot sign in any more. What they did stays in the audit.").arg(q(name)), tr("Remove"), false, {}});
    if (!answer)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.removeUser(name), this, [this](const Result<void> &result) { done(result, tr("Removed.")); });
}

} // namespace songda::ui
