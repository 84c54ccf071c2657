// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace songda::ui {

class DataTable;
class Notice;

/// Who works with this profile, and what each role may do. While nobody is set up, whoever opens the profile may do
/// everything.
class UsersPage final : public Page {
    Q_OBJECT
public:
    explicit UsersPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;

Q_SIGNALS:
    /// Somebody else wants to work here.
    void switchUserWanted();
    /// After how many minutes without a key or the mouse the console asks for the password again; 0: never.
    void lockAfterChosen(int minutes);

public:
    void setLockAfter(int minutes);

private:
    QWidget *buildForm();
    void setTexts();
    void take(Result<std::vector<ConsoleUser>> users);
    void judge();
    void add();
    void changeRole();
    void changePassword();
    void unlock();
    void removeChosen();
    void done(const Result<void> &result, const QString &well);
    const ConsoleUser *chosen() const;

    PageContext m_context;
    RowsModel<ConsoleUser> *m_rows;
    quint64 m_generation = 0; ///< of who has signed in: answers to another one are dropped
    bool m_busy = false;
    QLabel *m_title;
    QLabel *m_intro;
    Notice *m_notice;
    DataTable *m_table;
    QPushButton *m_switch;
    QLabel *m_lockLabel;
    QSpinBox *m_lock;
    QPushButton *m_changeRole;
    QPushButton *m_changePassword;
    QPushButton *m_unlock;
    QPushButton *m_remove;
    QLabel *m_formTitle;
    QFormLayout *m_form;
    QLineEdit *m_name;
    QComboBox *m_role;
    QLabel *m_roleHint;
    QLineEdit *m_password;
    QLineEdit *m_again;
    QLabel *m_hint;
    QPushButton *m_add;
    Texts m_texts;
};

} // namespace songda::ui
