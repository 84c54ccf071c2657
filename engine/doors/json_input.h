// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <nlohmann/json.hpp>
#include <string_view>

namespace songda::doors {

/// JSON from outside: UTF-8 without a byte order mark, no member twice, at most `depth` deep, nothing behind it. One
/// value, one reading: what two readers could take differently is refused.
Result<nlohmann::json> readJson(std::string_view text, int depth = 8);

} // namespace songda::doors
