// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wechat_card.h"

#include "engine/policy/template_syntax.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace songda::ui {

WechatCard::WechatCard(QWidget *parent)
    : QWidget(parent)
    , m_title(headline(2))
    , m_lines(new QGridLayout)
    , m_link(mutedLabel()) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * grid, 2 * grid, 2 * grid, grid);
    layout->setSpacing(wideGap);
    m_title->setWordWrap(true);
    layout->addWidget(m_title);
    m_lines->setHorizontalSpacing(2 * grid);
    m_lines->setVerticalSpacing(smallGap);
    m_lines->setColumnStretch(1, 1);
    layout->addLayout(m_lines);
    layout->addWidget(m_link);
    setMinimumWidth(280);
    setMaximumWidth(420);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void WechatCard::clear() {
    show(Template{}, {}, false);
}

void WechatCard::show(const Template &t, const TemplateData &values, bool hasLink) {
    m_title->setText(shown(q(t.title)));
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const TemplateKey &key : templateKeys(t.content)) {
        if (isHiddenKey(key.name))
            continue;
        auto *name = mutedLabel(shown(q(key.label.empty() ? key.name : key.label), 100));
        name->setFixedWidth(qMin(130, name->fontMetrics().horizontalAdvance(name->text()) + 4));
        name->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        const auto found = values.find(key.name);
        const bool missing = found == values.end() || found->second.empty();
        auto *value = missing ? mutedLabel(QStringLiteral("……")) : plainLabel(shown(q(found->second)));
        m_lines->addWidget(name, row, 0);
        m_lines->addWidget(value, row, 1);
        ++row;
    }
    // What WeChat itself writes at the foot of a card with a link, whatever our language.
    m_link->setText(QStringLiteral("查看详情  ›"));
    m_link->setVisible(hasLink);
    updateGeometry();
}

void WechatCard::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    painter.setPen(colours.line);
    painter.setBrush(isDark(palette()) ? colours.raised : colours.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
}

} // namespace songda::ui
