// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/accounts/accounts_page.h"

#include "engine/when_done.h"
#include "ui/pages/accounts/account_test_words.h"
#include "ui/widgets/account_facts.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/field_hint.h"
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
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalBlocker>
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
                [live](const Row &a) {
                    const AccountSnapshot *s = live(a);
                    return a.hold ? words::gate(Gate::AccountHeld) : s != nullptr ? words::gate(s->gate) : QString();
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
        const std::pair<QWidget *, QString> fields[]{{m_name, tr("Name")}, {m_appid, tr("AppID")}, {m_secret, tr("AppSecret")}, {m_base, tr("API address")},
            {m_second, tr("Second address")},
            {m_rate, tr("At most")}, {m_burst, tr("In one burst")}, {m_connections, tr("In flight")}, {m_testAccount, QString()}, {m_uncertain, tr("Uncertain ones")},
            {m_transport, tr("Transport")}};
        for (const auto &[field, name] : fields) {
            qobject_cast<QLabel *>(m_form->labelForField(field->parentWidget()))->setText(name);
            field->setAccessibleName(name.isEmpty() ? tr("Test account") : name);
        }
        m_burst->setSuffix(tr(" messages"));
        m_connections->setSuffix(tr(" requests"));
        m_rate->setSuffix(tr(" per second"));
        m_testAccount->setText(tr("This is a WeChat test account"));
        {
            const QSignalBlocker quiet(m_uncertain);
            const int before = qMax(0, m_uncertain->currentIndex());
            m_uncertain->clear();
            m_uncertain->addItems({tr("A person decides (nobody is notified twice)"), tr("Sent again (may arrive twice)")});
            m_uncertain->setCurrentIndex(before);
        }
        {
            const QSignalBlocker quiet(m_transport);
            const int before = qMax(0, m_transport->currentIndex());
            m_transport->clear();
            m_transport->addItems({tr("As needed"), tr("Standard"), tr("Bulk")});
            m_transport->setCurrentIndex(before);
        }
        m_test->setText(tr("Test the connection"));
        m_discard->setText(tr("Do not add"));
        m_rows->retranslate();
        m_facts->clear(); // in the words of before
        judge();
    });
    fill();
}

QWidget *AccountsPage::buildForm() {
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, grid, 0);
    column->setSpacing(grid);
    column->addWidget(m_hold);
    column->addWidget(m_formTitle);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setHorizontalSpacing(2 * grid);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_facts->setObjectName(QStringLiteral("accountFacts"));
    m_name->setObjectName(QStringLiteral("accountName"));
    m_rate->setObjectName(QStringLiteral("rate"));
    m_burst->setObjectName(QStringLiteral("burst"));
    m_save->setObjectName(QStringLiteral("saveAccount"));
    m_name->setMaxLength(60);
    m_appid->setMaxLength(64);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setMaxLength(128);
    // Wider than what is allowed: a number that is wrong is explained, not swallowed.
    m_rate->setRange(0, 999'999'999);
    m_rate->setDecimals(2);
    m_burst->setRange(0, 999'999'999);
    m_connections->setRange(0, 999'999'999);
    m_appid->setObjectName(QStringLiteral("appid"));
    m_secret->setObjectName(QStringLiteral("appSecret"));
    m_base->setObjectName(QStringLiteral("apiBase"));
    m_second->setObjectName(QStringLiteral("secondBase"));
    m_connections->setObjectName(QStringLiteral("connections"));
    m_test->setObjectName(QStringLiteral("testAccount"));
    for (QWidget *field : std::initializer_list<QWidget *>{m_name, m_appid, m_secret, m_base, m_second, m_rate, m_burst, m_connections, m_testAccount, m_uncertain, m_transport}) {
        auto *hint = mutedLabel();
        hint->setObjectName(QStringLiteral("hint"));
        m_form->addRow(new QLabel, withHint(field, hint));
    }
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &AccountsPage::judge);
    for (QSpinBox *box : {m_burst, m_connections})
        connect(box, &QSpinBox::valueChanged, this, &AccountsPage::judge);
    column->addLayout(m_form);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_save, m_test, m_holdButton, m_discard})
        buttons->addWidget(button);
    buttons->addStretch();
    column->addLayout(buttons);
    column->addStretch();
    for (QLineEdit *edit : {m_name, m_appid, m_secret, m_base, m_second})
        connect(edit, &QLineEdit::textChanged, this, &AccountsPage::judge);
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);
    return area;
}

const Account *AccountsPage::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void AccountsPage::refresh() {
    m_context.directory.refresh();
    whenDone(m_context.engine.secretsPlace(), this, [this](const Result<std::string> &place) {
        if (!place || *place == m_place)
            return;
        m_place = *place;
        judge();
    });
}

