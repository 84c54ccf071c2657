// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace songda::ui {

class AccountPicker;
class DataTable;
class Notice;
class SecretOnce;

/// Business systems that are told what became of messages: set up, tried, and helped on when they were away for long.
class HooksPane final : public Page {
    Q_OBJECT
public:
    explicit HooksPane(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;

private:
    QWidget *buildForm();
    void setTexts();
    void add();
    /// Shows the secret, if who asked for it is still there.
    void take(const Result<IssuedHook> &issued, quint64 askedIn);
    void test();
    void resume();
    void rotate();
    void removeChosen();
    void judge();
    void begin();
    const Hook *chosen() const;

    PageContext m_context;
    RowsModel<Hook> *m_rows;
    quint64 m_generation = 0; ///< of who has signed in: answers to another one are dropped
    bool m_busy = false;
    QLabel *m_intro;
    Notice *m_notice;
    SecretOnce *m_secret;
    DataTable *m_table;
    QLabel *m_last;
    QPushButton *m_test;
    QPushButton *m_resume;
    QPushButton *m_rotate;
    QSpinBox *m_overlap;
    QPushButton *m_remove;
    QLabel *m_formTitle;
    QFormLayout *m_form;
    QLineEdit *m_url;
    QWidget *m_events;
    std::vector<std::pair<MessageState, QCheckBox *>> m_states;
    AccountPicker *m_account;
    QSpinBox *m_days;
    QSpinBox *m_rowsKept;
    QCheckBox *m_private;
    QPushButton *m_add;
    Texts m_texts;
};

} // namespace songda::ui
