// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/accounts/accounts_page.h"

#include "engine/when_done.h"
#include "ui/widgets/account_facts.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

struct AccountColumns {
    Q_DECLARE_TR_FUNCTIONS(AccountColumns)
};

} // namespace

AccountsPage::AccountsPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_title(headline())
    , m_add(mainButton())
    , m_notice(new Notice)
    , m_table(new DataTable(QStringLiteral("accounts")))
    , m_hold(new Notice)
    , m_facts(new Notice)
    , m_formTitle(headline(2))
    , m_form(new QFormLayout)
    , m_name(new QLineEdit)
    , m_appid(new QLineEdit)
    , m_secret(new QLineEdit)
    , m_base(new QLineEdit)
    , m_second(new QLineEdit)
    , m_proxy(new QLineEdit)
    , m_rate(new QDoubleSpinBox)
    , m_burst(new QSpinBox)
    , m_connections(new QSpinBox)
    , m_testAccount(new QCheckBox)
    , m_uncertain(new QComboBox)
    , m_transport(new QComboBox)
    , m_save(mainButton())
    , m_test(new QPushButton)
    , m_holdButton(new QPushButton)
    , m_discard(new QPushButton)
    , m_texts(this) {
    using Row = Account;
    const auto live = [this](const Account &account) { return this->live(account); };
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return AccountColumns::tr("Name"); }, [](const Row &a) { return q(a.name); }),
            chipColumn<Row>([] { return AccountColumns::tr("Environment"); }, [](const Row &a) { return words::environment(environmentOf(a)); },
                [](const Row &a) { return words::tone(environmentOf(a)); }),
            chipColumn<Row>([] { return AccountColumns::tr("State"); },
                [this, live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    if (a.hold || s == nullptr)
                        return a.hold ? words::gate(Gate::AccountHeld) : QString();
                    return s->gate == Gate::EnginePaused ? words::pausedBy(m_snapshot) : words::gate(s->gate);
                },
                [live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    return a.hold ? Tone::Bad : s != nullptr ? words::tone(s->gate) : Tone::Neutral;
                }),
            chipColumn<Row>([] { return AccountColumns::tr("To look at"); },
                [live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    return s != nullptr ? shortFacts(*s) : QString();
                },
                [](const Row &) { return Tone::Warn; }),
            numberColumn<Row>([] { return AccountColumns::tr("Rate now"); },
                [live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    return s != nullptr ? rate(s->ratePerSecond) : QString();
                },
                [live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    return s != nullptr ? s->ratePerSecond : 0;
                }),
            numberColumn<Row>([] { return AccountColumns::tr("At most"); }, [](const Row &a) { return rate(a.rate); }, [](const Row &a) { return a.rate; }),
            numberColumn<Row>([] { return AccountColumns::tr("Accepted today"); },
                [live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    return s != nullptr ? number(s->acceptedToday) : QString();
                },
                [live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    return s != nullptr ? static_cast<double>(s->acceptedToday) : 0;
                }),
            textColumn<Row>([] { return AccountColumns::tr("AppID"); }, [](const Row &a) { return q(a.appid); }),
        },
        [](const Row &a) { return QString::number(a.id.value); }, this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_add);
    layout->addLayout(head);
    layout->addWidget(m_notice);
    layout->addWidget(m_facts);
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(m_table);
    split->addWidget(buildForm());
    split->setSizes({640, 460});
    keepSplit(split, QStringLiteral("accounts"));
    layout->addWidget(split, 1);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({110, 106, 126, 96, 80, 76, 116});
    connect(m_table, &DataTable::chosen, this, [this] {
        m_new = false;
        look();
    });
    connect(m_add, &QPushButton::clicked, this, &AccountsPage::startNew);
    connect(m_save, &QPushButton::clicked, this, [this] { m_new ? saveNew() : save(); });
    connect(m_test, &QPushButton::clicked, this, &AccountsPage::test);
    connect(m_holdButton, &QPushButton::clicked, this, &AccountsPage::hold);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        m_new = false;
        m_shown.reset();
        look();
    });
    connect(&context.directory, &Directory::accountsChanged, this, &AccountsPage::fill);
    m_texts.add([this] {
        m_title->setText(tr("Accounts"));
        m_add->setText(tr("Add an account"));
        m_table->setEmptyText(tr("No account yet. Add the Official Account you send from: its AppID and AppSecret stand in WeChat's admin pages."));
        m_table->setAccessibleName(tr("Accounts"));
        setFormTexts();
        m_rows->retranslate();
        m_facts->clear(); // in the words of before
        judge();
    });
    fill();
}

const Account *AccountsPage::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void AccountsPage::userChanged() { m_secret->clear(); }

