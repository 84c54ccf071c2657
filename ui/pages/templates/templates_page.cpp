// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/templates/templates_page.h"

#include "engine/when_done.h"
#include "ui/pages/templates/template_change.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/wechat_card.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr std::chrono::days usedWithin{7};

struct TemplateColumns {
    Q_DECLARE_TR_FUNCTIONS(TemplateColumns)
};

QString standing(const Template &t) {
    if (t.hold)
        return TemplateColumns::tr("Held");
    if (t.goneAt)
        return TemplateColumns::tr("Gone from WeChat");
    return t.fetchedAt ? TemplateColumns::tr("Ready") : TemplateColumns::tr("Added by hand");
}

Tone toneOf(const Template &t) {
    return t.hold ? Tone::Bad : t.goneAt ? Tone::Warn : t.fetchedAt ? Tone::Good : Tone::Neutral;
}

std::int64_t attemptsOf(const TemplateLine &line) {
    return line.use.accepted + line.use.failed;
}

/// Without an attempt there is no share: below every other.
double failedShare(const TemplateLine &line) {
    return attemptsOf(line) > 0 ? static_cast<double>(line.use.failed) / static_cast<double>(attemptsOf(line)) : -1;
}

RowsModel<TemplateLine> *makeTemplates(const Directory &directory, QObject *parent) {
    using Row = TemplateLine;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return TemplateColumns::tr("Title"); }, [](const Row &t) { return q(t.title); }),
            chipColumn<Row>([] { return TemplateColumns::tr("State"); }, standing, toneOf),
            countColumn<Row>([] { return TemplateColumns::tr("Accepted, 7 days"); }, [](const Row &t) { return t.use.accepted; }),
            numberColumn<Row>([] { return TemplateColumns::tr("Failed share"); },
                [](const Row &t) { return share(t.use.failed, attemptsOf(t)); }, failedShare),
            countColumn<Row>([] { return TemplateColumns::tr("Waiting"); }, [](const Row &t) { return t.use.waiting; }),
            countColumn<Row>([] { return TemplateColumns::tr("Keys"); },
                [](const Row &t) { return static_cast<std::int64_t>(templateKeys(t.content).size()); }),
            textColumn<Row>([] { return TemplateColumns::tr("Account"); },
                [&directory](const Row &t) { return directory.accountName(t.account); }),
            timeColumn<Row>([] { return TemplateColumns::tr("Fetched"); }, [](const Row &t) { return t.fetchedAt; }),
            textColumn<Row>([] { return TemplateColumns::tr("Template id"); }, [](const Row &t) { return q(t.templateId); }),
        },
        [](const Row &t) { return QString::number(t.id.value); }, parent);
}

RowsModel<TemplateChange> *makeHistory(QObject *parent) {
    using Row = TemplateChange;
    return new RowsModel<Row>(
        {
            timeColumn<Row>([] { return TemplateColumns::tr("Changed"); }, [](const Row &c) { return c.before.until; }),
            textColumn<Row>([] { return TemplateColumns::tr("What changed"); },
                [](const Row &c) { return changeText(c.before, c.title, c.content); }),
        },
        [](const Row &c) { return QString::number(toMillis(c.before.until)); }, parent);
}

RowsModel<TemplateKey> *makeKeys(QObject *parent) {
    using Row = TemplateKey;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return TemplateColumns::tr("Key"); }, [](const Row &k) { return q(k.name); }),
            textColumn<Row>([] { return TemplateColumns::tr("Label"); }, [](const Row &k) { return q(k.label); }),
            textColumn<Row>([] { return TemplateColumns::tr("What it may hold"); },
                [](const Row &k) { return isHiddenKey(k.name) ? TemplateColumns::tr("Accepted, but no longer shown by WeChat") : words::valueType(k.type); }),
        },
        [](const Row &k) { return q(k.name); }, parent);
}

