// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alerts/alerts_page.h"

#include "engine/when_done.h"
#include "ui/pages/alerts/sinks_dialog.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

struct AlertColumns {
    Q_DECLARE_TR_FUNCTIONS(AlertColumns)
};

constexpr int durationColumn = 3;

QString ruleTitle(AlertRule rule, bool chinese) {
    Alert alert;
    alert.key.rule = rule;
    return q(Engine::alertWords(alert, chinese).title);
}

QString accountOf(const Alert &alert) { return alert.key.account.empty() ? AlertColumns::tr("all") : q(alert.key.account); }

QString seenBy(const Alert &alert) {
    if (alert.recoveredAt)
        return AlertColumns::tr("over since %1").arg(shortTime(*alert.recoveredAt));
    return alert.acknowledgedBy.empty() ? AlertColumns::tr("nobody yet") : q(alert.acknowledgedBy);
}

Seconds lasting(const Alert &alert, WallTime now) {
    return std::max(Seconds{0}, std::chrono::floor<Seconds>(alert.recoveredAt.value_or(now) - alert.since));
}

/// Levels are sorted by how grave they are, not by their names.
RowsModel<AlertGroup>::Column levelColumn() {
    auto column = chipColumn<AlertGroup>([] { return AlertColumns::tr("Level"); }, [](const AlertGroup &g) { return words::alertLevel(g.level); },
        [](const AlertGroup &g) { return words::tone(g.level); });
    column.cell = [chip = std::move(column.cell)](const AlertGroup &g, int role) {
        return role == RawRole ? QVariant(static_cast<int>(g.level)) : chip(g, role);
    };
    return column;
}

} // namespace

AlertsPage::AlertsPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_groups(nullptr)
    , m_rows(nullptr)
    , m_now(Engine::wallNow())
    , m_title(headline())
    , m_past(new QCheckBox)
    , m_sinks(new QPushButton)
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_groupTable(new DataTable(QStringLiteral("alertGroups")))
    , m_table(new DataTable(QStringLiteral("alerts")))
    , m_cardTitle(headline(2))
    , m_sentence(plainLabel())
    , m_advice(mutedLabel())
    , m_seen(mutedLabel())
    , m_told(mutedLabel())
    , m_step(mainButton())
    , m_acknowledge(new QPushButton)
    , m_texts(this) {
    const auto chinese = [this] { return m_context.directory.chinese(); };
    m_groups = new RowsModel<AlertGroup>(
        {
            levelColumn(),
            textColumn<AlertGroup>([] { return AlertColumns::tr("Alert"); }, [chinese](const AlertGroup &g) { return ruleTitle(g.rule, chinese()); }),
            countColumn<AlertGroup>([] { return AlertColumns::tr("How many"); }, [](const AlertGroup &g) { return g.count; }),
            timeColumn<AlertGroup>([] { return AlertColumns::tr("Since"); }, [](const AlertGroup &g) { return g.since; }),
        },
        [](const AlertGroup &g) { return QString::fromLatin1(toString(g.rule)); }, this);
    m_rows = new RowsModel<Alert>(
        {
            textColumn<Alert>([] { return AlertColumns::tr("Account"); }, [](const Alert &a) { return accountOf(a); }),
            textColumn<Alert>([] { return AlertColumns::tr("What"); }, [chinese](const Alert &a) { return q(Engine::alertWords(a, chinese()).sentence); }),
            timeColumn<Alert>([] { return AlertColumns::tr("Since"); }, [](const Alert &a) { return a.since; }),
            valueColumn<Alert>([] { return AlertColumns::tr("How long"); }, [this](const Alert &a) { return span(lasting(a, m_now)); },
                [this](const Alert &a) { return static_cast<qlonglong>(lasting(a, m_now).count()); }),
            textColumn<Alert>([] { return AlertColumns::tr("Acknowledged by"); }, [](const Alert &a) { return seenBy(a); }),
        },
        [](const Alert &a) { return QString::number(a.id); }, this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->setSpacing(2 * grid);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_past);
    head->addWidget(m_sinks);
    layout->addLayout(head);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(m_groupTable);
    split->addWidget(buildRight());
    split->setSizes({440, 690});
    keepSplit(split, QStringLiteral("alerts"));
    layout->addWidget(split, 1);

    m_groupTable->setModel(m_groups);
    m_groupTable->letSort();
    m_groupTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_groupTable->setWidths({74, 166, 80});
    m_past->setObjectName(QStringLiteral("alertsPast"));
    m_sinks->setObjectName(QStringLiteral("alertSinks"));
    connect(m_groupTable, &DataTable::chosen, this, &AlertsPage::fillRows);
    connect(m_table, &DataTable::chosen, this, &AlertsPage::look);
    connect(m_table, &DataTable::doubleClicked, this, &AlertsPage::follow);
    connect(m_table, &DataTable::activated, this, &AlertsPage::follow);
    connect(m_past, &QCheckBox::toggled, this, &AlertsPage::refresh);
    connect(m_sinks, &QPushButton::clicked, this, &AlertsPage::openSinks);
    m_texts.add([this] {
        m_title->setText(tr("Alerts"));
        m_past->setText(tr("Those that are over"));
        m_sinks->setText(tr("Who is told…"));
        m_intro->setText(tr("What is wrong, since when, and who sees to it. What is watched, and from where on, stands in the settings under Alerts."));
        const QString empty = m_past->isChecked() ? tr("Nothing has been wrong yet.") : tr("All is well: no alert is open.");
        m_groupTable->setEmptyText(empty);
        m_table->setEmptyText(tr("Choose an alert on the left."));
        m_groupTable->setAccessibleName(tr("Alerts by what is watched"));
        m_table->setAccessibleName(tr("Alerts"));
        m_acknowledge->setText(tr("I see to it…"));
        m_groups->retranslate();
        m_rows->retranslate();
        look();
    });
}

