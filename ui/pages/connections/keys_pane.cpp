// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/connections/keys_pane.h"

#include "engine/when_done.h"
#include "ui/pages/connections/secret_once.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

namespace songda::ui {

namespace {

struct KeyWords {
    Q_DECLARE_TR_FUNCTIONS(KeyWords)
};

QString scopesOf(const ApiKey &key) {
    QStringList names;
    if (key.scopes.has(ApiScope::Send))
        names.append(KeyWords::tr("send"));
    if (key.scopes.has(ApiScope::Read))
        names.append(KeyWords::tr("read all"));
    if (key.scopes.has(ApiScope::Manage))
        names.append(KeyWords::tr("cancel others' messages"));
    return names.join(KeyWords::tr(", "));
}

QString stateOf(const ApiKey &key) {
    const WallTime now = Engine::wallNow();
    if (key.isRevoked(now))
        return KeyWords::tr("revoked");
    if (!key.isGood(now))
        return KeyWords::tr("expired");
    return key.revokedAt ? KeyWords::tr("replaced") : KeyWords::tr("good");
}

QString untilOf(const ApiKey &key) {
    if (key.revokedAt)
        return shortTime(*key.revokedAt);
    return key.expiresAt ? shortTime(*key.expiresAt) : KeyWords::tr("revoked by a person");
}

QString namesOrAll(const std::vector<std::string> &names) {
    QStringList list;
    for (const std::string &name : names)
        list.append(q(name));
    return list.isEmpty() ? KeyWords::tr("all") : list.join(KeyWords::tr(", "));
}

} // namespace

KeysPane::KeysPane(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_secret(new SecretOnce)
    , m_table(new DataTable(QStringLiteral("apiKeys")))
    , m_rotate(new QPushButton)
    , m_overlap(new QSpinBox)
    , m_revoke(dangerButton())
    , m_formTitle(headline(2))
    , m_form(new QFormLayout)
    , m_client(new QLineEdit)
    , m_clientHint(mutedLabel())
    , m_send(new QCheckBox)
    , m_read(new QCheckBox)
    , m_manage(new QCheckBox)
    , m_accounts(new CheckList)
    , m_templates(new CheckList)
    , m_allTemplates(new QPushButton)
    , m_expires(new QCheckBox)
    , m_until(new QDateTimeEdit)
    , m_add(mainButton())
    , m_texts(this) {
    using Row = ApiKey;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return KeyWords::tr("Business system"); }, [](const Row &k) { return q(k.client); }),
            textColumn<Row>([] { return KeyWords::tr("Key begins with"); }, [](const Row &k) { return q(k.hint) + QChar(0x2026); }),
            chipColumn<Row>([] { return KeyWords::tr("State"); }, stateOf, [](const Row &k) { return k.isGood(Engine::wallNow()) ? Tone::Good : Tone::Neutral; }),
            textColumn<Row>([] { return KeyWords::tr("May"); }, scopesOf),
            textColumn<Row>([] { return KeyWords::tr("Accounts"); }, [](const Row &k) { return namesOrAll(k.accounts); }),
            textColumn<Row>([] { return KeyWords::tr("Templates"); }, [](const Row &k) { return namesOrAll(k.templates); }),
            textColumn<Row>([] { return KeyWords::tr("Good until"); }, untilOf),
            timeColumn<Row>([] { return KeyWords::tr("Made"); }, [](const Row &k) { return k.createdAt; }),
            textColumn<Row>([] { return KeyWords::tr("By"); }, [](const Row &k) { return q(k.createdBy); }),
        },
        [](const Row &k) { return QString::number(k.id); }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, grid, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    layout->addWidget(m_secret);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({150, 130, 80, 210, 110, 110, 150, 120});
    layout->addWidget(m_table, 1);
    auto *acts = new QHBoxLayout;
    m_rotate->setObjectName(QStringLiteral("keyRotate"));
    m_overlap->setObjectName(QStringLiteral("keyOverlap"));
    m_overlap->setRange(0, static_cast<int>(longestKeyOverlap.count() / 3600));
    m_overlap->setValue(usualKeyOverlapHours);
    m_revoke->setObjectName(QStringLiteral("keyRevoke"));
    acts->addWidget(m_rotate);
    acts->addWidget(m_overlap);
    acts->addWidget(m_revoke);
    acts->addStretch();
    layout->addLayout(acts);
    layout->addWidget(buildForm());
    connect(m_table, &DataTable::chosen, this, &KeysPane::judge);
    connect(m_rotate, &QPushButton::clicked, this, &KeysPane::rotate);
    connect(m_revoke, &QPushButton::clicked, this, &KeysPane::revoke);
    connect(&context.directory, &Directory::accountsChanged, this, &KeysPane::fillLimits);
    connect(&context.directory, &Directory::templatesChanged, this, &KeysPane::fillLimits);
    connect(m_accounts, &CheckList::changed, this, &KeysPane::fillTemplates);
    connect(m_templates, &CheckList::changed, this, [this] {
        if (!m_templates->ticked().empty())
            m_limitGone = false;
        judge();
    });
    connect(m_allTemplates, &QPushButton::clicked, this, [this] {
        m_limitGone = false;
        judge();
    });
    fillLimits();
    m_texts.add([this] {
        m_intro->setText(tr("With a key a business system hands messages over by HTTP and asks what became of them. A key is shown once, when it is made; here only its beginning is kept."));
        m_table->setEmptyText(tr("No key yet. Make the first one below."));
        m_table->setAccessibleName(tr("Keys of business systems"));
        m_rotate->setText(tr("Replace…"));
        m_overlap->setAccessibleName(tr("Hours both keys are taken"));
        m_overlap->setSuffix(tr(" hours"));
        m_overlap->setToolTip(tr("0 to %1 hours, usually %2: so long the replaced key is taken beside the new one").arg(m_overlap->maximum()).arg(usualKeyOverlapHours));
        m_revoke->setText(tr("Revoke…"));
        m_formTitle->setText(tr("New key"));
        m_client->setAccessibleName(tr("Business system"));
        m_client->setPlaceholderText(tr("such as order-system; it may have several keys, so that one can be replaced"));
        m_send->setText(tr("send, and see its own messages"));
        m_read->setText(tr("read all messages, batches and templates"));
        m_manage->setText(tr("cancel what others handed over"));
        m_accounts->setAccessibleName(tr("Accounts"));
        m_accounts->setToolTip(tr("None ticked: every account, also those to come"));
        m_templates->setAccessibleName(tr("Templates"));
        m_templates->setToolTip(tr("None ticked: every template, also those to come"));
        m_allTemplates->setText(tr("Every template is meant"));
        m_expires->setText(tr("Only good until (China time)"));
        m_until->setAccessibleName(tr("Good until"));
        m_add->setText(tr("Make the key"));
        const std::pair<QWidget *, QString> labels[]{{m_client, tr("Business system")}, {m_send, tr("May")}, {m_accounts, tr("Only accounts")}, {m_templates, tr("Only templates")}};
        for (const auto &[field, text] : labels)
            static_cast<QLabel *>(m_form->labelForField(field))->setText(text);
        m_rows->retranslate();
        judge();
    });
}