QString AccountsPage::secretPlace() const {
    if (m_place == "keychain")
        return tr("kept in the system's key store");
    if (m_place == "memory")
        return tr("kept in memory only, until the program ends");
    return m_place.empty() ? tr("kept in the system's key store, or in an encrypted file where there is none") : tr("kept in an encrypted file of the profile");
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

void AccountsPage::startNew() {
    m_new = true;
    m_shown.reset();
    const Account fresh;
    for (QLineEdit *edit : {m_name, m_appid, m_secret, m_second})
        edit->clear();
    m_base->setText(q(fresh.apiBase));
    m_rate->setValue(fresh.rate);
    m_burst->setValue(fresh.burst);
    m_connections->setValue(fresh.connections);
    m_testAccount->setChecked(false);
    m_uncertain->setCurrentIndex(0);
    m_transport->setCurrentIndex(0);
    m_hold->clear();
    judge();
}

void AccountsPage::look() {
    const Account *account = chosen();
    if (m_new || account == nullptr) {
        judge();
        return;
    }
    m_hold->clear();
    if (account->hold) {
        const std::string &cause = account->hold->cause;
        const CauseWords words = m_context.directory.causeWords(cause);
        const QString why = cause == "operator" ? q(account->hold->detail)
                                                : QStringLiteral("%1. %2 %3").arg(q(words.meaning), q(words.advice), q(account->hold->detail));
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

bool AccountsPage::say(QWidget *field, const QString &fault, const QString &hint) {
    mark(field, field->parentWidget()->findChild<QLabel *>(QStringLiteral("hint")), !fault.isEmpty(), fault.isEmpty() ? hint : fault);
    return fault.isEmpty();
}

bool AccountsPage::judgeFields() {
    static const QRegularExpression plain(QStringLiteral("^[!-~]{1,128}$"));
    const QString name = m_name->text().trimmed();
    const QString appid = m_appid->text().trimmed();
    const QString secret = m_secret->text().trimmed();
    const QString base = m_base->text().trimmed();
    const auto taken = [&] {
        const auto &accounts = m_context.directory.accounts();
        return std::any_of(accounts.begin(), accounts.end(), [&](const Account &a) { return q(a.name) == name; });
    };
    const auto outside = [](double value, double least, double most, const QString &fault) { return value < least || value > most ? fault : QString(); };
    bool filled = true;
    QString fault;
    if (m_new && name.contains(QLatin1Char('/')))
        fault = tr("A name has no slash in it");
    else if (m_new && taken())
        fault = tr("There is an account of this name already");
    bool fine = say(m_name, fault, tr("As it is called here and on the command line, 1 to 60 characters"));
    filled &= !name.isEmpty();

    fault = m_new && !appid.isEmpty() && !plain.match(appid).hasMatch() ? tr("Letters and digits only, without blanks; it looks like wx0123456789abcdef") : QString();
    fine &= say(m_appid, fault, tr("wx and 16 digits or letters; it stands in WeChat's admin pages"));
    filled &= !m_new || !appid.isEmpty();

    fault = !secret.isEmpty() && !plain.match(secret).hasMatch() ? tr("Letters and digits only, without blanks; it has 32 characters") : QString();
    fine &= say(m_secret, fault, m_new ? tr("32 characters, %1, never shown again").arg(secretPlace()) : tr("Never shown again, %1. Empty: stays as it is").arg(secretPlace()));
    filled &= !m_new || !secret.isEmpty();

    fault = !base.isEmpty() && !Engine::checkApiBase(base.toStdString())
        ? tr("Begins with https:// and names a host, without user, ? or #; plain http:// only for this computer")
        : QString();
    fine &= say(m_base, fault, tr("https://api.weixin.qq.com by default; another one when a relay or a simulator is used"));
    filled &= !base.isEmpty();

    const bool wrongBase = !fault.isEmpty();
    const QString second = m_second->text().trimmed();
    fault = second.isEmpty() || wrongBase || Engine::checkSecondBase(second.toStdString(), base.toStdString()) ? QString()
        : second == base ? tr("That is the first address again")
                         : tr("Begins with https:// and names another host, without user, ? or #; http:// and this computer only when the first is this computer");
    fine &= say(m_second, fault, tr("Where messages go while the first cannot be reached, such as https://api2.weixin.qq.com; empty by default: they wait"));

    fine &= say(m_rate, outside(m_rate->value(), 0.01, 100'000, tr("Too little or too much: 0.01 to 100,000 messages a second")),
        tr("Messages a second, 0.01 to 100,000; 20 by default"));
    fine &= say(m_burst, outside(m_burst->value(), 1, 100'000, tr("Too little or too much: 1 to 100,000 messages")),
        tr("Messages that may leave at once after a rest, 1 to 100,000; 20 by default"));
    fine &= say(m_connections, outside(m_connections->value(), 1, 480, tr("Too little or too much: 1 to 480 requests")),
        tr("Requests at the same time, 1 to 480; 10 by default"));
    say(m_testAccount, {}, tr("Marks everything sent from it as a test, in red and yellow; off by default"));
    say(m_uncertain, {}, tr("What happens to a message whose fate is unknown when a repeat is no longer safe; a person decides by default"));
    say(m_transport, {}, tr("Bulk keeps hundreds of connections busy; as needed by default, which is when rate and latency call for it"));
    return fine && filled;
}

void AccountsPage::done(const Result<void> &result, const QString &well) {
    m_busy = false;
    if (result)
        m_notice->say(well, Tone::Good);
    else
        m_notice->say(words::error(result.error()), Tone::Bad);
    m_context.directory.refresh();
    judge();
}

void AccountsPage::saveNew() {
    NewAccount fresh;
    fresh.account.name = m_name->text().trimmed().toStdString();
    fresh.account.appid = m_appid->text().trimmed().toStdString();
    fresh.account.apiBase = m_base->text().trimmed().toStdString();
    fresh.account.secondBase = m_second->text().trimmed().toStdString();
    fresh.account.rate = m_rate->value();
    fresh.account.burst = m_burst->value();
    fresh.account.connections = m_connections->value();
    fresh.account.testAccount = m_testAccount->isChecked();
    fresh.account.uncertainPolicy = static_cast<UncertainPolicy>(m_uncertain->currentIndex());
    fresh.account.transport = static_cast<TransportChoice>(m_transport->currentIndex());
    fresh.secret = m_secret->text().trimmed().toStdString();
    m_busy = true;
    judge();
    whenDone(m_context.engine.addAccount(std::move(fresh)), this, [this](Result<Account> account) {
        if (account) {
            m_new = false;
            m_secret->clear();
        }
        done(account ? Result<void>() : Result<void>(tl::unexpected(account.error())), tr("Added. Now fetch its templates on the Templates page."));
    });
}

void AccountsPage::save() {
    const Account *account = chosen();
    if (account == nullptr)
        return;
    AccountChange change;
    change.apiBase = m_base->text().trimmed().toStdString();
    change.secondBase = m_second->text().trimmed().toStdString();
    change.rate = m_rate->value();
    change.burst = m_burst->value();
    change.connections = m_connections->value();
    change.testAccount = m_testAccount->isChecked();
    change.uncertainPolicy = static_cast<UncertainPolicy>(m_uncertain->currentIndex());
    change.transport = static_cast<TransportChoice>(m_transport->currentIndex());
    const std::string name = account->name;
    const std::string secret = m_secret->text().trimmed().toStdString();
    m_busy = true;
    judge();
    whenDone(m_context.engine.changeAccount(name, change), this, [this, name, secret](Result<void> changed) {
        if (!changed || secret.empty()) {
            done(changed, tr("Saved."));
            return;
        }
        whenDone(m_context.engine.changeSecret(name, secret), this, [this](Result<void> kept) {
            m_secret->clear();
            done(kept, tr("Saved, with the new secret."));
        });
    });
}

std::vector<Command> AccountsPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_save, QStringLiteral("accounts.save"), keys("Ctrl+S")), commandOf(m_test, QStringLiteral("accounts.test"), keys("Ctrl+T")),
        commandOf(m_add, QStringLiteral("accounts.add"), keys("Ctrl+N")), commandOf(m_holdButton, QStringLiteral("accounts.hold"), keys("Ctrl+Shift+H"))};
}

void AccountsPage::test() {
    const Account *account = chosen();
    if (account == nullptr)
        return;
    const bool focused = m_test->hasFocus();
    m_busy = true;
    judge();
    m_notice->say(tr("Asking WeChat for a token, the templates and the quota…"), Tone::Info);
    whenDone(m_context.engine.testAccount(account->name), this, [this, focused](Result<AccountTest> test) {
        m_busy = false;
        judge();
        if (focused) // a button that greys out passes it on
            m_test->setFocus();
        if (!test)
            m_notice->say(words::error(test.error()), Tone::Bad);
        else
            m_notice->say(accountTestWords(*test, m_context.directory), test->cause.empty() ? Tone::Good : Tone::Bad);
    });
}

void AccountsPage::hold() {
    const Account *account = chosen();
    if (account == nullptr)
        return;
    const std::string name = account->name;
    if (account->hold) {
        whenDone(m_context.engine.resumeAccount(name), this, [this](Result<bool> released) {
            done(released ? Result<void>() : Result<void>(tl::unexpected(released.error())), tr("Released: sending goes on."));
        });
        return;
    }
    const auto answer = askReason(this, {tr("Hold the account"), tr("Nothing more is sent from “%1” until it is released. Messages wait unharmed.").arg(q(name)),
                                           tr("Hold"), true, {}});
    if (!answer)
        return;
    whenDone(m_context.engine.holdAccount(name, answer->reason.toStdString()), this, [this](Result<bool> held) {
        done(held ? Result<void>() : Result<void>(tl::unexpected(held.error())), tr("Held."));
    });
}

} // namespace songda::ui
