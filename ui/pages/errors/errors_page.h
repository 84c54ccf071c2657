// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QComboBox;
class QLabel;

namespace songda::ui {

class CauseCard;
class DataTable;
class ErrorsChart;
class Notice;

/// Failed attempts broken down by code, template, account or day, over time; every code leads to its messages.
class ErrorsPage final : public Page {
    Q_OBJECT
public:
    explicit ErrorsPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;

private:
    BreakdownBy by() const;
    WallTime since() const;
    void open(const QModelIndex &index);
    MessageFilter filterOf(const BreakdownRow &row) const;

    PageContext m_context;
    RowsModel<BreakdownRow> *m_rows;
    quint64 m_generation = 0;
    QLabel *m_title;
    QComboBox *m_since;
    QComboBox *m_by;
    QLabel *m_hint;
    Notice *m_notice;
    ErrorsChart *m_chart;
    DataTable *m_table;
    CauseCard *m_cause;
    Texts m_texts;
};

} // namespace songda::ui
