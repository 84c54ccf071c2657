// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace songda::ui {

class DataTable;
class Notice;

/// Who did what, when, why, to how many: newest first, older ones as one scrolls down; searched in the store, and each act
/// leads to its messages.
class AuditPage final : public Page {
    Q_OBJECT
public:
    static constexpr int pageRows = 200;

    explicit AuditPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    void userChanged() override;
    std::vector<Command> commands() override;

private:
    QWidget *buildSearch();
    void fillChoices();
    AuditSearch search() const;
    /// Another question: what was found so far does not count.
    void begin();
    void forgetRows();
    void forgetAnswers();
    void goDown();
    void ask(std::optional<AuditId> before);
    void take(AuditFound found, std::optional<AuditId> before);
    void judge();
    void openMessages();

    PageContext m_context;
    RowsModel<AuditEntry> *m_rows;
    std::optional<AuditId> m_next; ///< where what is not loaded yet begins
    bool m_begun = false; ///< there was an answer to the present question
    int m_wanted = pageRows;
    bool m_asked = false;
    bool m_again = false;
    quint64 m_generation = 0;
    QTimer m_rest;
    QLabel *m_title;
    QLabel *m_intro;
    QLineEdit *m_who;
    QComboBox *m_what;
    QLineEdit *m_object;
    QLineEdit *m_reason;
    QComboBox *m_since;
    QPushButton *m_clear;
    QPushButton *m_show;
    Notice *m_notice;
    QLabel *m_state;
    DataTable *m_table;
    Texts m_texts;
};

} // namespace songda::ui
