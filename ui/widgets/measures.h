// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace songda::ui {

// All distances and sizes of letters there are, so that pages look like one program.

/// The step of our spacing grid, in pixels of a 96 dpi screen.
inline constexpr int grid = 8;
inline constexpr int hairGap = grid / 4; ///< a field and what is said below it
inline constexpr int smallGap = grid / 2; ///< lines of one thing
inline constexpr int wideGap = grid * 3 / 2; ///< parts of a dialog, the inside of a tile
/// What the names beside the fields of a form take at least, so that forms below each other line up.
inline constexpr int labelWidth = 132;

/// Letters beside those of ordinary text.
enum class Letters {
    Small, ///< a badge
    Heading, ///< the name of a part of a page
    Figure, ///< a number one reads from afar
    Title, ///< the name of a page; the number of a tile
};

/// Ordinary letters in another size.
inline QFont sized(QFont font, Letters letters) {
    const double factor = letters == Letters::Small ? 0.85 : letters == Letters::Heading ? 1.15 : letters == Letters::Figure ? 1.35 : 1.6;
    font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

} // namespace songda::ui
