// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/theme.h"

#include "ui/widgets/colours.h"

#include <QApplication>
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

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_systemDark(QApplication::palette().color(QPalette::Window).lightness() < 128) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
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
    QApplication::setPalette(paletteOf(colours));
    qApp->setStyleSheet(styleSheet(colours));
}

} // namespace songda::ui
