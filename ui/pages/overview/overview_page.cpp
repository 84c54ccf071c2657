// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/overview_page.h"

#include "engine/when_done.h"
#include "ui/models/batch_table.h"
#include "ui/pages/overview/gate_timeline.h"
#include "ui/pages/overview/latency_chart.h"
#include "ui/pages/overview/throughput_chart.h"
#include "ui/pages/overview/why_dialog.h"
#include "ui/widgets/account_facts.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/enter_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr std::chrono::minutes lateAfter{5}; ///< the oldest message has waited for long

struct OverviewColumns {
    Q_DECLARE_TR_FUNCTIONS(OverviewColumns)
};

RowsModel<BreakdownRow> *makeCauses(const Directory &directory, QObject *parent) {
    using Row = BreakdownRow;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return OverviewColumns::tr("Cause"); }, [&directory](const Row &r) { return directory.causeText(r.key); }),
            countColumn<Row>([] { return OverviewColumns::tr("Dead letters"); }, [](const Row &r) { return r.dead; }),
            countColumn<Row>([] { return OverviewColumns::tr("Failed attempts"); }, [](const Row &r) { return r.attempts; }),
            chipColumn<Row>([] { return OverviewColumns::tr("Class"); }, [](const Row &r) { return words::errorClass(r.errorClass); },
                [](const Row &r) { return words::tone(r.errorClass); }),
        },
        [](const Row &r) { return q(r.key); }, parent);
}

} // namespace

