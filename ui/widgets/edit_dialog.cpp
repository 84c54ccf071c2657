// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/edit_dialog.h"

#include "engine/policy/value_rules.h"
#include "engine/when_done.h"
#include "ui/models/directory.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/message_values.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <algorithm>

namespace songda::ui {

EditDialog::EditDialog(Engine &engine, const Directory &directory, const MessageDetail &detail, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_id(detail.message.id)
    , m_life(detail.message.life)
    , m_masked(detail.masked)
    , m_url(new QLineEdit)
    , m_urlHint(mutedLabel())
    , m_reason(new QLineEdit)
    , m_changes(mutedLabel())
    , m_card(new WechatCard)
    , m_notice(new Notice)
    , m_send(mainButton()) {
    if (const Template *t = directory.templateOf(detail.message.templateRef))
        m_template = *t;
    setObjectName(QStringLiteral("editMessage"));
    setWindowTitle(tr("Edit and resend message no. %1").arg(m_id.value));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 460);
    const MessageValues values = valuesOf(detail.message.content);
    m_urlBefore = q(values.url);

    auto *inside = new QWidget;
    auto *form = new QFormLayout(inside);
    form->setContentsMargins(0, 0, grid, 0);
    form->setLabelAlignment(Qt::AlignLeft);
    form->setHorizontalSpacing(2 * grid);
    form->setVerticalSpacing(grid);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const TemplateKey &key : templateKeys(m_template.has_value() ? m_template->content : std::string())) {
        const auto stored = values.data.find(key.name);
        if (isHiddenKey(key.name) && stored == values.data.end())
            continue;
        Field field{key, stored == values.data.end() ? QString() : q(stored->second), new QLineEdit, mutedLabel()};
        const QString name = q(key.label.empty() ? key.name : key.label);
        field.edit->setObjectName(QStringLiteral("value_") + q(key.name));
        field.edit->setAccessibleName(name);
        field.edit->setText(field.before);
        if (m_masked)
            field.edit->setPlaceholderText(tr("kept as it is, and not shown to you"));
        connect(field.edit, &QLineEdit::textChanged, this, &EditDialog::check);
        form->addRow(plainLabel(name), withHint(field.edit, field.hint));
        m_fields.push_back(field);
    }
    m_url->setObjectName(QStringLiteral("url"));
    m_url->setMaxLength(1024);
    m_url->setText(m_urlBefore);
    if (m_masked)
        m_url->setPlaceholderText(tr("kept as it is, and not shown to you"));
    m_url->setAccessibleName(tr("Link"));
    connect(m_url, &QLineEdit::textChanged, this, &EditDialog::check);
    form->addRow(plainLabel(tr("Link")), withHint(m_url, m_urlHint));
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);

    auto *right = new QVBoxLayout;
    right->setSpacing(grid);
    right->addWidget(mutedLabel(m_masked ? tr("What you leave empty stays as it is. You may change values without seeing the others.") : tr("As the recipient sees it")));
    right->addWidget(m_card);
    right->addWidget(m_changes);
    right->addStretch();
    auto *columns = new QHBoxLayout;
    columns->setSpacing(3 * grid);
    columns->addWidget(area, 3);
    columns->addLayout(right, 2);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(wideGap);
    layout->addWidget(plainLabel(tr("Recipient, business key, batch and history stay as they are. The change is recorded with your name.")));
    layout->addLayout(columns, 1);
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setMaxLength(500);
    m_reason->setPlaceholderText(tr("Reason (needed, for the audit)"));
    m_reason->setAccessibleName(tr("Reason"));
    connect(m_reason, &QLineEdit::textChanged, this, &EditDialog::check);
    layout->addWidget(m_reason);
    if (mayHaveArrived(detail)) {
        m_twice = new QCheckBox(tr("It may have arrived already. With other words WeChat cannot recognise a repeat: it may arrive twice"));
        m_twice->setObjectName(QStringLiteral("confirm"));
        connect(m_twice, &QCheckBox::toggled, this, &EditDialog::check);
        layout->addWidget(m_twice);
    }
    layout->addWidget(m_notice);
    auto *buttons = new QDialogButtonBox;
    m_send->setObjectName(QStringLiteral("yes"));
    m_send->setText(tr("Resend"));
    m_send->setDefault(true);
    buttons->addButton(m_send, QDialogButtonBox::ActionRole);
    buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
    connect(m_send, &QPushButton::clicked, this, &EditDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    if (!m_template)
        m_notice->say(tr("The template of this message is not known here any more. Fetch the templates first."), Tone::Bad);
    check();
    if (!m_fields.empty())
        m_fields.front().edit->setFocus();
}

