// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace songda::store {

/// SHA-256 as 64 hexadecimal digits.
std::string sha256Hex(std::string_view bytes);

/// 128 random bits in hexadecimal, from the system: what was hashed with it and then forgotten cannot be guessed from what
/// was drawn before and after.
std::string newSalt();

/// The link of the entry of this number after `previous`, which says `text`: changes with each of the three. Reports and
/// the audit are chained by it; stored, so it must not change.
std::string chainLink(std::int64_t number, const std::string &previous, const std::string &text);

} // namespace songda::store