/// The example as WeChat tells it: the content with values in place of the keys, line by line.
TemplateData exampleOf(const Template &t) {
    TemplateData data;
    const QStringList content = q(t.content).split(QLatin1Char('\n'));
    const QStringList example = q(t.example).split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < content.size() && i < example.size(); ++i) {
        const auto parts = parseTemplate(content[i].toStdString());
        QString value = example[i];
        std::string key;
        for (const TemplatePart &part : parts) {
            if (part.isKey)
                key = part.text;
            else if (value.startsWith(q(part.text)))
                value.remove(0, q(part.text).size());
        }
        if (!key.empty())
            data[key] = value.toStdString();
    }
    return data;
}

} // namespace

TemplatesPage::TemplatesPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(makeTemplates(context.directory, this))
    , m_keys(makeKeys(this))
    , m_history(makeHistory(this))
    , m_title(headline())
    , m_account(new AccountPicker(context.directory, PickerKind::One))
    , m_sync(mainButton())
    , m_holdButton(dangerButton())
    , m_release(mainButton())
    , m_failed(new QPushButton)
    , m_notice(new Notice)
    , m_progress(new ActProgress)
    , m_table(new DataTable(QStringLiteral("templates")))
    , m_hold(new Notice)
    , m_drift(new Notice)
    , m_id(mutedLabel())
    , m_keyTable(new DataTable(QStringLiteral("keys")))
    , m_historyTable(new DataTable(QStringLiteral("template_history")))
    , m_tabs(new QTabWidget)
    , m_exampleTitle(headline(2))
    , m_card(new WechatCard)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_account);
    head->addWidget(m_sync);
    layout->addLayout(head);
    layout->addWidget(m_notice);
    layout->addWidget(m_progress);
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid);
    column->addWidget(m_hold);
    column->addWidget(m_drift);
    auto *acts = new QHBoxLayout;
    for (QPushButton *button : {m_release, m_holdButton, m_failed})
        acts->addWidget(button);
    acts->addStretch();
    column->addLayout(acts);
    column->addWidget(m_id);
    m_tabs->addTab(m_keyTable, {});
    m_tabs->addTab(m_historyTable, {});
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    column->addWidget(m_tabs, 1);
    column->addWidget(m_exampleTitle);
    column->addWidget(m_card);
    column->addStretch();
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(m_table);
    split->addWidget(right);
    split->setSizes({640, 460});
    keepSplit(split, QStringLiteral("templates"));
    layout->addWidget(split, 1);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({140, 90, 126, 92, 70, 50, 110, 112});
    m_historyTable->setModel(m_history);
    m_historyTable->letSort();
    m_historyTable->setWidths({120});
    m_holdButton->setObjectName(QStringLiteral("holdTemplate"));
    m_release->setObjectName(QStringLiteral("releaseTemplate"));
    m_drift->setObjectName(QStringLiteral("drift"));
    m_keyTable->setModel(m_keys);
    m_keyTable->setWidths({124, 84});
    connect(m_table, &DataTable::chosen, this, &TemplatesPage::look);
    connect(m_sync, &QPushButton::clicked, this, &TemplatesPage::sync);
    connect(m_release, &QPushButton::clicked, this, &TemplatesPage::release);
    connect(m_holdButton, &QPushButton::clicked, this, &TemplatesPage::hold);
    connect(m_failed, &QPushButton::clicked, this, [this] {
        MessageFilter filter;
        filter.templateRef = m_shown;
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
        Q_EMIT showMessages(filter);
    });
    connect(&context.directory, &Directory::templatesChanged, this, &TemplatesPage::fill);
    m_texts.add([this] {
        m_title->setText(tr("Templates"));
        m_sync->setText(tr("Fetch from WeChat"));
        m_holdButton->setText(tr("Hold…"));
        m_release->setText(tr("Release…"));
        m_failed->setText(tr("Show its dead letters"));
        m_tabs->setTabText(0, tr("Keys"));
        m_tabs->setTabText(1, tr("History"));
        m_historyTable->setEmptyText(tr("It has not changed since it was first fetched."));
        m_historyTable->setAccessibleName(tr("History"));
        m_exampleTitle->setText(tr("Example"));
        m_table->setEmptyText(tr("No templates yet. Add an account, then fetch its templates from WeChat."));
        m_keyTable->setEmptyText(tr("Choose a template."));
        m_table->setAccessibleName(tr("Templates"));
        m_keyTable->setAccessibleName(tr("Keys"));
        m_rows->retranslate();
        m_keys->retranslate();
        m_history->retranslate();
        look();
    });
    fill();
}

