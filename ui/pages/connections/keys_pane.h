// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QCheckBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace songda::ui {

class CheckList;
class DataTable;
class Notice;
class SecretOnce;

/// Keys with which business systems hand messages over by HTTP: made, shown once, replaced, revoked.
class KeysPane final : public Page {
    Q_OBJECT
public:
    explicit KeysPane(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;

private:
    QWidget *buildForm();
    void add();
    /// Shows the key, if who asked for it is still there.
    void take(const Result<IssuedApiKey> &issued, quint64 askedIn);
    void rotate();
    void revoke();
    void fillLimits();
    /// Those of the ticked accounts, or of all.
    void fillTemplates();
    /// What is missing for a key, as a sentence; empty: nothing.
    QString missing() const;
    void judge();
    const ApiKey *chosen() const;

    PageContext m_context;
    RowsModel<ApiKey> *m_rows;
    quint64 m_generation = 0; ///< of who has signed in: answers to another one are dropped
    bool m_busy = false;
    bool m_limitGone = false; ///< no ticked template is left; whether every one is meant has to be said
    QLabel *m_intro;
    Notice *m_notice;
    SecretOnce *m_secret;
    DataTable *m_table;
    QPushButton *m_rotate;
    QSpinBox *m_overlap;
    QPushButton *m_revoke;
    QLabel *m_formTitle;
    QFormLayout *m_form;
    QLineEdit *m_client;
    QLabel *m_clientHint;
    QCheckBox *m_send;
    QCheckBox *m_read;
    QCheckBox *m_manage;
    CheckList *m_accounts;
    CheckList *m_templates;
    QPushButton *m_allTemplates;
    QCheckBox *m_expires;
    QDateTimeEdit *m_until;
    QPushButton *m_add;
    Texts m_texts;
};

} // namespace songda::ui