OverviewPage::OverviewPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_batches(makeBatchTable(context.directory, this))
    , m_causes(makeCauses(context.directory, this))
    , m_title(headline())
    , m_why(new QPushButton)
    , m_notice(new Notice)
    , m_facts(new Notice)
    , m_progress(new ActProgress)
    , m_rate(new StatTile)
    , m_success(new StatTile)
    , m_waiting(new StatTile)
    , m_dead(new StatTile)
    , m_latency(new StatTile)
    , m_today(new StatTile)
    , m_alerts(new StatTile)
    , m_chart(new ThroughputChart)
    , m_latencyChart(new LatencyChart)
    , m_timeline(new GateTimeline)
    , m_batchTitle(headline(2))
    , m_batchTable(new DataTable(QStringLiteral("batches")))
    , m_pause(new QPushButton)
    , m_go(new QPushButton)
    , m_cancel(dangerButton())
    , m_open(new QPushButton)
    , m_causeTitle(headline(2))
    , m_causeTable(new DataTable(QStringLiteral("top_causes")))
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(wideGap);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_why);
    layout->addLayout(head);
    layout->addWidget(m_notice);
    layout->addWidget(m_progress);
    layout->addWidget(m_facts);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(grid);
    for (StatTile *tile : {m_rate, m_success, m_waiting, m_dead, m_alerts, m_latency, m_today})
        tiles->addWidget(tile, 1);
    layout->addLayout(tiles);
    layout->addWidget(buildCharts(), 3);

    auto *lower = new QHBoxLayout;
    lower->setSpacing(2 * grid);
    auto *left = new QVBoxLayout;
    auto *batchHead = new QHBoxLayout;
    batchHead->addWidget(m_batchTitle);
    batchHead->addStretch();
    for (QPushButton *button : {m_open, m_pause, m_go, m_cancel})
        batchHead->addWidget(button);
    left->addLayout(batchHead);
    left->addWidget(m_batchTable, 1);
    auto *right = new QVBoxLayout;
    m_causeTitle->setMinimumHeight(m_open->sizeHint().height());
    right->addWidget(m_causeTitle);
    right->addWidget(m_causeTable, 1);
    lower->addLayout(left, 3);
    lower->addLayout(right, 2);
    layout->addLayout(lower, 4);

    m_batchTable->setModel(m_batches);
    m_batchTable->letSort();
    m_batchTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_batchTable->setWidths({130, 90, 90, 110, 76, 64});
    m_causeTable->setModel(m_causes);
    m_causeTable->letSort();
    m_causeTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_causeTable->setWidths({140, 90, 106});
    m_why->setObjectName(QStringLiteral("whyNothingMoves"));
    connect(m_why, &QPushButton::clicked, this, &OverviewPage::explain);
    connect(m_batchTable, &DataTable::chosen, this, &OverviewPage::judgeButtons);
    connect(m_pause, &QPushButton::clicked, this, [this] { setBatch(BatchState::Paused); });
    connect(m_go, &QPushButton::clicked, this, &OverviewPage::goOn);
    connect(m_cancel, &QPushButton::clicked, this, [this] { setBatch(BatchState::Cancelled); });
    const auto openBatch = [this] {
        const QList<int> rows = m_batchTable->chosenRows();
        if (rows.isEmpty())
            return;
        MessageFilter filter;
        filter.batch = m_batches->at(rows.first())->id;
        Q_EMIT showMessages(filter);
    };
    connect(m_open, &QPushButton::clicked, this, openBatch);
    const auto followBatch = [this](const QModelIndex &index) {
        if (const Batch *batch = m_batches->at(index))
            Q_EMIT showBatch(batch->id);
    };
    connect(m_batchTable, &DataTable::doubleClicked, this, followBatch);
    connect(m_batchTable, &DataTable::activated, this, followBatch);
    connect(m_causeTable, &DataTable::doubleClicked, this, &OverviewPage::showCause);
    connect(m_causeTable, &DataTable::activated, this, &OverviewPage::showCause);
    connect(m_success, &StatTile::opened, this, [this] { showFailedToday({}); });
    connect(&context.directory, &Directory::batchesChanged, this, [this] {
        m_batches->show(m_context.directory.batches());
        judgeButtons();
    });
    m_facts->setObjectName(QStringLiteral("accountFacts"));
    m_success->setObjectName(QStringLiteral("successToday"));
    m_pause->setObjectName(QStringLiteral("overviewPause"));
    m_go->setObjectName(QStringLiteral("overviewGoOn"));
    m_cancel->setObjectName(QStringLiteral("overviewCancel"));
    m_texts.add([this] {
        m_title->setText(tr("Overview"));
        m_why->setText(tr("Why is nothing moving?"));
        m_rate->setName(tr("Throughput"));
        m_success->setName(tr("Success today"));
        setPlainToolTip(m_success,
            tr("Of what ended since 00:00 China time: what WeChat accepted, against what became a dead letter (dead, undelivered, uncertain) and still is "
               "one. What was cancelled or ran out of time is not counted. Press to see those that failed."));
        m_waiting->setName(tr("Waiting"));
        m_dead->setName(tr("Dead letters"));
        m_latency->setName(tr("WeChat answers in"));
        m_today->setName(tr("Quota used today"));
        m_alerts->setName(tr("Open alerts"));
        m_batchTitle->setText(tr("Batches"));
        m_pause->setText(tr("Pause"));
        m_cancel->setText(tr("Cancel…"));
        m_open->setText(tr("Show messages"));
        m_causeTitle->setText(tr("Top causes today"));
        m_batchTable->setEmptyText(tr("No batch yet. Import a file on the Send page."));
        m_causeTable->setEmptyText(tr("No failed attempt today."));
        m_batchTable->setAccessibleName(tr("Batches"));
        m_causeTable->setAccessibleName(tr("Top causes today"));
        m_batches->retranslate();
        m_causes->retranslate();
        m_chart->retranslate();
        m_latencyChart->retranslate();
        fillTiles();
        judgeButtons();
    });
    judgeButtons();
}

std::vector<Command> OverviewPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_open, QStringLiteral("overview.messages"), keys("Ctrl+M")), commandOf(m_pause, QStringLiteral("overview.pause"), keys("Ctrl+Shift+B")),
        commandOf(m_go, QStringLiteral("overview.go_on"), keys("Ctrl+B")), commandOf(m_cancel, QStringLiteral("overview.cancel"), keys("Ctrl+Delete")),
        {QStringLiteral("overview.batches"), [] { return tr("To the batches"); }, keys("Ctrl+1"), [this] { enterTable(m_batchTable); }},
        {QStringLiteral("overview.causes"), [] { return tr("To the top causes; Enter opens their messages"); }, keys("Ctrl+2"), [this] { enterTable(m_causeTable); }},
        {QStringLiteral("overview.timeline"), [] { return tr("To breaker and token of the last hour; arrows go along it"); }, keys("Ctrl+3"),
            [this] { m_timeline->setFocus(Qt::ShortcutFocusReason); }},
        {QStringLiteral("overview.failed"), [] { return tr("Messages that failed today"); }, keys("Ctrl+Shift+M"), [this] { showFailedToday({}); },
            [this] { return m_success->opens(); }},
        m_progress->command(QStringLiteral("overview.stop_act"))};
}

