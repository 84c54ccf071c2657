// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace songda::wechat {

/// An answer as JSON; control characters, which WeChat leaves raw in texts, become blanks. Discarded when it is not JSON.
nlohmann::json parsedAnswer(std::string_view body);

} // namespace songda::wechat
