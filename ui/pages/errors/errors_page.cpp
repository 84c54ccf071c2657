// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/errors/errors_page.h"

#include "engine/when_done.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/enter_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace songda::ui {

namespace {

enum SinceChoice { Today, LastDay, LastWeek, LastMonth };
constexpr int attemptsColumn = 2;

/// As the box lists them.
constexpr std::array byChoices{BreakdownBy::Code, BreakdownBy::Template, BreakdownBy::Account, BreakdownBy::Batch,
    BreakdownBy::Hour, BreakdownBy::Day};

int choiceOf(BreakdownBy by) {
    return static_cast<int>(std::find(byChoices.begin(), byChoices.end(), by) - byChoices.begin());
}

/// A China day or an hour, as the breakdown names it.
std::optional<WallTime> startOf(const std::string &key) {
    return parseIso8601(key.size() == 10 ? key + "T00:00:00+08:00" : key);
}

void fillKeeping(QComboBox *box, const QStringList &names) {
    const QSignalBlocker quiet(box);
    const int before = qMax(0, box->currentIndex());
    box->clear();
    box->addItems(names);
    box->setCurrentIndex(before);
}

} // namespace

ErrorsPage::ErrorsPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_title(headline())
    , m_since(new QComboBox)
    , m_by(new QComboBox)
    , m_what(new QComboBox)
    , m_hint(mutedLabel())
    , m_open(new QPushButton)
    , m_openFailed(new QPushButton)
    , m_notice(new Notice)
    , m_unknown(new Notice)
    , m_chart(new ErrorsChart(context.directory))
    , m_table(new DataTable(QStringLiteral("errors")))
    , m_cause(new CauseCard(context.directory))
    , m_texts(this) {
    using Row = BreakdownRow;
    Directory &directory = context.directory;
    m_rows = new RowsModel<Row>(
        {
            valueColumn<Row>([this] { return m_by->itemText(choiceOf(m_shown)); }, [this](const Row &r) { return nameOf(r); },
                [this](const Row &r) { return m_shown == BreakdownBy::Hour ? q(r.key) : nameOf(r); }),
            countColumn<Row>([] { return tr("Dead letters"); }, [](const Row &r) { return r.dead; }),
            countColumn<Row>([] { return tr("Failed attempts"); }, [](const Row &r) { return r.attempts; }),
            chipColumn<Row>([] { return tr("Class"); }, [this, &directory](const Row &r) { return classOf(directory, r); },
                [&directory](const Row &r) {
                    return directory.causeWords(r.key).known ? words::tone(directory.causeWords(r.key).errorClass)
                                                             : Tone::Bad;
                }),
            textColumn<Row>([] { return tr("Meaning"); },
                [this, &directory](const Row &r) {
                    return m_shown == BreakdownBy::Code ? q(directory.causeWords(r.key).meaning) : QString();
                }),
            textColumn<Row>([] { return tr("What to do"); },
                [this, &directory](
                    const Row &r) { return m_shown == BreakdownBy::Code ? q(directory.causeWords(r.key).advice) : QString(); }),
        },
        [](const Row &r) { return q(r.key); }, this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_what);
    head->addWidget(m_since);
    head->addWidget(m_by);
    layout->addLayout(head);
    layout->addWidget(m_notice);
    layout->addWidget(m_unknown);
    QVBoxLayout *inside = nullptr;
    layout->addWidget(panel(inside), 2);
    inside->addWidget(m_chart);
    auto *below = new QHBoxLayout;
    below->addWidget(m_hint, 1);
    below->addWidget(m_openFailed);
    below->addWidget(m_open);
    layout->addLayout(below);
    auto *row = new QHBoxLayout;
    row->addWidget(m_table, 3);
    row->addWidget(m_cause, 2, Qt::AlignTop);
    layout->addLayout(row, 2);
    m_cause->show({});
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({130, 100, 110, 120, 220});
    m_what->setObjectName(QStringLiteral("errorsCount"));
    m_by->setObjectName(QStringLiteral("errorsBy"));
    m_since->setObjectName(QStringLiteral("errorsSince"));
    m_open->setObjectName(QStringLiteral("openErrors"));
    m_openFailed->setObjectName(QStringLiteral("openFailed"));
    m_unknown->setObjectName(QStringLiteral("unknownCodes"));
    connect(m_table, &DataTable::chosen, this, [this](const QModelIndex &index) {
        const BreakdownRow *line = m_rows->at(index);
        m_cause->show(line != nullptr && m_shown == BreakdownBy::Code ? line->key : std::string());
        judge();
    });
    const auto openChosen = [this](Counted what) {
        const QList<int> rows = m_table->chosenRows();
        if (!rows.isEmpty())
            open(*m_rows->at(rows.first()), what);
    };
    connect(m_open, &QPushButton::clicked, this, [openChosen] { openChosen(DeadLetters); });
    connect(m_openFailed, &QPushButton::clicked, this, [openChosen] { openChosen(FailedAttempts); });
    const auto openCell = [this](const QModelIndex &index) {
        if (const BreakdownRow *line = m_rows->at(index))
            open(*line, index.column() == attemptsColumn || line->dead == 0 ? FailedAttempts : DeadLetters);
    };
    connect(m_table, &DataTable::activated, this, openCell);
    connect(m_table, &DataTable::doubleClicked, this, openCell);
    connect(m_chart, &ErrorsChart::pointed, this, &ErrorsPage::say);
    connect(m_chart, &ErrorsChart::chosen, this, [this](const ErrorsChart::Part &part) {
        Q_EMIT showMessages(filterOf(part, m_what->currentIndex() == DeadLetters ? DeadLetters : FailedAttempts));
    });
    connect(m_what, &QComboBox::currentIndexChanged, this, &ErrorsPage::askForChart);
    connect(m_since, &QComboBox::currentIndexChanged, this, &ErrorsPage::refresh);
    connect(m_by, &QComboBox::currentIndexChanged, this, &ErrorsPage::refresh);
    m_texts.add([this] {
        m_title->setText(tr("Errors"));
        fillKeeping(m_since, {tr("Today (from 00:00 China time)"), tr("Last 24 hours"), tr("Last 7 days"), tr("Last 30 days")});
        fillKeeping(m_by, {tr("By code"), tr("By template"), tr("By account"), tr("By batch"), tr("By hour"), tr("By day")});
        fillKeeping(m_what, {tr("Dead letters over time"), tr("Failed attempts over time")});
        m_what->setAccessibleName(tr("The chart counts"));
        m_chart->setAccessibleName(m_what->currentText());
        m_since->setAccessibleName(tr("Period"));
        m_by->setAccessibleName(tr("Broken down by"));
        m_open->setText(tr("Show the dead letters"));
        m_openFailed->setText(tr("Show what failed at any try"));
        setPlainToolTip(m_openFailed, tr("The messages of which an attempt failed so, whatever became of them: each once, however often it failed"));
        fillSums();
        m_table->setEmptyText(tr("Nothing failed in this time."));
        m_table->setAccessibleName(tr("Breakdown"));
        m_rows->retranslate();
        m_chart->retranslate();
    });
}

