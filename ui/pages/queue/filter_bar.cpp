// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/queue/filter_bar.h"

#include "engine/engine.h"
#include "ui/models/directory.h"
#include "ui/models/saved_filters.h"
#include "ui/widgets/batch_picker.h"
#include "ui/widgets/format.h"
#include "ui/widgets/last_word_completer.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

/// What operators look for, each one entry of the box.
const std::vector<std::vector<MessageState>> &stateGroups() {
    using S = MessageState;
    static const std::vector<std::vector<S>> groups{
        {},
        {S::Queued, S::Retrying},
        {S::Sending},
        {S::Accepted, S::Delivered},
        {S::Dead, S::Undelivered, S::Uncertain},
        {S::Held},
        {S::Queued},
        {S::Retrying},
        {S::Accepted},
        {S::Delivered},
        {S::Dead},
        {S::Undelivered},
        {S::Uncertain},
        {S::Cancelled},
        {S::Expired},
    };
    return groups;
}

constexpr std::size_t namedGroups = 5;
/// As many messages can be read in a line; more are a number of chosen ones.
constexpr std::size_t idsWritten = 20;
constexpr int partsInRow = 4;
constexpr int partLetters = 44;

bool sameStates(const std::vector<MessageState> &a, const std::vector<MessageState> &b) {
    return std::is_permutation(a.begin(), a.end(), b.begin(), b.end());
}

QString namesOf(const std::vector<MessageState> &states) {
    QStringList names;
    for (const MessageState state : states)
        names.append(words::state(state));
    return names.join(QStringLiteral(" + "));
}

/// As one types it: quotes around what has blanks.
QString stateWord(const QString &name) {
    return name.contains(QLatin1Char(' ')) ? QStringLiteral("state:\"%1\"").arg(name) : QStringLiteral("state:%1").arg(name);
}

} // namespace

FilterBar::FilterBar(Directory &directory, QWidget *parent)
    : QWidget(parent)
    , m_directory(directory)
    , m_states(new QComboBox)
    , m_account(new AccountPicker(directory, PickerKind::OneOrAll))
    , m_template(new TemplatePicker(directory, PickerKind::OneOrAll))
    , m_batch(new BatchPicker(directory))
    , m_search(new QLineEdit)
    , m_saved(new QPushButton)
    , m_clear(new QPushButton)
    , m_problem(mutedLabel())
    , m_parts(new QWidget)
    , m_partsLayout(new QGridLayout(m_parts))
    , m_completer(new LastWordCompleter(this))
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(smallGap);
    auto *row = new QHBoxLayout;
    row->setSpacing(grid);
    for (QComboBox *box : {m_states, static_cast<QComboBox *>(m_account), static_cast<QComboBox *>(m_template), static_cast<QComboBox *>(m_batch)}) {
        box->setMaximumWidth(200);
        row->addWidget(box);
    }
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(220);
    row->addWidget(m_search, 1);
    m_saved->setObjectName(QStringLiteral("savedFilters"));
    m_saved->setMenu(new QMenu(m_saved));
    connect(m_saved->menu(), &QMenu::aboutToShow, this, &FilterBar::fillSaved);
    row->addWidget(m_saved);
    row->addWidget(m_clear);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    m_problem->hide();
    m_partsLayout->setContentsMargins(0, 0, 0, 0);
    m_partsLayout->setSpacing(smallGap);
    m_partsLayout->setColumnStretch(partsInRow, 1);
    layout->addWidget(m_parts);
    m_parts->hide();
    m_states->setObjectName(QStringLiteral("filterStates"));
    m_search->setObjectName(QStringLiteral("filterSearch"));
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_search->setCompleter(m_completer);
    // Names come after the filter that has them.
    for (const auto came : {&Directory::accountsChanged, &Directory::templatesChanged, &Directory::batchesChanged})
        connect(&directory, came, this, &FilterBar::fillParts);

    m_rest.setSingleShot(true);
    m_rest.setInterval(std::chrono::milliseconds(250));
    connect(&m_rest, &QTimer::timeout, this, &FilterBar::read);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_rest.start(); });
    connect(m_search, &QLineEdit::returnPressed, this, &FilterBar::read);
    connect(m_states, &QComboBox::currentIndexChanged, this, &FilterBar::read);
    connect(m_account, &AccountPicker::picked, this, [this] {
        m_template->setAccount(m_account->account());
        read();
    });
    connect(m_template, &TemplatePicker::picked, this, &FilterBar::read);
    connect(m_batch, &BatchPicker::picked, this, &FilterBar::read);
    connect(m_clear, &QPushButton::clicked, this, [this] { set({}); });
    connect(&directory, &Directory::batchNameFound, this, &FilterBar::read);
    m_texts.add([this] {
        fillStates();
        m_clear->setText(tr("Show all"));
        m_saved->setText(tr("Saved"));
        m_saved->setToolTip(tr("Filters kept under a name (Ctrl+S keeps this one)"));
        m_search->setPlaceholderText(tr("openid, number, msgid, trace id, batch or business key; or code:43004 since:2h state:dead"));
        QStringList states;
        QStringList completed;
        for (const MessageState state : allMessageStates) {
            states.append(words::state(state));
            completed.append(stateWord(states.last()));
            completed.append(QStringLiteral("state:%1").arg(QLatin1String(toString(state))));
        }
        completed.removeDuplicates();
        m_completer->setWords(completed);
        setPlainToolTip(m_search,
            tr("Also: state: code: template: batch: account: key: openid: msgid: trace: id: replay: act: since: until: ended-since: ended-until: failed:43004 (at any try) failed-since: failed-until: discarded:yes. States: %1")
                .arg(states.join(tr(", "))));
        m_search->setAccessibleName(tr("Search"));
        m_states->setAccessibleName(tr("State"));
        fillParts();
    });
}

