// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/card_stepper.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/wechat_card.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace songda::ui {

CardStepper::CardStepper(QWidget *parent)
    : QWidget(parent)
    , m_title(headline(2))
    , m_to(mutedLabel())
    , m_previous(new QPushButton)
    , m_next(new QPushButton)
    , m_card(new WechatCard)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_previous);
    head->addWidget(m_next);
    layout->addLayout(head);
    layout->addWidget(m_to);
    layout->addWidget(m_card);
    m_previous->setObjectName(QStringLiteral("previousRow"));
    m_next->setObjectName(QStringLiteral("nextRow"));
    m_to->setObjectName(QStringLiteral("cardTo"));
    connect(m_previous, &QPushButton::clicked, this, [this] {
        --m_row;
        fill();
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        ++m_row;
        fill();
    });
    m_texts.add([this] {
        m_title->setText(tr("As the recipients see it"));
        m_previous->setText(tr("Previous row"));
        m_next->setText(tr("Next row"));
        fill();
    });
}

void CardStepper::show(const Template *t, const Mapping &mapping, const CsvPreview *preview) {
    m_template = t != nullptr ? std::optional(*t) : std::nullopt;
    m_mapping = mapping;
    m_preview = preview != nullptr ? std::optional(*preview) : std::nullopt;
    fill();
}

void CardStepper::goToFirst() {
    m_row = 0;
    fill();
}

std::string CardStepper::cell(const QString &column) const {
    const std::vector<std::string> &row = m_preview->rows[static_cast<std::size_t>(m_row)];
    for (std::size_t i = 0; i < m_preview->header.size() && i < row.size(); ++i) {
        if (!column.isEmpty() && q(m_preview->header[i]) == column)
            return row[i];
    }
    return {};
}

void CardStepper::fill() {
    const int rows = m_preview ? static_cast<int>(m_preview->rows.size()) : 0;
    m_row = qBound(0, m_row, qMax(0, rows - 1));
    m_previous->setEnabled(m_row > 0);
    m_next->setEnabled(m_row + 1 < rows);
    m_card->setVisible(m_template.has_value());
    TemplateData values;
    QString to;
    if (rows > 0) {
        for (const auto &[key, column] : m_mapping.keys)
            values[key] = cell(column);
        to = q(cell(m_mapping.openid));
    }
    m_to->setText(rows > 0 ? tr("Row %1 of the first %2 · to %3").arg(m_row + 1).arg(rows).arg(to)
                           : tr("Choose a file to see its rows as cards."));
    if (m_template)
        m_card->show(*m_template, values, !m_mapping.url.isEmpty());
}

} // namespace songda::ui
