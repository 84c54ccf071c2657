// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipient/recipient_page.h"

#include "engine/policy/value_rules.h"
#include "engine/when_done.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/enter_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/message_acts.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/message_values.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr int newestMessages = 200;
constexpr int mostEntries = 50;

struct RecipientColumns {
    Q_DECLARE_TR_FUNCTIONS(RecipientColumns)
};

RowsModel<Suppression> *makeList(const Directory &directory, QObject *parent) {
    using Row = Suppression;
    return new RowsModel<Row>(
        {
            chipColumn<Row>([] { return RecipientColumns::tr("State"); },
                [](const Row &s) { return s.liftedAt ? RecipientColumns::tr("lifted") : RecipientColumns::tr("stands"); },
                [](const Row &s) { return s.liftedAt ? Tone::Neutral : Tone::Bad; }),
            textColumn<Row>(
                [] { return RecipientColumns::tr("Why"); }, [](const Row &s) { return words::suppressionCause(s.cause); }),
            textColumn<Row>([] { return RecipientColumns::tr("Since"); }, [](const Row &s) { return shortTime(s.since); }),
            textColumn<Row>([] { return RecipientColumns::tr("By"); }, [](const Row &s) { return q(s.by); }),
            textColumn<Row>([] { return RecipientColumns::tr("For"); },
                [&directory](const Row &s) {
                    return s.templateRef ? directory.templateTitle(*s.templateRef) : RecipientColumns::tr("all templates");
                }),
            textColumn<Row>([] { return RecipientColumns::tr("Lifted"); },
                [](const Row &s) {
                    return s.liftedAt ? RecipientColumns::tr("%1 by %2").arg(shortTime(*s.liftedAt), q(s.liftedBy))
                                      : QString();
                }),
        },
        [](const Row &s) { return QString::number(s.id); }, parent);
}

} // namespace

RecipientPage::RecipientPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(makeMessageTable(context.directory, this))
    , m_list(makeList(context.directory, this))
    , m_title(headline())
    , m_search(new QLineEdit)
    , m_account(new AccountPicker(context.directory, PickerKind::One))
    , m_searchHint(mutedLabel())
    , m_notice(new Notice)
    , m_body(new QSplitter)
    , m_advice(new Chip)
    , m_question(headline(2))
    , m_reasons(plainLabel())
    , m_sent(new StatTile)
    , m_accepted(new StatTile)
    , m_delivered(new StatTile)
    , m_refused(new StatTile)
    , m_waiting(new StatTile)
    , m_listTitle(headline(2))
    , m_listTable(new DataTable(QStringLiteral("suppressions")))
    , m_template(new TemplatePicker(context.directory, PickerKind::OneOrAll))
    , m_suppress(new QPushButton)
    , m_lift(new QPushButton)
    , m_messagesTitle(headline(2))
    , m_table(new DataTable(QStringLiteral("recipient_messages")))
    , m_resend(mainButton())
    , m_show(new QPushButton)
    , m_inspector(new MessageInspector(context.engine, context.directory))
    , m_acts(new MessageActs(context.engine, this))
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    auto *head = new QHBoxLayout;
    head->addWidget(m_search, 1);
    head->addWidget(m_account);
    layout->addLayout(head);
    layout->addWidget(m_searchHint);
    layout->addWidget(m_notice);
    layout->addWidget(m_acts->progress());
    auto *split = qobject_cast<QSplitter *>(m_body);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(buildPerson());
    split->addWidget(m_inspector);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({680, 450});
    keepSplit(split, QStringLiteral("recipient"));
    layout->addWidget(m_body, 1);

    m_search->setObjectName(QStringLiteral("recipientSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(64);
    m_rest.setSingleShot(true);
    m_rest.setInterval(std::chrono::milliseconds(250));
    connect(&m_rest, &QTimer::timeout, this, &RecipientPage::read);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_rest.start(); });
    connect(m_search, &QLineEdit::returnPressed, this, &RecipientPage::read);
    m_account->setObjectName(QStringLiteral("recipientAccount"));
    connect(m_account, &AccountPicker::picked, this, [this] {
        m_template->setAccount(m_account->account());
        // What is on screen is of the account before.
        m_answered = false;
        m_suppressed.reset();
        m_rows->show({});
        m_list->show({});
        m_inspector->look(std::nullopt);
        fill();
        ask();
    });
    connect(m_account, &QComboBox::activated, this, [this] {
        m_accountChosen = true;
        m_wanted.reset();
    });
    connect(&context.directory, &Directory::accountsChanged, this, [this] {
        if (!m_wanted)
            return;
        setAccount(m_wanted);
        ask();
    });
    connect(m_table, &DataTable::chosen, this, [this](const QModelIndex &index) {
        const MessageRow *row = m_rows->at(index);
        const auto id = row != nullptr ? std::optional(row->id) : std::nullopt;
        if (id != m_inspector->message())
            m_inspector->look(id);
        judge();
    });
    connect(m_listTable, &DataTable::chosen, this, &RecipientPage::judge);
    connect(m_suppress, &QPushButton::clicked, this, &RecipientPage::suppress);
    connect(m_lift, &QPushButton::clicked, this, &RecipientPage::lift);
    connect(m_resend, &QPushButton::clicked, this, [this] {
        bool uncertain = false;
        for (const int row : m_table->chosenRows())
            uncertain |= m_rows->at(row)->state == MessageState::Uncertain;
        const MessageFilter filter = resendable();
        m_acts->resend(filter, static_cast<std::int64_t>(filter.ids.size()), uncertain);
    });
    connect(m_show, &QPushButton::clicked, this, [this] {
        Q_EMIT showMessages(theirMessages());
    });
    connect(m_acts, &MessageActs::said, this,
        [this](const QString &text, bool good) { m_notice->say(text, good ? Tone::Good : Tone::Warn); });
    connect(m_acts, &MessageActs::done, this, &RecipientPage::refresh);
    m_inspector->actWith(m_acts);
    connect(m_inspector, &MessageInspector::showPage, this, &RecipientPage::showPage);
    m_template->setAccount(m_account->account());
    m_texts.add([this] {
        m_title->setText(tr("Recipient"));
        m_search->setPlaceholderText(tr("openid of a person"));
        m_search->setAccessibleName(tr("openid of a person"));
        m_question->setText(tr("Is another message today wise?"));
        m_sent->setName(tr("Sent"));
        m_accepted->setName(tr("Accepted"));
        m_delivered->setName(tr("Delivered"));
        m_refused->setName(tr("Failed"));
        m_waiting->setName(tr("Waiting"));
        m_listTitle->setText(tr("List of people who are not written to"));
        m_listTable->setEmptyText(tr("This person is not on the list and never was."));
        m_listTable->setAccessibleName(m_listTitle->text());
        m_suppress->setText(tr("Add to the list…"));
        m_lift->setText(tr("Lift…"));
        m_messagesTitle->setText(tr("Messages to this person"));
        m_table->setAccessibleName(m_messagesTitle->text());
        m_table->setEmptyText(tr("No message to this person was ever queued here."));
        m_resend->setText(tr("Resend"));
        m_show->setText(tr("Show in the queue"));
        m_rows->retranslate();
        m_list->retranslate();
        fill();
    });
    read();
}