QWidget *AlertsPage::buildRight() {
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid);
    column->addWidget(m_table, 1);
    QVBoxLayout *inside = nullptr;
    column->addWidget(panel(inside));
    inside->addWidget(m_cardTitle);
    inside->addWidget(m_sentence);
    inside->addWidget(m_advice);
    inside->addWidget(m_seen);
    inside->addWidget(m_told);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_step);
    buttons->addWidget(m_acknowledge);
    buttons->addStretch();
    inside->addLayout(buttons);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({84, 276, 116, 84});
    m_step->setObjectName(QStringLiteral("alertStep"));
    m_acknowledge->setObjectName(QStringLiteral("alertAcknowledge"));
    connect(m_step, &QPushButton::clicked, this, &AlertsPage::follow);
    connect(m_acknowledge, &QPushButton::clicked, this, &AlertsPage::acknowledge);
    return right;
}

std::vector<Command> AlertsPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_step, QStringLiteral("alerts.step"), keys("Ctrl+M")), commandOf(m_acknowledge, QStringLiteral("alerts.acknowledge"), keys("Ctrl+Return")),
        commandOf(m_sinks, QStringLiteral("alerts.sinks"))};
}

void AlertsPage::showSnapshot(const Snapshot &snapshot) {
    m_now = snapshot.at == WallTime{} ? Engine::wallNow() : snapshot.at;
    m_rows->touch(durationColumn);
    // An alert is written before it is counted, and the engine's word comes sooner than the quiet rhythm of the tables.
    if (snapshot.openAlerts != std::exchange(m_counts, snapshot.openAlerts))
        refresh();
}

void AlertsPage::refresh() {
    const quint64 asked = ++m_generation;
    whenDone(m_context.engine.alerts({m_past->isChecked(), mostPast}), this, [this, asked](Result<std::vector<Alert>> alerts) {
        if (asked != m_generation)
            return;
        if (alerts)
            take(std::move(*alerts));
        else
            m_notice->say(words::error(alerts.error()), Tone::Bad);
    });
}

void AlertsPage::take(std::vector<Alert> alerts) {
    m_alerts = std::move(alerts);
    m_groupTable->setEmptyText(m_past->isChecked() ? tr("Nothing has been wrong yet.") : tr("All is well: no alert is open."));
    m_groups->show(groupsOf(m_alerts));
    if (m_groupTable->chosenRows().isEmpty() && m_groups->rowCount() > 0)
        m_groupTable->selectRow(0);
    fillRows();
}

