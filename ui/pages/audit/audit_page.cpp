// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/audit/audit_page.h"

#include "engine/when_done.h"
#include "ui/pages/audit/audit_messages.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/enter_table.h"
#include "ui/widgets/filter_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

/// What one looks for most, by itself.
constexpr const char *singleActs[]{"message.resend", "message.edit", "message.discard", "message.restore", "message.cancel", "message.hold", "message.release",
    "message.due", "message.send", "message.intercepted", "batch.import", "batch.pause", "batch.resume", "batch.cancel", "replay.stop", "replay.cancel", "account.hold", "account.secret", "secrets.rekey",
    "recipient.suppress", "recipient.lift", "recipient.erase", "policy.change", "report.export", "engine.pause", "user.sign_in", "user.lock"};

enum class Since { Ever, Hour, Today, Week, Month };

std::optional<WallTime> beginOf(Since since, WallTime now) {
    switch (since) {
    case Since::Ever: return std::nullopt;
    case Since::Hour: return now - std::chrono::hours(1);
    case Since::Today: return startOfChinaDay(now);
    case Since::Week: return startOfChinaDay(now) - std::chrono::days(6);
    case Since::Month: return startOfChinaDay(now) - std::chrono::days(29);
    }
    return std::nullopt;
}

} // namespace

AuditPage::AuditPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_title(headline())
    , m_intro(mutedLabel())
    , m_who(new QLineEdit)
    , m_what(new QComboBox)
    , m_object(new QLineEdit)
    , m_reason(new QLineEdit)
    , m_since(new QComboBox)
    , m_clear(new QPushButton)
    , m_show(new QPushButton)
    , m_notice(new Notice)
    , m_state(mutedLabel())
    , m_table(new DataTable(QStringLiteral("audit")))
    , m_texts(this) {
    using Row = AuditEntry;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return tr("When"); }, [](const Row &a) { return shortTime(a.at); }),
            textColumn<Row>([] { return tr("Who"); }, [](const Row &a) { return q(a.who); }),
            textColumn<Row>([] { return tr("What"); }, [](const Row &a) { return words::act(a.act); }),
            numberColumn<Row>([] { return tr("Messages"); }, [](const Row &a) { return a.count > 0 ? number(a.count) : QString(); }),
            textColumn<Row>([] { return tr("To what"); }, [this](const Row &a) { return objectWords(a, m_context.directory); }),
            textColumn<Row>([] { return tr("Reason"); }, [](const Row &a) { return reasonWords(a); }),
        },
        [](const Row &a) { return QString::number(a.id.value); }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_show);
    layout->addLayout(head);
    layout->addWidget(m_intro);
    layout->addWidget(buildSearch());
    layout->addWidget(m_notice);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_state);
    m_table->setModel(m_rows);
    m_table->setWidths({130, 130, 230, 90, 300});
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_show->setObjectName(QStringLiteral("showActMessages"));
    connect(m_show, &QPushButton::clicked, this, &AuditPage::openMessages);
    connect(m_table, &DataTable::doubleClicked, this, &AuditPage::openMessages);
    connect(m_table, &DataTable::activated, this, &AuditPage::openMessages);
    connect(m_table, &DataTable::chosen, this, &AuditPage::judge);
    connect(m_table, &DataTable::nearEnd, this, &AuditPage::goDown);
    // Names come after the acts that have them.
    for (const auto came : {&Directory::accountsChanged, &Directory::templatesChanged, &Directory::batchesChanged})
        connect(&context.directory, came, m_rows, [this] { m_rows->retranslate(); });
    m_texts.add([this] {
        m_title->setText(tr("Audit"));
        m_intro->setText(tr("Who did what, when, why, and to how many messages. Nothing is ever removed from here."));
        m_who->setPlaceholderText(tr("Who"));
        m_who->setAccessibleName(tr("Who did it"));
        m_what->setAccessibleName(tr("What was done"));
        m_object->setPlaceholderText(tr("To what: account, batch, number…"));
        m_object->setAccessibleName(tr("To what it was done"));
        m_reason->setPlaceholderText(tr("Words of the reason"));
        m_reason->setAccessibleName(tr("Reason"));
        m_since->setAccessibleName(tr("Since when"));
        m_clear->setText(tr("Show all"));
        m_clear->setToolTip(tr("Ctrl+Backspace"));
        m_show->setText(tr("Show its messages"));
        m_show->setToolTip(tr("The messages this act was about, in the queue (Ctrl+Enter)"));
        m_table->setAccessibleName(tr("Audit"));
        fillChoices();
        m_rows->retranslate();
        judge();
    });
}