QWidget *RecipientPage::buildPerson() {
    auto *person = new QWidget;
    auto *layout = new QVBoxLayout(person);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    QVBoxLayout *inside = nullptr;
    QWidget *verdict = panel(inside);
    auto *line = new QHBoxLayout;
    line->addWidget(m_question);
    line->addWidget(m_advice);
    line->addStretch();
    inside->addLayout(line);
    inside->addWidget(m_reasons);
    layout->addWidget(verdict);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(grid);
    for (StatTile *tile : {m_sent, m_accepted, m_delivered, m_refused, m_waiting})
        tiles->addWidget(tile, 1);
    layout->addLayout(tiles);
    auto *messages = new QHBoxLayout;
    messages->addWidget(m_messagesTitle);
    messages->addStretch();
    messages->addWidget(m_resend);
    messages->addWidget(m_show);
    layout->addLayout(messages);
    layout->addWidget(m_table, 3);
    auto *list = new QHBoxLayout;
    list->addWidget(m_listTitle);
    list->addStretch();
    list->addWidget(m_template);
    list->addWidget(m_suppress);
    list->addWidget(m_lift);
    layout->addLayout(list);
    layout->addWidget(m_listTable, 2);
    m_table->setModel(m_rows);
    m_table->setWidths({76, 100, 130, 160, 72, 120, 110, 112});
    for (const int hidden : {messageDueColumn, messageAccountColumn})
        m_table->hideColumn(hidden);
    m_listTable->setModel(m_list);
    m_listTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_listTable->setWidths({84, 190, 112, 80, 130});
    m_advice->setObjectName(QStringLiteral("advice"));
    m_reasons->setObjectName(QStringLiteral("reasons"));
    m_suppress->setObjectName(QStringLiteral("suppress"));
    m_lift->setObjectName(QStringLiteral("lift"));
    m_resend->setObjectName(QStringLiteral("resendToPerson"));
    return person;
}

std::vector<Command> RecipientPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    std::vector<Command> all = m_inspector->commands();
    all.push_back(commandOf(m_resend, QStringLiteral("recipient.resend"), keys("Ctrl+Shift+R")));
    all.push_back(commandOf(m_suppress, QStringLiteral("recipient.suppress"), keys("Ctrl+Delete")));
    all.push_back(commandOf(m_lift, QStringLiteral("recipient.lift"), keys("Ctrl+Z")));
    all.push_back(commandOf(m_show, QStringLiteral("recipient.queue"), keys("Ctrl+Return")));
    all.push_back({QStringLiteral("recipient.messages"), [] { return tr("To the messages"); }, keys("Ctrl+M"), [this] { enterTable(m_table); }});
    return all;
}

