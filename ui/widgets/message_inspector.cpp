// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_inspector.h"

#include "engine/when_done.h"
#include "ui/models/directory.h"
#include "ui/widgets/attempt_card.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_dialog.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/lookup_words.h"
#include "ui/widgets/message_acts.h"
#include "ui/widgets/message_values.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/state_map.h"
#include "ui/widgets/wechat_card.h"
#include "ui/widgets/what_holds.h"
#include "ui/widgets/words.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <utility>

namespace songda::ui {

namespace {

struct AttemptColumns {
    Q_DECLARE_TR_FUNCTIONS(AttemptColumns)
};

QString resultOf(const Attempt &a) {
    if (a.errorClass == ErrorClass::Success)
        return AttemptColumns::tr("accepted");
    if (a.cause.empty())
        return words::phase(a.phase);
    // Codes are known by their numbers; the words of ours are not words of the operator, and the card below has them.
    const QString known = causeNumber(a.cause);
    return known.isEmpty() && a.errorClass ? words::errorClass(*a.errorClass) : known.isEmpty() ? q(a.cause) : known;
}

Tone toneOf(const Attempt &a) {
    return a.errorClass ? words::tone(*a.errorClass) : words::tone(a.phase);
}

QLayout *sideBySide(QWidget *first, QWidget *second) {
    auto *row = new QHBoxLayout;
    row->addWidget(first);
    row->addWidget(second);
    row->addStretch();
    return row;
}

RowsModel<Attempt> *makeAttempts(QObject *parent) {
    using Row = Attempt;
    return new RowsModel<Row>(
        {
            numberColumn<Row>([] { return AttemptColumns::tr("#"); }, [](const Row &a) { return QString::number(a.number); }),
            textColumn<Row>([] { return AttemptColumns::tr("When"); }, [](const Row &a) { return shortTime(a.startedAt); }),
            chipColumn<Row>([] { return AttemptColumns::tr("Result"); }, resultOf, toneOf),
            numberColumn<Row>([] { return AttemptColumns::tr("Took"); },
                [](const Row &a) { return a.finishedAt ? span(std::chrono::duration_cast<Millis>(a.latency)) : QString(); }),
            numberColumn<Row>([] { return AttemptColumns::tr("HTTP"); },
                [](const Row &a) { return a.httpStatus > 0 ? QString::number(a.httpStatus) : QString(); }),
            textColumn<Row>([] { return AttemptColumns::tr("WeChat said"); },
                [](const Row &a) { return q(a.errmsg.empty() ? a.excerpt : a.errmsg); }),
            numberColumn<Row>([] { return AttemptColumns::tr("Life"); }, [](const Row &a) { return QString::number(a.life); }),
        },
        [](const Row &a) { return QString::number(a.number); }, parent);
}

RowsModel<HistoryRow> *makeHistory(QObject *parent) {
    using Row = HistoryRow;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return AttemptColumns::tr("When"); }, [](const Row &r) { return shortTime(r.at); }),
            numberColumn<Row>([] { return AttemptColumns::tr("Life"); }, [](const Row &r) { return QString::number(r.life); }),
            chipColumn<Row>([] { return AttemptColumns::tr("What"); }, [](const Row &r) { return r.what; }, [](const Row &r) { return r.tone; }),
            textColumn<Row>([] { return AttemptColumns::tr("Who"); }, [](const Row &r) { return r.who; }),
            textColumn<Row>([] { return AttemptColumns::tr("Reason or answer"); }, [](const Row &r) { return r.more; }),
        },
        [](const Row &r) { return r.key; }, parent);
}

QWidget *scrolled(QWidget *inside) {
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);
    return area;
}

} // namespace

