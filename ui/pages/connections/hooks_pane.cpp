// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/connections/hooks_pane.h"

#include "engine/when_done.h"
#include "ui/pages/connections/secret_once.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

struct HookWords {
    Q_DECLARE_TR_FUNCTIONS(HookWords)
};

QString eventsOf(const Hook &hook) {
    if (hook.states == HookStates::all())
        return HookWords::tr("every end");
    QStringList names;
    for (const MessageState state : allMessageStates) {
        if (hook.states.has(state))
            names.append(words::state(state));
    }
    return names.join(HookWords::tr(", "));
}

QString workOf(const Hook &hook) { return hook.stoppedAt ? HookWords::tr("stopped") : HookWords::tr("at work"); }

} // namespace

HooksPane::HooksPane(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_secret(new SecretOnce)
    , m_table(new DataTable(QStringLiteral("hooks")))
    , m_last(mutedLabel())
    , m_test(new QPushButton)
    , m_resume(new QPushButton)
    , m_rotate(new QPushButton)
    , m_overlap(new QSpinBox)
    , m_remove(dangerButton())
    , m_formTitle(headline(2))
    , m_form(new QFormLayout)
    , m_url(new QLineEdit)
    , m_events(new QWidget)
    , m_account(new AccountPicker(context.directory, PickerKind::OneOrAll))
    , m_days(new QSpinBox)
    , m_rowsKept(new QSpinBox)
    , m_private(new QCheckBox)
    , m_add(mainButton())
    , m_texts(this) {
    using Row = Hook;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return HookWords::tr("Address"); }, [](const Row &h) { return q(h.url); }),
            chipColumn<Row>([] { return HookWords::tr("State"); }, workOf, [](const Row &h) { return h.stoppedAt ? Tone::Bad : Tone::Good; }),
            textColumn<Row>([] { return HookWords::tr("Is told of"); }, eventsOf),
            textColumn<Row>([] { return HookWords::tr("Account"); }, [](const Row &h) { return h.accountName.empty() ? HookWords::tr("all") : q(h.accountName); }),
            countColumn<Row>([] { return HookWords::tr("Told"); }, [](const Row &h) { return h.delivered; }),
            countColumn<Row>([] { return HookWords::tr("Waiting"); }, [](const Row &h) { return h.waiting; }),
            countColumn<Row>([] { return HookWords::tr("Given up"); }, [](const Row &h) { return h.dead; }),
            countColumn<Row>([] { return HookWords::tr("Dropped"); }, [](const Row &h) { return h.dropped; }),
            textColumn<Row>([] { return HookWords::tr("Last answer"); }, [](const Row &h) { return engineWords(h.lastDetail); }),
        },
        [](const Row &h) { return QString::number(h.id); }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, grid, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    layout->addWidget(m_secret);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({260, 80, 130, 100, 64, 72, 78, 74});
    layout->addWidget(m_table, 1);
    layout->addWidget(m_last);
    auto *acts = new QHBoxLayout;
    for (auto [button, name] : {std::pair(m_test, "hookTest"), std::pair(m_resume, "hookResume"), std::pair(m_rotate, "hookRotate"), std::pair(m_remove, "hookRemove")}) {
        button->setObjectName(QLatin1String(name));
        acts->addWidget(button);
        if (button == m_rotate)
            acts->addWidget(m_overlap);
    }
    m_overlap->setObjectName(QStringLiteral("hookOverlap"));
    m_overlap->setRange(0, static_cast<int>(longestKeyOverlap.count() / 3600));
    m_overlap->setValue(usualKeyOverlapHours);
    acts->addStretch();
    layout->addLayout(acts);
    layout->addWidget(buildForm());
    connect(m_table, &DataTable::chosen, this, &HooksPane::judge);
    connect(m_test, &QPushButton::clicked, this, &HooksPane::test);
    connect(m_resume, &QPushButton::clicked, this, &HooksPane::resume);
    connect(m_rotate, &QPushButton::clicked, this, &HooksPane::rotate);
    connect(m_remove, &QPushButton::clicked, this, &HooksPane::removeChosen);
    m_texts.add([this] { setTexts(); });
}