void RecipientPage::look(const Person &person) {
    m_search->setText(person.openid);
    m_rest.stop();
    m_accountChosen = person.account.has_value();
    if (person.account)
        setAccount(person.account);
    else
        m_wanted.reset();
    m_masked = person.message ? person.openid : QString();
    if (!person.message && !isPlausibleOpenid(person.openid.trimmed().toStdString())) {
        read();
        return;
    }
    markField(m_search, m_searchHint, false,
        person.message ? tr("Whom message no. %1 is for. You see openids shortened.").arg(person.message->value) : openidHint());
    turnTo(person.message ? std::string() : person.openid.trimmed().toStdString(), person.message);
}

void RecipientPage::refresh() {
    ask();
    m_inspector->refresh();
}

// Who comes next may not see openids: nothing of the person stays.
void RecipientPage::userChanged() {
    m_search->clear();
    m_rest.stop();
    m_masked.clear();
    m_accountChosen = false;
    markField(m_search, m_searchHint, false, openidHint());
    turnTo({}, std::nullopt);
}

void RecipientPage::showSnapshot(const Snapshot &snapshot) { m_inspector->showSnapshot(snapshot); }

void RecipientPage::showEvent(QShowEvent *event) {
    Page::showEvent(event);
    if (!hasPerson())
        m_search->setFocus();
}

void RecipientPage::read() {
    m_rest.stop();
    const QString typed = m_search->text().trimmed();
    if (m_message && typed == m_masked)
        return; // as one was led here
    const bool wrong = !typed.isEmpty() && !isPlausibleOpenid(typed.toStdString());
    markField(m_search, m_searchHint, wrong,
        wrong ? words::fault(ValueFault::BadOpenid, {}) : openidHint());
    std::string openid = wrong ? std::string() : typed.toStdString();
    if (openid == m_openid && !m_message)
        return;
    m_accountChosen = false;
    turnTo(std::move(openid), std::nullopt);
}

void RecipientPage::turnTo(std::string openid, std::optional<MessageId> message) {
    m_openid = std::move(openid);
    m_message = message;
    m_account->setEnabled(!m_message); // a message is of one account, and so is whom it is for
    m_known.clear();
    if (!m_accountChosen)
        m_wanted.reset();
    ++m_generation; // answers about somebody else
    ++m_persons;
    m_answered = false;
    m_suppressed.reset();
    m_notice->clear();
    m_rows->show({});
    m_list->show({});
    m_inspector->look(std::nullopt);
    fill();
    if (m_openid.empty())
        ask();
    else
        findAccounts();
}

// An openid is of one account: asked for another one, the answer would be about nobody.
void RecipientPage::findAccounts() {
    whenDone(m_context.engine.accountsKnowing(m_openid), this, [this, person = m_persons](Result<std::vector<AccountId>> known) {
        if (person != m_persons)
            return;
        if (!known) {
            m_notice->say(words::error(known.error()), Tone::Bad);
            return;
        }
        m_known = std::move(*known);
        const auto present = m_account->account();
        const bool here = present && std::find(m_known.begin(), m_known.end(), *present) != m_known.end();
        if (!m_known.empty() && !here && !m_accountChosen)
            setAccount(m_known.front());
        ask();
    });
}

void RecipientPage::setAccount(std::optional<AccountId> account) {
    const QSignalBlocker quiet(m_account);
    m_account->choose(account);
    const bool there = m_account->account() == account;
    m_wanted = there ? std::nullopt : account;
    if (!there)
        m_context.directory.refresh(); // it is newer than the list
    m_template->setAccount(m_account->account());
}

QString RecipientPage::openidHint() const {
    return tr("What was sent to this person, what became of it, and whether they may be written to.");
}

QString RecipientPage::name() const { return m_message ? m_masked : q(m_openid); }

MessageFilter RecipientPage::theirMessages() const {
    MessageFilter filter;
    filter.openid = m_openid;
    filter.recipientOf = m_message;
    return filter;
}

QString RecipientPage::otherAccounts() const {
    QStringList names;
    for (const AccountId id : m_known) {
        if (id != m_account->account())
            names.append(m_context.directory.accountName(id));
    }
    return names.join(QStringLiteral(", "));
}