void AccountsPage::refresh() {
    m_context.directory.refresh();
    whenDone(m_context.engine.secretsPlace(), this, [this](const Result<std::string> &place) {
        if (!place || *place == m_place)
            return;
        m_place = *place;
        judge();
    });
}

void AccountsPage::showSnapshot(const Snapshot &snapshot) {
    m_snapshot = snapshot;
    if (m_rows->rowCount() > 0)
        Q_EMIT m_rows->dataChanged(m_rows->index(0, 2), m_rows->index(m_rows->rowCount() - 1, 6));
    fillFacts();
}

const AccountSnapshot *AccountsPage::live(const Account &account) const {
    const auto found = std::find_if(m_snapshot.accounts.begin(), m_snapshot.accounts.end(), [&](const AccountSnapshot &a) { return a.id == account.id; });
    return found == m_snapshot.accounts.end() ? nullptr : &*found;
}

void AccountsPage::fillFacts() {
    const Account *account = m_new ? nullptr : chosen();
    const AccountSnapshot *snapshot = account != nullptr ? live(*account) : nullptr;
    QStringList all = snapshot != nullptr ? accountFacts(*snapshot) : QStringList();
    if (account != nullptr && account->secondSince)
        all.append(tr("The first API address cannot be reached: messages go by %1 since %2. Songda goes back by itself when the first answers again.")
                       .arg(q(baseInUse(*account)), shortTime(*account->secondSince)));
    const QString facts = all.join(QLatin1Char('\n'));
    if (facts.isEmpty())
        m_facts->clear();
    else if (facts != m_facts->text())
        m_facts->say(facts, Tone::Warn);
}

void AccountsPage::fill() {
    m_rows->show(m_context.directory.accounts());
    if (m_rows->rowCount() == 0)
        startNew();
    else if (m_table->chosenRows().isEmpty())
        m_table->selectRow(0);
    else
        look();
}

void AccountsPage::look() {
    const Account *account = chosen();
    if (m_new || account == nullptr) {
        judge();
        return;
    }
    m_hold->clear();
    if (account->hold) {
        const QString why = words::holdReason(*account->hold, [&](const std::string &cause) {
            const CauseWords known = m_context.directory.causeWords(cause);
            return QStringLiteral("%1. %2 %3").arg(q(known.meaning), q(known.advice), q(account->hold->detail));
        });
        m_hold->say(tr("Held since %1 by %2: %3").arg(shortTime(account->hold->since), q(account->hold->by), why.trimmed()), Tone::Bad);
    }
    // What is being typed is not overwritten by news.
    if (m_shown != account->id) {
        m_shown = account->id;
        m_name->setText(q(account->name));
        m_appid->setText(q(account->appid));
        m_secret->clear();
        m_base->setText(q(account->apiBase));
        m_second->setText(q(account->secondBase));
        m_proxy->setText(q(account->proxy));
        m_rate->setValue(account->rate);
        m_burst->setValue(account->burst);
        m_connections->setValue(account->connections);
        m_testAccount->setChecked(account->testAccount);
        m_uncertain->setCurrentIndex(static_cast<int>(account->uncertainPolicy));
        m_transport->setCurrentIndex(static_cast<int>(account->transport));
    }
    judge();
}

void AccountsPage::judge() {
    const bool may = m_context.may(Permission::SetUp, m_save) && !m_busy;
    const bool maySteer = m_context.may(Permission::Steer, m_holdButton) && !m_busy;
    const Account *account = chosen();
    const bool some = m_new || account != nullptr;
    fillFacts();
    m_formTitle->setText(m_new ? tr("A new account") : account != nullptr ? q(account->name) : QString());
    m_name->setEnabled(m_new);
    m_appid->setEnabled(m_new);
    m_add->setEnabled(may && !m_new);
    m_save->setText(m_new ? tr("Add the account") : tr("Save"));
    const bool fine = judgeFields();
    m_save->setEnabled(may && some && fine);
    m_test->setVisible(!m_new && some);
    m_test->setEnabled(maySteer);
    m_holdButton->setVisible(!m_new && some);
    m_holdButton->setEnabled(maySteer);
    m_holdButton->setText(account != nullptr && account->hold ? tr("Release") : tr("Hold…"));
    m_discard->setVisible(m_new && m_rows->rowCount() > 0);
}

std::vector<Command> AccountsPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_save, QStringLiteral("accounts.save"), keys("Ctrl+S")), commandOf(m_test, QStringLiteral("accounts.test"), keys("Ctrl+T")),
        commandOf(m_add, QStringLiteral("accounts.add"), keys("Ctrl+N")), commandOf(m_holdButton, QStringLiteral("accounts.hold"), keys("Ctrl+Shift+H"))};
}

} // namespace songda::ui
