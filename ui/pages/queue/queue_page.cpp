// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/queue/queue_page.h"

#include "ui/pages/queue/change_button.h"
#include "ui/pages/queue/filter_bar.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/count_line.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/enter_table.h"
#include "ui/widgets/filter_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/message_acts.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/message_values.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

std::optional<std::int64_t> knownCount(const MessageFilter &filter, const StateCounts &counts) {
    MessageFilter rest = filter;
    rest.states.clear();
    if (!(rest == MessageFilter{}))
        return std::nullopt;
    if (filter.states.empty())
        return counts.total();
    std::int64_t sum = 0;
    for (const MessageState s : filter.states)
        sum += counts[s];
    return sum;
}

QueuePage::QueuePage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(makeMessageTable(context.directory, this))
    , m_feed([&engine = context.engine](PageRequest request) { return engine.page(std::move(request)); }, m_rows)
    , m_filters(new FilterBar(context.directory))
    , m_table(new DataTable(QStringLiteral("queue")))
    , m_inspector(new MessageInspector(context.engine, context.directory))
    , m_acts(new MessageActs(context.engine, this))
    , m_notice(new Notice)
    , m_title(headline())
    , m_count(mutedLabel())
    , m_person(new QPushButton)
    , m_change(new ChangeButton(m_acts,
          [this] {
              ChangeButton::Target target{chosen(), std::int64_t{0}, false, false};
              target.count = static_cast<std::int64_t>(target.filter.ids.size());
              for (const int row : m_table->chosenRows()) {
                  target.waiting |= isWaiting(m_rows->at(row)->state);
                  target.held |= m_rows->at(row)->state == MessageState::Held;
              }
              return target;
          },
          [this] {
              const bool any = m_rows->rowCount() > 0;
              return ChangeButton::Target{m_feed.filter(), knownAndSeen(), any, any};
          }))
    , m_resend(new QPushButton)
    , m_resendAll(new QPushButton)
    , m_cancel(dangerButton())
    , m_cancelAll(dangerButton())
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addSpacing(grid);
    head->addWidget(m_count, 1, Qt::AlignBottom);
    head->addWidget(m_person);
    head->addWidget(m_change);
    head->addWidget(m_resend);
    head->addWidget(m_resendAll);
    head->addWidget(m_cancel);
    head->addWidget(m_cancelAll);
    layout->addLayout(head);
    layout->addWidget(m_filters);
    layout->addWidget(m_notice);
    layout->addWidget(m_acts->progress());
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(m_table);
    split->addWidget(m_inspector);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({680, 450});
    keepSplit(split, QStringLiteral("queue"));
    layout->addWidget(split, 1);

    m_table->setModel(m_rows);
    m_table->setWidths({76, 100, 130, 160, 72, 120, 110, 112, 112, 112, 100});
    m_table->horizontalHeader()->moveSection(messageDueColumn, 3);
    m_table->horizontalHeader()->moveSection(m_table->horizontalHeader()->visualIndex(messageAccountColumn), 7);
    connect(m_inspector, &MessageInspector::acted, this, [this](const QString &text) {
        m_notice->say(text, Tone::Good);
        refresh();
    });
    m_inspector->actWith(m_acts);
    connect(m_inspector, &MessageInspector::showPage, this, &QueuePage::showPage);
    connect(m_table, &DataTable::doubleClicked, m_inspector, &MessageInspector::edit);
    connect(m_table, &DataTable::nearEnd, &m_feed, &MessageFeed::goDown);
    connect(m_table, &DataTable::nearTop, &m_feed, &MessageFeed::goUp);
    connect(m_table, &DataTable::looking, &m_feed, &MessageFeed::standStill);
    connect(m_table, &DataTable::chosen, this, [this](const QModelIndex &index) {
        // A row that leaves the list leaves the message on show: one wants to see what became of it.
        const MessageRow *row = m_rows->at(index);
        if (row != nullptr && row->id != m_inspector->message())
            m_inspector->look(row->id);
        judgeButtons();
    });
    connect(m_filters, &FilterBar::filterChanged, this, [this](const MessageFilter &filter) {
        m_notice->clear();
        m_inspector->look(std::nullopt);
        if (filter.batch)
            m_context.directory.want(*filter.batch);
        m_feed.setFilter(filter);
        fillCount();
    });
    connect(&m_feed, &MessageFeed::changed, this, &QueuePage::fillCount);
    connect(&m_feed, &MessageFeed::failed, this, [this](const Error &error) { m_notice->say(words::error(error), Tone::Bad); });
    connect(m_acts, &MessageActs::said, this, [this](const QString &text, bool good) { m_notice->say(text, good ? Tone::Good : Tone::Warn); });
    connect(m_acts, &MessageActs::done, this, &QueuePage::refresh);
    m_person->setObjectName(QStringLiteral("aboutPerson"));
    m_resend->setObjectName(QStringLiteral("resendSelected"));
    m_resendAll->setObjectName(QStringLiteral("resendAll"));
    m_cancel->setObjectName(QStringLiteral("cancelSelected"));
    m_cancelAll->setObjectName(QStringLiteral("cancelAll"));
    connect(m_person, &QPushButton::clicked, this, [this] {
        if (const auto whom = person())
            Q_EMIT showRecipient(*whom);
    });
    connect(m_resend, &QPushButton::clicked, this, [this] {
        const QList<int> rows = m_table->chosenRows();
        MessageFilter filter = chosen();
        filter.states = failedStates();
        if (rows.size() > 1) {
            m_acts->replay(std::move(filter), tr("%1 chosen messages").arg(number(rows.size())));
        } else if (!rows.isEmpty()) {
            m_acts->resend(std::move(filter), 1, m_rows->at(rows.first())->state == MessageState::Uncertain);
        }
    });
    connect(m_resendAll, &QPushButton::clicked, this, [this] { m_acts->replay(m_feed.filter(), filterWords(m_feed.filter(), m_context.directory)); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        const MessageFilter filter = chosen();
        m_acts->cancel(filter, static_cast<std::int64_t>(filter.ids.size()));
    });
    connect(m_cancelAll, &QPushButton::clicked, this, [this] { m_acts->cancel(m_feed.filter(), knownAndSeen()); });
    m_texts.add([this] {
        m_title->setText(tr("Queue"));
        m_person->setText(tr("About this person"));
        m_resend->setText(tr("Resend"));
        m_resendAll->setText(tr("Resend all that match…"));
        m_resendAll->setToolTip(tr("Ctrl+Shift+Enter"));
        m_person->setToolTip(tr("Ctrl+P"));
        m_resend->setToolTip(tr("Ctrl+Shift+R"));
        m_cancel->setToolTip(tr("Delete"));
        m_cancelAll->setToolTip(tr("Ctrl+Delete"));
        m_cancel->setText(tr("Cancel"));
        m_cancelAll->setText(tr("Cancel all that match…"));
        m_table->setAccessibleName(tr("Messages"));
        m_rows->retranslate();
        fillCount();
    });
    judgeButtons();
    m_feed.setFilter({});
}

