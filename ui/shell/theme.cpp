// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/theme.h"

#include "ui/widgets/colours.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QStyleFactory>

namespace songda::ui {

namespace {

/// The style sheet is a resource with names of colours in it.
QString styleSheet(const Colours &colours) {
    QFile file(QStringLiteral(":/songda/style.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char *, QColor> names[]{{"@window", colours.window}, {"@surface", colours.surface},
        {"@raised", colours.raised}, {"@line", colours.line}, {"@text", colours.text}, {"@muted", colours.muted},
        {"@accent", colours.accent}, {"@onAccent", colours.onAccent}, {"@bad", colours.bad}};
    for (const auto &[name, colour] : names)
        sheet.replace(QString::fromLatin1(name) + QLatin1Char(';'), colour.name() + QLatin1Char(';'));
    // A style sheet cannot tint a picture, so the small arrows come in two colours.
    sheet.replace(QStringLiteral("@theme"), &colours == &darkColours() ? QStringLiteral("dark") : QStringLiteral("light"));
    return sheet;
}

bool looksDark(const QPalette &palette) { return palette.color(QPalette::Window).lightness() < 128; }

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_systemDark(looksDark(QApplication::palette())) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
    qApp->installEventFilter(this);
}

bool Theme::eventFilter(QObject *watched, QEvent *event) {
    // Qt 6.4 has no signal for it: that the system changed its colours is told by the palette it brings.
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp && !m_applying)
        QMetaObject::invokeMethod(this, &Theme::lookAtSystem, Qt::QueuedConnection); // not while it is still being told
    return QObject::eventFilter(watched, event);
}

void Theme::lookAtSystem() {
    const QPalette present = QApplication::palette();
    if (present.color(QPalette::Window) == (dark() ? darkColours() : lightColours()).window)
        return; // ours
    const bool before = dark();
    m_systemDark = looksDark(present);
    apply(); // also when somebody chose otherwise: the system's palette has taken the place of ours
    if (dark() != before)
        Q_EMIT changed();
}

bool Theme::dark() const {
    return m_choice == Choice::System ? m_systemDark : m_choice == Choice::Dark;
}

void Theme::set(Choice choice) {
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
    Q_EMIT changed();
}

void Theme::apply() {
    const Colours &colours = dark() ? darkColours() : lightColours();
    m_applying = true;
    QApplication::setPalette(paletteOf(colours));
    qApp->setStyleSheet(styleSheet(colours));
    m_applying = false;
}

} // namespace songda::ui
