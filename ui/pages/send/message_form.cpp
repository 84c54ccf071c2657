// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/message_form.h"

#include "engine/policy/value_rules.h"
#include "engine/when_done.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>
#include <map>

namespace songda::ui {

MessageForm::MessageForm(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_account(new AccountPicker(context.directory, PickerKind::One))
    , m_template(new TemplatePicker(context.directory, PickerKind::One))
    , m_openid(new QLineEdit)
    , m_openidHint(mutedLabel())
    , m_url(new QLineEdit)
    , m_urlHint(mutedLabel())
    , m_key(new QLineEdit)
    , m_later(new QCheckBox)
    , m_at(new QDateTimeEdit)
    , m_atHint(mutedLabel())
    , m_form(new QFormLayout)
    , m_fieldForm(new QFormLayout)
    , m_card(new WechatCard)
    , m_cardTitle(mutedLabel())
    , m_send(mainButton())
    , m_show(new QPushButton)
    , m_notice(new Notice)
    , m_texts(this) {
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, grid, grid, 0);
    for (QFormLayout *form : {m_form, m_fieldForm}) {
        form->setLabelAlignment(Qt::AlignLeft);
        form->setHorizontalSpacing(2 * grid);
        form->setVerticalSpacing(grid);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        column->addLayout(form);
    }
    column->addStretch();
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);

    m_openid->setObjectName(QStringLiteral("openid"));
    m_openid->setMaxLength(64);
    m_url->setMaxLength(1024);
    m_key->setMaxLength(128);
    m_at->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    m_at->setTimeSpec(Qt::UTC);
    m_at->setCalendarPopup(true);
    m_at->setEnabled(false);
    m_later->setObjectName(QStringLiteral("messageLater"));
    m_at->setObjectName(QStringLiteral("messageAt"));
    m_atHint->setObjectName(QStringLiteral("messageAtHint"));
    m_send->setObjectName(QStringLiteral("sendMessage"));
    m_template->setObjectName(QStringLiteral("messageTemplate"));
    auto *when = new QWidget;
    auto *whenLayout = new QHBoxLayout(when);
    whenLayout->setContentsMargins(0, 0, 0, 0);
    whenLayout->addWidget(m_later);
    whenLayout->addWidget(m_at);
    whenLayout->addStretch();
    for (QWidget *field : {static_cast<QWidget *>(m_account), static_cast<QWidget *>(m_template), withHint(m_openid, m_openidHint),
             withHint(m_url, m_urlHint), static_cast<QWidget *>(m_key), withHint(when, m_atHint)}) {
        m_form->addRow(new QLabel, field);
    }

    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, grid, 0, 0);
    right->addWidget(m_cardTitle);
    right->addWidget(m_card);
    right->addSpacing(grid);
    right->addWidget(m_notice);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_send);
    buttons->addWidget(m_show);
    buttons->addStretch();
    right->addLayout(buttons);
    right->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(3 * grid);
    row->addWidget(area, 3);
    row->addLayout(right, 2);

    m_show->hide();
    connect(m_account, &AccountPicker::picked, this, [this] { m_template->setAccount(m_account->account()); });
    connect(m_template, &TemplatePicker::picked, this, &MessageForm::buildFields);
    connect(&m_context.directory, &Directory::templatesChanged, this, &MessageForm::buildFields);
    connect(m_later, &QCheckBox::toggled, m_at, &QWidget::setEnabled);
    connect(m_later, &QCheckBox::toggled, this, [this](bool on) {
        if (on && fromEditor(m_at->dateTime()) <= Engine::wallNow()) // what was proposed when the window opened, long ago
            m_at->setDateTime(forEditor(proposedTime(Engine::wallNow(), std::chrono::hours(1))));
        check();
    });
    connect(m_at, &QDateTimeEdit::dateTimeChanged, this, &MessageForm::check);
    for (QLineEdit *edit : {m_openid, m_url, m_key})
        connect(edit, &QLineEdit::textChanged, this, &MessageForm::check);
    connect(m_send, &QPushButton::clicked, this, &MessageForm::send);
    connect(m_show, &QPushButton::clicked, this, [this] {
        MessageFilter filter;
        if (m_sent)
            filter.ids = {*m_sent};
        Q_EMIT showMessages(filter);
    });
    m_template->setAccount(m_account->account());
    m_texts.add([this] {
        const QStringList names{tr("Account"), tr("Template"), tr("Recipient (openid)"), tr("Link"), tr("Business key"), tr("When")};
        for (int i = 0; i < m_form->rowCount(); ++i)
            qobject_cast<QLabel *>(m_form->itemAt(i, QFormLayout::LabelRole)->widget())->setText(names[i]);
        m_openid->setAccessibleName(names[2]);
        m_url->setAccessibleName(names[3]);
        m_key->setAccessibleName(names[4]);
        m_key->setPlaceholderText(tr("e.g. the order number: the same key is never sent twice"));
        m_later->setText(tr("at (China time)"));
        m_at->setAccessibleName(tr("Time to send"));
        m_cardTitle->setText(tr("As the recipient sees it"));
        m_send->setText(tr("Send"));
        m_show->setText(tr("Show it in the queue"));
        check();
    });
    m_at->setDateTime(forEditor(proposedTime(Engine::wallNow(), std::chrono::hours(1))));
    buildFields();
}

