// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/settings_page.h"

#include "engine/when_done.h"
#include "ui/pages/settings/console_look.h"
#include "ui/pages/accounts/account_test_words.h"
#include "ui/pages/settings/passphrase_dialog.h"
#include "ui/pages/settings/setting_editor.h"
#include "ui/pages/settings/setting_words.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

constexpr std::size_t shownDifferences = 12;

struct SettingColumns {
    Q_DECLARE_TR_FUNCTIONS(SettingColumns)
};

RowsModel<PolicyValue> *makeRows(QObject *parent) {
    using Row = PolicyValue;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return SettingColumns::tr("Part"); }, [](const Row &v) { return words::setting(v).part; }),
            textColumn<Row>([] { return SettingColumns::tr("Setting"); }, [](const Row &v) { return words::setting(v).title; }),
            chipColumn<Row>([] { return SettingColumns::tr("In force"); }, [](const Row &v) { return words::settingValue(v, v.value); },
                [](const Row &v) { return v.value == v.builtIn ? Tone::Neutral : Tone::Info; }),
            textColumn<Row>([] { return SettingColumns::tr("Built in"); }, [](const Row &v) { return words::settingValue(v, v.builtIn); }),
            textColumn<Row>([] { return SettingColumns::tr("May be"); }, [](const Row &v) { return words::settingRange(v); }),
        },
        [](const Row &v) { return q(v.field); }, parent);
}

} // namespace

SettingsPage::SettingsPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(makeRows(this))
    , m_title(headline())
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_state(new Notice)
    , m_account(new AccountPicker(context.directory, PickerKind::OneOrAll))
    , m_search(new QLineEdit)
    , m_changedOnly(new QCheckBox)
    , m_table(new DataTable(QStringLiteral("settings")))
    , m_name(headline(2))
    , m_explanation(plainLabel())
    , m_editor(new SettingEditor)
    , m_see(mainButton())
    , m_builtIn(new QPushButton)
    , m_apply(mainButton())
    , m_effect(new Notice)
    , m_secretsPlace(plainLabel())
    , m_passphrase(new QPushButton)
    , m_test(new QPushButton)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    layout->addWidget(m_state);
    auto *head = new QHBoxLayout;
    head->addWidget(m_account);
    head->addWidget(m_search, 1);
    head->addWidget(m_changedOnly);
    layout->addLayout(head);
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(m_table);
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, grid, 0);
    column->setSpacing(2 * grid);
    column->addWidget(buildEditor());
    column->addWidget(buildConsole());
    column->addStretch();
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(right);
    split->addWidget(area);
    split->setSizes({770, 370});
    keepSplit(split, QStringLiteral("settings"));
    layout->addWidget(split, 1);

    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({170, 190, 120, 90});
    m_search->setClearButtonEnabled(true);
    m_search->setObjectName(QStringLiteral("settingSearch"));
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::fillRows);
    connect(m_changedOnly, &QCheckBox::toggled, this, &SettingsPage::fillRows);
    connect(m_account, &AccountPicker::picked, this, [this] {
        forgetDraft();
        m_shownField.clear();
        refresh();
    });
    connect(m_table, &DataTable::chosen, this, &SettingsPage::look);
    m_texts.add([this] { setTexts(); });
    judge();
}

QWidget *SettingsPage::buildEditor() {
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    m_name->setWordWrap(true);
    inside->addWidget(m_name);
    inside->addWidget(m_explanation);
    inside->addWidget(m_editor);
    connect(m_editor, &SettingEditor::changed, this, &SettingsPage::forgetDraft);
    auto *buttons = new QHBoxLayout;
    m_see->setObjectName(QStringLiteral("seeChange"));
    m_builtIn->setObjectName(QStringLiteral("asBuiltIn"));
    m_apply->setObjectName(QStringLiteral("applyChange"));
    m_effect->setObjectName(QStringLiteral("effect"));
    buttons->addWidget(m_see);
    buttons->addWidget(m_builtIn);
    buttons->addStretch();
    inside->addLayout(buttons);
    inside->addWidget(m_effect);
    inside->addWidget(m_apply, 0, Qt::AlignLeft);
    connect(m_see, &QPushButton::clicked, this, [this] { draft(m_editor->typed()); });
    connect(m_builtIn, &QPushButton::clicked, this, [this] { draft(std::nullopt); });
    connect(m_apply, &QPushButton::clicked, this, &SettingsPage::apply);
    return box;
}

