// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/recall_panel.h"

#include "engine/engine.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace songda::ui {

RecallPanel::RecallPanel(QWidget *parent)
    : QWidget(parent)
    , m_countdown(headline())
    , m_explanation(mutedLabel())
    , m_button(dangerButton())
    , m_texts(this) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * grid, 2 * grid, 2 * grid, 2 * grid);
    layout->setSpacing(2 * grid);
    auto *words = new QVBoxLayout;
    words->addWidget(m_countdown);
    words->addWidget(m_explanation);
    layout->addLayout(words, 1);
    layout->addWidget(m_button);
    QFont font = sized(m_button->font(), Letters::Figure);
    font.setWeight(QFont::DemiBold);
    m_button->setFont(font);
    // Two lines, so that nothing jumps when the words become longer.
    m_explanation->setMinimumHeight(2 * m_explanation->fontMetrics().lineSpacing());
    m_button->setMinimumSize(160, 52);
    m_button->setObjectName(QStringLiteral("takeBack"));
    m_tick.setInterval(std::chrono::milliseconds(250));
    connect(&m_tick, &QTimer::timeout, this, &RecallPanel::fill);
    connect(m_button, &QPushButton::clicked, this, &RecallPanel::takeBack);
    m_texts.add([this] {
        m_button->setText(tr("Take back"));
        fill();
    });
    hide();
}

void RecallPanel::show(std::optional<WallTime> leavesAt, std::int64_t messages, bool first) {
    m_leavesAt = leavesAt;
    m_messages = messages;
    m_first = first;
    fill();
}

void RecallPanel::setActing(bool may) {
    m_button->setEnabled(may);
}

void RecallPanel::fill() {
    const WallTime now = Engine::wallNow();
    const bool open = m_leavesAt && *m_leavesAt > now;
    setVisible(open);
    if (!open) {
        m_tick.stop();
        return;
    }
    if (!m_tick.isActive())
        m_tick.start();
    // Counted up, so that it never says that no time is left while there is some.
    const Seconds left = std::chrono::ceil<Seconds>(*m_leavesAt - now);
    m_countdown->setText(left < Seconds(120) ? tr("Leaves in %1 s").arg(left.count()) : tr("Leaves in %1").arg(span(left)));
    m_explanation->setText(
        (m_first ? tr("Nothing has left yet. The first of %1 messages goes at %2 (China time); until then all of them can be taken back.")
                 : tr("%1 messages still wait. The first of them goes at %2 (China time); until then they can be taken back."))
            .arg(number(m_messages), shortTime(*m_leavesAt)));
}

} // namespace songda::ui
