// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace songda::simulator {

/// The openid of follower number `index` (from 0): `o` and 27 characters, 28 in all as real ones, the same in
/// every run and independent of the seed. Nothing is stored, so a million followers cost no memory.
std::string followerOpenid(std::size_t index);

/// The number of a follower's openid, if it is one at all.
std::optional<std::size_t> followerIndex(std::string_view openid);

} // namespace songda::simulator