void FilterBar::fillStates() {
    const QSignalBlocker quiet(m_states);
    const int before = qMax(0, m_states->currentIndex());
    m_states->clear();
    const QStringList named{tr("All states"), tr("Waiting"), tr("On the way"), tr("Accepted or delivered"), tr("Dead letters")};
    for (std::size_t i = 0; i < stateGroups().size(); ++i) {
        m_states->addItem(i < namedGroups ? named[static_cast<int>(i)] : words::state(stateGroups()[i].front()), static_cast<int>(i));
        if (i == namedGroups - 1)
            m_states->insertSeparator(m_states->count());
    }
    if (!m_otherStates.empty())
        m_states->addItem(namesOf(m_otherStates), static_cast<int>(stateGroups().size()));
    m_states->setCurrentIndex(qMin(before, m_states->count() - 1));
}

void FilterBar::chooseStates(const std::vector<MessageState> &states) {
    const auto group = std::find_if(stateGroups().begin(), stateGroups().end(), [&](const auto &one) { return sameStates(one, states); });
    m_otherStates = group == stateGroups().end() ? states : std::vector<MessageState>();
    fillStates();
    m_states->setCurrentIndex(m_states->findData(static_cast<int>(group - stateGroups().begin())));
}

void FilterBar::fillParts() {
    const auto inABox = [this, chosen = boxes().states](const QString &field) {
        return (field == QLatin1String("state") && chosen == m_filter.states) || (field == QLatin1String("account") && m_account->account() == m_filter.account)
            || (field == QLatin1String("template") && m_template->templateRef() == m_filter.templateRef)
            || (field == QLatin1String("batch") && m_batch->batch() == m_filter.batch);
    };
    std::vector<FilterPart> parts = filterParts(m_filter, m_directory);
    std::erase_if(parts, [&](const FilterPart &part) { return inABox(part.field); });
    const auto same = [](const FilterPart &a, const FilterPart &b) { return a.field == b.field && a.text == b.text; };
    if (std::equal(parts.begin(), parts.end(), m_shownParts.begin(), m_shownParts.end(), same))
        return; // somebody may be at one of them
    m_shownParts = std::move(parts);
    while (QLayoutItem *item = m_partsLayout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    int n = 0;
    for (const FilterPart &part : m_shownParts) {
        auto *button = new QPushButton(QStringLiteral("%1  ×").arg(shown(part.text, partLetters)).replace(QLatin1Char('&'), QLatin1String("&&")));
        button->setProperty("kind", QStringLiteral("part"));
        button->setObjectName(QStringLiteral("filterPart"));
        setPlainToolTip(button, tr("%1\nPress to take it off").arg(part.text));
        button->setAccessibleName(tr("Take off: %1").arg(part.text));
        connect(button, &QPushButton::clicked, this, [this, field = part.field] {
            set(withoutPart(m_filter, field));
            m_search->setFocus();
        });
        m_partsLayout->addWidget(button, n / partsInRow, n % partsInRow);
        ++n;
    }
    m_parts->setVisible(n > 0);
}

void FilterBar::focusSearch() {
    m_search->setFocus();
    m_search->selectAll();
}

SearchNames FilterBar::names() const {
    const auto same = [](const std::string &a, const QString &b) { return q(a).compare(b, Qt::CaseInsensitive) == 0; };
    return {
        [this, same](const QString &name) -> std::optional<AccountId> {
            for (const Account &a : m_directory.accounts()) {
                if (same(a.name, name))
                    return a.id;
            }
            return std::nullopt;
        },
        [this, same](const QString &name, std::optional<AccountId> account) {
            std::vector<TemplateRef> found;
            for (const Template &t : m_directory.templates()) {
                if ((!account || t.account == *account) && (same(t.title, name) || same(t.templateId, name)))
                    found.push_back(t.id);
            }
            return found;
        },
        [this](const QString &name) -> std::optional<BatchId> {
            if (const auto named = m_directory.batchNamed(name))
                return named;
            bool digits = false;
            const qint64 n = name.toLongLong(&digits);
            return digits && n > 0 ? std::optional(BatchId{n}) : std::nullopt;
        },
        [](const QString &name) -> std::optional<MessageState> {
            const auto found = std::find_if(std::begin(allMessageStates), std::end(allMessageStates),
                [&name](MessageState state) { return words::state(state).compare(name, Qt::CaseInsensitive) == 0; });
            return found == std::end(allMessageStates) ? std::nullopt : std::optional(*found);
        },
    };
}

void FilterBar::set(const MessageFilter &filter) { put(filter, {}); }

void FilterBar::put(const MessageFilter &filter, const QString &text) {
    m_setting = true;
    m_rest.stop();
    chooseStates(filter.states);
    m_account->choose(filter.account);
    m_template->setAccount(filter.account);
    m_template->choose(filter.templateRef);
    m_batch->choose(filter.batch);
    // What has no box is written into the search; only of a long list nobody could read anything there.
    MessageFilter typed = filter;
    typed.states.clear();
    typed.account.reset();
    typed.templateRef.reset();
    typed.batch.reset();
    m_given = {};
    // What a box does not know (yet) restricts all the same.
    if (m_account->account() != filter.account)
        m_given.account = filter.account;
    if (m_template->templateRef() != filter.templateRef)
        m_given.templateRef = filter.templateRef;
    if (typed.ids.size() > idsWritten)
        std::swap(typed.ids, m_given.ids);
    m_search->setText(searchTextOf(typed, {}));
    m_rest.stop();
    if (!text.isEmpty())
        m_search->setText(text);
    m_rest.stop();
    m_setting = false;
    read();
}

MessageFilter FilterBar::boxes() const {
    MessageFilter base = m_given;
    const auto group = static_cast<std::size_t>(qMax(0, m_states->currentData().toInt()));
    base.states = group < stateGroups().size() ? stateGroups()[group] : m_otherStates;
    if (m_account->account())
        base.account = m_account->account();
    if (m_template->templateRef())
        base.templateRef = m_template->templateRef();
    if (m_batch->batch())
        base.batch = m_batch->batch();
    return base;
}

QString FilterBar::searchText() const {
    const SearchWords words{[this](AccountId id) { return m_directory.accountName(id); },
        [this](TemplateRef id) {
            const Template *t = m_directory.templateOf(id);
            return t != nullptr ? q(t->templateId) : QString();
        },
        [this](BatchId id) {
            const Batch *batch = m_directory.batch(id);
            return batch != nullptr && !batch->name.empty() ? q(batch->name) : QString::number(id.value);
        }};
    MessageFilter chosen = boxes();
    const Template *t = chosen.templateRef ? m_directory.templateOf(*chosen.templateRef) : nullptr;
    // Another account of the same WeChat has templates of the same ids.
    if (t != nullptr && !chosen.account && names().templates(q(t->templateId), std::nullopt).size() > 1)
        chosen.account = t->account;
    QStringList parts{searchTextOf(chosen, words), inAnyLanguage(m_search->text(), names())};
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

void FilterBar::search(const QString &text) {
    // What is not understood leaves the table as it is; what is understood later, as a batch that is asked for, is read
    // on top of empty boxes all the same.
    put({}, text);
}

void FilterBar::forgetPerson() {
    MessageFilter kept = m_filter;
    kept.openid.clear();
    kept.recipientOf.reset();
    kept.idempotencyKey.clear();
    kept.number.clear();
    if (!(kept == m_filter) || !m_problem->isHidden() || m_rest.isActive())
        set(kept);
}

void FilterBar::keep() {
    const QString text = searchText();
    bool said = false;
    const QString name = QInputDialog::getText(this, tr("Keep this filter"), asWritten(tr("Name of the filter “%1”").arg(text)), QLineEdit::Normal, {}, &said).trimmed();
    if (said && !name.isEmpty())
        keepFilter({name, text});
}

void FilterBar::fillSaved() {
    QMenu *menu = m_saved->menu();
    menu->clear();
    const std::vector<SavedFilter> filters = savedFilters();
    for (const SavedFilter &filter : filters) {
        QAction *action = menu->addAction(inMenu(filter.name));
        action->setToolTip(asWritten(filter.search));
        connect(action, &QAction::triggered, this, [this, filter] { search(filter.search); });
    }
    if (filters.empty())
        menu->addAction(tr("No filter is kept yet"))->setEnabled(false);
    menu->addSeparator();
    QAction *keep = menu->addAction(tr("Keep this filter…"));
    keep->setEnabled(!searchText().isEmpty());
    connect(keep, &QAction::triggered, this, &FilterBar::keep);
    QMenu *forget = menu->addMenu(tr("Remove"));
    forget->setEnabled(!filters.empty());
    for (const SavedFilter &filter : filters)
        connect(forget->addAction(inMenu(filter.name)), &QAction::triggered, this, [name = filter.name] { forgetFilter(name); });
}

void FilterBar::read() {
    if (m_setting)
        return;
    m_rest.stop();
    const SearchResult result = readSearch(m_search->text(), boxes(), names(), Engine::wallNow());
    m_problem->setVisible(!result.problem.isEmpty());
    if (!result.problem.isEmpty()) {
        m_problem->setText(result.ambiguous
                ? tr("“%1” means several templates; choose the account, add account:NAME, or type the template's id. The table still shows what it showed before.").arg(result.problem)
                : tr("“%1” is not understood; the table still shows what it showed before.").arg(result.problem));
        fillParts(); // what is in force, also when the boxes do not say it any more
        return;
    }
    if (result.filter == m_filter) {
        fillParts(); // a box may say now what was typed
        return;
    }
    m_filter = result.filter;
    fillParts();
    Q_EMIT filterChanged(m_filter);
}

} // namespace songda::ui
