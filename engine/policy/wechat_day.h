// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

/// Daily counters reset around 00:00 China time; five minutes later is safe (wechat-api.md section 9.1,
/// 45009). The first such moment after `t`.
WallTime nextQuotaReset(WallTime t);

} // namespace songda
