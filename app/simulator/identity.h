// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace songda::simulator {

/// The account the simulator plays unless told otherwise. Shaped as a real one: `wx` and 16 hex digits.
inline constexpr std::string_view practiceAppId = "wx0123456789abcdef";

/// The secret of the practice account: 32 hex digits as a real one (wechat-api.md section 2.1), published on
/// purpose because it opens nothing but this simulator. It is not printed to logs all the same, so that the
/// habits and tests that keep secrets out of logs see no exception.
inline constexpr std::string_view practiceSecret = "5041435449434553454352455430f00d";

} // namespace songda::simulator
