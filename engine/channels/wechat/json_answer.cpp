// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/json_answer.h"

#include <algorithm>
#include <string>

namespace songda::wechat {

nlohmann::json parsedAnswer(std::string_view body) {
    std::string cleaned(body);
    std::replace_if(cleaned.begin(), cleaned.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return nlohmann::json::parse(cleaned, nullptr, /*allow_exceptions=*/false);
}

} // namespace songda::wechat