QWidget *OverviewPage::buildCharts() {
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    auto *charts = new QHBoxLayout;
    charts->setSpacing(2 * grid);
    charts->addWidget(m_chart, 1);
    charts->addWidget(m_latencyChart, 1);
    inside->addLayout(charts, 1);
    inside->addWidget(m_timeline);
    return box;
}

void OverviewPage::holdStill(bool still) {
    m_chart->holdStill(still);
    m_latencyChart->holdStill(still);
    m_timeline->holdStill(still);
}

void OverviewPage::sample(const Snapshot &snapshot) {
    if (snapshot.at == WallTime{})
        return; // of no moment: nothing was seen yet
    m_chart->sample(snapshot);
    // One that looks on does not see the answers, and that is no silence.
    if (snapshot.engineOwner)
        m_latencyChart->sample(snapshot);
    m_timeline->sample(snapshot);
}

void OverviewPage::showSnapshot(const Snapshot &snapshot) {
    m_snapshot = snapshot;
    fillTiles();
}

void OverviewPage::fillTiles() {
    using S = MessageState;
    const Snapshot &s = m_snapshot;
    const StateCounts &n = s.counts;
    m_rate->setValue(rate(s.ratePerSecond), tr("%1 in flight").arg(number(s.inFlight)));
    fillSuccess();
    fillFacts();
    const bool late = s.oldestDue && n.waiting() > 0;
    m_waiting->setValue(number(n.waiting()), late ? tr("oldest since %1").arg(span(std::max(Millis(0), s.at - *s.oldestDue))) : tr("nothing is late"),
        late && s.at - *s.oldestDue > lateAfter ? Tone::Warn : Tone::Neutral);
    const std::int64_t dead = n[S::Dead] + n[S::Undelivered] + n[S::Uncertain];
    m_dead->setValue(number(dead), tr("%1 of them uncertain").arg(number(n[S::Uncertain])), dead > 0 ? Tone::Bad : Tone::Neutral);
    const auto atLevel = [&s](AlertLevel level) { return s.openAlerts[static_cast<std::size_t>(level)]; };
    const int open = total(s.openAlerts);
    const int urgent = atLevel(AlertLevel::Critical) + atLevel(AlertLevel::Major);
    m_alerts->setValue(number(open), open == 0 ? tr("all is well") : tr("%1 of them major or critical").arg(number(urgent)),
        urgent > 0 ? Tone::Bad : open > 0 ? Tone::Warn : Tone::Neutral);
    // No answer is no quick answer: while messages wait, silence is said so.
    if (s.latencyP50.count() > 0)
        m_latency->setValue(span(s.latencyP50), tr("p95 %1 · p99 %2").arg(span(s.latencyP95), span(s.latencyP99)));
    else if (!s.running && s.elsewhere)
        m_latency->setValue(QStringLiteral("–"), tr("known only where the engine runs"));
    else if (n.waiting() + n[S::Sending] > 0)
        m_latency->setValue(QStringLiteral("–"), tr("no answer in the last minute"), Tone::Warn);
    else
        m_latency->setValue(QStringLiteral("–"), tr("nothing was sent in the last minute"));
    fillQuota();
}

void OverviewPage::fillSuccess() {
    const DaySuccess day = daySuccess(m_attemptsToday, m_causesToday);
    m_success->setValue(share(day.good, day.ended()),
        day.ended() == 0 ? tr("nothing has ended today") : tr("%1 failed, goal 99.9 %").arg(number(day.failed)),
        day.ended() == 0 ? Tone::Neutral : day.belowGoal() ? Tone::Warn : Tone::Good);
    m_success->setOpens(day.failed > 0);
}