MessageInspector::MessageInspector(Engine &engine, const Directory &directory, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_directory(directory)
    , m_attempts(makeAttempts(this))
    , m_history(makeHistory(this))
    , m_empty(mutedLabel())
    , m_body(new QWidget)
    , m_recipient(headline(2))
    , m_state(new Chip)
    , m_next(plainLabel())
    , m_clock(new ToneLabel)
    , m_edit(new QPushButton)
    , m_copy(new QPushButton)
    , m_askIntercepted(new QPushButton)
    , m_askFailure(new QPushButton)
    , m_answer(new Notice)
    , m_map(new StateMap)
    , m_cause(new CauseCard(directory))
    , m_tabs(new QTabWidget)
    , m_attemptTable(new DataTable(QStringLiteral("attempts")))
    , m_attemptCard(new AttemptCard(directory))
    , m_historyTable(new DataTable(QStringLiteral("history")))
    , m_facts(nullptr)
    , m_card(new WechatCard)
    , m_json(new QPlainTextEdit)
    , m_notice(new Notice)
    , m_texts(this) {
    setMinimumWidth(380);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_empty->setAlignment(Qt::AlignCenter);
    outer->addWidget(m_empty, 1);
    outer->addWidget(m_notice);
    outer->addWidget(m_body, 1);

    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    m_recipient->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    head->addWidget(m_recipient, 1);
    head->addWidget(m_state);
    layout->addLayout(head);
    layout->addWidget(m_map);
    layout->addWidget(m_next);
    m_clock->setObjectName(QStringLiteral("safeRepeat"));
    layout->addWidget(m_clock);
    layout->addWidget(m_cause);
    m_edit->setObjectName(QStringLiteral("edit"));
    m_copy->setObjectName(QStringLiteral("copyMessage"));
    layout->addLayout(sideBySide(m_edit, m_copy));
    m_askIntercepted->setObjectName(QStringLiteral("askIntercepted"));
    m_askFailure->setObjectName(QStringLiteral("askFailure"));
    m_answer->setObjectName(QStringLiteral("lookupAnswer"));
    layout->addLayout(sideBySide(m_askIntercepted, m_askFailure));
    layout->addWidget(m_answer);
    connect(m_askIntercepted, &QPushButton::clicked, this, &MessageInspector::askIntercepted);
    connect(m_askFailure, &QPushButton::clicked, this, &MessageInspector::askFailure);
    connect(m_copy, &QPushButton::clicked, this, &MessageInspector::copyAsText);
    connect(m_edit, &QPushButton::clicked, this, &MessageInspector::edit);
    m_cause->setObjectName(QStringLiteral("messageCause"));
    connect(m_cause, &CauseCard::stepChosen, this, &MessageInspector::takeStep);
    connect(&m_second, &QTimer::timeout, this, &MessageInspector::tickClock);
    m_second.setInterval(1000);
    layout->addWidget(m_tabs, 1);

    m_historyTable->setModel(m_history);
    m_historyTable->setWidths({112, 40, 210, 90});
    auto *content = new QWidget;
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->addWidget(m_card, 0, Qt::AlignLeft);
    m_json->setReadOnly(true);
    m_json->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    contentLayout->addWidget(m_json, 1);
    auto *facts = new QWidget;
    m_facts = new QFormLayout(facts);
    m_facts->setLabelAlignment(Qt::AlignLeft);
    m_facts->setHorizontalSpacing(2 * grid);
    m_tabs->addTab(buildAttempts(), {});
    m_tabs->addTab(m_historyTable, {});
    m_tabs->addTab(content, {});
    m_tabs->addTab(scrolled(facts), {});
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);

    m_texts.add([this] {
        m_empty->setText(tr("Choose a message to see every attempt, what was sent, and what happens next."));
        m_edit->setText(tr("Edit and resend…"));
        m_edit->setToolTip(tr("Ctrl+E"));
        m_copy->setText(tr("Copy as text"));
        m_copy->setToolTip(tr("All about this message, for a ticket (Ctrl+Shift+C)"));
        m_askIntercepted->setText(tr("Was it intercepted?"));
        m_askIntercepted->setToolTip(tr("Asks WeChat: it does not report what it accepted and then kept from the person"));
        m_askFailure->setText(tr("Ask WeChat about this attempt"));
        m_askFailure->setToolTip(tr("Asks WeChat what it remembers of a call that it refused; for seven days"));
        if (m_answerWords)
            m_answer->say(m_answerWords(), m_answerTone);
        const QStringList tabs{tr("Attempts"), tr("History"), tr("Content"), tr("Facts")};
        for (int i = 0; i < m_tabs->count(); ++i) {
            m_tabs->setTabText(i, tabs[i]);
            m_tabs->setTabToolTip(i, QStringLiteral("Ctrl+%1").arg(i + 1));
        }
        m_attemptTable->setEmptyText(tr("Not tried yet."));
        m_historyTable->setEmptyText(tr("Nothing happened yet."));
        m_json->setAccessibleName(tr("Content as JSON"));
        m_attemptTable->setAccessibleName(tr("Attempts"));
        m_historyTable->setAccessibleName(tr("History"));
        m_tabs->setAccessibleName(tr("About this message"));
        m_attempts->retranslate();
        m_history->retranslate();
        if (m_detail)
            show(*m_detail);
    });
    look(std::nullopt);
}