QWidget *AuditPage::buildSearch() {
    auto *whole = new QWidget;
    auto *row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(grid);
    m_who->setObjectName(QStringLiteral("auditWho"));
    m_what->setObjectName(QStringLiteral("auditWhat"));
    m_object->setObjectName(QStringLiteral("auditObject"));
    m_reason->setObjectName(QStringLiteral("auditReason"));
    m_since->setObjectName(QStringLiteral("auditSince"));
    m_clear->setObjectName(QStringLiteral("auditClear"));
    m_what->setMaximumWidth(240);
    row->addWidget(m_who, 2);
    row->addWidget(m_what);
    row->addWidget(m_object, 3);
    row->addWidget(m_reason, 3);
    row->addWidget(m_since);
    row->addWidget(m_clear);
    m_rest.setSingleShot(true);
    m_rest.setInterval(std::chrono::milliseconds(250));
    connect(&m_rest, &QTimer::timeout, this, &AuditPage::begin);
    for (QLineEdit *line : {m_who, m_object, m_reason}) {
        line->setClearButtonEnabled(true);
        line->setMaxLength(200);
        connect(line, &QLineEdit::textChanged, this, [this] { m_rest.start(); });
        connect(line, &QLineEdit::returnPressed, this, &AuditPage::begin);
    }
    for (QComboBox *box : {m_what, m_since})
        connect(box, &QComboBox::currentIndexChanged, this, &AuditPage::begin);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        for (QLineEdit *line : {m_who, m_object, m_reason})
            line->clear();
        m_what->setCurrentIndex(0);
        m_since->setCurrentIndex(0);
        begin();
    });
    return whole;
}

void AuditPage::fillChoices() {
    const QSignalBlocker quietWhat(m_what);
    const QSignalBlocker quietSince(m_since);
    const int what = qMax(0, m_what->currentIndex());
    const int since = qMax(0, m_since->currentIndex());
    m_what->clear();
    const std::pair<const char *, QString> groups[]{{"", tr("Everything")}, {"message.", tr("Acts on messages")}, {"batch.", tr("Batches")},
        {"replay.", tr("Replays")}, {"recipient.", tr("People not written to")}, {"account.", tr("Accounts")}, {"template.", tr("Templates")},
        {"policy.", tr("Policy")}, {"engine.", tr("Pausing and starting")}, {"report.", tr("Reports")}, {"alert.", tr("Alerts")}, {"key.", tr("Keys of business systems")},
        {"hook.", tr("Outcomes told to business systems")}, {"callback.", tr("Reports from WeChat")}, {"user.", tr("Users")}};
    for (const auto &[code, name] : groups)
        m_what->addItem(name, QString::fromLatin1(code));
    m_what->insertSeparator(m_what->count());
    for (const char *code : singleActs)
        m_what->addItem(words::act(code), QString::fromLatin1(code));
    m_what->setCurrentIndex(what);
    m_since->clear();
    m_since->addItems({tr("Any time"), tr("The last hour"), tr("Today"), tr("The last seven days"), tr("The last thirty days")});
    m_since->setCurrentIndex(since);
}

AuditSearch AuditPage::search() const {
    AuditSearch wanted;
    wanted.who = m_who->text().trimmed().toStdString();
    wanted.act = m_what->currentData().toString().toStdString();
    wanted.object = m_object->text().trimmed().toStdString();
    wanted.reason = m_reason->text().trimmed().toStdString();
    wanted.since = beginOf(static_cast<Since>(qMax(0, m_since->currentIndex())), Engine::wallNow());
    wanted.limit = pageRows;
    return wanted;
}

void AuditPage::begin() {
    forgetAnswers();
    ask(std::nullopt);
}

void AuditPage::forgetAnswers() {
    m_rest.stop();
    ++m_generation; // what is under way answers another question
    m_asked = false;
    m_again = false;
    m_begun = false;
    m_next.reset();
    m_wanted = pageRows;
    m_notice->clear();
}

void AuditPage::userChanged() {
    for (QLineEdit *line : {m_who, m_object, m_reason}) {
        const QSignalBlocker quiet(line);
        line->clear();
    }
    forgetRows();
}

void AuditPage::forgetRows() {
    forgetAnswers();
    m_rows->show({});
    judge();
}

