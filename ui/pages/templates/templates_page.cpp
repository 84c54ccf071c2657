// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/templates/templates_page.h"

#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/wechat_card.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

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

RowsModel<Template> *makeTemplates(const Directory &directory, QObject *parent) {
    using Row = Template;
    return new RowsModel<Row>(
        {
            textColumn<Row>([] { return TemplateColumns::tr("Title"); }, [](const Row &t) { return q(t.title); }),
            chipColumn<Row>([] { return TemplateColumns::tr("State"); }, standing, toneOf),
            numberColumn<Row>([] { return TemplateColumns::tr("Keys"); }, [](const Row &t) { return QString::number(templateKeys(t.content).size()); }),
            textColumn<Row>([] { return TemplateColumns::tr("Account"); }, [&directory](const Row &t) { return directory.accountName(t.account); }),
            textColumn<Row>([] { return TemplateColumns::tr("Fetched"); }, [](const Row &t) { return shortTime(t.fetchedAt); }),
            textColumn<Row>([] { return TemplateColumns::tr("Template id"); }, [](const Row &t) { return q(t.templateId); }),
        },
        [](const Row &t) { return QString::number(t.id.value); }, parent);
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
    , m_title(headline())
    , m_account(new AccountPicker(context.directory, PickerKind::One))
    , m_sync(mainButton())
    , m_release(new QPushButton)
    , m_notice(new Notice)
    , m_table(new DataTable(QStringLiteral("templates")))
    , m_hold(new Notice)
    , m_id(mutedLabel())
    , m_keyTable(new DataTable(QStringLiteral("keys")))
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
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid);
    column->addWidget(m_hold);
    column->addWidget(m_release, 0, Qt::AlignLeft);
    column->addWidget(m_id);
    column->addWidget(m_keyTable, 1);
    column->addWidget(m_exampleTitle);
    column->addWidget(m_card);
    column->addStretch();
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(m_table);
    split->addWidget(right);
    split->setSizes({640, 460});
    layout->addWidget(split, 1);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_table->setModel(m_rows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({150, 110, 50, 110, 112});
    m_keyTable->setModel(m_keys);
    m_keyTable->setWidths({150, 120});
    connect(m_table, &DataTable::chosen, this, &TemplatesPage::look);
    connect(m_sync, &QPushButton::clicked, this, &TemplatesPage::sync);
    connect(m_release, &QPushButton::clicked, this, &TemplatesPage::release);
    connect(&context.directory, &Directory::templatesChanged, this, &TemplatesPage::fill);
    m_texts.add([this] {
        m_title->setText(tr("Templates"));
        m_sync->setText(tr("Fetch from WeChat"));
        m_release->setText(tr("Release the template"));
        m_exampleTitle->setText(tr("Example"));
        m_table->setEmptyText(tr("No templates yet. Add an account, then fetch its templates from WeChat."));
        m_keyTable->setEmptyText(tr("Choose a template."));
        m_table->setAccessibleName(tr("Templates"));
        m_keyTable->setAccessibleName(tr("Keys"));
        m_rows->retranslate();
        m_keys->retranslate();
        look();
    });
    fill();
}

void TemplatesPage::refresh() {
    m_context.directory.refresh();
}

void TemplatesPage::fill() {
    m_rows->show(m_context.directory.templates());
    if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
        m_table->selectRow(0);
    look();
}

void TemplatesPage::look() {
    const QList<int> chosen = m_table->chosenRows();
    const Template *t = chosen.isEmpty() ? nullptr : m_rows->at(chosen.first());
    const bool some = t != nullptr;
    m_sync->setEnabled(m_context.mayChange() && m_account->account().has_value());
    m_release->setVisible(some && t->hold.has_value());
    m_release->setEnabled(m_context.mayChange());
    m_exampleTitle->setVisible(some);
    m_card->setVisible(some);
    m_id->setVisible(some);
    m_hold->clear();
    if (!some) {
        m_keys->show({});
        return;
    }
    if (t->hold) {
        const QString why = t->hold->cause == "operator" ? q(t->hold->detail) : m_context.directory.causeText(t->hold->cause);
        m_hold->say(tr("Held since %1 by %2: %3. Its messages wait unharmed.").arg(shortTime(t->hold->since), q(t->hold->by), why), Tone::Bad);
    } else if (t->goneAt) {
        m_hold->say(tr("WeChat no longer lists this template since %1. Messages would be refused.").arg(shortTime(*t->goneAt)), Tone::Warn);
    }
    m_id->setText(q(t->templateId));
    m_keys->show(templateKeys(t->content));
    m_card->show(*t, exampleOf(*t), false);
}

void TemplatesPage::sync() {
    const auto id = m_account->account();
    const Account *account = id ? m_context.directory.account(*id) : nullptr;
    if (account == nullptr)
        return;
    m_sync->setEnabled(false);
    m_notice->say(tr("Asking WeChat…"), Tone::Info);
    m_context.engine.syncTemplates(account->name).then(this, [this](Result<TemplateSync> sync) {
        m_sync->setEnabled(m_context.mayChange());
        if (!sync) {
            m_notice->say(words::error(sync.error()), Tone::Bad);
            return;
        }
        m_notice->say(tr("%1 new, %2 changed, %3 unchanged, %4 gone.").arg(sync->added).arg(sync->changed).arg(sync->unchanged).arg(sync->gone), Tone::Good);
        m_context.directory.refresh();
    });
}

void TemplatesPage::release() {
    const QList<int> chosen = m_table->chosenRows();
    if (chosen.isEmpty())
        return;
    const Template t = *m_rows->at(chosen.first());
    m_context.engine.resumeTemplate(m_context.directory.accountName(t.account).toStdString(), t.templateId).then(this, [this](Result<bool> done) {
        if (!done)
            m_notice->say(words::error(done.error()), Tone::Bad);
        m_context.directory.refresh();
    });
}

} // namespace songda::ui
