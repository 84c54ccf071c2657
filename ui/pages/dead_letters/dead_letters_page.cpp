// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dead_letters/dead_letters_page.h"

#include "engine/when_done.h"
#include "ui/pages/dead_letters/cause_note.h"
#include "ui/pages/dead_letters/replay_history.h"
#include "ui/pages/dead_letters/replay_strip.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/count_line.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/enter_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
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

RowsModel<CauseGroup>::Column sparkColumn() {
    return {[] { return GroupColumns::tr("Last 24 h"); }, [](const CauseGroup &g, int role) -> QVariant {
                if (role == SparkRole)
                    return QVariant::fromValue(QVector<qint64>(g.hourly.begin(), g.hourly.end()));
                if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
                    return GroupColumns::tr("Failed attempts by the hour; %1 in the last one").arg(number(g.hourly.empty() ? 0 : g.hourly.back()));
                return {};
            }};
}

RowsModel<CauseGroup> *makeGroups(const Directory &directory, QObject *parent) {
    using Row = CauseGroup;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return GroupColumns::tr("Cause"); },
                [&directory](const Row &g) { return g.cause.empty() ? words::state(g.state) : directory.causeText(g.cause); }),
            numberColumn<Row>([] { return GroupColumns::tr("Messages"); }, [](const Row &g) { return number(g.count); }),
            sparkColumn(),
            chipColumn<Row>([] { return GroupColumns::tr("State"); }, [](const Row &g) { return words::state(g.state); },
                [](const Row &g) { return words::tone(g.state); }),
            textColumn<Row>([] { return GroupColumns::tr("Last"); }, [](const Row &g) { return shortTime(g.lastAt); }),
            textColumn<Row>([] { return GroupColumns::tr("First"); }, [](const Row &g) { return shortTime(g.firstAt); }),
            textColumn<Row>([] { return GroupColumns::tr("Account"); }, [](const Row &g) { return q(g.accountName); }),
        },
        [](const Row &g) { return QStringLiteral("%1/%2/%3").arg(q(g.cause)).arg(static_cast<int>(g.state)).arg(g.account.value); }, parent);
}

/// What ends after the figures on screen were taken is not among those that somebody has agreed to. The time of a group's last
/// one may stand behind for a moment, the time of the question may not.
MessageFilter endedBy(WallTime last, WallTime asked, MessageFilter filter) {
    filter.endedTo = std::max(last + Millis{1}, asked);
    return filter;
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
    , m_replays(new ReplayStrip(context.engine, context.directory))
    , m_groupTable(new DataTable(QStringLiteral("groups")))
    , m_table(new DataTable(QStringLiteral("dead")))
    , m_cause(new CauseCard(context.directory))
    , m_inspector(new MessageInspector(context.engine, context.directory))
    , m_acts(new MessageActs(context.engine, this))
    , m_notice(new Notice)
    , m_title(headline())
    , m_count(mutedLabel())
    , m_resend(new QPushButton)
    , m_resendGroup(new QPushButton) // the main one is the next step of the cause
    , m_discard(new QPushButton)
    , m_discardGroup(dangerButton())
    , m_note(new QPushButton)
    , m_past(new QPushButton)
    , m_showDiscarded(new QPushButton)
    , m_restore(new QPushButton)
    , m_restoreAll(new QPushButton)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addSpacing(grid);
    head->addWidget(m_count, 1, Qt::AlignBottom);
    m_showDiscarded->setCheckable(true);
    m_showDiscarded->setObjectName(QStringLiteral("showDiscarded"));
    m_past->setObjectName(QStringLiteral("pastReplays"));
    head->addWidget(m_past);
    head->addWidget(m_showDiscarded);
    layout->addLayout(head);
    layout->addWidget(m_notice);
    layout->addWidget(m_acts->progress());
    layout->addWidget(m_replays);
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(buildGroups());
    split->addWidget(buildMessages());
    split->addWidget(m_inspector);
    split->setSizes({276, 470, 360});
    keepSplit(split, QStringLiteral("dead_letters"));
    layout->addWidget(split, 1);
    buildActs();
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &DeadLettersPage::tickClocks);
    m_texts.add([this] { setTexts(); });
    m_cause->show({});
    showGroup(nullptr);
}