void TemplatesPage::refresh() {
    m_context.directory.refresh();
    const quint64 generation = ++m_generation;
    whenDone(m_context.engine.templateUse(Engine::wallNow() - usedWithin), this,
        [this, generation](Result<std::vector<TemplateUse>> uses) {
            if (generation != m_generation || !uses)
                return;
            m_uses = std::move(*uses);
            fill();
        });
}

void TemplatesPage::fill() {
    std::vector<TemplateLine> lines;
    for (const Template &t : m_context.directory.templates()) {
        TemplateLine line{t, {}};
        const auto use = std::find_if(m_uses.begin(), m_uses.end(), [&](const TemplateUse &u) { return u.id == t.id; });
        if (use != m_uses.end())
            line.use = *use;
        lines.push_back(std::move(line));
    }
    m_rows->show(std::move(lines));
    if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
        m_table->selectRow(0);
    look();
}

const TemplateLine *TemplatesPage::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void TemplatesPage::look() {
    const TemplateLine *t = chosen();
    const bool some = t != nullptr;
    m_sync->setEnabled(m_context.may(Permission::Send, m_sync) && m_account->account().has_value() && !m_asking);
    m_release->setVisible(some && t->hold.has_value());
    m_release->setEnabled(m_context.may(Permission::Steer, m_release));
    m_holdButton->setVisible(some && !t->hold.has_value());
    m_holdButton->setEnabled(m_context.may(Permission::Steer, m_holdButton));
    m_failed->setVisible(some);
    m_exampleTitle->setVisible(some);
    m_card->setVisible(some);
    m_id->setVisible(some);
    m_hold->clear();
    if (!some) {
        m_shown.reset();
        m_drift->clear();
        m_keys->show({});
        m_history->show({});
        return;
    }
    if (t->hold) {
        const QString why = words::holdReason(*t->hold, [this](const std::string &cause) { return m_context.directory.causeText(cause); });
        m_hold->say(tr("Held since %1 by %2: %3. %4 messages wait for it unharmed.")
                        .arg(shortTime(t->hold->since), q(t->hold->by), why, number(t->use.waiting)),
            Tone::Bad);
    } else if (t->goneAt) {
        m_hold->say(tr("WeChat no longer lists this template since %1. The %2 messages that wait for it would be refused.")
                        .arg(shortTime(*t->goneAt), number(t->use.waiting)),
            Tone::Warn);
    }
    m_id->setText(q(t->templateId));
    m_keys->show(templateKeys(t->content));
    m_card->show(*t, exampleOf(*t), false);
    if (m_shown != t->id || m_shownContent != t->content) {
        m_shown = t->id;
        m_shownContent = t->content;
        m_history->show({});
        askHistory();
    }
    fillDrift();
}

void TemplatesPage::askHistory() {
    const TemplateRef id = *m_shown;
    whenDone(m_context.engine.templateHistory(id), this, [this, id](Result<std::vector<TemplateVersion>> versions) {
        const TemplateLine *t = chosen();
        if (!versions || t == nullptr || t->id != id)
            return;
        std::vector<TemplateChange> changes;
        std::string title = t->title;
        std::string content = t->content;
        for (const TemplateVersion &version : *versions) {
            changes.push_back({version, title, content});
            title = version.title;
            content = version.content;
        }
        m_history->show(std::move(changes));
        fillDrift();
    });
}

