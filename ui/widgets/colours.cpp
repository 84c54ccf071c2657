// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/colours.h"

namespace songda::ui {

const QColor &Colours::tone(Tone tone) const {
    switch (tone) {
    case Tone::Neutral: return muted;
    case Tone::Info: return info;
    case Tone::Good: return good;
    case Tone::Warn: return warn;
    case Tone::Bad: return bad;
    }
    return muted;
}

QColor Colours::ground(Tone which) const {
    QColor pale = tone(which);
    pale.setAlphaF(0.14F);
    return pale;
}

const Colours &lightColours() {
    static const Colours colours{
        .window = QColor(0xf4, 0xf6, 0xf8),
        .surface = QColor(0xff, 0xff, 0xff),
        .raised = QColor(0xec, 0xf0, 0xf3),
        .line = QColor(0xdd, 0xe2, 0xe7),
        .text = QColor(0x1b, 0x23, 0x2b),
        .muted = QColor(0x5b, 0x68, 0x75),
        .accent = QColor(0x0b, 0x7d, 0x62),
        .onAccent = QColor(0xff, 0xff, 0xff),
        .info = QColor(0x1f, 0x6f, 0xbf),
        .good = QColor(0x17, 0x7a, 0x4b),
        .warn = QColor(0x9a, 0x62, 0x00),
        .bad = QColor(0xb8, 0x30, 0x2f),
    };
    return colours;
}

const Colours &darkColours() {
    static const Colours colours{
        .window = QColor(0x15, 0x1a, 0x1f),
        .surface = QColor(0x1d, 0x24, 0x2b),
        .raised = QColor(0x27, 0x30, 0x39),
        .line = QColor(0x35, 0x40, 0x4b),
        .text = QColor(0xe6, 0xeb, 0xf0),
        .muted = QColor(0x9d, 0xab, 0xb8),
        .accent = QColor(0x35, 0xc4, 0x9b),
        .onAccent = QColor(0x08, 0x1f, 0x18),
        .info = QColor(0x6c, 0xb2, 0xf2),
        .good = QColor(0x5c, 0xcf, 0x90),
        .warn = QColor(0xe9, 0xb2, 0x4f),
        .bad = QColor(0xf0, 0x82, 0x7c),
    };
    return colours;
}

bool isDark(const QPalette &palette) {
    // Not by Window: a style sheet that makes a ground transparent changes that role.
    return palette.color(QPalette::Mid).lightness() < 128;
}

const Colours &coloursFor(const QPalette &palette) {
    return isDark(palette) ? darkColours() : lightColours();
}

QPalette paletteOf(const Colours &c) {
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.surface);
    p.setColor(QPalette::AlternateBase, c.raised);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.muted);
    p.setColor(QPalette::Button, c.surface);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.bad);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::ToolTipBase, c.raised);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, c.accent);
    p.setColor(QPalette::Light, c.raised);
    p.setColor(QPalette::Midlight, c.raised);
    p.setColor(QPalette::Mid, c.line);
    p.setColor(QPalette::Dark, c.line);
    p.setColor(QPalette::Shadow, c.line);
    QColor faint = c.muted;
    faint.setAlphaF(0.55F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, faint);
    return p;
}

} // namespace songda::ui
