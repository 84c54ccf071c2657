// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/dead_letters_page.h"

#include "ui/widgets/cause_card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/message_acts.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

struct GroupColumns {
    Q_DECLARE_TR_FUNCTIONS(GroupColumns)
};

RowsModel<CauseGroup> *makeGroups(const Directory &directory, QObject *parent) {
    using Row = CauseGroup;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return GroupColumns::tr("Cause"); },
                [&directory](const Row &g) { return g.cause.empty() ? words::state(g.state) : directory.causeText(g.cause); }),
            numberColumn<Row>([] { return GroupColumns::tr("Messages"); }, [](const Row &g) { return number(g.count); }),
            chipColumn<Row>([] { return GroupColumns::tr("State"); }, [](const Row &g) { return words::state(g.state); },
                [](const Row &g) { return words::tone(g.state); }),
            textColumn<Row>([] { return GroupColumns::tr("Last"); }, [](const Row &g) { return shortTime(g.lastAt); }),
            textColumn<Row>([] { return GroupColumns::tr("First"); }, [](const Row &g) { return shortTime(g.firstAt); }),
            textColumn<Row>([] { return GroupColumns::tr("Account"); }, [](const Row &g) { return q(g.accountName); }),
        },
        [](const Row &g) { return QStringLiteral("%1/%2/%3").arg(q(g.cause)).arg(static_cast<int>(g.state)).arg(g.account.value); }, parent);
}

} // namespace

MessageFilter filterOf(const CauseGroup &group) {
    MessageFilter filter;
    filter.states = {group.state};
    filter.cause = group.cause;
    filter.account = group.account;
    return filter;
}

DeadLettersPage::DeadLettersPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_groups(makeGroups(context.directory, this))
    , m_rows(makeMessageTable(context.directory, this))
    , m_feed([&engine = context.engine](PageRequest request) { return engine.page(std::move(request)); }, m_rows)
    , m_groupTable(new DataTable(QStringLiteral("groups")))
    , m_table(new DataTable(QStringLiteral("dead")))
    , m_cause(new CauseCard(context.directory))
    , m_inspector(new MessageInspector(context.engine, context.directory))
    , m_acts(new MessageActs(context.engine, this))
    , m_notice(new Notice)
    , m_title(headline())
    , m_count(mutedLabel())
    , m_resend(new QPushButton)
    , m_resendGroup(mainButton())
    , m_discard(new QPushButton)
    , m_discardGroup(dangerButton())
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addSpacing(grid);
    head->addWidget(m_count, 1, Qt::AlignBottom);
    layout->addLayout(head);
    layout->addWidget(m_notice);

    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(grid);
    leftLayout->addWidget(m_groupTable, 1);
    leftLayout->addWidget(m_cause);
    auto *groupButtons = new QHBoxLayout;
    groupButtons->addWidget(m_resendGroup);
    groupButtons->addWidget(m_discardGroup);
    groupButtons->addStretch();
    leftLayout->addLayout(groupButtons);

    auto *middle = new QWidget;
    auto *middleLayout = new QVBoxLayout(middle);
    middleLayout->setContentsMargins(0, 0, 0, 0);
    middleLayout->setSpacing(grid);
    middleLayout->addWidget(m_table, 1);
    auto *rowButtons = new QHBoxLayout;
    rowButtons->addWidget(m_resend);
    rowButtons->addWidget(m_discard);
    rowButtons->addStretch();
    middleLayout->addLayout(rowButtons);

    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(left);
    split->addWidget(middle);
    split->addWidget(m_inspector);
    split->setSizes({400, 350, 400});
    layout->addWidget(split, 1);

    m_groupTable->setModel(m_groups);
    m_groupTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_groupTable->setWidths({170, 80, 100, 112, 112});
    m_table->setModel(m_rows);
    m_table->setWidths({56, 100, 170, 180, 66, 120, 120, 112});
    for (const int hidden : {3, 5, 7})
        m_table->hideColumn(hidden);
    connect(m_groupTable, &DataTable::chosen, this, [this](const QModelIndex &index) { showGroup(m_groups->at(index)); });
    connect(m_table, &DataTable::nearEnd, &m_feed, &MessageFeed::goDown);
    connect(m_table, &DataTable::nearTop, &m_feed, &MessageFeed::goUp);
    connect(m_table, &DataTable::chosen, this, [this](const QModelIndex &index) {
        const MessageRow *row = m_rows->at(index);
        const auto id = row != nullptr ? std::optional(row->id) : std::nullopt;
        if (id != m_inspector->message())
            m_inspector->look(id);
        judgeButtons();
    });
    connect(&m_feed, &MessageFeed::failed, this, [this](const Error &error) { m_notice->say(words::error(error), Tone::Bad); });
    connect(&m_feed, &MessageFeed::changed, this, &DeadLettersPage::judgeButtons);
    connect(m_acts, &MessageActs::said, this, [this](const QString &text, bool good) { m_notice->say(text, good ? Tone::Good : Tone::Warn); });
    connect(m_acts, &MessageActs::done, this, &DeadLettersPage::refresh);
    connect(m_resendGroup, &QPushButton::clicked, this, [this] {
        const bool uncertain = m_group ? m_group->state == MessageState::Uncertain : true;
        m_acts->resend(m_feed.filter(), m_group ? m_group->count : m_total, uncertain);
    });
    connect(m_discardGroup, &QPushButton::clicked, this, [this] { m_acts->discard(m_feed.filter(), m_group ? m_group->count : m_total); });
    connect(m_resend, &QPushButton::clicked, this, [this] {
        const MessageFilter filter = chosen();
        m_acts->resend(filter, static_cast<std::int64_t>(filter.ids.size()), uncertainChosen());
    });
    connect(m_discard, &QPushButton::clicked, this, [this] {
        const MessageFilter filter = chosen();
        m_acts->discard(filter, static_cast<std::int64_t>(filter.ids.size()));
    });
    m_texts.add([this] {
        m_title->setText(tr("Dead letters"));
        m_resend->setText(tr("Resend selection…"));
        m_discard->setText(tr("Discard selection…"));
        m_groupTable->setAccessibleName(tr("Causes"));
        m_table->setAccessibleName(tr("Messages"));
        m_groupTable->setEmptyText(tr("No dead letters. Everything that could be delivered was."));
        m_table->setEmptyText(tr("Nothing here."));
        m_groups->retranslate();
        m_rows->retranslate();
        judgeButtons();
    });
    m_cause->show({});
    showGroup(nullptr);
}

