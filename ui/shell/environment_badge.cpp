// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/environment_badge.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QPainter>

namespace songda::ui {

namespace {

int gravity(Environment environment) {
    switch (environment) {
    case Environment::Production: return 2;
    case Environment::TestAccount: return 1;
    case Environment::Practice: return 0;
    }
    return 2;
}

} // namespace

EnvironmentBadge::EnvironmentBadge(QWidget *parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void EnvironmentBadge::show(const Snapshot &snapshot) {
    std::optional<Environment> worst;
    QStringList names;
    for (const AccountSnapshot &account : snapshot.accounts) {
        if (!worst || gravity(account.environment) > gravity(*worst))
            worst = account.environment;
        names.append(q(account.name));
    }
    m_environment = worst;
    m_accounts = names.size() > 3 ? names.mid(0, 3).join(QStringLiteral(", ")) + QStringLiteral(" …") : names.join(QStringLiteral(", "));
    setAccessibleName(worst ? words::environment(*worst) : QString());
    update();
}

QSize EnvironmentBadge::sizeHint() const {
    return {200, fontMetrics().height() + 8};
}

void EnvironmentBadge::paintEvent(QPaintEvent *) {
    if (!m_environment)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    const Tone tone = words::tone(*m_environment);
    painter.setClipRect(rect());
    painter.fillRect(rect(), colours.ground(tone));
    if (m_environment == Environment::Practice) {
        QColor stripe = colours.tone(tone);
        stripe.setAlphaF(0.10F);
        painter.setPen(QPen(stripe, 9));
        for (int x = -height(); x < width() + height(); x += 26)
            painter.drawLine(x, height() + 4, x + height() + 8, -4);
    }
    painter.setPen(colours.tone(tone));
    QFont font = painter.font();
    font.setWeight(QFont::Bold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 1.2);
    painter.setFont(font);
    const QString name = words::environment(*m_environment);
    painter.drawText(rect().adjusted(2 * grid, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, name);
    const int used = QFontMetrics(font).horizontalAdvance(name) + 4 * grid;
    painter.setFont(this->font());
    const QRect rest = rect().adjusted(used, 0, -2 * grid, 0);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(m_accounts, Qt::ElideRight, rest.width()));
}

} // namespace songda::ui