QWidget *KeysPane::buildForm() {
    m_client->setObjectName(QStringLiteral("keyClient"));
    m_client->setMaxLength(100);
    m_send->setObjectName(QStringLiteral("keySend"));
    m_read->setObjectName(QStringLiteral("keyRead"));
    m_manage->setObjectName(QStringLiteral("keyManage"));
    m_expires->setObjectName(QStringLiteral("keyExpires"));
    m_until->setObjectName(QStringLiteral("keyUntil"));
    m_add->setObjectName(QStringLiteral("keyAdd"));
    m_send->setChecked(true);
    m_until->setTimeSpec(Qt::UTC);
    m_until->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    m_until->setCalendarPopup(true);
    m_until->setDateTime(forEditor(Engine::wallNow() + std::chrono::days(365)));
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(QStringLiteral(" "), m_client);
    m_form->addRow(QStringLiteral(" "), m_send);
    m_form->addRow(QString(), m_read);
    m_form->addRow(QString(), m_manage);
    m_accounts->setObjectName(QStringLiteral("keyAccounts"));
    m_templates->setObjectName(QStringLiteral("keyTemplates"));
    m_allTemplates->setObjectName(QStringLiteral("keyAllTemplates"));
    m_form->addRow(QStringLiteral(" "), m_accounts);
    m_form->addRow(QStringLiteral(" "), m_templates);
    auto *until = new QHBoxLayout;
    until->addWidget(m_expires);
    until->addWidget(m_until);
    until->addStretch();
    m_form->addRow(QString(), until);
    auto *row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addWidget(m_allTemplates);
    row->addWidget(m_clientHint, 1);
    m_form->addRow(QString(), row);
    for (QCheckBox *box : {m_send, m_read, m_manage, m_expires})
        connect(box, &QCheckBox::toggled, this, &KeysPane::judge);
    connect(m_client, &QLineEdit::textChanged, this, &KeysPane::judge);
    connect(m_add, &QPushButton::clicked, this, &KeysPane::add);
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    inside->addWidget(m_formTitle);
    inside->addLayout(m_form);
    return box;
}

std::vector<Command> KeysPane::commands() {
    return {commandOf(m_add, QStringLiteral("keys.add")), commandOf(m_rotate, QStringLiteral("keys.rotate")), commandOf(m_revoke, QStringLiteral("keys.revoke"))};
}

void KeysPane::refresh() {
    whenDone(m_context.engine.apiKeys(), this, [this, generation = m_generation](Result<std::vector<ApiKey>> keys) {
        if (generation != m_generation)
            return;
        if (keys)
            m_rows->show(std::move(*keys));
        else
            m_notice->say(words::error(keys.error()), Tone::Bad);
        judge();
    });
}

void KeysPane::userChanged() {
    ++m_generation;
    m_rows->show({});
    m_secret->putAway();
    m_notice->clear();
    judge();
}

