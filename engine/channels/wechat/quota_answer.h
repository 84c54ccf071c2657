// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"
#include "engine/policy/quota.h"

#include <optional>
#include <string_view>

namespace songda::wechat {

/// What openapi/quota/get answered (wechat-api.md section 6.1); nothing when that was a refusal or is not to be understood.
std::optional<QuotaReading> readQuota(std::string_view body, WallTime now);

} // namespace songda::wechat