QWidget *MessageInspector::buildAttempts() {
    m_attemptTable->setModel(m_attempts);
    m_attemptTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_attemptTable->setWidths({30, 120, 92, 62, 46, 190});
    connect(m_attemptTable, &DataTable::chosen, this, &MessageInspector::showAttempt);
    auto *split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(m_attemptTable);
    split->addWidget(scrolled(m_attemptCard));
    split->setSizes({130, 220});
    keepSplit(split, QStringLiteral("inspector"));
    return split;
}

const Attempt *MessageInspector::chosenAttempt() const {
    const QList<int> rows = m_attemptTable->chosenRows();
    return rows.isEmpty() ? nullptr : m_attempts->at(rows.first());
}

void MessageInspector::showAttempt() {
    const Attempt *attempt = chosenAttempt();
    m_attemptCard->show(attempt != nullptr ? std::optional(*attempt) : std::nullopt);
    offerQuestions();
}

bool MessageInspector::mayAsk() const {
    return m_detail && !m_asking && m_engine.role() != EngineOptions::Role::Viewer && m_engine.whyNot(Permission::HandleFailed).empty();
}

void MessageInspector::offerQuestions() {
    const Attempt *attempt = chosenAttempt();
    // What was delivered was not intercepted.
    m_askIntercepted->setVisible(m_detail && !m_detail->message.msgid.empty() && m_detail->message.state != MessageState::Delivered);
    m_askFailure->setVisible(attempt != nullptr && !attempt->rid.empty());
    m_askIntercepted->setEnabled(mayAsk());
    m_askFailure->setEnabled(mayAsk());
}

void MessageInspector::answer(std::function<QString()> words, Tone tone) {
    m_answerWords = std::move(words);
    m_answerTone = tone;
    if (m_answerWords)
        m_answer->say(m_answerWords(), tone);
    else
        m_answer->clear();
}

void MessageInspector::askIntercepted() {
    if (!mayAsk())
        return;
    m_asking = true;
    answer([] { return tr("Asking WeChat…"); }, Tone::Info);
    offerQuestions();
    whenDone(m_engine.lookUpInterception(*m_id), this, [this, id = *m_id](const Result<InterceptionLookup> &lookup) {
        m_asking = false;
        offerQuestions();
        if (m_id != id)
            return;
        if (!lookup)
            answer([error = lookup.error()] { return words::error(error); }, Tone::Bad);
        else
            answer([this, said = *lookup] { return interceptionWords(said, m_directory); }, lookup->found || !lookup->cause.empty() ? Tone::Bad : Tone::Good);
        refresh(); // the question is part of its history
    });
}

void MessageInspector::askFailure() {
    const Attempt *attempt = chosenAttempt();
    if (!mayAsk() || attempt == nullptr)
        return;
    m_asking = true;
    answer([] { return tr("Asking WeChat…"); }, Tone::Info);
    offerQuestions();
    whenDone(m_engine.lookUpFailure(*m_id, attempt->number), this, [this, id = *m_id](const Result<FailureLookup> &lookup) {
        m_asking = false;
        offerQuestions();
        if (m_id != id)
            return;
        if (!lookup)
            answer([error = lookup.error()] { return words::error(error); }, Tone::Bad);
        else
            answer([this, said = *lookup] { return failureWords(said, m_directory); }, lookup->call ? Tone::Info : Tone::Bad);
        refresh();
    });
}

void MessageInspector::openTab(int index) {
    m_tabs->setCurrentIndex(index);
    QWidget *inside = m_tabs->currentWidget();
    if (inside->focusPolicy() == Qt::NoFocus)
        inside = index == 0 ? static_cast<QWidget *>(m_attemptTable) : index == 2 ? static_cast<QWidget *>(m_json) : m_tabs->tabBar();
    inside->setFocus(Qt::ShortcutFocusReason);
}