QWidget *DeadLettersPage::buildGroups() {
    auto *left = new QWidget;
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_groupTable, 1);
    m_cause->setObjectName(QStringLiteral("groupCause"));
    layout->addWidget(m_cause);
    // Two rows: in one they would take the room that the messages need.
    auto *first = new QHBoxLayout;
    m_resendGroup->setObjectName(QStringLiteral("replayGroup"));
    m_restoreAll->setObjectName(QStringLiteral("restoreAll"));
    first->addWidget(m_resendGroup);
    first->addWidget(m_restoreAll);
    first->addStretch();
    layout->addLayout(first);
    auto *second = new QHBoxLayout;
    m_note->setObjectName(QStringLiteral("note"));
    second->addWidget(m_note);
    m_discardGroup->setObjectName(QStringLiteral("discardGroup"));
    second->addWidget(m_discardGroup);
    second->addStretch();
    layout->addLayout(second);
    m_groupTable->setModel(m_groups);
    m_groupTable->letSort();
    m_groupTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_groupTable->setWidths({118, 74, 82, 112, 112, 112});
    return left;
}

QWidget *DeadLettersPage::buildMessages() {
    auto *middle = new QWidget;
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_table, 1);
    auto *buttons = new QHBoxLayout;
    m_restore->setObjectName(QStringLiteral("restore"));
    m_resend->setObjectName(QStringLiteral("resendSelection"));
    buttons->addWidget(m_resend);
    buttons->addWidget(m_discard);
    buttons->addWidget(m_restore);
    buttons->addStretch();
    layout->addLayout(buttons);
    m_table->setModel(m_rows);
    // Whom, why and when are seen at 1360 pixels; the rest is in the inspector, or shown by who wants it here.
    m_table->setWidths({54, 128, 100, 72, 66, 120, 120, 112, 104});
    for (const int hidden : {4, 5, 6, 7, messageDueColumn, messageAccountColumn})
        m_table->hideColumn(hidden);
    return middle;
}

void DeadLettersPage::buildActs() {
    connect(m_groupTable, &DataTable::chosen, this, [this](const QModelIndex &index) {
        if (index.isValid()) { // not when a group goes that is done with
            // A row that stayed chosen could not be chosen again to see its message.
            m_table->clearSelection();
            m_inspector->look(std::nullopt);
        }
        showGroup(m_groups->at(index));
    });
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
    connect(m_table, &DataTable::doubleClicked, m_inspector, &MessageInspector::edit);
    connect(&m_feed, &MessageFeed::failed, this, [this](const Error &error) { m_notice->say(words::error(error), Tone::Bad); });
    connect(&m_feed, &MessageFeed::changed, this, [this] {
        judgeButtons();
        if (m_editFirst && !m_feed.isLoading())
            editChosen();
    });
    m_inspector->actWith(m_acts);
    connect(m_inspector, &MessageInspector::showPage, this, &DeadLettersPage::showPage);
    const auto say = [this](const QString &text, bool good) { m_notice->say(text, good ? Tone::Good : Tone::Warn); };
    connect(m_acts, &MessageActs::said, this, say);
    connect(m_acts, &MessageActs::done, this, &DeadLettersPage::refresh);
    connect(m_inspector, &MessageInspector::acted, this, [this, say](const QString &text) {
        say(text, true);
        refresh();
    });
    connect(m_replays, &ReplayStrip::failed, this, [this](const Error &error) { m_notice->say(words::error(error), Tone::Bad); });
    connect(m_replays, &ReplayStrip::changed, this, &DeadLettersPage::refresh);
    connect(m_cause, &CauseCard::stepChosen, this, &DeadLettersPage::takeStep);
    connect(m_resendGroup, &QPushButton::clicked, this, &DeadLettersPage::replay);
    connect(m_discardGroup, &QPushButton::clicked, this, &DeadLettersPage::discardGroup);
    connect(m_note, &QPushButton::clicked, this, &DeadLettersPage::writeNote);
    connect(m_resend, &QPushButton::clicked, this, &DeadLettersPage::resendSelection);
    connect(m_discard, &QPushButton::clicked, this, &DeadLettersPage::discardSelection);
    connect(m_restore, &QPushButton::clicked, this, &DeadLettersPage::restoreSelection);
    connect(m_restoreAll, &QPushButton::clicked, this, [this] { m_acts->restore(m_feed.filter(), std::nullopt); });
    connect(m_past, &QPushButton::clicked, this, &DeadLettersPage::showPast);
    connect(m_showDiscarded, &QPushButton::toggled, this, &DeadLettersPage::showDiscarded);
}