BreakdownBy ErrorsPage::by() const {
    return byChoices.at(static_cast<std::size_t>(qMax(0, m_by->currentIndex())));
}

WallTime ErrorsPage::since() const {
    const WallTime now = Engine::wallNow();
    const WallTime hour = std::chrono::floor<std::chrono::hours>(now);
    switch (m_since->currentIndex()) {
    case LastDay: return hour - std::chrono::hours(23);
    case LastWeek: return startOfChinaDay(now) - std::chrono::days(6);
    case LastMonth: return startOfChinaDay(now) - std::chrono::days(29);
    default: return startOfChinaDay(now);
    }
}

void ErrorsPage::refresh() {
    const quint64 generation = ++m_generation;
    const WallTime from = since();
    whenDone(m_context.engine.breakdown(from, by()), this, [this, generation, from, by = by()](Result<std::vector<BreakdownRow>> rows) {
        if (generation != m_generation)
            return;
        if (!rows) {
            m_notice->say(words::error(rows.error()), Tone::Bad);
            return;
        }
        m_notice->clear();
        m_from = from;
        m_shown = by;
        if (by != BreakdownBy::Hour && by != BreakdownBy::Day)
            std::stable_sort(rows->begin(), rows->end(), [](const auto &a, const auto &b) { return a.dead > b.dead; });
        m_rows->show(std::move(*rows));
        Q_EMIT m_rows->headerDataChanged(Qt::Horizontal, 0, 0);
        fillSums();
        judge();
    });
    askForChart();
}

void ErrorsPage::askForChart() {
    const quint64 generation = ++m_chartGeneration;
    const WallTime from = since();
    m_chart->setAccessibleName(m_what->currentText());
    whenDone(m_what->currentIndex() == DeadLetters ? m_context.engine.hourlyDead(from) : m_context.engine.hourly(from), this,
        [this, generation, from](Result<std::vector<HourlyCount>> counts) {
            if (generation == m_chartGeneration && counts)
                m_chart->show(*counts, from, std::chrono::floor<std::chrono::hours>(Engine::wallNow()));
        });
}