std::vector<Command> MessageInspector::commands() {
    const auto shown = [this] { return m_body->isVisible(); };
    std::vector<Command> all{commandOf(m_edit, QStringLiteral("message.edit"), QKeySequence(QStringLiteral("Ctrl+E"))),
        commandOf(m_copy, QStringLiteral("message.copy"), QKeySequence(QStringLiteral("Ctrl+Shift+C"))),
        commandOf(m_askIntercepted, QStringLiteral("message.intercepted")), commandOf(m_askFailure, QStringLiteral("attempt.ask"))};
    static const char *const ids[]{"message.attempts", "message.history", "message.content", "message.facts"};
    for (int i = 0; i < m_tabs->count(); ++i)
        all.push_back({QLatin1String(ids[i]), [this, i] { return tr("Of the message: %1").arg(m_tabs->tabText(i)); },
            QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)), [this, i] { openTab(i); }, shown});
    return all;
}

void MessageInspector::copyAsText() {
    if (!m_detail)
        return;
    QGuiApplication::clipboard()->setText(messageAsText(*m_detail, [this](const std::string &cause) { return m_directory.causeText(cause); }));
    Q_EMIT acted(tr("The message is on the clipboard."));
}

void MessageInspector::look(std::optional<MessageId> id) {
    if (id != m_id) {
        m_attemptTable->clearSelection();
        answer({}, Tone::Info);
        // What is on screen until the answer is there is of the message before: nothing may be done to that one by mistake.
        m_detail.reset();
        m_editSoon = false;
        judge();
    }
    m_id = id;
    m_notice->clear();
    if (!id) {
        ++m_generation;
        m_detail.reset();
        m_second.stop();
        m_body->hide();
        m_empty->show();
        return;
    }
    refresh();
}

void MessageInspector::showSnapshot(const Snapshot &snapshot) {
    m_live = snapshot;
    if (m_detail && isWaiting(m_detail->message.state))
        tickClock();
}

void MessageInspector::refresh() {
    if (!m_id)
        return;
    const quint64 generation = ++m_generation;
    whenDone(m_engine.message(*m_id), this, [this, generation](Result<MessageDetail> detail) {
        if (generation != m_generation)
            return;
        m_empty->hide();
        if (!detail) {
            m_body->hide();
            m_notice->say(words::error(detail.error()), Tone::Bad);
            return;
        }
        m_notice->clear();
        m_detail = std::move(*detail);
        show(*m_detail);
        m_body->show();
        if (std::exchange(m_editSoon, false))
            edit();
    });
}

void MessageInspector::show(const MessageDetail &detail) {
    const Message &m = detail.message;
    m_recipient->setText(q(m.openid));
    m_state->set(words::state(m.state), words::tone(m.state));
    m_map->show(passageOf(detail));
    m_cause->show(m.state == MessageState::Accepted || m.state == MessageState::Delivered ? std::string() : m.cause, detail.odds);
    offerStep(m);
    judge();
    tickClock();
    m_attempts->show(detail.attempts);
    if (m_attemptTable->chosenRows().isEmpty() && m_attempts->rowCount() > 0)
        m_attemptTable->selectRow(0);
    showAttempt();
    m_history->show(historyOf(detail, [this](const std::string &cause) { return m_directory.causeText(cause); }));
    fillFacts(m);
    fillContent(detail);
}

void MessageInspector::fillFacts(const Message &m) {
    std::vector<std::pair<QString, QString>> facts;
    const auto fact = [&facts](const QString &name, const QString &value) {
        if (!value.isEmpty())
            facts.emplace_back(name, value);
    };
    fact(tr("Message no."), QString::number(m.id.value));
    fact(tr("Account"), q(m.accountName));
    fact(tr("Template"), q(m.templateTitle));
    fact(tr("Template id"), q(m.templateId));
    fact(tr("Batch"), m.batchName.empty() ? m_directory.batchName(m.batch) : q(m.batchName));
    fact(tr("Business key"), q(m.idempotencyKey));
    fact(tr("WeChat's msgid"), q(m.msgid));
    fact(tr("client_msg_id"), q(m.clientMsgId));
    fact(tr("Trace id"), q(m.traceId));
    fact(tr("Life"), QString::number(m.life));
    fact(tr("Created"), shortTime(m.createdAt));
    fact(tr("Created by"), q(m.createdBy));
    fact(tr("Due"), shortTime(m.dueAt));
    fact(tr("First sent"), shortTime(m.firstSentAt));
    fact(tr("Finished"), shortTime(m.finishedAt));
    fact(tr("Useful until"), shortTime(m.expiresAt));
    fact(tr("Delivery report"), m.reportedAt ? words::report(m.reportStatus) : QString());
    fact(tr("Reported"), shortTime(m.reportedAt));
    if (facts == m_shownFacts)
        return; // somebody may be selecting one of them
    m_shownFacts = std::move(facts);
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    for (const auto &[name, value] : m_shownFacts)
        m_facts->addRow(mutedLabel(name), plainLabel(value));
}

