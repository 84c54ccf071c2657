// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace songda::console {

/// What a setting is called, by its name in settings.json; that name when nobody gave it another.
QString doorTitle(const char *name);
/// What the doors say of their settings, in the language of the console.
QString doorWords(const char *english);

} // namespace songda::console