QWidget *HooksPane::buildForm() {
    auto *boxes = new QHBoxLayout(m_events);
    boxes->setContentsMargins(0, 0, 0, 0);
    for (const MessageState state : allMessageStates) {
        if (!HookStates::all().has(state))
            continue;
        auto *box = new QCheckBox;
        box->setObjectName(QStringLiteral("hookState_%1").arg(QLatin1String(toString(state))));
        box->setChecked(true);
        boxes->addWidget(box);
        m_states.emplace_back(state, box);
        connect(box, &QCheckBox::toggled, this, &HooksPane::judge);
    }
    boxes->addStretch();
    m_url->setObjectName(QStringLiteral("hookUrl"));
    m_url->setPlaceholderText(QStringLiteral("https://orders.example.com/songda"));
    m_private->setObjectName(QStringLiteral("hookPrivate"));
    m_add->setObjectName(QStringLiteral("hookAdd"));
    m_days->setRange(1, mostHookKeepDays);
    m_days->setValue(defaultHookKeepDays);
    m_rowsKept->setRange(static_cast<int>(leastHookKeepRows), static_cast<int>(mostHookKeepRows));
    m_rowsKept->setSingleStep(100'000);
    m_rowsKept->setGroupSeparatorShown(true);
    m_rowsKept->setValue(static_cast<int>(defaultHookKeepRows));
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(QStringLiteral(" "), m_url);
    m_form->addRow(QStringLiteral(" "), m_events);
    m_form->addRow(QStringLiteral(" "), m_account);
    m_form->addRow(QStringLiteral(" "), m_days);
    m_form->addRow(QStringLiteral(" "), m_rowsKept);
    m_form->addRow(QString(), m_private);
    auto *row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addStretch();
    m_form->addRow(QString(), row);
    connect(m_url, &QLineEdit::textChanged, this, &HooksPane::judge);
    connect(m_add, &QPushButton::clicked, this, &HooksPane::add);
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    inside->addWidget(m_formTitle);
    inside->addLayout(m_form);
    return box;
}

void HooksPane::setTexts() {
    m_intro->setText(tr("Business systems below are told what became of messages (Standard Webhooks, signed). What one does not take is tried again; one that fails for long is stopped and helped on from here."));
    m_table->setEmptyText(tr("Nobody is told yet. Set the first one up below."));
    m_table->setAccessibleName(tr("Web hooks"));
    m_test->setText(tr("Send a test"));
    m_resume->setText(tr("Go on, and try again what was given up"));
    m_rotate->setText(tr("New secret…"));
    m_overlap->setAccessibleName(tr("Hours both secrets are signed with"));
    m_overlap->setSuffix(tr(" hours"));
    m_overlap->setToolTip(tr("0 to %1 hours, usually %2: so long deliveries are signed with the secret before as well").arg(m_overlap->maximum()).arg(usualKeyOverlapHours));
    m_remove->setText(tr("Remove…"));
    m_formTitle->setText(tr("Tell another system"));
    m_url->setAccessibleName(tr("Address"));
    m_account->setAccessibleName(tr("Account"));
    m_days->setAccessibleName(tr("Days"));
    m_days->setSuffix(tr(" days"));
    m_days->setToolTip(tr("1 to %1 days, usually %2: older outcomes that it never took are dropped").arg(mostHookKeepDays).arg(defaultHookKeepDays));
    m_rowsKept->setAccessibleName(tr("Outcomes kept"));
    m_rowsKept->setToolTip(tr("%1 to %2 outcomes, usually %3: of more, the oldest are dropped").arg(number(leastHookKeepRows), number(mostHookKeepRows), number(defaultHookKeepRows)));
    m_private->setText(tr("This very host is in our own network, and meant"));
    m_add->setText(tr("Tell it from now on"));
    for (const auto &[state, box] : m_states)
        box->setText(words::state(state));
    const std::pair<QWidget *, QString> labels[]{{m_url, tr("Address")}, {m_events, tr("Of what")}, {m_account, tr("Account")}, {m_days, tr("Kept for")}, {m_rowsKept, tr("At most")}};
    for (const auto &[field, text] : labels)
        static_cast<QLabel *>(m_form->labelForField(field))->setText(text);
    m_rows->retranslate();
    judge();
}

std::vector<Command> HooksPane::commands() {
    return {commandOf(m_add, QStringLiteral("hooks.add")), commandOf(m_test, QStringLiteral("hooks.test")), commandOf(m_resume, QStringLiteral("hooks.resume")),
        commandOf(m_rotate, QStringLiteral("hooks.rotate")), commandOf(m_remove, QStringLiteral("hooks.remove"))};
}

void HooksPane::refresh() {
    whenDone(m_context.engine.hooks(), this, [this, generation = m_generation](Result<std::vector<Hook>> hooks) {
        if (generation != m_generation)
            return;
        if (hooks)
            m_rows->show(std::move(*hooks));
        else
            m_notice->say(words::error(hooks.error()), Tone::Bad);
        judge();
    });
}

void HooksPane::userChanged() {
    ++m_generation;
    m_rows->show({});
    m_secret->putAway();
    m_notice->clear();
    judge();
}

const Hook *HooksPane::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void HooksPane::judge() {
    const Hook *hook = chosen();
    const auto may = [this](QWidget *button) { return m_context.may(Permission::SetUp, button) && !m_busy; };
    const bool anything = std::any_of(m_states.begin(), m_states.end(), [](const auto &entry) { return entry.second->isChecked(); });
    m_add->setEnabled(may(m_add) && anything && !m_url->text().trimmed().isEmpty());
    m_test->setEnabled(may(m_test) && hook != nullptr);
    m_resume->setEnabled(may(m_resume) && hook != nullptr && (hook->stoppedAt || hook->dead > 0));
    m_rotate->setEnabled(may(m_rotate) && hook != nullptr);
    m_remove->setEnabled(may(m_remove) && hook != nullptr);
    m_last->setVisible(hook != nullptr && (hook->stoppedAt || hook->lastAt));
    if (hook == nullptr)
        return;
    QStringList parts;
    if (hook->stoppedAt)
        parts.append(tr("Stopped since %1: %2").arg(shortTime(*hook->stoppedAt), engineWords(hook->stoppedWhy)));
    if (hook->lastAt)
        parts.append(tr("Last try %1: %2").arg(shortTime(*hook->lastAt), engineWords(hook->lastDetail)));
    m_last->setText(parts.join(QStringLiteral("\n")));
}

void HooksPane::begin() {
    m_busy = true;
    judge();
}

void HooksPane::add() {
    NewHook wish;
    wish.url = m_url->text().trimmed().toStdString();
    wish.states = {};
    for (const auto &[state, box] : m_states) {
        if (box->isChecked())
            wish.states.add(state);
    }
    if (const auto id = m_account->account())
        wish.account = m_context.directory.accountName(*id).toStdString();
    wish.allowPrivate = m_private->isChecked();
    wish.keepDays = m_days->value();
    wish.keepRows = m_rowsKept->value();
    begin();
    whenDone(m_context.engine.addHook(std::move(wish)), this, [this, generation = m_generation](const Result<IssuedHook> &issued) {
        if (issued)
            m_url->clear();
        take(issued, generation);
    });
}

void HooksPane::take(const Result<IssuedHook> &issued, quint64 askedIn) {
    m_busy = false;
    if (askedIn == m_generation) {
        if (issued) {
            m_notice->clear();
            m_secret->show(tr("With this secret %1 checks our signatures. Copy it now: it cannot be shown again.").arg(q(issued->hook.url)), q(issued->secret));
        } else {
            m_notice->say(words::error(issued.error()), Tone::Bad);
        }
    }
    refresh();
}

void HooksPane::test() {
    const Hook *hook = chosen();
    if (hook == nullptr)
        return;
    begin();
    m_notice->say(tr("Sending a test…"), Tone::Info);
    whenDone(m_context.engine.testHook(hook->id), this, [this](const Result<HookTest> &tried) {
        m_busy = false;
        if (!tried)
            m_notice->say(words::error(tried.error()), Tone::Bad);
        else if (tried->taken)
            m_notice->say(tr("The test was taken."), Tone::Good);
        else
            m_notice->say(tr("The test was not taken: %1").arg(engineWords(tried->detail)), Tone::Bad);
        refresh();
    });
}

void HooksPane::resume() {
    const Hook *hook = chosen();
    if (hook == nullptr)
        return;
    begin();
    whenDone(m_context.engine.resumeHook(hook->id), this, [this](const Result<std::int64_t> &again) {
        m_busy = false;
        m_notice->say(again ? tr("It goes on; %1 outcomes are tried again.").arg(number(*again)) : words::error(again.error()), again ? Tone::Good : Tone::Bad);
        refresh();
    });
}

void HooksPane::rotate() {
    const Hook *hook = chosen();
    if (hook == nullptr)
        return;
    const std::int64_t id = hook->id;
    const auto answer = askReason(this, {tr("New secret"), tr("Another secret is made for %1. Deliveries are signed with the present one as well for %2 hours more: enter the new one there within them.").arg(q(hook->url)).arg(m_overlap->value()), tr("Make another secret"), false, {}});
    if (!answer)
        return;
    begin();
    whenDone(m_context.engine.rotateHook(id, std::chrono::hours{m_overlap->value()}, answer->reason.toStdString()), this,
        [this, generation = m_generation](const Result<IssuedHook> &issued) { take(issued, generation); });
}

void HooksPane::removeChosen() {
    const Hook *hook = chosen();
    if (hook == nullptr)
        return;
    const std::int64_t id = hook->id;
    const auto answer = askReason(this, {tr("Tell it nothing any more"), tr("%1 is told nothing from now on, and %2 outcomes that wait for it are forgotten.").arg(q(hook->url), number(hook->waiting)), tr("Remove"), false, {}});
    if (!answer)
        return;
    begin();
    whenDone(m_context.engine.removeHook(id, answer->reason.toStdString()), this, [this](const Result<bool> &removed) {
        m_busy = false;
        m_notice->say(removed ? tr("Removed.") : words::error(removed.error()), removed ? Tone::Good : Tone::Bad);
        refresh();
    });
}

} // namespace songda::ui