TemplateData EditDialog::data() const {
    TemplateData data;
    for (const Field &field : m_fields)
        data[field.key.name] = field.edit->text().toStdString();
    return data;
}

void EditDialog::check() {
    bool fine = m_template.has_value();
    QStringList changed;
    for (const Field &field : m_fields) {
        const QString text = field.edit->text();
        const bool kept = text.isEmpty() && (m_masked || isHiddenKey(field.key.name));
        const auto fault = kept ? std::nullopt : checkValue(field.key.type, text.toStdString());
        fine &= !fault;
        const bool differs = text != field.before;
        if (differs)
            changed.append(field.edit->accessibleName());
        mark(field.edit, field.hint, fault.has_value(),
            fault         ? words::fault(*fault, field.key.type)
                : differs && m_masked ? tr("Instead of what it says now")
                : differs ? tr("Was: %1").arg(field.before.isEmpty() ? tr("nothing") : field.before)
                          : words::valueType(field.key.type));
    }
    const QString url = m_url->text().trimmed();
    const bool urlWrong = !url.isEmpty() && !isPlausibleUrl(url.toStdString());
    const bool urlDiffers = url != m_urlBefore;
    if (urlDiffers)
        changed.append(m_url->accessibleName());
    mark(m_url, m_urlHint, urlWrong,
        urlWrong         ? words::fault(ValueFault::BadUrl, {})
            : urlDiffers && m_masked ? tr("Instead of the link it has now, if any")
            : m_masked   ? tr("Opened when the card is touched; empty: as it is")
            : urlDiffers ? tr("Was: %1").arg(m_urlBefore.isEmpty() ? tr("nothing") : m_urlBefore)
                         : tr("Opened when the card is touched; may be empty"));
    m_changes->setText(changed.isEmpty() ? tr("Nothing is changed yet.") : tr("Changed: %1").arg(changed.join(tr(", "))));
    if (m_template.has_value())
        m_card->show(*m_template, data(), !url.isEmpty());
    m_card->setVisible(m_template.has_value() && !m_masked);
    m_send->setEnabled(fine && !urlWrong && !changed.isEmpty() && !m_sending && !m_reason->text().trimmed().isEmpty()
        && (m_twice == nullptr || m_twice->isChecked()));
}

void EditDialog::send() {
    EditRequest request;
    request.id = m_id;
    request.life = m_life;
    request.reason = m_reason->text().trimmed().toStdString();
    request.mayArriveTwice = m_twice != nullptr && m_twice->isChecked();
    for (const Field &field : m_fields) {
        if (field.edit->text() != field.before)
            request.data[field.key.name] = field.edit->text().toStdString();
    }
    if (m_url->text().trimmed() != m_urlBefore)
        request.url = m_url->text().trimmed().toStdString();
    m_sending = true;
    check();
    whenDone(m_engine.editAndResend(std::move(request)), this, [this](Result<EditReport> report) {
        m_sending = false;
        check();
        if (!report) {
            m_notice->say(words::error(report.error()), Tone::Bad);
            return;
        }
        if (!report->resent) {
            m_notice->say(tr("It was left: it may have arrived meanwhile. Look at it anew."), Tone::Warn);
            return;
        }
        Q_EMIT sent(tr("Message no. %1 is queued again with other words.").arg(m_id.value));
        accept();
    });
}

} // namespace songda::ui