void AlertsPage::fillRows() {
    const QList<int> rows = m_groupTable->chosenRows();
    const AlertGroup *group = rows.isEmpty() ? nullptr : m_groups->at(rows.first());
    std::vector<Alert> shown;
    if (group != nullptr)
        std::copy_if(m_alerts.begin(), m_alerts.end(), std::back_inserter(shown), [group](const Alert &a) { return a.key.rule == group->rule; });
    m_rows->show(std::move(shown));
    if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
        m_table->selectRow(0);
    look();
}

const Alert *AlertsPage::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void AlertsPage::look() {
    const Alert *alert = chosen();
    const AlertStep step = alert != nullptr ? nextStep(*alert) : AlertStep{};
    m_step->setVisible(!step.button.isEmpty());
    m_step->setText(step.button.isEmpty() ? tr("Show what is behind it") : step.button);
    m_cardTitle->setVisible(alert != nullptr);
    m_seen->setVisible(alert != nullptr && !alert->acknowledgedBy.empty());
    m_acknowledge->setEnabled(alert != nullptr && !alert->recoveredAt && alert->acknowledgedBy.empty() && m_context.may(Permission::Steer, m_acknowledge));
    if (alert == nullptr) {
        m_sentence->setText({});
        m_advice->setText(tr("Here stands what a chosen alert means and what to do about it."));
        m_told->hide();
        return;
    }
    const AlertWords said = Engine::alertWords(*alert, m_context.directory.chinese());
    m_cardTitle->setText(alert->key.account.empty() ? q(said.title) : QStringLiteral("%1 · %2").arg(q(said.title), shown(q(alert->key.account))));
    m_sentence->setText(shown(q(said.sentence)));
    m_advice->setText(q(said.advice));
    m_seen->setText(alert->note.empty() ? tr("%1 sees to it since %2.").arg(q(alert->acknowledgedBy), shortTime(alert->acknowledgedAt))
                                        : tr("%1 sees to it since %2: %3").arg(q(alert->acknowledgedBy), shortTime(alert->acknowledgedAt), shown(q(alert->note))));
    lookAtTellings();
}

void AlertsPage::lookAtTellings() {
    const std::int64_t id = chosen()->id;
    whenDone(m_context.engine.alertTellings(id), this, [this, id](const Result<std::vector<AlertTelling>> &tellings) {
        if (!tellings || chosen() == nullptr || chosen()->id != id)
            return;
        QStringList lines;
        for (const AlertTelling &t : *tellings) {
            const QString outcome = t.taken ? tr("taken") : t.dead ? tr("given up: %1").arg(engineWords(t.detail)) : t.tries > 0 ? tr("tried again: %1").arg(engineWords(t.detail)) : tr("on its way");
            lines.append(tr("Told %1, %2 (%3): %4").arg(q(t.target), shortTime(t.at), words::noticeKind(t.kind), outcome));
            if (lines.size() == 4)
                break;
        }
        m_told->setText(lines.isEmpty() ? tr("Nobody was told outside this console.") : lines.join(QLatin1Char('\n')));
        m_told->show();
    });
}

void AlertsPage::follow() {
    const Alert *alert = chosen();
    if (alert == nullptr)
        return;
    const AlertStep step = nextStep(*alert);
    if (step.messages)
        Q_EMIT showMessages(*step.messages);
    else if (!step.page.isEmpty())
        Q_EMIT showPage(step.page);
}

void AlertsPage::acknowledge() {
    const Alert *alert = chosen();
    if (alert == nullptr)
        return;
    const std::int64_t id = alert->id;
    const auto answer = askReason(
        this, {tr("Acknowledge the alert"), tr("It is not told again while it lasts, and everybody sees that you see to it."), tr("I see to it"), true, {}});
    if (!answer)
        return;
    whenDone(m_context.engine.acknowledgeAlert(id, answer->reason.toStdString()), this, [this](const Result<bool> &done) {
        if (!done)
            m_notice->say(words::error(done.error()), Tone::Bad);
        else if (!*done)
            m_notice->say(tr("It is over, or somebody sees to it already."), Tone::Info);
        else
            m_notice->clear();
        refresh();
    });
}

void AlertsPage::openSinks() {
    SinksDialog dialog(m_context, this);
    dialog.exec();
}

} // namespace songda::ui
