// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/queue/filter_bar.h"

#include "engine/engine.h"
#include "ui/models/directory.h"
#include "ui/models/saved_filters.h"
#include "ui/widgets/batch_picker.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QVBoxLayout>

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
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid / 2);
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
        m_search->setToolTip(tr(
            "Also: state: code: template: batch: account: key: openid: msgid: trace: id: replay: act: since: until: ended-since: ended-until: failed:43004 (at any try) failed-since: failed-until:"));
        m_search->setAccessibleName(tr("Search"));
        m_states->setAccessibleName(tr("State"));
    });
}

void FilterBar::fillStates() {
    const QSignalBlocker quiet(m_states);
    const int before = qMax(0, m_states->currentIndex());
    m_states->clear();
    const QStringList named{tr("All states"), tr("Waiting"), tr("On the way"), tr("Accepted or delivered"), tr("Dead letters")};
    for (std::size_t i = 0; i < stateGroups().size(); ++i) {
        m_states->addItem(i < namedGroups ? named[static_cast<int>(i)] : words::state(stateGroups()[i].front()));
        if (i == namedGroups - 1)
            m_states->insertSeparator(m_states->count());
    }
    m_states->setCurrentIndex(before);
}

void FilterBar::focusSearch() {
    m_search->setFocus();
    m_search->selectAll();
}

SearchNames FilterBar::names() {
    const auto same = [](const std::string &a, const QString &b) { return q(a).compare(b, Qt::CaseInsensitive) == 0; };
    return {
        [this, same](const QString &name) -> std::optional<AccountId> {
            for (const Account &a : m_directory.accounts()) {
                if (same(a.name, name))
                    return a.id;
            }
            return std::nullopt;
        },
        [this, same](const QString &name) -> std::optional<TemplateRef> {
            for (const Template &t : m_directory.templates()) {
                if (same(t.title, name) || same(t.templateId, name))
                    return t.id;
            }
            return std::nullopt;
        },
        [this](const QString &name) -> std::optional<BatchId> {
            if (const auto named = m_directory.batchNamed(name))
                return named;
            bool digits = false;
            const qint64 n = name.toLongLong(&digits);
            return digits && n > 0 ? std::optional(BatchId{n}) : std::nullopt;
        },
    };
}

void FilterBar::set(const MessageFilter &filter) { put(filter, {}); }

void FilterBar::put(const MessageFilter &filter, const QString &text) {
    m_setting = true;
    m_rest.stop();
    int group = -1;
    for (std::size_t i = 0; i < stateGroups().size(); ++i) {
        if (stateGroups()[i] == filter.states)
            group = static_cast<int>(i < namedGroups ? i : i + 1); // the separator is an entry
    }
    m_given = filter;
    m_states->setCurrentIndex(qMax(0, group));
    if (group >= 0)
        m_given.states.clear();
    m_account->choose(filter.account);
    m_template->setAccount(filter.account);
    m_template->choose(filter.templateRef);
    m_batch->choose(filter.batch);
    m_given.account.reset();
    m_given.templateRef.reset();
    m_given.batch.reset();
    // What has no box is written into the search.
    MessageFilter typed;
    const auto write = [&](auto... fields) { (std::swap(typed.*fields, m_given.*fields), ...); };
    write(&MessageFilter::cause, &MessageFilter::openid, &MessageFilter::number, &MessageFilter::createdFrom, &MessageFilter::createdTo, &MessageFilter::endedFrom,
        &MessageFilter::endedTo, &MessageFilter::failedWith, &MessageFilter::failedFrom, &MessageFilter::failedTo, &MessageFilter::replay, &MessageFilter::act);
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
    const int index = m_states->currentIndex();
    const std::size_t group = static_cast<std::size_t>(index > static_cast<int>(namedGroups) ? index - 1 : qMax(0, index));
    if (!stateGroups()[group].empty())
        base.states = stateGroups()[group];
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
    QStringList parts{searchTextOf(boxes(), words), m_search->text().trimmed()};
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

void FilterBar::search(const QString &text) {
    // What is not understood must not become a list of everything on the way.
    if (readSearch(text, {}, names(), Engine::wallNow()).problem.isEmpty()) {
        put({}, text);
        return;
    }
    m_search->setText(text);
    read();
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
        QAction *action = menu->addAction(filter.name);
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
        connect(forget->addAction(filter.name), &QAction::triggered, this, [name = filter.name] { forgetFilter(name); });
}

void FilterBar::read() {
    if (m_setting)
        return;
    m_rest.stop();
    const SearchResult result = readSearch(m_search->text(), boxes(), names(), Engine::wallNow());
    m_problem->setVisible(!result.problem.isEmpty());
    if (!result.problem.isEmpty()) {
        m_problem->setText(tr("“%1” is not understood; the table still shows what it showed before.").arg(result.problem));
        return;
    }
    if (result.filter == m_filter)
        return;
    m_filter = result.filter;
    Q_EMIT filterChanged(m_filter);
}

} // namespace songda::ui
