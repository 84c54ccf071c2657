// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/errors/errors_page.h"

#include "ui/pages/errors/errors_chart.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

enum SinceChoice { Today, LastDay, LastWeek, LastMonth };

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
    , m_hint(mutedLabel())
    , m_notice(new Notice)
    , m_chart(new ErrorsChart(context.directory))
    , m_table(new DataTable(QStringLiteral("errors")))
    , m_cause(new CauseCard(context.directory))
    , m_texts(this) {
    using Row = BreakdownRow;
    Directory &directory = context.directory;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([this] { return m_by->currentText(); },
                [](const Row &r) { return r.label.empty() ? q(r.key) : q(r.label); }),
            numberColumn<Row>([] { return tr("Failed attempts"); }, [](const Row &r) { return number(r.attempts); }),
            chipColumn<Row>([] { return tr("Class"); },
                [this](const Row &r) { return by() == BreakdownBy::Code ? words::errorClass(r.errorClass) : QString(); },
                [](const Row &r) { return words::tone(r.errorClass); }),
            textColumn<Row>([] { return tr("Meaning"); },
                [this, &directory](const Row &r) {
                    if (by() != BreakdownBy::Code)
                        return QString();
                    const CauseWords words = directory.causeWords(r.key);
                    return words.known ? q(words.meaning) : tr("unknown code");
                }),
            textColumn<Row>([] { return tr("What to do"); },
                [this, &directory](const Row &r) { return by() == BreakdownBy::Code ? q(directory.causeWords(r.key).advice) : QString(); }),
        },
        [](const Row &r) { return q(r.key); }, this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_since);
    head->addWidget(m_by);
    layout->addLayout(head);
    layout->addWidget(m_notice);
    QVBoxLayout *inside = nullptr;
    layout->addWidget(panel(inside), 2);
    inside->addWidget(m_chart);
    layout->addWidget(m_hint);
    auto *row = new QHBoxLayout;
    row->addWidget(m_table, 3);
    row->addWidget(m_cause, 2, Qt::AlignTop);
    layout->addLayout(row, 2);
    m_cause->show({});
    m_table->setModel(m_rows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({100, 110, 120, 220});
    connect(m_table, &DataTable::chosen, this, [this](const QModelIndex &index) {
        const BreakdownRow *line = m_rows->at(index);
        m_cause->show(line != nullptr && by() == BreakdownBy::Code ? line->key : std::string());
    });
    connect(m_table, &DataTable::activated, this, &ErrorsPage::open);
    connect(m_table, &DataTable::doubleClicked, this, &ErrorsPage::open);
    connect(m_since, &QComboBox::currentIndexChanged, this, &ErrorsPage::refresh);
    connect(m_by, &QComboBox::currentIndexChanged, this, &ErrorsPage::refresh);
    m_texts.add([this] {
        m_title->setText(tr("Errors"));
        fillKeeping(m_since, {tr("Today (from 00:00 China time)"), tr("Last 24 hours"), tr("Last 7 days"), tr("Last 30 days")});
        fillKeeping(m_by, {tr("By code"), tr("By template"), tr("By account"), tr("By day")});
        m_since->setAccessibleName(tr("Period"));
        m_by->setAccessibleName(tr("Broken down by"));
        m_hint->setText(tr("Attempts, not messages: one message may fail several times before it gets through. Double-click a line to see its messages."));
        m_table->setEmptyText(tr("No failed attempt in this time."));
        m_table->setAccessibleName(tr("Breakdown"));
        m_rows->retranslate();
        m_chart->retranslate();
    });
}

BreakdownBy ErrorsPage::by() const {
    switch (m_by->currentIndex()) {
    case 1: return BreakdownBy::Template;
    case 2: return BreakdownBy::Account;
    case 3: return BreakdownBy::Day;
    default: return BreakdownBy::Code;
    }
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
    m_context.engine.breakdown(from, by()).then(this, [this, generation](Result<std::vector<BreakdownRow>> rows) {
        if (generation != m_generation)
            return;
        if (!rows) {
            m_notice->say(words::error(rows.error()), Tone::Bad);
            return;
        }
        m_notice->clear();
        m_rows->show(std::move(*rows));
        Q_EMIT m_rows->headerDataChanged(Qt::Horizontal, 0, 0);
    });
    m_context.engine.hourly(from).then(this, [this, generation, from](Result<std::vector<HourlyCount>> counts) {
        if (generation == m_generation && counts)
            m_chart->show(*counts, from, std::chrono::floor<std::chrono::hours>(Engine::wallNow()));
    });
}

MessageFilter ErrorsPage::filterOf(const BreakdownRow &row) const {
    MessageFilter filter;
    switch (by()) {
    case BreakdownBy::Code: filter.cause = row.key; break;
    case BreakdownBy::Template:
        for (const Template &t : m_context.directory.templates()) {
            if (t.templateId == row.key)
                filter.templateRef = t.id;
        }
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
        break;
    case BreakdownBy::Account:
        for (const Account &a : m_context.directory.accounts()) {
            if (a.name == row.key)
                filter.account = a.id;
        }
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
        break;
    case BreakdownBy::Day:
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
        if (const auto day = parseIso8601(row.key)) {
            filter.createdFrom = *day;
            filter.createdTo = *day + std::chrono::days(1);
        }
        break;
    }
    return filter;
}

void ErrorsPage::open(const QModelIndex &index) {
    if (const BreakdownRow *row = m_rows->at(index))
        Q_EMIT showMessages(filterOf(*row));
}

} // namespace songda::ui
