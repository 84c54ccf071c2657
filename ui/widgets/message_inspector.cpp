// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_inspector.h"

#include "ui/models/directory.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_dialog.h"
#include "ui/widgets/format.h"
#include "ui/widgets/message_values.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/state_path.h"
#include "ui/widgets/wechat_card.h"
#include "ui/widgets/words.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>

namespace songda::ui {

namespace {

struct AttemptColumns {
    Q_DECLARE_TR_FUNCTIONS(AttemptColumns)
};

QString resultOf(const Attempt &a) {
    if (a.errorClass == ErrorClass::Success)
        return AttemptColumns::tr("accepted");
    return a.cause.empty() ? words::phase(a.phase) : q(a.cause);
}

Tone toneOf(const Attempt &a) {
    return a.errorClass ? words::tone(*a.errorClass) : words::tone(a.phase);
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
            textColumn<Row>([] { return AttemptColumns::tr("rid"); }, [](const Row &a) { return q(a.rid); }),
            numberColumn<Row>([] { return AttemptColumns::tr("Life"); }, [](const Row &a) { return QString::number(a.life); }),
            textColumn<Row>([] { return AttemptColumns::tr("Computer"); }, [](const Row &a) { return q(a.node); }),
        },
        [](const Row &a) { return QString::number(a.number); }, parent);
}

RowsModel<AuditEntry> *makeActs(QObject *parent) {
    using Row = AuditEntry;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return AttemptColumns::tr("When"); }, [](const Row &a) { return shortTime(a.at); }),
            textColumn<Row>([] { return AttemptColumns::tr("Who"); }, [](const Row &a) { return q(a.who); }),
            textColumn<Row>([] { return AttemptColumns::tr("What"); }, [](const Row &a) { return words::act(a.act); }),
            textColumn<Row>([] { return AttemptColumns::tr("Reason"); }, [](const Row &a) { return q(a.reason); }),
        },
        [](const Row &a) { return QString::number(a.id.value); }, parent);
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
    , m_acts(makeActs(this))
    , m_empty(mutedLabel())
    , m_body(new QWidget)
    , m_recipient(headline(2))
    , m_state(new Chip)
    , m_next(plainLabel())
    , m_clock(new ToneLabel)
    , m_edit(new QPushButton)
    , m_path(new StatePath)
    , m_cause(new CauseCard(directory))
    , m_tabs(new QTabWidget)
    , m_attemptTable(new DataTable(QStringLiteral("attempts")))
    , m_actTable(new DataTable(QStringLiteral("acts")))
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
    layout->addWidget(m_path);
    layout->addWidget(m_next);
    m_clock->setObjectName(QStringLiteral("safeRepeat"));
    layout->addWidget(m_clock);
    layout->addWidget(m_cause);
    m_edit->setObjectName(QStringLiteral("edit"));
    layout->addWidget(m_edit, 0, Qt::AlignLeft);
    connect(m_edit, &QPushButton::clicked, this, &MessageInspector::edit);
    connect(&m_second, &QTimer::timeout, this, &MessageInspector::tickClock);
    m_second.setInterval(1000);
    layout->addWidget(m_tabs, 1);

    m_attemptTable->setModel(m_attempts);
    m_attemptTable->setWidths({30, 120, 92, 62, 46, 190, 120, 40});
    m_actTable->setModel(m_acts);
    m_actTable->setWidths({112, 90, 110});
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
    m_tabs->addTab(m_attemptTable, {});
    m_tabs->addTab(content, {});
    m_tabs->addTab(scrolled(facts), {});
    m_tabs->addTab(m_actTable, {});
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);

    m_texts.add([this] {
        m_empty->setText(tr("Choose a message to see every attempt, what was sent, and what happens next."));
        m_edit->setText(tr("Edit and resend…"));
        m_edit->setToolTip(tr("Ctrl+E"));
        m_tabs->setTabText(0, tr("Attempts"));
        m_tabs->setTabText(1, tr("Content"));
        m_tabs->setTabText(2, tr("Facts"));
        m_tabs->setTabText(3, tr("Acts"));
        m_attemptTable->setEmptyText(tr("Not tried yet."));
        m_actTable->setEmptyText(tr("Nobody has done anything with this message by hand."));
        m_json->setAccessibleName(tr("Content as JSON"));
        m_attemptTable->setAccessibleName(tr("Attempts"));
        m_actTable->setAccessibleName(tr("Acts"));
        m_attempts->retranslate();
        m_acts->retranslate();
        if (m_detail)
            show(*m_detail);
    });
    look(std::nullopt);
}