void QueuePage::setFilter(const MessageFilter &filter) {
    m_filters->set(filter);
}

void QueuePage::search(const QString &text) {
    m_filters->search(text);
}

std::vector<Command> QueuePage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    std::vector<Command> all = m_inspector->commands();
    for (Command &command : m_change->commands())
        all.push_back(std::move(command));
    all.push_back(commandOf(m_resend, QStringLiteral("queue.resend"), keys("Ctrl+Shift+R")));
    all.push_back(commandOf(m_resendAll, QStringLiteral("queue.resend_all"), keys("Ctrl+Shift+Return")));
    all.push_back(m_acts->progress()->command(QStringLiteral("queue.stop_act")));
    all.push_back(commandOf(m_cancel, QStringLiteral("queue.cancel"), keys("Delete")));
    all.push_back(commandOf(m_cancelAll, QStringLiteral("queue.cancel_all"), keys("Ctrl+Delete")));
    all.push_back(commandOf(m_person, QStringLiteral("queue.person"), keys("Ctrl+P")));
    all.push_back(commandOf(m_filters->clearButton(), QStringLiteral("queue.show_all"), keys("Ctrl+Backspace")));
    all.push_back({QStringLiteral("queue.keep_filter"), [] { return tr("Keep this filter"); }, keys("Ctrl+S"), [this] { m_filters->keep(); },
        [this] { return !m_filters->searchText().isEmpty(); }});
    all.push_back({QStringLiteral("queue.messages"), [] { return tr("To the messages"); }, keys("Ctrl+M"), [this] { enterTable(m_table); }});
    return all;
}

void QueuePage::focusSearch() {
    m_filters->focusSearch();
}

MessageFilter QueuePage::chosen() const {
    MessageFilter filter;
    for (const int row : m_table->chosenRows())
        filter.ids.push_back(m_rows->at(row)->id);
    return filter;
}

std::optional<std::int64_t> QueuePage::knownOf(const MessageFilter &filter) const {
    const Batch *batch = filter.batch ? m_context.directory.batch(*filter.batch) : nullptr;
    if (batch == nullptr)
        return knownCount(filter, m_counts);
    MessageFilter rest = filter;
    rest.batch.reset();
    return knownCount(rest, batch->counts);
}

