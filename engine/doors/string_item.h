// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>
#include <string_view>

namespace songda::doors {

/// A header field that is an Item with a String (RFC 8941, 3.3.3), such as `"a\"b";p=1`: the string, unescaped. Its
/// parameters must be well-formed and mean nothing. InvalidInput says what is wrong. Pure.
Result<std::string> readStringItem(std::string_view field);

} // namespace songda::doors
