// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class DataTable;
class Notice;
class SettingEditor;

/// Every rule the engine sends by: what is in force, what it may be, what is built in, and what another value would
/// change, shown before it is applied. And how this console looks.
class SettingsPage final : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void showSnapshot(const Snapshot &snapshot) override;
    std::vector<Command> commands() override;

private:
    QWidget *buildEditor();
    QWidget *buildConsole();
    void setTexts();
    void fillRows();
    void look();
    std::string accountName() const;
    const PolicyValue *chosen() const;
    void draft(std::optional<std::string> json);
    void showDraft(const PolicyDraft &draft);
    void forgetDraft();
    void apply();
    void judge();
    void fillFile();
    void changePassphrase();
    void testConnections();
    void addTested(const std::string &account, const Result<AccountTest> &test, int left);

    PageContext m_context;
    std::vector<PolicyValue> m_values;
    RowsModel<PolicyValue> *m_rows;
    PolicyFile m_file;
    std::string m_secrets;
    std::string m_problem;
    std::optional<PolicyDraft> m_draft;
    quint64 m_draftGeneration = 0;
    QString m_shownField;
    QStringList m_tested;
    bool m_busy = false;
    quint64 m_generation = 0;
    QLabel *m_title;
    QLabel *m_intro;
    Notice *m_notice;
    Notice *m_state;
    AccountPicker *m_account;
    QLineEdit *m_search;
    QCheckBox *m_changedOnly;
    DataTable *m_table;
    QLabel *m_name;
    QLabel *m_explanation;
    SettingEditor *m_editor;
    QPushButton *m_see;
    QPushButton *m_builtIn;
    QPushButton *m_apply;
    Notice *m_effect;
    QLabel *m_secretsPlace;
    QPushButton *m_passphrase; ///< only where the secrets lie in a file
    QPushButton *m_test;
    Texts m_texts;
};

} // namespace songda::ui
