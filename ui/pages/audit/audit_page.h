// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QLabel;

namespace songda::ui {

class DataTable;
class Notice;

/// Who did what, when, why, to how many: newest first, older ones as one scrolls down.
class AuditPage final : public Page {
    Q_OBJECT
public:
    static constexpr int pageRows = 200;
    static constexpr int mostRows = 5000;

    explicit AuditPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;

private:
    void goDown();

    PageContext m_context;
    RowsModel<AuditEntry> *m_rows;
    int m_wanted = pageRows;
    bool m_asked = false;
    QLabel *m_title;
    QLabel *m_intro;
    Notice *m_notice;
    DataTable *m_table;
    Texts m_texts;
};

} // namespace songda::ui