void OverviewPage::fillFacts() {
    QStringList facts;
    for (const AccountSnapshot &account : m_snapshot.accounts)
        facts.append(accountFacts(account));
    facts.removeDuplicates(); // the clock is one for all
    const QString text = facts.join(QLatin1Char('\n'));
    if (text.isEmpty())
        m_facts->clear();
    else if (text != m_facts->text())
        m_facts->say(text, Tone::Warn);
}

void OverviewPage::showFailedToday(const std::string &cause) {
    MessageFilter filter;
    filter.cause = cause;
    filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
    filter.endedFrom = startOfChinaDay(Engine::wallNow());
    Q_EMIT showMessages(filter);
}

void OverviewPage::showCause(const QModelIndex &index) {
    const BreakdownRow *row = m_causes->at(index);
    if (row != nullptr && row->dead > 0)
        showFailedToday(row->key);
}

void OverviewPage::fillQuota() {
    const auto gauge = quotaGauge(m_snapshot);
    if (!gauge) {
        std::int64_t today = 0;
        for (const AccountSnapshot &account : m_snapshot.accounts)
            today += account.acceptedToday;
        m_today->setValue(number(today), tr("no daily quota is known"));
        m_today->setShare(std::nullopt, Tone::Neutral);
        return;
    }
    const Tone tone = gauge->usedUp ? Tone::Bad : gauge->runsOut ? Tone::Warn : Tone::Good;
    const QString note = gauge->usedUp ? tr("of %1, used up").arg(number(gauge->limit))
        : gauge->runsOut               ? tr("of %1, out at %2").arg(number(gauge->limit), hourText(*gauge->runsOut))
                                       : tr("of %1, enough").arg(number(gauge->limit));
    m_today->setValue(number(gauge->used), note, gauge->usedUp ? Tone::Bad : Tone::Neutral);
    m_today->setShare(static_cast<double>(gauge->used) / static_cast<double>(gauge->limit), tone);
}

StandingStill OverviewPage::standingStill() const {
    StandingStill still;
    for (const Template &t : m_context.directory.templates()) {
        if (t.hold)
            still.templates.push_back(t);
    }
    for (const Batch &b : m_context.directory.batches()) {
        if (b.state == BatchState::Paused && b.counts.waiting() > 0)
            still.batches.push_back(b);
    }
    return still;
}

void OverviewPage::explain() {
    WhyDialog dialog(m_snapshot, walkGates(m_snapshot, standingStill(), [this](const std::string &cause) { return m_context.directory.causeText(cause); }), m_context.may(Permission::Steer), this);
    if (dialog.exec() == QDialog::Accepted)
        open(dialog.act());
}

void OverviewPage::open(const GateAct &act) {
    const auto told = [this](const Result<bool> &done) {
        if (done)
            m_notice->clear();
        else
            m_notice->say(words::error(done.error()), Tone::Bad);
        m_context.directory.refresh();
    };
    switch (act.kind) {
    case GateAct::Kind::None: break;
    case GateAct::Kind::GoOn: whenDone(m_context.engine.setPaused(false), this, told); break;
    case GateAct::Kind::ReleaseAccount: whenDone(m_context.engine.resumeAccount(act.account), this, told); break;
    case GateAct::Kind::ReleaseTemplate: whenDone(m_context.engine.resumeTemplate(act.account, act.templateId, {}), this, told); break;
    case GateAct::Kind::ResumeBatch:
        if (const Batch *batch = m_context.directory.batch(act.batch); batch != nullptr && !goesFreely(*batch))
            Q_EMIT showBatch(act.batch);
        else
            whenDone(m_context.engine.setBatchState(act.batch, BatchState::Active, {}), this, told);
        break;
    case GateAct::Kind::ShowBatch: Q_EMIT showBatch(act.batch); break;
    case GateAct::Kind::ShowWaiting: {
        MessageFilter filter;
        filter.states = {MessageState::Queued, MessageState::Retrying};
        Q_EMIT showMessages(filter);
        break;
    }
    case GateAct::Kind::OpenPage: Q_EMIT showPage(act.page); break;
    }
}

