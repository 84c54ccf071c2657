// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace songda {

/// "oAb...x9": enough to tell two people of a list apart, not to write to one.
std::string maskedOpenid(std::string_view openid);
/// A text with everything masked in it that may be an openid.
std::string withMaskedOpenids(std::string_view text);

} // namespace songda