void AuditPage::goDown() {
    if (!m_next || m_asked)
        return;
    m_wanted = m_rows->rowCount() + pageRows;
    ask(m_next);
}

void AuditPage::refresh() { ask(std::nullopt); }

void AuditPage::ask(std::optional<AuditId> before) {
    if (m_asked) {
        m_again |= !before;
        return;
    }
    m_asked = true;
    AuditSearch wanted = search();
    wanted.before = before;
    whenDone(m_context.engine.findAudit(std::move(wanted)), this, [this, before, generation = m_generation](Result<AuditFound> found) {
        if (generation != m_generation)
            return;
        m_asked = false;
        if (found) {
            take(std::move(*found), before);
        } else {
            if (found.error().code == ErrorCode::NotAllowed) { // what is on screen was read before
                forgetRows();
                m_table->setEmptyText({});
            }
            m_notice->say(words::error(found.error()), Tone::Bad);
        }
        if (std::exchange(m_again, false))
            refresh();
    });
}

void AuditPage::take(AuditFound found, std::optional<AuditId> before) {
    std::vector<AuditEntry> all = m_begun ? m_rows->rows() : std::vector<AuditEntry>();
    if (before) {
        m_next = found.next;
        all.insert(all.end(), std::make_move_iterator(found.acts.begin()), std::make_move_iterator(found.acts.end()));
    } else {
        // The newest are asked for again and again; what lies below them stays, unless more came than one page holds.
        if (static_cast<int>(found.acts.size()) == pageRows && !all.empty() && all.front().id < found.acts.back().id)
            all.clear();
        std::erase_if(all, [&](const AuditEntry &act) { return !found.next || !(act.id < *found.next); });
        if (!m_begun || all.empty())
            m_next = found.next;
        found.acts.insert(found.acts.end(), std::make_move_iterator(all.begin()), std::make_move_iterator(all.end()));
        all = std::move(found.acts);
    }
    m_begun = true;
    m_rows->show(std::move(all));
    judge();
    // A look is bounded: what is rare may lie far back.
    if (m_next && m_rows->rowCount() < m_wanted)
        ask(m_next);
}

void AuditPage::judge() {
    const QList<int> rows = m_table->chosenRows();
    const AuditEntry *act = rows.isEmpty() ? nullptr : m_rows->at(rows.first());
    bool leads = false;
    if (act != nullptr) {
        const ActMessages about = messagesOf(*act);
        leads = about.filter || !about.batchName.empty();
    }
    m_show->setEnabled(leads);
    const bool looking = m_next && m_rows->rowCount() < m_wanted;
    m_table->setEmptyText(!m_begun || looking ? tr("Looking…") : search() == AuditSearch{} ? tr("Nothing has been done yet.") : tr("No act is like that. Show all to see the rest."));
    m_state->setText(looking && m_rows->rowCount() > 0 ? tr("%1 found, looking further back…").arg(number(m_rows->rowCount()))
            : m_next                                   ? tr("%1 found, older ones as you scroll down").arg(number(m_rows->rowCount()))
                                                       : tr("%1 found").arg(number(m_rows->rowCount())));
}

void AuditPage::openMessages() {
    const QList<int> rows = m_table->chosenRows();
    if (rows.isEmpty())
        return;
    ActMessages about = messagesOf(*m_rows->at(rows.first()));
    if (about.filter) {
        Q_EMIT showMessages(*about.filter);
    } else if (!about.batchName.empty()) {
        whenDone(m_context.engine.batchNamed(about.batchName), this, [this](Result<std::optional<BatchId>> batch) {
            if (!batch || !*batch) {
                m_notice->say(batch ? tr("There is no batch of this name any more.") : words::error(batch.error()), Tone::Warn);
                return;
            }
            MessageFilter filter;
            filter.batch = **batch;
            Q_EMIT showMessages(filter);
        });
    }
}

std::vector<Command> AuditPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_show, QStringLiteral("audit.messages"), keys("Ctrl+Return")), commandOf(m_clear, QStringLiteral("audit.show_all"), keys("Ctrl+Backspace")),
        {QStringLiteral("audit.search"), [] { return tr("Search the audit"); }, keys("Ctrl+L"), [this] { m_who->setFocus(Qt::ShortcutFocusReason); }},
        {QStringLiteral("audit.acts"), [] { return tr("To the acts"); }, keys("Ctrl+M"), [this] { enterTable(m_table); }}};
}

} // namespace songda::ui
