// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/time.h"

#include <charconv>
#include <cstdio>

namespace songda {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::year_month_day;

/// Takes exactly `width` digits off the front.
std::optional<int> takeNumber(std::string_view &text, std::size_t width) {
    if (text.size() < width)
        return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + width, value);
    if (error != std::errc{} || end != text.data() + width || text.front() == '-')
        return std::nullopt;
    text.remove_prefix(width);
    return value;
}

bool takeChar(std::string_view &text, char c) {
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::string toIso8601(WallTime t) {
    const auto local = t + chinaOffset;
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss<Millis> clock{local - day};
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03d+08:00", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

std::string toIso8601(std::optional<WallTime> t) { return t ? toIso8601(*t) : std::string{}; }

std::optional<WallTime> parseIso8601(std::string_view text) {
    const auto year = takeNumber(text, 4);
    if (!year || !takeChar(text, '-'))
        return std::nullopt;
    const auto month = takeNumber(text, 2);
    if (!month || !takeChar(text, '-'))
        return std::nullopt;
    const auto day = takeNumber(text, 2);
    if (!day)
        return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok())
        return std::nullopt;
    WallTime local{std::chrono::sys_days{date}};
    if (text.empty())
        return local - chinaOffset;

    if (!takeChar(text, 'T') && !takeChar(text, ' '))
        return std::nullopt;
    const auto hour = takeNumber(text, 2);
    if (!hour || *hour > 23 || !takeChar(text, ':'))
        return std::nullopt;
    const auto minute = takeNumber(text, 2);
    if (!minute || *minute > 59)
        return std::nullopt;
    local += std::chrono::hours{*hour} + std::chrono::minutes{*minute};
    if (takeChar(text, ':')) {
        const auto second = takeNumber(text, 2);
        if (!second || *second > 59)
            return std::nullopt;
        local += Seconds{*second};
        if (takeChar(text, '.')) {
            int scale = 100;
            bool any = false;
            while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
                local += Millis{(text.front() - '0') * scale};
                scale /= 10;
                text.remove_prefix(1);
                any = true;
            }
            if (!any)
                return std::nullopt;
        }
    }
    if (text.empty())
        return local - chinaOffset;
    if (takeChar(text, 'Z'))
        return text.empty() ? std::optional{local} : std::nullopt;
    const int sign = takeChar(text, '+') ? 1 : takeChar(text, '-') ? -1 : 0;
    if (sign == 0)
        return std::nullopt;
    const auto offsetHour = takeNumber(text, 2);
    if (!offsetHour || *offsetHour > 14)
        return std::nullopt;
    takeChar(text, ':');
    const auto offsetMinute = takeNumber(text, 2);
    if (!offsetMinute || *offsetMinute > 59 || !text.empty())
        return std::nullopt;
    return local - sign * (std::chrono::hours{*offsetHour} + std::chrono::minutes{*offsetMinute});
}

std::optional<WallTime> parseHttpDate(std::string_view text) {
    static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 29 || text.substr(26) != "GMT")
        return std::nullopt;
    const auto month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0)
        return std::nullopt;
    char iso[32];
    std::snprintf(iso, sizeof iso, "%.4s-%02d-%.2sT%.8sZ", text.data() + 12, static_cast<int>(month / 3 + 1), text.data() + 5,
        text.data() + 17);
    return parseIso8601(iso);
}

WallTime startOfChinaDay(WallTime t) { return WallTime{floor<days>(t + chinaOffset)} - chinaOffset; }

std::string chinaDate(WallTime t) { return toIso8601(t).substr(0, 10); }

} // namespace songda
