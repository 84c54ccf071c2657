// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/quotas.h"

#include <utility>

namespace songda::simulator {

namespace {

constexpr std::array<std::pair<std::string_view, Call>, callCount> paths{{
    {"/cgi-bin/message/template/send", Call::Send},
    {"/cgi-bin/token", Call::Token},
    {"/cgi-bin/stable_token", Call::StableToken},
    {"/cgi-bin/template/get_all_private_template", Call::Templates},
    {"/cgi-bin/user/get", Call::UserGet},
    {"/cgi-bin/clear_quota", Call::ClearQuota},
    {"/cgi-bin/clear_quota/v2", Call::ClearQuotaV2},
    {"/cgi-bin/openapi/quota/get", Call::QuotaGet},
    {"/cgi-bin/openapi/quota/clear", Call::QuotaClear},
    {"/cgi-bin/openapi/rid/get", Call::RidGet},
    {"/wxa/sec/queryblocktmplmsg", Call::Interceptions},
}};

constexpr std::uint64_t clearsPerMonth = 10;
constexpr std::uint64_t singleClearsPerMonth = 50;

} // namespace

std::optional<Call> callOfPath(std::string_view path) {
    for (const auto &[known, call] : paths) {
        if (known == path) {
            return call;
        }
    }
    return std::nullopt;
}

Quotas::Quotas() {
    counter(Call::Token).limit = {2'000, 0};
    counter(Call::StableToken).limit = {500'000, 10'000};
    counter(Call::Send).limit = {100'000, 0};
    counter(Call::UserGet).limit = {500, 0};
}

int Quotas::take(Call call, TimePoint now) {
    const std::lock_guard lock{m_mutex};
    Counter &used = counter(call);
    if (const std::int64_t day = chinaDay(now); day != used.day) {
        used.day = day;
        used.today = 0;
    }
    if (const std::int64_t minute = minuteNumber(now); minute != used.minute) {
        used.minute = minute;
        used.thisMinute = 0;
    }
    if (used.limit.perDay > 0 && used.today >= used.limit.perDay) {
        return 45009;
    }
    if (used.limit.perMinute > 0 && used.thisMinute >= used.limit.perMinute) {
        return 45011;
    }
    ++used.today;
    ++used.thisMinute;
    return 0;
}

CallUsage Quotas::usage(Call call, TimePoint now) const {
    const std::lock_guard lock{m_mutex};
    const Counter &used = counter(call);
    return {used.limit, used.day == chinaDay(now) ? used.today : 0};
}

CallLimit Quotas::limit(Call call) const {
    const std::lock_guard lock{m_mutex};
    return counter(call).limit;
}

void Quotas::setLimit(Call call, CallLimit limit) {
    const std::lock_guard lock{m_mutex};
    counter(call).limit = limit;
}

bool Quotas::takeMonthly(std::uint64_t &used, std::uint64_t allowance, TimePoint now) {
    if (const std::int64_t month = chinaMonth(now); month != m_month) {
        m_month = month;
        m_clearedAll = 0;
        m_clearedOne = 0;
    }
    if (used >= allowance) {
        return false;
    }
    ++used;
    return true;
}

int Quotas::clearAll(TimePoint now) {
    const std::lock_guard lock{m_mutex};
    if (!takeMonthly(m_clearedAll, clearsPerMonth, now)) {
        return 48006;
    }
    for (Counter &used : m_counters) {
        used.today = 0;
    }
    return 0;
}

int Quotas::clearOne(Call call, TimePoint now) {
    const std::lock_guard lock{m_mutex};
    if (!takeMonthly(m_clearedOne, singleClearsPerMonth, now)) {
        return 48006;
    }
    counter(call).today = 0;
    return 0;
}

void Quotas::reset() {
    const std::lock_guard lock{m_mutex};
    for (Counter &used : m_counters) {
        used.today = 0;
        used.thisMinute = 0;
    }
    m_clearedAll = 0;
    m_clearedOne = 0;
}

} // namespace songda::simulator
