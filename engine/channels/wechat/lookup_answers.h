// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/model/lookup.h"

#include <string_view>
#include <vector>

namespace songda::wechat {

/// Reads the answer of queryblocktmplmsg (wechat-api.md section 3.5): one entry or a list of them, ids as numbers or as texts.
/// Refused when it is not such an answer; nothing intercepted is an empty list.
Result<std::vector<InterceptedMessage>> readInterceptions(std::string_view body);

/// Reads the answer of openapi/rid/get (section 6.1), and takes secrets out of it: it repeats the whole request.
Result<FailedCall> readFailedCall(std::string_view body);

} // namespace songda::wechat