std::vector<Command> ErrorsPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_open, QStringLiteral("errors.open"), keys("Ctrl+M")), commandOf(m_openFailed, QStringLiteral("errors.failed"), keys("Ctrl+Shift+M")),
        {QStringLiteral("errors.chart"), [] { return tr("To the chart: arrows go along it, Enter opens"); }, keys("Ctrl+1"), [this] { m_chart->setFocus(Qt::ShortcutFocusReason); }},
        {QStringLiteral("errors.table"), [] { return tr("To the breakdown"); }, keys("Ctrl+2"), [this] { enterTable(m_table); }}};
}

MessageFilter ErrorsPage::filterOf(Counted what, const std::string &cause, WallTime from, std::optional<WallTime> to) {
    MessageFilter filter;
    if (what == FailedAttempts) {
        filter.failedWith = cause.empty() ? MessageFilter::anyCause : cause;
        filter.failedFrom = from;
        filter.failedTo = to;
        return filter;
    }
    filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
    filter.cause = cause;
    filter.endedFrom = from;
    filter.endedTo = to;
    return filter;
}

MessageFilter ErrorsPage::filterOf(const ErrorsChart::Part &part, Counted what) { return filterOf(what, part.cause, part.from, part.to); }

MessageFilter ErrorsPage::filterOf(const BreakdownRow &row, Counted what) const {
    MessageFilter filter = filterOf(what, m_shown == BreakdownBy::Code ? row.key : std::string(), m_from, {});
    switch (m_shown) {
    case BreakdownBy::Code: break;
    case BreakdownBy::Template:
        for (const Template &t : m_context.directory.templates()) {
            if (t.templateId == row.key)
                filter.templateRef = t.id;
        }
        break;
    case BreakdownBy::Account:
        for (const Account &a : m_context.directory.accounts()) {
            if (a.name == row.key)
                filter.account = a.id;
        }
        break;
    case BreakdownBy::Batch: filter.batch = BatchId{q(row.key).toLongLong()}; break;
    case BreakdownBy::Hour:
    case BreakdownBy::Day:
        if (const auto start = startOf(row.key)) {
            const WallTime end = *start + (m_shown == BreakdownBy::Hour ? std::chrono::hours(1) : std::chrono::hours(24));
            return filterOf(what, {}, std::max(*start, m_from), end);
        }
        break;
    }
    return filter;
}

QString ErrorsPage::nameOf(const BreakdownRow &row) const {
    if (m_shown == BreakdownBy::Hour) {
        const auto start = startOf(row.key);
        return start ? chinaTime(*start).toString(QStringLiteral("MM-dd HH:00")) : q(row.key);
    }
    if (m_shown == BreakdownBy::Batch)
        return row.label.empty() ? m_context.directory.batchName(BatchId{q(row.key).toLongLong()}) : q(row.label);
    if (m_shown == BreakdownBy::Code)
        return m_context.directory.causeShort(row.key);
    return row.label.empty() ? q(row.key) : q(row.label);
}

QString ErrorsPage::classOf(const Directory &directory, const BreakdownRow &row) const {
    if (m_shown != BreakdownBy::Code)
        return {};
    const CauseWords words = directory.causeWords(row.key);
    return words.known ? words::errorClass(words.errorClass) : tr("unknown code");
}

void ErrorsPage::fillSums() {
    std::int64_t dead = 0;
    std::int64_t attempts = 0;
    QStringList unknown;
    for (const BreakdownRow &row : m_rows->rows()) {
        dead += row.dead;
        attempts += row.attempts;
        if (m_shown == BreakdownBy::Code && !m_context.directory.causeWords(row.key).known)
            unknown.append(q(row.key));
    }
    m_sums = tr("%1 dead letters of this time, after %2 failed attempts: one message may fail several times, or get "
                       "through in the end.")
                 .arg(number(dead), number(attempts));
    say();
    if (unknown.isEmpty())
        m_unknown->clear();
    else
        m_unknown->say(tr("Not in the catalogue of error codes: %1. Songda tries such a message a few times and then puts "
                          "it aside. Look the code up before you resend.")
                           .arg(unknown.join(QStringLiteral(", "))),
            Tone::Warn);
}

void ErrorsPage::say() {
    const QString caption = m_chart->hasFocus() ? m_chart->caption() : QString();
    m_hint->setText(caption.isEmpty() ? m_sums : caption);
}

void ErrorsPage::judge() {
    const QList<int> rows = m_table->chosenRows();
    m_open->setEnabled(!rows.isEmpty() && m_rows->at(rows.first())->dead > 0);
    m_openFailed->setEnabled(!rows.isEmpty() && m_rows->at(rows.first())->attempts > 0);
}

void ErrorsPage::open(const BreakdownRow &row, Counted what) {
    if ((what == DeadLetters ? row.dead : row.attempts) > 0)
        Q_EMIT showMessages(filterOf(row, what));
}

} // namespace songda::ui