void DeadLettersPage::showGroup(const CauseGroup *group) {
    m_group = group != nullptr ? std::optional(*group) : std::nullopt;
    MessageFilter filter;
    filter.states = deadLetterStates();
    if (m_group)
        filter = filterOf(*m_group);
    m_cause->show(m_group ? m_group->cause : std::string());
    if (!(filter == m_feed.filter()))
        m_feed.setFilter(filter);
    judgeButtons();
}

void DeadLettersPage::showGroups(std::vector<CauseGroup> groups) {
    std::stable_sort(groups.begin(), groups.end(), [](const CauseGroup &a, const CauseGroup &b) { return a.count > b.count; });
    m_total = 0;
    for (const CauseGroup &group : groups)
        m_total += group.count;
    m_groups->show(std::move(groups));
    if (m_group) {
        const int row = m_groups->rowOf(m_groups->keyOf(*m_group));
        if (row >= 0)
            m_group = *m_groups->at(row);
        else
            showGroup(nullptr); // all of it was resent or discarded
    }
    judgeButtons();
}

void DeadLettersPage::refresh() {
    m_feed.refresh();
    m_inspector->refresh();
    if (m_asked)
        return;
    m_asked = true;
    m_context.engine.causeGroups().then(this, [this](Result<std::vector<CauseGroup>> groups) {
        m_asked = false;
        if (groups)
            showGroups(std::move(*groups));
        else
            m_notice->say(words::error(groups.error()), Tone::Bad);
    });
}

MessageFilter DeadLettersPage::chosen() const {
    MessageFilter filter;
    for (const int row : m_table->chosenRows())
        filter.ids.push_back(m_rows->at(row)->id);
    return filter;
}

bool DeadLettersPage::uncertainChosen() const {
    const QList<int> rows = m_table->chosenRows();
    return std::any_of(rows.begin(), rows.end(), [this](int row) { return m_rows->at(row)->state == MessageState::Uncertain; });
}

void DeadLettersPage::judgeButtons() {
    const bool may = m_context.mayChange();
    const bool some = !m_table->chosenRows().isEmpty();
    m_resend->setEnabled(may && some);
    m_discard->setEnabled(may && some);
    const std::int64_t count = m_group ? m_group->count : m_total;
    m_resendGroup->setEnabled(may && count > 0);
    m_discardGroup->setEnabled(may && count > 0);
    m_resendGroup->setText(m_group ? tr("Resend all %1 of this cause…").arg(number(count)) : tr("Resend all %1…").arg(number(count)));
    m_discardGroup->setText(tr("Discard…"));
    m_count->setText(tr("%1 messages in %2 groups").arg(number(m_total), number(m_groups->rowCount())));
}

} // namespace songda::ui
