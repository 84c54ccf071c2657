// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/model/template.h"

#include <string_view>
#include <vector>

namespace songda::wechat {

/// Reads the answer of get_all_private_template (wechat-api.md section 3.5): entries without a plausible id
/// are left out. Refused when it is not such an answer.
Result<std::vector<Template>> readTemplateList(std::string_view body, AccountId account, WallTime fetchedAt);

} // namespace songda::wechat