std::vector<Command> DeadLettersPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    std::vector<Command> all = m_inspector->commands();
    all.push_back(commandOf(m_resendGroup, QStringLiteral("dead.replay"), keys("Ctrl+Return")));
    all.push_back(commandOf(m_resend, QStringLiteral("dead.resend"), keys("Ctrl+Shift+R")));
    all.push_back(commandOf(m_discard, QStringLiteral("dead.discard"), keys("Delete")));
    all.push_back(commandOf(m_discardGroup, QStringLiteral("dead.discard_group"), keys("Ctrl+Delete")));
    all.push_back(commandOf(m_note, QStringLiteral("dead.note"), keys("Ctrl+N")));
    all.push_back(commandOf(m_showDiscarded, QStringLiteral("dead.discarded"), keys("Ctrl+D")));
    all.push_back(commandOf(m_past, QStringLiteral("dead.past_replays"), keys("Ctrl+Shift+Y")));
    all.push_back(m_acts->progress()->command(QStringLiteral("dead.stop_act")));
    all.push_back(commandOf(m_restore, QStringLiteral("dead.restore"), keys("Ctrl+Z")));
    all.push_back(commandOf(m_restoreAll, QStringLiteral("dead.restore_all"), keys("Ctrl+Shift+Z")));
    all.push_back({QStringLiteral("dead.causes"), [] { return tr("To the causes"); }, keys("Ctrl+G"), [this] { enterTable(m_groupTable); }});
    all.push_back({QStringLiteral("dead.messages"), [] { return tr("To the messages"); }, keys("Ctrl+M"), [this] { enterTable(m_table); }});
    return all;
}

void DeadLettersPage::setTexts() {
    m_title->setText(tr("Dead letters"));
    m_resend->setText(tr("Resend selection…"));
    m_discard->setText(tr("Discard selection…"));
    m_restore->setText(tr("Restore selection…"));
    m_note->setText(tr("Note…"));
    m_discardGroup->setText(tr("Discard…"));
    m_showDiscarded->setText(tr("Discarded ones"));
    m_past->setText(tr("Past replays…"));
    m_past->setToolTip(tr("What was sent again before, and what became of it (Ctrl+Shift+Y)"));
    m_resendGroup->setToolTip(tr("Ctrl+Enter"));
    m_resend->setToolTip(tr("Ctrl+Shift+R"));
    m_discard->setToolTip(tr("Delete"));
    m_note->setToolTip(tr("Ctrl+N"));
    m_discardGroup->setToolTip(tr("Ctrl+Delete"));
    m_restore->setToolTip(tr("Ctrl+Z"));
    m_restoreAll->setToolTip(tr("Ctrl+Shift+Z"));
    m_showDiscarded->setToolTip(tr("What was discarded with a reason; it can be restored (Ctrl+D)"));
    m_groupTable->setAccessibleName(tr("Causes"));
    m_table->setAccessibleName(tr("Messages"));
    m_groupTable->setEmptyText(tr("No dead letters. Everything that could be delivered was."));
    m_table->setEmptyText(tr("Nothing here."));
    m_groups->retranslate();
    m_rows->retranslate();
    judgeButtons();
}