QWidget *SettingsPage::buildConsole() {
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    inside->addWidget(m_secretsPlace);
    m_secretsPlace->setObjectName(QStringLiteral("secretsPlace"));
    m_passphrase->setObjectName(QStringLiteral("passphrase"));
    inside->addWidget(m_passphrase, 0, Qt::AlignLeft);
    m_test->setObjectName(QStringLiteral("testConnections"));
    inside->addWidget(m_test, 0, Qt::AlignLeft);
    inside->addSpacing(grid);
    auto *look = new ConsoleLook;
    inside->addWidget(look);
    connect(look, &ConsoleLook::said, this, [this](const QString &words) { m_notice->say(words, Tone::Good); });
    connect(m_test, &QPushButton::clicked, this, &SettingsPage::testConnections);
    connect(m_passphrase, &QPushButton::clicked, this, &SettingsPage::changePassphrase);
    return box;
}

void SettingsPage::setTexts() {
    m_title->setText(tr("Settings"));
    m_intro->setText(tr("Every rule by which messages are sent. A change is shown with what it does before it is applied, comes into force within a second, and stands in the audit."));
    m_search->setPlaceholderText(tr("Find a setting"));
    m_search->setAccessibleName(tr("Find a setting"));
    m_changedOnly->setText(tr("Only what differs from what is built in"));
    m_table->setAccessibleName(tr("Settings"));
    m_table->setEmptyText(tr("No setting fits."));
    m_see->setText(tr("See what it does"));
    m_builtIn->setText(accountName().empty() ? tr("As built in") : tr("As for all accounts"));
    m_apply->setText(tr("Apply…"));
    m_editor->setTexts();
    m_passphrase->setText(tr("Change the passphrase…"));
    m_test->setText(tr("Test all connections"));
    m_rows->retranslate();
    fillFile();
    fillRows();
    m_shownField.clear();
    look();
    if (m_draft)
        showDraft(*m_draft);
}

std::string SettingsPage::accountName() const {
    const Account *account = m_account->account() ? m_context.directory.account(*m_account->account()) : nullptr;
    return account != nullptr ? account->name : std::string();
}

void SettingsPage::refresh() {
    m_context.directory.refresh();
    auto values = m_context.engine.policyOf(accountName());
    if (values) {
        m_values = std::move(*values);
        fillRows();
    } else {
        m_notice->say(words::error(values.error()), Tone::Bad);
    }
    const quint64 generation = ++m_generation;
    whenDone(m_context.engine.policyFile(), this, [this, generation](Result<PolicyFile> file) {
        if (generation != m_generation || !file)
            return;
        m_file = std::move(*file);
        fillFile();
    });
    whenDone(m_context.engine.secretsPlace(), this, [this](Result<std::string> place) {
        if (!place)
            return;
        m_secrets = std::move(*place);
        fillFile();
    });
    m_builtIn->setText(accountName().empty() ? tr("As built in") : tr("As for all accounts"));
}

void SettingsPage::showSnapshot(const Snapshot &snapshot) {
    if (snapshot.policyProblem == m_problem)
        return;
    m_problem = snapshot.policyProblem;
    refresh(); // a file was taken up or refused
}

