// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace songda::ui {

class DataTable;
class Notice;

/// The Official Accounts: credentials, limits, connection test, hold and release.
class AccountsPage final : public Page {
    Q_OBJECT
public:
    explicit AccountsPage(const PageContext &context, QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot) override;
    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;

private:
    QWidget *buildForm();
    void setFormTexts();
    void fill();
    void look();
    void fillFacts();
    const AccountSnapshot *live(const Account &account) const;
    void startNew();
    const Account *chosen() const;
    void save();
    void saveNew();
    /// Chooses the one that has just been added, so that the form is over it and no other.
    void showAdded(const Account &account);
    void test();
    void hold();
    void judge();
    /// Says at each field what belongs into it, or what is wrong; whether all of them are right.
    bool judgeFields();
    /// Where a secret that is entered here goes.
    QString secretPlace() const;
    bool say(QWidget *field, const QString &fault, const QString &hint);
    void done(const Result<void> &result, const QString &well);

    PageContext m_context;
    RowsModel<Account> *m_rows;
    Snapshot m_snapshot;
    bool m_new = false;
    bool m_busy = false;
    std::optional<AccountId> m_shown;
    std::string m_place; ///< see Engine::secretsPlace()
    QLabel *m_title;
    QPushButton *m_add;
    Notice *m_notice;
    DataTable *m_table;
    Notice *m_hold;
    Notice *m_facts; ///< what is amiss although nothing is held
    QLabel *m_formTitle;
    QFormLayout *m_form;
    QLineEdit *m_name;
    QLineEdit *m_appid;
    QLineEdit *m_secret;
    QLineEdit *m_base;
    QLineEdit *m_second; ///< API address
    QLineEdit *m_proxy;
    QDoubleSpinBox *m_rate;
    QSpinBox *m_burst;
    QSpinBox *m_connections;
    QCheckBox *m_testAccount;
    QComboBox *m_uncertain;
    QComboBox *m_transport;
    QPushButton *m_save;
    QPushButton *m_test;
    QPushButton *m_holdButton;
    QPushButton *m_discard;
    Texts m_texts;
};

} // namespace songda::ui
