// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>
#include <string_view>

namespace songda::profile {

/// settings.json of a profile folder. No secret is ever in it.
struct Settings {
    std::string profileId; ///< random; names the profile's entries in the system key store
    std::string secrets; ///< "keychain", "file", or empty: not decided yet
    std::string doors; ///< the section of that name as JSON, see doors/door_settings.h; empty without one
    std::string others; ///< what else stands there, as a JSON object: somebody's notes outlive our writing; empty: nothing
};

/// Reads such a file, which errors call by this name. TooNew when a later version wrote it, Corrupt when it is none or is
/// nested deeper than settings ever are, InvalidInput when a value is wrong.
Result<Settings> readSettingsText(std::string_view text, const std::string &name);
/// What readSettingsText() reads the same from.
std::string settingsText(const Settings &settings);

} // namespace songda::profile
