// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace songda::ui {

/// What a word or a number says at a glance.
enum class Tone { Neutral, Info, Good, Warn, Bad };

/// The one set of colours of a theme. Widgets ask for it by their palette, so that a switch of the theme reaches
/// them through the ordinary palette change and nothing has to be handed round.
struct Colours {
    QColor window, surface, raised, line, text, muted, accent, onAccent;
    QColor info, good, warn, bad;

    const QColor &tone(Tone tone) const;
    /// A pale ground for a word in this tone.
    QColor ground(Tone tone) const;
};

const Colours &lightColours();
const Colours &darkColours();
bool isDark(const QPalette &palette);
const Colours &coloursFor(const QPalette &palette);
/// The palette that carries these colours.
QPalette paletteOf(const Colours &colours);

} // namespace songda::ui