const ApiKey *KeysPane::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void KeysPane::judge() {
    const QString lacking = missing();
    const ApiKey *key = chosen();
    m_until->setEnabled(m_expires->isChecked());
    m_add->setEnabled(m_context.may(Permission::SetUp, m_add) && !m_busy && lacking.isEmpty());
    m_allTemplates->setVisible(m_limitGone);
    m_rotate->setEnabled(m_context.may(Permission::SetUp, m_rotate) && !m_busy && key != nullptr && key->isGood(Engine::wallNow()) && !key->revokedAt);
    m_revoke->setEnabled(m_context.may(Permission::SetUp, m_revoke) && !m_busy && key != nullptr && !key->isRevoked(Engine::wallNow()));
    m_clientHint->setText(lacking);
}

QString KeysPane::missing() const {
    if (m_limitGone)
        return tr("The templates that were ticked are not of these accounts. Tick others, or say that every template is meant.");
    if (m_client->text().trimmed().isEmpty())
        return tr("Say which business system it is for.");
    const bool anything = m_send->isChecked() || m_read->isChecked() || m_manage->isChecked();
    return anything ? QString() : tr("Say what it may do.");
}

void KeysPane::add() {
    NewApiKey wish;
    wish.client = m_client->text().trimmed().toStdString();
    if (m_send->isChecked())
        wish.scopes.add(ApiScope::Send);
    if (m_read->isChecked())
        wish.scopes.add(ApiScope::Read);
    if (m_manage->isChecked())
        wish.scopes.add(ApiScope::Manage);
    wish.accounts = m_accounts->ticked();
    wish.templates = m_templates->ticked();
    if (m_expires->isChecked())
        wish.expiresAt = fromEditor(m_until->dateTime());
    m_busy = true;
    judge();
    whenDone(m_context.engine.addApiKey(std::move(wish)), this, [this, generation = m_generation](const Result<IssuedApiKey> &issued) {
        if (issued) {
            m_client->clear();
            m_templates->untickAll(); // before the accounts: no limit is lost with them
            m_accounts->untickAll();
        }
        take(issued, generation);
    });
}

void KeysPane::take(const Result<IssuedApiKey> &issued, quint64 askedIn) {
    m_busy = false;
    if (askedIn == m_generation) {
        if (issued) {
            m_notice->clear();
            m_secret->show(tr("The key of %1. Copy it now: it cannot be shown again.").arg(q(issued->key.client)), q(issued->secret));
        } else {
            m_notice->say(words::error(issued.error()), Tone::Bad);
        }
    }
    refresh();
}

void KeysPane::fillLimits() {
    std::vector<std::pair<QString, QString>> accounts;
    for (const Account &account : m_context.directory.accounts())
        accounts.emplace_back(q(account.name), q(account.name));
    m_accounts->setEntries(accounts);
    fillTemplates();
}

void KeysPane::fillTemplates() {
    const std::vector<std::string> of = m_accounts->ticked();
    std::set<std::string> known; // accounts may share a template's id
    std::vector<std::pair<QString, QString>> templates;
    for (const Template &t : m_context.directory.templates()) {
        const QString account = m_context.directory.accountName(t.account);
        const bool wanted = of.empty() || std::ranges::find(of, account.toStdString()) != of.end();
        if (wanted && known.insert(t.templateId).second)
            templates.emplace_back(q(t.templateId), q(t.title) + QStringLiteral(" · ") + account);
    }
    const bool limited = !m_templates->ticked().empty();
    m_templates->setEntries(templates);
    // None ticked means every template: a key must not become one for all of them because ticked ones went.
    if (limited && m_templates->ticked().empty())
        m_limitGone = true;
    judge();
}

void KeysPane::rotate() {
    const ApiKey *key = chosen();
    if (key == nullptr)
        return;
    const std::int64_t id = key->id;
    const auto answer = askReason(this, {tr("Replace a key"), tr("Another key for %1 is made, which may the same. The key %2… is taken for %3 hours more: enter the new one there within them.").arg(q(key->client), q(key->hint)).arg(m_overlap->value()), tr("Make another key"), false, {}});
    if (!answer)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.rotateApiKey(id, std::chrono::hours{m_overlap->value()}, answer->reason.toStdString()), this,
        [this, generation = m_generation](const Result<IssuedApiKey> &issued) { take(issued, generation); });
}

void KeysPane::revoke() {
    const ApiKey *key = chosen();
    if (key == nullptr)
        return;
    const std::int64_t id = key->id;
    const auto answer = askReason(this, {tr("Revoke a key"), tr("The key %1… of %2 is refused from now on. What was handed over with it goes on.").arg(q(key->hint), q(key->client)), tr("Revoke"), false, {}});
    if (!answer)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.revokeApiKey(id, answer->reason.toStdString()), this, [this](const Result<bool> &revoked) {
        m_busy = false;
        m_notice->say(revoked ? tr("Revoked.") : words::error(revoked.error()), revoked ? Tone::Good : Tone::Bad);
        refresh();
    });
}

} // namespace songda::ui
