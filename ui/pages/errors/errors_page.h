// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/pages/errors/errors_chart.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace songda::ui {

class CauseCard;
class DataTable;
class Notice;

/// What failed, broken down by code, template, account, batch, hour or day, and over time; every number opens
/// its messages.
class ErrorsPage final : public Page {
    Q_OBJECT
public:
    explicit ErrorsPage(const PageContext &context, QWidget *parent = nullptr);

    void refresh() override;
    std::vector<Command> commands() override;

private:
    BreakdownBy by() const;
    WallTime since() const;
    /// What the chart counts, and what a number of the breakdown opens. As the box lists them.
    enum Counted { DeadLetters, FailedAttempts };

    void open(const BreakdownRow &row, Counted what);
    void askForChart();
    void say();
    MessageFilter filterOf(const BreakdownRow &row, Counted what) const;
    static MessageFilter filterOf(const ErrorsChart::Part &part, Counted what);
    /// `to`: nothing for until now.
    static MessageFilter filterOf(Counted what, const std::string &cause, WallTime from, std::optional<WallTime> to);
    QString nameOf(const BreakdownRow &row) const;
    QString classOf(const Directory &directory, const BreakdownRow &row) const;
    void fillSums();
    void judge();

    PageContext m_context;
    RowsModel<BreakdownRow> *m_rows;
    quint64 m_generation = 0;
    quint64 m_chartGeneration = 0;
    WallTime m_from; ///< since when the rows on screen count
    BreakdownBy m_shown = BreakdownBy::Code; ///< of the rows on screen, which come some time after the choice
    QLabel *m_title;
    QComboBox *m_since;
    QComboBox *m_by;
    QComboBox *m_what; ///< the chart counts
    QLabel *m_hint;
    QString m_sums;
    QPushButton *m_open;
    QPushButton *m_openFailed;
    Notice *m_notice;
    Notice *m_unknown;
    ErrorsChart *m_chart;
    DataTable *m_table;
    CauseCard *m_cause;
    Texts m_texts;
};

} // namespace songda::ui
