// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/quota_answer.h"

#include "engine/channels/wechat/json_answer.h"

#include <charconv>

namespace songda::wechat {

namespace {
/// Counters turn "around 00:00" (section 9.1, 45009): what one says in the first minutes may still be yesterday's, and
/// counted as today's it would cost the whole day.
constexpr auto turnOfDay = std::chrono::minutes{5};
/// No rate is counted over more than a day; a number without sense must not stop an account.
constexpr std::int64_t longestRefresh = 86'400;
} // namespace

std::optional<QuotaReading> readQuota(std::string_view body, WallTime now) {
    const auto root = parsedAnswer(body);
    if (!root.is_object())
        return std::nullopt;
    const auto whole = [](const nlohmann::json &object, const char *name) -> std::optional<std::int64_t> {
        const auto it = object.find(name);
        if (it == object.end())
            return std::nullopt;
        if (it->is_string()) {
            const auto &digits = it->get_ref<const std::string &>();
            std::int64_t n = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
            return error == std::errc{} && end == digits.data() + digits.size() ? std::optional(n) : std::nullopt;
        }
        if (!it->is_number_integer())
            return std::nullopt;
        if (it->is_number_unsigned() && it->get<std::uint64_t>() > static_cast<std::uint64_t>(noQuota))
            return noQuota;
        return it->get<std::int64_t>();
    };
    const bool refused = root.contains("errcode") && whole(root, "errcode") != 0;
    if (refused || !root.contains("quota") || !root["quota"].is_object())
        return std::nullopt;
    const auto limit = whole(root["quota"], "daily_limit");
    const auto used = whole(root["quota"], "used");
    if (!limit || *limit <= 0 || !used || *used < 0)
        return std::nullopt;
    QuotaReading reading;
    reading.dailyLimit = *limit;
    reading.used = *used;
    reading.day = startOfChinaDay(now - turnOfDay);
    if (root.contains("rate_limit") && root["rate_limit"].is_object()) {
        const auto calls = whole(root["rate_limit"], "call_count");
        const auto seconds = whole(root["rate_limit"], "refresh_second");
        if (calls && seconds && *calls > 0 && *seconds > 0 && *seconds <= longestRefresh)
            reading.callsPerSecond = static_cast<double>(*calls) / static_cast<double>(*seconds);
    }
    return reading;
}

} // namespace songda::wechat
