// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace songda::simulator {

/// The fixed part of errmsg for an errcode (wechat-api.md section 1). Free text: clients must not depend on
/// it.
std::string_view errorText(int errcode);

} // namespace songda::simulator