void RecipientPage::ask() {
    const Account *from = account();
    if (!hasPerson() || from == nullptr || (m_wanted && from->id != *m_wanted))
        return;
    const quint64 generation = ++m_generation;
    const auto policy = m_context.engine.policyOf(from->name);
    m_rules = policy ? rulesOf(*policy) : RecipientRules{};
    whenDone(m_message ? m_context.engine.suppressionsOf(*m_message, mostEntries)
                       : m_context.engine.suppressions(from->id, m_openid, std::nullopt, mostEntries),
        this,
        [this, generation](Result<std::vector<Suppression>> list) {
            if (generation != m_generation)
                return;
            if (!list) {
                m_suppressed.reset();
                m_notice->say(words::error(list.error()), Tone::Bad);
                fill();
                return;
            }
            m_suppressed = std::move(*list);
            m_list->show(*m_suppressed);
            fill();
        });
    PageRequest request;
    request.filter = theirMessages();
    request.filter.account = from->id;
    request.limit = newestMessages;
    whenDone(m_context.engine.page(std::move(request)), this, [this, generation](Result<songda::Page> page) {
        if (generation != m_generation)
            return;
        if (!page) {
            m_notice->say(words::error(page.error()), Tone::Bad);
            return;
        }
        m_more = page->more;
        m_rows->show(std::move(page->rows));
        m_answered = true;
        fill();
        if (m_rows->rowCount() > 0 && m_table->chosenRows().isEmpty())
            m_table->selectRow(0);
    });
}

const Account *RecipientPage::account() const {
    const auto id = m_account->account();
    return id ? m_context.directory.account(*id) : nullptr;
}

std::vector<Suppression> RecipientPage::standing() const {
    std::vector<Suppression> standing;
    for (const Suppression &s : m_suppressed.value_or(std::vector<Suppression>{})) {
        if (!s.liftedAt)
            standing.push_back(s);
    }
    return standing;
}

MessageFilter RecipientPage::resendable() const {
    MessageFilter filter;
    filter.states = failedStates(); // also by then: somebody may cancel one of them meanwhile
    for (const int row : m_table->chosenRows()) {
        if (hasFailed(m_rows->at(row)->state))
            filter.ids.push_back(m_rows->at(row)->id);
    }
    return filter;
}

void RecipientPage::fill() {
    const bool known = m_answered && m_suppressed; // half of it would be a wrong verdict
    m_body->setEnabled(known);
    judge();
    if (!known) {
        m_advice->set({}, Tone::Neutral);
        m_reasons->setText(!hasPerson()
                ? tr("Type an openid above; it is in the file that was sent, in the queue, and in the shop's own records.")
                : tr("Looking…"));
        for (StatTile *tile : {m_sent, m_accepted, m_delivered, m_refused, m_waiting})
            tile->setValue(QStringLiteral("–"));
        return;
    }
    const QString others = otherAccounts();
    const bool knownElsewhere = m_rows->rowCount() == 0 && m_list->rowCount() == 0;
    RecipientVerdict verdict = adviseOn({Engine::wallNow(), m_rows->rows(), standing(), m_rules, knownElsewhere ? others : QString(),
        [this](const std::string &cause) { return m_context.directory.causeText(cause); }});
    switch (verdict.advice) {
    case RecipientVerdict::Advice::Go: m_advice->set(tr("yes"), Tone::Good); break;
    case RecipientVerdict::Advice::Wait: m_advice->set(tr("better wait"), Tone::Warn); break;
    case RecipientVerdict::Advice::Leave: m_advice->set(tr("no"), Tone::Bad); break;
    }
    if (!others.isEmpty() && !knownElsewhere)
        verdict.reasons.append(tr("Also known to %1.").arg(others));
    m_reasons->setText(shown(verdict.reasons.join(QLatin1Char('\n')), 6000));
    const RecipientSums sums = sumsOf(m_rows->rows());
    const QString of
        = m_more ? tr("of the newest %1").arg(number(newestMessages)) : tr("of %1 in all").arg(number(m_rows->rowCount()));
    m_sent->setValue(number(sums.sent), of);
    m_accepted->setValue(number(sums.accepted), of, sums.accepted > 0 ? Tone::Good : Tone::Neutral);
    m_delivered->setValue(number(sums.delivered), of, sums.delivered > 0 ? Tone::Good : Tone::Neutral);
    m_refused->setValue(number(sums.refused), of, sums.refused > 0 ? Tone::Bad : Tone::Neutral);
    m_waiting->setValue(number(sums.waiting), of);
}

void RecipientPage::judge() {
    const bool may = m_context.may(Permission::KeepList) && m_answered;
    const QList<int> entries = m_listTable->chosenRows();
    m_suppress->setEnabled(may);
    m_lift->setEnabled(may && (entries.isEmpty() ? !standing().empty() : !m_list->at(entries.first())->liftedAt));
    m_resend->setEnabled(may && !resendable().ids.empty());
    m_show->setEnabled(m_answered && m_rows->rowCount() > 0);
}

} // namespace songda::ui
