// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/quota_answer.h"

#include <nlohmann/json.hpp>

namespace songda::wechat {

std::optional<QuotaReading> readQuota(std::string_view body, WallTime day) {
    const auto root = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
    if (!root.is_object())
        return std::nullopt;
    const auto whole = [](const nlohmann::json &object, const char *name) -> std::optional<std::int64_t> {
        const auto it = object.find(name);
        if (it == object.end() || !it->is_number_integer())
            return std::nullopt;
        if (it->is_number_unsigned() && it->get<std::uint64_t>() > static_cast<std::uint64_t>(noQuota))
            return noQuota;
        return it->get<std::int64_t>();
    };
    if (whole(root, "errcode").value_or(0) != 0 || !root.contains("quota") || !root["quota"].is_object())
        return std::nullopt;
    const auto limit = whole(root["quota"], "daily_limit");
    const auto used = whole(root["quota"], "used");
    if (!limit || *limit <= 0 || !used || *used < 0)
        return std::nullopt;
    QuotaReading reading;
    reading.dailyLimit = *limit;
    reading.used = *used;
    reading.day = startOfChinaDay(day);
    if (root.contains("rate_limit") && root["rate_limit"].is_object()) {
        const auto calls = whole(root["rate_limit"], "call_count");
        const auto seconds = whole(root["rate_limit"], "refresh_second");
        if (calls && seconds && *calls > 0 && *seconds > 0)
            reading.callsPerSecond = static_cast<double>(*calls) / static_cast<double>(*seconds);
    }
    return reading;
}

} // namespace songda::wechat
