// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/mapping_table.h"

#include "engine/policy/template_syntax.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr qsizetype longestColumn = 80;

/// The first column that has one of these names.
QString columnOf(const QStringList &header, const QStringList &names) {
    for (const QString &name : names) {
        for (const QString &column : header) {
            if (!name.isEmpty() && column.trimmed().compare(name, Qt::CaseInsensitive) == 0)
                return column;
        }
    }
    return {};
}

} // namespace

bool Mapping::complete() const {
    return !openid.isEmpty() && std::all_of(keys.begin(), keys.end(), [](const auto &entry) { return !entry.second.isEmpty(); });
}

Mapping guessMapping(const Template &t, const QStringList &header) {
    Mapping mapping;
    mapping.openid = columnOf(header, {QStringLiteral("openid"), QStringLiteral("open_id"), QStringLiteral("touser"),
                                          QStringLiteral("用户openid"), QStringLiteral("用户 openid"), QStringLiteral("接收人"), QStringLiteral("收件人")});
    mapping.url = columnOf(header, {QStringLiteral("url"), QStringLiteral("link"), QStringLiteral("链接"), QStringLiteral("跳转链接")});
    mapping.key = columnOf(header, {QStringLiteral("idempotency_key"), QStringLiteral("business_key"), QStringLiteral("业务单号")});
    for (const TemplateKey &key : templateKeys(t.content)) {
        if (!isHiddenKey(key.name))
            mapping.keys[key.name] = columnOf(header, {q(key.name), q(key.label)});
    }
    return mapping;
}

MappingTable::MappingTable(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_texts(this) {
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_form->setHorizontalSpacing(2 * grid);
    m_texts.add([this] {
        if (m_openid == nullptr)
            return;
        const Mapping kept = mapping();
        show(m_template, m_header);
        m_openid->setCurrentIndex(m_openid->findData(kept.openid));
        m_url->setCurrentIndex(m_url->findData(kept.url));
        m_key->setCurrentIndex(m_key->findData(kept.key));
        for (const Line &line : m_lines)
            line.box->setCurrentIndex(line.box->findData(kept.keys.at(line.key)));
    });
}

QComboBox *MappingTable::addLine(const QString &name, const QStringList &header, const QString &chosen, bool optional) {
    auto *box = new QComboBox;
    box->addItem(optional ? tr("none") : tr("choose a column…"), QString());
    for (const QString &column : header)
        box->addItem(shown(column, longestColumn), column);
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
    box->setAccessibleName(name);
    connect(box, &QComboBox::currentIndexChanged, this, &MappingTable::changed);
    auto *label = plainLabel(name);
    label->setMinimumWidth(labelWidth);
    m_form->addRow(label, box);
    return box;
}

void MappingTable::show(const Template &t, const QStringList &header) {
    m_template = t;
    m_header = header;
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_lines.clear();
    const Mapping guess = guessMapping(t, header);
    m_openid = addLine(tr("Recipient (openid)"), header, guess.openid, false);
    for (const TemplateKey &key : templateKeys(t.content)) {
        if (isHiddenKey(key.name))
            continue;
        const QString name = key.label.empty() ? q(key.name) : QStringLiteral("%1 (%2)").arg(q(key.label), q(key.name));
        m_lines.push_back({key.name, addLine(name, header, guess.keys.at(key.name), false)});
    }
    m_url = addLine(tr("Link"), header, guess.url, true);
    m_key = addLine(tr("Business key"), header, guess.key, true);
    Q_EMIT changed();
}

Mapping MappingTable::mapping() const {
    Mapping mapping;
    if (m_openid == nullptr)
        return mapping;
    mapping.openid = m_openid->currentData().toString();
    mapping.url = m_url->currentData().toString();
    mapping.key = m_key->currentData().toString();
    for (const Line &line : m_lines)
        mapping.keys[line.key] = line.box->currentData().toString();
    return mapping;
}

} // namespace songda::ui