void MessageInspector::look(std::optional<MessageId> id) {
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

void MessageInspector::refresh() {
    if (!m_id)
        return;
    const quint64 generation = ++m_generation;
    m_engine.message(*m_id).then(this, [this, generation](Result<MessageDetail> detail) {
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
    });
}

void MessageInspector::show(const MessageDetail &detail) {
    const Message &m = detail.message;
    m_recipient->setText(q(m.openid));
    m_state->set(words::state(m.state), words::tone(m.state));
    m_next->setText(words::next(m, Engine::wallNow()));
    m_path->show(m, detail.attempts.size() > 1);
    m_cause->show(m.state == MessageState::Accepted || m.state == MessageState::Delivered ? std::string() : m.cause, detail.odds);
    m_edit->setVisible(mayBeResent(m.state));
    m_edit->setEnabled(mayEdit());
    tickClock();
    m_attempts->show(detail.attempts);
    m_acts->show(detail.acts);
    fillFacts(m);
    fillContent(detail);
}

void MessageInspector::fillFacts(const Message &m) {
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    const auto fact = [this](const QString &name, const QString &value) {
        if (!value.isEmpty())
            m_facts->addRow(mutedLabel(name), plainLabel(value));
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
    fact(tr("Delivery report"), q(m.reportStatus));
    fact(tr("Reported"), shortTime(m.reportedAt));
}

void MessageInspector::fillContent(const MessageDetail &detail) {
    const auto pretty = [](const std::string &content) {
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(content));
        return document.isNull() ? q(content) : QString::fromUtf8(document.toJson(QJsonDocument::Indented)).trimmed();
    };
    QString text = pretty(detail.message.content);
    for (const EarlierContent &earlier : detail.earlier)
        text += QStringLiteral("\n\n%1\n%2").arg(tr("Up to life %1 it said:").arg(earlier.life), pretty(earlier.content));
    if (text != m_json->toPlainText()) // a selection in it survives
        m_json->setPlainText(text);
    const MessageValues values = valuesOf(detail.message.content);
    const Template *t = m_directory.templateOf(detail.message.templateRef);
    m_card->setVisible(t != nullptr);
    if (t != nullptr)
        m_card->show(*t, values.data, !values.url.empty());
}

void MessageInspector::tickClock() {
    const WallTime now = Engine::wallNow();
    const QString text = m_detail ? words::safeRepeat(m_detail->message, now) : QString();
    const bool runs = m_detail && m_detail->message.safeUntil && *m_detail->message.safeUntil > now;
    m_clock->set(text, runs ? Tone::Info : Tone::Warn);
    m_clock->setVisible(!text.isEmpty());
    if (runs && !m_second.isActive())
        m_second.start();
    else if (!runs)
        m_second.stop();
}

bool MessageInspector::mayEdit() const {
    return m_detail && mayBeResent(m_detail->message.state) && m_engine.role() != EngineOptions::Role::Viewer;
}

void MessageInspector::edit() {
    if (!mayEdit())
        return;
    auto *dialog = new EditDialog(m_engine, m_directory, *m_detail, this);
    connect(dialog, &EditDialog::sent, this, [this](const QString &text) {
        refresh();
        Q_EMIT acted(text);
    });
    dialog->open();
}

} // namespace songda::ui