void DeadLettersPage::showGroup(const CauseGroup *group) {
    m_group = group != nullptr ? std::optional(*group) : std::nullopt;
    m_editFirst = false;
    MessageFilter filter;
    filter.states = deadLetterStates();
    if (m_group)
        filter = filterOf(*m_group);
    if (m_discardedShown) {
        filter.states = {MessageState::Cancelled};
        filter.discarded = true;
    }
    if (!(filter == m_feed.filter()))
        m_feed.setFilter(filter);
    judgeButtons();
}

void DeadLettersPage::showDiscarded(bool discarded) {
    m_discardedShown = discarded;
    m_inspector->look(std::nullopt);
    m_groupTable->clearSelection();
    showGroup(nullptr);
}

void DeadLettersPage::showGroups(std::vector<CauseGroup> groups) {
    std::stable_sort(groups.begin(), groups.end(), [](const CauseGroup &a, const CauseGroup &b) { return a.count > b.count; });
    m_total = 0;
    m_lastAt = WallTime{};
    for (const CauseGroup &group : groups) {
        m_total += group.count;
        m_lastAt = std::max(m_lastAt, group.lastAt);
    }
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
    m_replays->refresh();
    if (m_asked)
        return;
    m_asked = true;
    whenDone(m_context.engine.causeGroups(), this, [this, asked = Engine::wallNow()](Result<std::vector<CauseGroup>> groups) {
        m_asked = false;
        if (groups) {
            m_countedAt = asked;
            showGroups(std::move(*groups));
        } else {
            m_notice->say(words::error(groups.error()), Tone::Bad);
        }
    });
}

void DeadLettersPage::userChanged() {
    // What was read of a message is not for whoever comes next.
    m_editFirst = false;
    m_rows->show({});
    m_inspector->look(std::nullopt);
    m_feed.setFilter(m_feed.filter()); // an answer under way is for the one before
}

void DeadLettersPage::showSnapshot(const Snapshot &snapshot) { m_inspector->showSnapshot(snapshot); }

void DeadLettersPage::takeStep(NextStep step) {
    switch (step) {
    case NextStep::Edit:
        // Until the list is there the rows are those of what was looked at before.
        m_editFirst = m_feed.isLoading();
        if (!m_editFirst)
            editChosen();
        break;
    case NextStep::Suppress:
        if (m_group)
            m_acts->suppress(m_group->accountName, endedBy(m_group->lastAt, m_countedAt, filterOf(*m_group)), m_group->count);
        break;
    case NextStep::OpenAccounts: Q_EMIT showPage(QStringLiteral("accounts")); break;
    case NextStep::OpenTemplates: Q_EMIT showPage(QStringLiteral("templates")); break;
    case NextStep::Resend: replay(); break;
    }
}

// The one that is looked at, or the first of them: what mends one may mend all.
void DeadLettersPage::editChosen() {
    m_editFirst = false;
    if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
        m_table->selectRow(0);
    if (!m_inspector->edit())
        m_notice->say(tr("Choose a message first, then edit it."), Tone::Info);
}

void DeadLettersPage::replay() {
    MessageFilter filter;
    filter.states = deadLetterStates();
    if (m_group)
        filter = filterOf(*m_group);
    const QString selection = m_group ? m_context.directory.causeText(m_group->cause) : tr("All dead letters");
    m_acts->replay(filter, selection);
}

void DeadLettersPage::showPast() {
    auto *dialog = new ReplayHistory(m_context.engine, m_context.directory, m_context.may(Permission::HandleFailed), this);
    connect(dialog, &ReplayHistory::changed, this, &DeadLettersPage::refresh);
    connect(dialog, &ReplayHistory::showMessages, this, &DeadLettersPage::showMessages);
    dialog->open();
}