void MessageForm::buildFields() {
    const auto ref = m_template->templateRef();
    const Template *t = ref ? m_context.directory.templateOf(*ref) : nullptr;
    const std::string content = t != nullptr ? t->content : std::string();
    if (m_built == ref && m_builtContent == content)
        return;
    m_built = ref;
    m_builtContent = content;
    // What was typed for a key is meant for the key of that name in the other template as well.
    std::map<std::string, QString> typed;
    for (const Field &field : m_fields)
        typed[field.key.name] = field.edit->text();
    m_fields.clear();
    while (m_fieldForm->rowCount() > 0)
        m_fieldForm->removeRow(0);
    for (const TemplateKey &key : templateKeys(content)) {
        if (isHiddenKey(key.name))
            continue;
        Field field{key, new QLineEdit, mutedLabel()};
        const QString name = q(key.label.empty() ? key.name : key.label);
        field.edit->setObjectName(QStringLiteral("value_") + q(key.name));
        field.edit->setAccessibleName(name);
        setPlainToolTip(field.edit, q(key.name));
        if (const auto before = typed.find(key.name); before != typed.end())
            field.edit->setText(before->second);
        connect(field.edit, &QLineEdit::textChanged, this, &MessageForm::check);
        m_fieldForm->addRow(plainLabel(name), withHint(field.edit, field.hint));
        m_fields.push_back(field);
    }
    check();
}

void MessageForm::userChanged() {
    for (QLineEdit *edit : {m_openid, m_url, m_key})
        edit->clear();
    for (const Field &field : m_fields)
        field.edit->clear();
    m_later->setChecked(false);
    m_sent.reset();
    m_show->hide();
    m_notice->clear();
}

TemplateData MessageForm::data() const {
    TemplateData data;
    for (const Field &field : m_fields) {
        if (!field.edit->text().isEmpty())
            data[field.key.name] = field.edit->text().toStdString();
    }
    return data;
}

bool MessageForm::check() {
    bool fine = true;
    for (const Field &field : m_fields) {
        const std::string value = field.edit->text().toStdString();
        const auto fault = checkValue(field.key.type, value);
        fine &= !fault;
        // An empty field is not a mistake yet, only unfinished.
        const bool wrong = fault && !value.empty();
        markField(field.edit, field.hint, wrong, wrong ? words::fault(*fault, field.key.type) : words::valueType(field.key.type));
    }
    const std::string openid = m_openid->text().trimmed().toStdString();
    const bool openidWrong = !openid.empty() && !isPlausibleOpenid(openid);
    markField(m_openid, m_openidHint, openidWrong,
        openidWrong ? words::fault(ValueFault::BadOpenid, {}) : tr("28 characters that begin with o"));
    const std::string url = m_url->text().trimmed().toStdString();
    const bool urlWrong = !url.empty() && !isPlausibleUrl(url);
    markField(m_url, m_urlHint, urlWrong,
        urlWrong ? words::fault(ValueFault::BadUrl, {}) : tr("Opened when the card is touched; may be empty"));
    const bool past = m_later->isChecked() && fromEditor(m_at->dateTime()) <= Engine::wallNow();
    mark(m_at, m_atHint, past, past ? tr("This time has passed. Choose one to come, or take the tick away: then it goes at once.") : QString());
    m_atHint->setVisible(past);
    fine &= !past && !openid.empty() && !openidWrong && !urlWrong && m_built.has_value();
    const Template *t = m_built ? m_context.directory.templateOf(*m_built) : nullptr;
    m_card->setVisible(t != nullptr);
    if (t != nullptr)
        m_card->show(*t, data(), !url.empty());
    m_send->setEnabled(fine && !m_sending && m_context.may(Permission::Send, m_send));
    return fine;
}

void MessageForm::send() {
    const auto account = m_account->account();
    const Account *from = account ? m_context.directory.account(*account) : nullptr;
    const Template *t = m_built ? m_context.directory.templateOf(*m_built) : nullptr;
    if (!check() || from == nullptr || t == nullptr)
        return;
    SendRequest request;
    request.account = from->name;
    request.templateId = t->templateId;
    request.openid = m_openid->text().trimmed().toStdString();
    request.data = data();
    request.url = m_url->text().trimmed().toStdString();
    request.idempotencyKey = m_key->text().trimmed().toStdString();
    if (m_later->isChecked())
        request.at = fromEditor(m_at->dateTime());
    m_sending = true;
    m_send->setEnabled(false);
    whenDone(m_context.engine.send(std::move(request)), this, [this](Result<SendReport> report) {
        m_sending = false;
        check();
        m_show->setVisible(report.has_value());
        if (!report) {
            m_notice->say(words::error(report.error()), Tone::Bad);
            return;
        }
        m_sent = report->id;
        if (report->duplicate)
            m_notice->say(tr("This key was used before: message no. %1. Nothing was sent a second time.").arg(report->id.value), Tone::Warn);
        else
            m_notice->say(tr("Queued as message no. %1.").arg(report->id.value), Tone::Good);
    });
}

} // namespace songda::ui
