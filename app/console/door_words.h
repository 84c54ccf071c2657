// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/door_settings.h"

#include <QString>
#include <string>

namespace songda::console {

/// What a setting is called, by its name in settings.json; that name when nobody gave it another.
QString doorTitle(const char *name);
/// What the doors say of their settings, in the language of the console.
QString doorWords(const char *english);

/// A value of the setting, given as JSON, as people write it: lists with commas, yes and no, sizes with their unit.
QString doorShown(const doors::DoorField &field, const std::string &json);
/// What was typed, as the settings take it; JSON as the file has it is taken, too.
QString doorTyped(const doors::DoorField &field, const QString &text);
/// What may stand there, in the same form.
QString doorRange(const doors::DoorField &field);

} // namespace songda::console