void SettingsPage::fillFile() {
    if (!m_file.problem.empty())
        m_state->say(tr("The policy file is not right, and what was in force before goes on: %1").arg(engineWords(m_file.problem)), Tone::Bad);
    else if (m_file.there)
        m_state->say(tr("In force: %1. A change here rewrites the file without its comments; the one before stays beside it.").arg(q(m_file.path)), Tone::Good);
    else
        m_state->say(tr("There is no policy file yet, so everything is as built in. The first change makes one."), Tone::Info);
    const QString place = m_secrets == "keychain" ? tr("The secrets of the accounts lie in the key store of the system.")
        : m_secrets == "file"                     ? tr("The secrets of the accounts lie in an encrypted file in the profile, under a passphrase.")
        : m_secrets == "shut out"                 ? tr("The secrets of the accounts lie in an encrypted file whose passphrase was changed by another program. This one goes on with what it has read; "
                                                       "to change a secret, start it anew with the new passphrase.")
        : m_secrets == "memory"                   ? tr("The secrets of the accounts are in memory only and forgotten at the end (practice).")
                                                  : tr("No secret is kept yet. The first account decides between the key store of the system and an encrypted file.");
    m_secretsPlace->setText(place);
    m_passphrase->setVisible(m_secrets == "file" || m_secrets == "shut out");
    m_passphrase->setEnabled(m_context.may(Permission::SetUp, m_passphrase));
}

void SettingsPage::fillRows() {
    const QString wanted = m_search->text().trimmed();
    std::vector<PolicyValue> rows;
    for (const PolicyValue &value : m_values) {
        const words::Setting setting = words::setting(value);
        const bool found = wanted.isEmpty()
            || QStringLiteral("%1 %2 %3 %4").arg(setting.part, setting.title, setting.explanation, q(value.field)).contains(wanted, Qt::CaseInsensitive);
        if (found && (!m_changedOnly->isChecked() || value.value != value.builtIn))
            rows.push_back(value);
    }
    m_rows->show(std::move(rows));
    if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
        m_table->selectRow(0);
    look();
}

const PolicyValue *SettingsPage::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void SettingsPage::look() {
    const PolicyValue *value = chosen();
    if (value != nullptr && q(value->field) == m_shownField) {
        judge();
        return; // what is being typed stays
    }
    m_shownField = value != nullptr ? q(value->field) : QString();
    forgetDraft();
    if (value == nullptr)
        return;
    const words::Setting setting = words::setting(*value);
    m_name->setText(setting.title);
    m_explanation->setText(setting.explanation);
    m_editor->show(*value, value->value);
    judge();
}

void SettingsPage::forgetDraft() {
    ++m_draftGeneration;
    m_draft.reset();
    m_effect->clear();
    judge();
}

void SettingsPage::draft(std::optional<std::string> json) {
    const PolicyValue *value = chosen();
    if (value == nullptr || m_busy)
        return;
    PolicyEdit edit{accountName(), {{value->field, std::move(json)}}};
    m_busy = true;
    judge();
    whenDone(m_context.engine.draftPolicy(std::move(edit)), this, [this, generation = m_draftGeneration](Result<PolicyDraft> made) {
        m_busy = false;
        judge();
        if (generation != m_draftGeneration)
            return; // of another value, setting or account
        if (!made) {
            m_effect->say(words::error(made.error()), Tone::Bad);
            return;
        }
        m_draft = std::move(*made);
        showDraft(*m_draft);
        judge();
    });
}