void TemplatesPage::fillDrift() {
    const TemplateLine *t = chosen();
    const TemplateChange *last = m_history->at(0);
    if (t == nullptr || last == nullptr || keyChange(last->before.content, last->content).none()) {
        m_drift->clear();
        return;
    }
    const QString what = tr("WeChat changed it on %1: %2.")
                             .arg(shortTime(last->before.until), changeText(last->before, last->title, last->content));
    m_drift->say(t->use.waiting > 0 && t->hold ? tr("%1 It is held. Of the %2 messages that wait, those made before that would be refused: "
                                                    "cancel them, and import them again with the new keys.")
                                                     .arg(what, number(t->use.waiting))
            : t->use.waiting > 0    ? tr("%1 Of the %2 messages that wait, those made before that would be refused: hold "
                                         "it, cancel them, and import them again with the new keys.")
                                          .arg(what, number(t->use.waiting))
                                    : tr("%1 Files made for the earlier keys no longer fit.").arg(what),
        Tone::Warn);
}

void TemplatesPage::sync() {
    const auto id = m_account->account();
    const Account *account = id ? m_context.directory.account(*id) : nullptr;
    if (account == nullptr)
        return;
    m_asking = true;
    m_sync->setEnabled(false);
    m_notice->say(tr("Asking WeChat…"), Tone::Info);
    const auto control = std::make_shared<JobControl>();
    m_progress->follow(control, tr("Fetching the templates"), std::nullopt);
    whenDone(m_context.engine.syncTemplates(account->name, control), this, [this, control](const Result<TemplateSync> &sync) {
        m_asking = false;
        m_progress->end(control);
        look();
        if (!sync) {
            const bool ended = sync.error().code == ErrorCode::Cancelled;
            m_notice->say(ended ? tr("It was ended; the templates are as they were.") : words::error(sync.error()), ended ? Tone::Warn : Tone::Bad);
            return;
        }
        m_notice->say(tr("%1 new, %2 changed, %3 unchanged, %4 gone.").arg(sync->added).arg(sync->changed).arg(sync->unchanged).arg(sync->gone), Tone::Good);
        m_context.directory.refresh();
    });
}

void TemplatesPage::told(const Result<bool> &done) {
    if (!done)
        m_notice->say(words::error(done.error()), Tone::Bad);
    else if (!*done)
        m_notice->say(tr("Nothing was changed: somebody else did it before."), Tone::Info);
    else
        m_notice->clear();
    refresh();
}

void TemplatesPage::hold() {
    const TemplateLine *t = chosen();
    if (t == nullptr)
        return;
    const std::string account = m_context.directory.accountName(t->account).toStdString();
    const std::string id = t->templateId;
    const auto answer = askReason(this,
        {tr("Hold the template"),
            tr("The %1 messages that wait for “%2” stay where they are, unharmed, until somebody releases it.")
                .arg(number(t->use.waiting), q(t->title)),
            tr("Hold"), true, {}});
    if (answer)
        whenDone(m_context.engine.holdTemplate(account, id, answer->reason.toStdString()), this,
            [this](const Result<bool> &done) { told(done); });
}

void TemplatesPage::release() {
    const TemplateLine *t = chosen();
    if (t == nullptr)
        return;
    const std::string account = m_context.directory.accountName(t->account).toStdString();
    const std::string id = t->templateId;
    const QString what = t->goneAt
        ? tr("WeChat does not list it any more: it will very likely refuse the %1 messages that wait.")
        : tr("The %1 messages that wait for it go on.");
    const auto answer = askReason(this, {tr("Release the template"), what.arg(number(t->use.waiting)), tr("Release"), false, {}});
    if (answer)
        whenDone(m_context.engine.resumeTemplate(account, id, answer->reason.toStdString()), this,
            [this](const Result<bool> &done) { told(done); });
}

} // namespace songda::ui