void MessageInspector::fillContent(const MessageDetail &detail) {
    const auto pretty = [](const std::string &content) {
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(content));
        return document.isNull() ? q(content) : QString::fromUtf8(document.toJson(QJsonDocument::Indented)).trimmed();
    };
    QString text = detail.masked ? tr("What it says is not shown to you.") : pretty(detail.message.content);
    for (const EarlierContent &earlier : detail.earlier)
        text += QStringLiteral("\n\n%1\n%2").arg(tr("Up to life %1 it said:").arg(earlier.life), pretty(earlier.content));
    text = shown(text, 200'000);
    if (text != m_json->toPlainText()) // a selection in it survives
        m_json->setPlainText(text);
    const MessageValues values = valuesOf(detail.message.content);
    const Template *t = m_directory.templateOf(detail.message.templateRef);
    m_card->setVisible(t != nullptr && !detail.masked);
    if (t != nullptr)
        m_card->show(*t, values.data, !values.url.empty());
}

void MessageInspector::tickClock() {
    const WallTime now = Engine::wallNow();
    const bool waits = m_detail && isWaiting(m_detail->message.state);
    if (m_detail)
        m_next->setText(words::next(m_detail->message, now, whatHolds(m_detail->message, m_directory, m_live)));
    const QString text = m_detail ? words::safeRepeat(m_detail->message, now) : QString();
    const bool runs = m_detail && m_detail->message.safeUntil && *m_detail->message.safeUntil > now;
    m_clock->set(text, runs ? Tone::Info : Tone::Warn);
    m_clock->setVisible(!text.isEmpty());
    if ((runs || waits) && !m_second.isActive())
        m_second.start();
    else if (!runs && !waits)
        m_second.stop();
}

bool MessageInspector::mayEdit() const {
    return m_detail && mayBeResent(m_detail->message.state) && m_engine.role() != EngineOptions::Role::Viewer && m_engine.whyNot(Permission::HandleFailed).empty();
}

bool MessageInspector::edit() {
    if (m_id && !m_detail) {
        m_editSoon = true;
        return true;
    }
    if (!mayEdit())
        return false;
    auto *dialog = new EditDialog(m_engine, m_directory, *m_detail, this);
    connect(dialog, &EditDialog::sent, this, [this](const QString &text) {
        refresh();
        Q_EMIT acted(text);
    });
    dialog->open();
    return true;
}

void MessageInspector::judge() {
    if (m_detail)
        m_edit->setVisible(mayBeResent(m_detail->message.state));
    else
        m_cause->withhold();
    m_edit->setEnabled(mayEdit());
    m_copy->setEnabled(m_detail.has_value());
}

void MessageInspector::offerStep(const Message &m) {
    const NextStep step = nextStepFor(m_directory.causeWords(m.cause));
    const bool again = step == NextStep::Edit || step == NextStep::Resend;
    const bool may = m_engine.role() != EngineOptions::Role::Viewer
        && m_engine.whyNot(step == NextStep::Suppress ? Permission::KeepList : Permission::HandleFailed).empty();
    m_cause->offer(m_acts != nullptr && (!again || mayBeResent(m.state)) ? 1 : 0, may);
}

void MessageInspector::takeStep(NextStep step) {
    if (!m_detail || m_acts == nullptr)
        return;
    const Message &m = m_detail->message;
    MessageFilter filter;
    filter.ids = {m.id};
    switch (step) {
    case NextStep::Edit: edit(); break;
    case NextStep::Suppress: m_acts->suppress(m.accountName, std::move(filter), 1); break;
    case NextStep::OpenAccounts: Q_EMIT showPage(QStringLiteral("accounts")); break;
    case NextStep::OpenTemplates: Q_EMIT showPage(QStringLiteral("templates")); break;
    case NextStep::Resend: m_acts->resend(std::move(filter), 1, m.state == MessageState::Uncertain); break;
    }
}

} // namespace songda::ui