void OverviewPage::judgeButtons() {
    const QList<int> rows = m_batchTable->chosenRows();
    const Batch *batch = rows.isEmpty() ? nullptr : m_batches->at(rows.first());
    const bool live = batch != nullptr && m_context.may(Permission::Steer) && !m_acting.contains(batch->id) && batch->counts.finished() < batch->counts.total();
    m_open->setEnabled(batch != nullptr);
    m_pause->setEnabled(live && batch->state == BatchState::Active);
    const bool paused = batch != nullptr && batch->state == BatchState::Paused;
    m_go->setText(paused && !goesFreely(*batch) ? tr("Look at it…") : tr("Go on"));
    m_go->setEnabled(live && paused);
    m_cancel->setEnabled(live && !m_control && batch->state != BatchState::Cancelled);
}

bool OverviewPage::goesFreely(const Batch &batch) const {
    const Account *account = m_context.directory.account(batch.account);
    const bool own = batch.hold && isOwnHold(batch.hold->detail);
    return !own && account != nullptr && m_context.engine.mayLetGo(batch, account->name) == MayLetGo::Freely;
}

void OverviewPage::goOn() {
    const QList<int> rows = m_batchTable->chosenRows();
    if (rows.isEmpty())
        return;
    const Batch &batch = *m_batches->at(rows.first());
    // To agree for the second time, or that a seed is right, is said where one sees what it is about.
    if (goesFreely(batch))
        setBatch(BatchState::Active);
    else
        Q_EMIT showBatch(batch.id);
}

void OverviewPage::setBatch(BatchState state) {
    const QList<int> rows = m_batchTable->chosenRows();
    if (rows.isEmpty())
        return;
    const Batch batch = *m_batches->at(rows.first());
    if (m_acting.contains(batch.id))
        return;
    const auto control = std::make_shared<JobControl>();
    std::string reason;
    if (state == BatchState::Cancelled) {
        const std::int64_t left = batch.counts.waiting() + batch.counts[MessageState::Held];
        const auto answer = askReason(this, {tr("Cancel the batch"), tr("About %1 messages have not left yet and will not be sent. What was sent stays sent.").arg(number(left)),
                                               tr("Cancel the batch"), true, {}});
        if (!answer || m_control || m_acting.contains(batch.id))
            return;
        reason = answer->reason.toStdString();
        m_control = control;
        m_progress->follow(control, tr("Cancel the batch"), left);
    }
    m_acting.insert(batch.id);
    judgeButtons();
    whenDone(m_context.engine.setBatchState(batch.id, state, reason, control), this, [this, control, id = batch.id](const Result<bool> &done) {
        m_acting.erase(id);
        if (m_control == control) {
            m_control.reset();
            m_progress->end(control);
        }
        if (done && control->cutShort)
            m_notice->say(tr("%1 were cancelled before it was ended. The rest waits, and the batch is paused: go on, or cancel it again.").arg(number(control->rows)), Tone::Warn);
        else if (done)
            m_notice->clear();
        else
            m_notice->say(words::error(done.error()), Tone::Bad);
        m_context.directory.refresh();
        refresh();
    });
}

void OverviewPage::refresh() {
    const quint64 generation = ++m_generation;
    m_batches->show(m_context.directory.batches());
    judgeButtons();
    const WallTime today = startOfChinaDay(Engine::wallNow());
    whenDone(m_context.engine.hourly(today), this, [this, generation](Result<std::vector<HourlyCount>> attempts) {
        if (generation != m_generation || !attempts)
            return;
        m_attemptsToday = std::move(*attempts);
        fillSuccess();
    });
    whenDone(m_context.engine.breakdown(today, BreakdownBy::Code), this, [this, generation](Result<std::vector<BreakdownRow>> rows) {
        if (generation != m_generation || !rows)
            return;
        m_causesToday = *rows;
        fillSuccess();
        std::stable_sort(rows->begin(), rows->end(),
            [](const auto &a, const auto &b) { return std::pair(a.dead, a.attempts) > std::pair(b.dead, b.attempts); });
        m_causes->show(std::move(*rows));
    });
}

} // namespace songda::ui
