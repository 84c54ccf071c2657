// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/setting_editor.h"

#include "ui/pages/settings/setting_words.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/json_value.h"
#include "ui/widgets/parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimeEdit>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

const char *const jitters[]{"full", "equal", "none"};
constexpr double widestNumber = 1e15;

} // namespace

SettingEditor::SettingEditor(QWidget *parent)
    : QWidget(parent)
    , m_editors(new QStackedWidget)
    , m_number(new QDoubleSpinBox)
    , m_yes(new QCheckBox)
    , m_time(new QTimeEdit)
    , m_text(new QLineEdit)
    , m_jitter(new QComboBox)
    , m_range(mutedLabel()) {
    m_number->setObjectName(QStringLiteral("settingNumber"));
    m_yes->setObjectName(QStringLiteral("settingYes"));
    m_time->setObjectName(QStringLiteral("settingTime"));
    m_text->setObjectName(QStringLiteral("settingText"));
    m_jitter->setObjectName(QStringLiteral("settingJitter"));
    m_time->setDisplayFormat(QStringLiteral("HH:mm"));
    m_text->setMaxLength(120);
    for (QWidget *editor : std::initializer_list<QWidget *>{m_number, m_yes, m_time, m_text, m_jitter})
        m_editors->addWidget(editor);
    m_editors->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_editors);
    layout->addWidget(m_range);
    const auto tell = [this] {
        say();
        Q_EMIT changed();
    };
    connect(m_number, &QDoubleSpinBox::valueChanged, this, tell);
    connect(m_yes, &QCheckBox::toggled, this, tell);
    connect(m_time, &QTimeEdit::timeChanged, this, tell);
    connect(m_text, &QLineEdit::textChanged, this, tell);
    connect(m_jitter, &QComboBox::currentIndexChanged, this, tell);
}

void SettingEditor::setTexts() {
    m_yes->setText(tr("yes"));
    for (QWidget *editor : std::initializer_list<QWidget *>{m_number, m_yes, m_time, m_text, m_jitter})
        editor->setAccessibleName(tr("New value"));
    const QSignalBlocker quiet(m_jitter);
    const int before = qMax(0, m_jitter->currentIndex());
    m_jitter->clear();
    PolicyValue field;
    field.kind = PolicyKind::Jitter;
    for (const char *name : jitters)
        m_jitter->addItem(words::settingValue(field, '"' + std::string(name) + '"'), QLatin1String(name));
    m_jitter->setCurrentIndex(before);
}

void SettingEditor::show(const PolicyValue &field, const std::string &json) {
    m_field = field;
    const QJsonValue now = jsonValue(json);
    const QSignalBlocker quiet[]{QSignalBlocker(m_number), QSignalBlocker(m_yes), QSignalBlocker(m_time), QSignalBlocker(m_text), QSignalBlocker(m_jitter)};
    switch (field.kind) {
    case PolicyKind::Whole:
    case PolicyKind::Number: {
        const double scale = words::settingScale(field);
        m_number->setDecimals(field.kind == PolicyKind::Whole ? 0 : 3);
        // What does not fit is said below the field. An editor that puts another number there says nothing.
        m_number->setRange(-widestNumber, widestNumber);
        m_number->setSingleStep(field.kind == PolicyKind::Whole ? 1 : scale * 0.05);
        const QString unit = words::settingUnit(field);
        m_number->setSuffix(unit.isEmpty() ? QString() : QLatin1Char(' ') + unit);
        m_number->setValue(now.toDouble() * scale);
        m_editors->setCurrentWidget(m_number);
        break;
    }
    case PolicyKind::YesNo:
        m_yes->setChecked(now.toBool());
        m_editors->setCurrentWidget(m_yes);
        break;
    case PolicyKind::TimeOfDay:
        m_time->setTime(QTime::fromString(now.toString(), QStringLiteral("HH:mm")));
        m_editors->setCurrentWidget(m_time);
        break;
    case PolicyKind::File:
        m_text->setText(now.toString());
        m_editors->setCurrentWidget(m_text);
        break;
    case PolicyKind::Jitter:
        m_jitter->setCurrentIndex(qMax(0, m_jitter->findData(now.toString())));
        m_editors->setCurrentWidget(m_jitter);
        break;
    }
    say();
}

double SettingEditor::number() const { return m_number->value() / words::settingScale(m_field); }

bool SettingEditor::fits() const {
    // A share of 0.001 is 0.1 %, and no binary number is that exactly.
    constexpr double slack = 1e-9;
    return m_editors->currentWidget() != m_number || (number() >= m_field.least - slack && number() <= m_field.most + slack);
}

void SettingEditor::say() {
    const bool wrong = !fits();
    mark(m_number, m_range, wrong,
        wrong ? tr("Does not fit. It may be: %1").arg(words::settingRange(m_field))
              : tr("May be: %1. Built in: %2. In the file: %3").arg(words::settingRange(m_field), words::settingValue(m_field, m_field.builtIn), q(m_field.field)));
}

std::string SettingEditor::typed() const {
    const QWidget *editor = m_editors->currentWidget();
    const auto text = [](const QString &value) {
        const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return array.mid(1, array.size() - 2).toStdString();
    };
    if (editor == m_number)
        return QString::number(number(), 'g', 15).toStdString();
    if (editor == m_yes)
        return m_yes->isChecked() ? "true" : "false";
    if (editor == m_time)
        return text(m_time->time().toString(QStringLiteral("HH:mm")));
    return text(editor == m_text ? m_text->text().trimmed() : m_jitter->currentData().toString());
}

} // namespace songda::ui