std::optional<std::int64_t> QueuePage::knownAndSeen() const {
    // The sums come with the snapshot, the rows by themselves: a sum smaller than what one sees is of a moment before.
    const auto known = knownOf(m_feed.filter());
    return known && *known >= m_rows->rowCount() ? known : std::nullopt;
}

std::optional<Person> QueuePage::person() const {
    const QList<int> rows = m_table->chosenRows();
    if (rows.size() == 1)
        return personOf(m_context, *m_rows->at(rows.first()));
    const MessageFilter &filter = m_feed.filter();
    if (!rows.isEmpty() || (filter.openid.empty() && !filter.recipientOf))
        return std::nullopt;
    // All rows are of one person, once they answer this filter; before that, what was typed is all there is.
    const MessageRow *first = m_feed.isAnswered() ? m_rows->at(0) : nullptr;
    if (first != nullptr && (filter.recipientOf || first->openid == filter.openid))
        return personOf(m_context, *first);
    return filter.openid.empty() ? std::nullopt : std::optional(Person{filter.account, q(filter.openid), std::nullopt});
}

void QueuePage::judgeButtons() {
    bool resendable = false;
    bool cancellable = false;
    for (const int row : m_table->chosenRows()) {
        const MessageState state = m_rows->at(row)->state;
        resendable |= hasFailed(state);
        cancellable |= isWaiting(state) || state == MessageState::Held;
    }
    m_person->setEnabled(person().has_value());
    m_change->setEnabled(m_rows->rowCount() > 0 && m_context.may(Permission::Steer, m_change));
    m_resend->setEnabled(resendable && m_context.may(Permission::HandleFailed, m_resend));
    // Only where every one of them can be: what is frozen must be what one sees.
    const auto &states = m_feed.filter().states;
    const bool all = !states.empty() && std::all_of(states.begin(), states.end(), hasFailed);
    m_resendAll->setVisible(all);
    m_resendAll->setEnabled(all && m_rows->rowCount() > 0 && m_context.may(Permission::HandleFailed, m_resendAll));
    m_cancel->setEnabled(cancellable && m_context.may(Permission::Steer, m_cancel));
    m_cancelAll->setEnabled(m_rows->rowCount() > 0 && m_context.may(Permission::Steer, m_cancelAll));
}

/// What the digits that were looked for are of the messages on show.
QString QueuePage::foundAs() const {
    const std::string &number = m_feed.filter().number;
    if (number.empty() || m_rows->rowCount() == 0)
        return {};
    bool id = false;
    bool msgid = false;
    bool key = false;
    for (const MessageRow &row : m_rows->rows()) {
        id |= std::to_string(row.id.value) == number;
        msgid |= row.msgid == number;
        key |= row.idempotencyKey == number;
    }
    QStringList what;
    if (id)
        what.append(tr("as number"));
    if (msgid)
        what.append(tr("as WeChat's msgid"));
    if (key)
        what.append(tr("as business key"));
    return what.isEmpty() ? QString() : tr("found %1").arg(what.join(tr(", ")));
}

void QueuePage::fillCount() {
    judgeButtons();
    m_table->setEmptyText(m_feed.isLoading() ? tr("Looking…")
            : m_feed.filter() == MessageFilter{} ? tr("No messages yet. Send one, or import a file on the Send page.")
                                                 : tr("No message matches. Show all to see the rest."));
    const auto known = knownOf(m_feed.filter());
    const int shown = m_rows->rowCount();
    const QString count = known                   ? tr("%1 messages").arg(number(*known))
        : m_feed.hasMore() || !m_feed.atTop() ? tr("more than %1 messages").arg(number(shown))
                                              : tr("%1 messages").arg(number(shown));
    showCount(m_count, count, {foundAs()}, m_feed.standsStill());
}

void QueuePage::userChanged() {
    // Whom somebody has looked for and what they have read is not for whoever comes after them.
    m_rows->show({});
    m_inspector->look(std::nullopt);
    m_notice->clear();
    m_filters->forgetPerson();
    m_feed.setFilter(m_feed.filter()); // an answer under way is for the one before
}

void QueuePage::refresh() {
    m_feed.refresh();
    m_inspector->refresh();
}

void QueuePage::showSnapshot(const Snapshot &snapshot) {
    m_counts = snapshot.counts;
    m_inspector->showSnapshot(snapshot);
    fillCount();
}

} // namespace songda::ui
