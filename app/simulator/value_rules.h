// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace songda::simulator {

/// True if the platform would take this text (UTF-8) for a template key such as `thing1` or `amount3`, by the
/// table in wechat-api.md section 3.4. Lengths are counted in Unicode code points. Keys without a type, such
/// as `first` or `keyword1` of industry templates, take everything.
bool valueFits(std::string_view key, std::string_view value);

/// False for the keys of industry templates, whose values the platform does not check at all.
bool isTypedKey(std::string_view key);

} // namespace songda::simulator