void DeadLettersPage::writeNote() {
    if (!m_group)
        return;
    editCauseNote(m_context.engine, *m_group, m_context.directory.causeText(m_group->cause), this, [this](const QString &text, bool good) {
        m_notice->say(text, good ? Tone::Good : Tone::Warn);
        refresh();
    });
}

void DeadLettersPage::discardGroup() {
    m_acts->discard(endedBy(m_group ? m_group->lastAt : m_lastAt, m_countedAt, m_feed.filter()), m_group ? m_group->count : m_total);
}

void DeadLettersPage::resendSelection() {
    MessageFilter filter = chosen();
    const auto count = static_cast<std::int64_t>(filter.ids.size());
    if (count > 1 && !m_discardedShown)
        m_acts->replay(std::move(filter), tr("%1 chosen messages").arg(number(count)));
    else
        m_acts->resend(std::move(filter), count, uncertainChosen());
}

void DeadLettersPage::discardSelection() {
    const MessageFilter filter = chosen();
    m_acts->discard(filter, static_cast<std::int64_t>(filter.ids.size()));
}

void DeadLettersPage::restoreSelection() {
    const MessageFilter filter = chosen();
    m_acts->restore(filter, static_cast<std::int64_t>(filter.ids.size()));
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

void DeadLettersPage::tickClocks() {
    const WallTime now = Engine::wallNow();
    const auto &rows = m_rows->rows();
    if (isVisible() && std::any_of(rows.begin(), rows.end(), [now](const MessageRow &row) { return row.safeUntil && *row.safeUntil > now; })) {
        m_rows->touch(1);
        return;
    }
    m_rows->touch(1); // the last one shows that its time is over
    m_second.stop();
}

void DeadLettersPage::fillCount() {
    const QString count
        = m_discardedShown ? tr("What was discarded, newest first") : tr("%1 messages in %2 groups").arg(number(m_total), number(m_groups->rowCount()));
    showCount(m_count, count, {}, m_feed.standsStill());
}

void DeadLettersPage::judgeButtons() {
    const bool may = m_context.may(Permission::HandleFailed);
    const bool some = !m_table->chosenRows().isEmpty();
    m_resend->setEnabled(may && some);
    m_discard->setEnabled(may && some && !m_discardedShown);
    m_discard->setVisible(!m_discardedShown);
    m_restore->setEnabled(may && some);
    m_restore->setVisible(m_discardedShown);
    m_restoreAll->setEnabled(may && m_rows->rowCount() > 0);
    m_restoreAll->setVisible(m_discardedShown);
    m_restoreAll->setText(m_group ? tr("Restore all of this cause…") : tr("Restore all…"));
    m_replays->setMayChange(may);
    const std::int64_t count = m_group ? m_group->count : m_total;
    m_resendGroup->setVisible(!m_discardedShown);
    m_resendGroup->setEnabled(may && count > 0 && !m_discardedShown);
    m_discardGroup->setEnabled(may && count > 0 && !m_discardedShown);
    m_note->setEnabled(may && m_group.has_value());
    m_resendGroup->setText(m_group ? tr("Resend all %1 of this cause…").arg(number(count)) : tr("Resend all %1…").arg(number(count)));
    fillCount();
    m_cause->show(m_group ? m_group->cause : std::string(), m_group ? m_group->odds : RetryOdds{}, m_group ? m_group->note : CauseNote{});
    // The group's own messages are not on show beside what was discarded of it.
    m_cause->offer(m_discardedShown ? 0 : count, may);
    const WallTime now = Engine::wallNow();
    const auto &rows = m_rows->rows();
    if (!m_second.isActive() && std::any_of(rows.begin(), rows.end(), [now](const MessageRow &row) { return row.safeUntil && *row.safeUntil > now; }))
        m_second.start();
}

} // namespace songda::ui