void SettingsPage::showDraft(const PolicyDraft &draft) {
    QStringList lines;
    for (std::size_t i = 0; i < draft.differences.size() && i < shownDifferences; ++i) {
        const PolicyDifference &d = draft.differences[i];
        const auto field = std::find_if(m_values.begin(), m_values.end(), [&](const PolicyValue &v) { return v.field == d.field; });
        if (field != m_values.end())
            lines.append(tr("%1: %2: %3 becomes %4").arg(q(d.account), words::setting(*field).title, words::settingValue(*field, d.before), words::settingValue(*field, d.after)));
    }
    if (draft.differences.size() > shownDifferences)
        lines.append(tr("and %1 more").arg(draft.differences.size() - shownDifferences));
    if (draft.differences.empty())
        m_effect->say(draft.before == draft.after ? tr("It is like that already: nothing changes.")
                                                  : tr("For the accounts there are now nothing changes; the file says so from now on."),
            Tone::Info);
    else
        m_effect->say(lines.join(QLatin1Char('\n')) + QLatin1Char('\n') + tr("It counts for what is sent from then on; what is on its way goes by the old value."), Tone::Warn);
}

void SettingsPage::apply() {
    if (!m_draft)
        return;
    const auto answer = askReason(this, {tr("Change the policy"), m_effect->text(), tr("Apply"), true, {}});
    if (!answer || !m_draft)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.writePolicy(*m_draft, answer->reason.toStdString()), this, [this](Result<void> written) {
        m_busy = false;
        forgetDraft();
        if (written)
            m_notice->say(tr("Applied. The engine takes it up within a second."), Tone::Good);
        else
            m_notice->say(words::error(written.error()), Tone::Bad);
        m_shownField.clear();
        // The engine looks at the file once a second.
        QTimer::singleShot(1500, this, [this] { refresh(); });
        refresh();
    });
}

void SettingsPage::changePassphrase() {
    PassphraseDialog dialog(m_context.engine, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_notice->say(tr("The new passphrase counts. Programs that are started from now on need it."), Tone::Good);
    refresh();
}

void SettingsPage::testConnections() {
    m_test->setEnabled(false);
    m_notice->say(tr("Asking WeChat for a token, the templates and the quota…"), Tone::Info);
    // Not those of the directory: right after the start it has not read any yet.
    whenDone(m_context.engine.accounts(), this, [this](const Result<std::vector<Account>> &accounts) {
        m_tested.clear();
        if (!accounts || accounts->empty()) {
            m_notice->say(accounts ? tr("There is no account yet.") : words::error(accounts.error()), accounts ? Tone::Info : Tone::Bad);
            m_test->setEnabled(true);
            return;
        }
        auto left = std::make_shared<int>(static_cast<int>(accounts->size()));
        for (const Account &account : *accounts)
            whenDone(m_context.engine.testAccount(account.name), this, [this, name = account.name, left](const Result<AccountTest> &test) { addTested(name, test, --*left); });
    });
}

void SettingsPage::addTested(const std::string &account, const Result<AccountTest> &test, int left) {
    const bool well = test && test->cause.empty();
    m_tested.append(QStringLiteral("%1: %2").arg(q(account), test ? accountTestWords(*test, m_context.directory) : words::error(test.error())));
    m_notice->say(m_tested.join(QLatin1Char('\n')), well && m_tested.size() == 1 ? Tone::Good : well ? Tone::Info : Tone::Bad);
    m_test->setEnabled(left == 0);
}

void SettingsPage::judge() {
    const bool may = m_context.may(Permission::SetUp) && !m_busy && chosen() != nullptr;
    m_see->setEnabled(may && m_editor->fits());
    m_builtIn->setEnabled(may);
    m_apply->setVisible(m_draft.has_value());
    m_apply->setEnabled(may && m_draft && m_draft->before != m_draft->after);
}

std::vector<Command> SettingsPage::commands() {
    const auto keys = [](const char *text) { return QKeySequence(QLatin1String(text)); };
    return {commandOf(m_see, QStringLiteral("settings.see"), keys("Ctrl+Return")), commandOf(m_apply, QStringLiteral("settings.apply"), keys("Ctrl+Shift+Return")),
        commandOf(m_test, QStringLiteral("settings.test"), keys("Ctrl+T")), commandOf(m_passphrase, QStringLiteral("settings.passphrase"))};
}

} // namespace songda::ui
