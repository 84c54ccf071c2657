// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/pages/overview/day_success.h"
#include "ui/pages/overview/gates.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

#include <memory>
#include <set>

class QLabel;
class QPushButton;

namespace songda::ui {

class ActProgress;
class DataTable;
class GateTimeline;
class LatencyChart;
class Notice;
class StatTile;
class ThroughputChart;

/// How things stand: throughput, latency, what went well today, what waits and since when, breaker and token of the last
/// hour, the running batches, the top causes, and the answer to "why is nothing moving?".
class OverviewPage final : public Page {
    Q_OBJECT
public:
    explicit OverviewPage(const PageContext &context, QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot) override;
    void refresh() override;
    /// The curves go on being measured; only their picture stands.
    void holdStill(bool still);
    /// For the curves: also while another page is on screen.
    void sample(const Snapshot &snapshot);
    /// Walks the gates and says which one is closed.
    void explain();
    std::vector<Command> commands() override;

private:
    QWidget *buildCharts();
    void fillTiles();
    void fillSuccess();
    void fillFacts();
    /// The dead letters of today, of one cause or of all.
    void showFailedToday(const std::string &cause);
    void showCause(const QModelIndex &index);
    void open(const GateAct &act);
    StandingStill standingStill() const;
    void fillQuota();
    void judgeButtons();
    /// Nobody has to look at it or to agree before it goes on.
    bool goesFreely(const Batch &batch) const;
    /// Lets the chosen batch go on, or shows it where something is to be seen to first.
    void goOn();
    void setBatch(BatchState state);

    PageContext m_context;
    Snapshot m_snapshot;
    RowsModel<Batch> *m_batches;
    RowsModel<BreakdownRow> *m_causes;
    quint64 m_generation = 0;
    std::vector<HourlyCount> m_attemptsToday;
    std::vector<BreakdownRow> m_causesToday;
    std::set<BatchId> m_acting; ///< on which something is under way
    std::shared_ptr<JobControl> m_control; ///< of the one that is being cancelled
    QLabel *m_title;
    QPushButton *m_why;
    Notice *m_notice;
    Notice *m_facts; ///< what the engine found out about accounts
    ActProgress *m_progress;
    StatTile *m_rate;
    StatTile *m_success;
    StatTile *m_waiting;
    StatTile *m_dead;
    StatTile *m_latency;
    StatTile *m_today;
    StatTile *m_alerts;
    ThroughputChart *m_chart;
    LatencyChart *m_latencyChart;
    GateTimeline *m_timeline;
    QLabel *m_batchTitle;
    DataTable *m_batchTable;
    QPushButton *m_pause;
    QPushButton *m_go;
    QPushButton *m_cancel;
    QPushButton *m_open;
    QLabel *m_causeTitle;
    DataTable *m_causeTable;
    Texts m_texts;
};

} // namespace songda::ui
