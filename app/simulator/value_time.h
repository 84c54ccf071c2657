// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace songda::simulator {

/// `15:01`, `2019年10月1日 15:01`, `2019-10-01 15:01:30`, or two joined by `~` (wechat-api.md section 3.4).
bool isTimeValue(const std::u32string &text);

/// `2019年10月1日`, `2019-10-01`, `2019/10/01`, `2019.10.01`, with a time or not, or two joined by `~`.
bool isDateValue(const std::u32string &text);

} // namespace songda::simulator
