// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/forecast.h"

#include "engine/policy/wechat_day.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace songda {

namespace {

constexpr auto horizon = std::chrono::days{90};
constexpr std::size_t mostStops = 100;
constexpr std::size_t mostPoints = 1000;

class Flow {
public:
    explicit Flow(const ForecastInput &input)
        : m_input(input)
        , m_now(input.now)
        , m_day(startOfChinaDay(input.now))
        , m_used(input.quotaUsed) {
        const double byConnections = input.connections / std::max(1e-6, std::chrono::duration<double>(input.latency).count());
        m_speed = std::max(1e-9, std::min(input.rate, byConnections) / std::max(1.0, input.requestsPerMessage));
        m_burst = std::max(0.0, std::min<double>(input.burst, byConnections) / std::max(1.0, input.requestsPerMessage));
        for (const ForecastLoad &load : input.loads) {
            if (load.held)
                m_result.held += load.messages;
            else if (load.messages > 0)
                m_loads[static_cast<std::size_t>(std::clamp(load.priority, 0, 2))].push_back(load);
        }
        for (auto &loads : m_loads)
            std::ranges::stable_sort(loads, {}, &ForecastLoad::dueAt);
        m_result.refused = input.refused;
    }

    Forecast run();

private:
    std::int64_t waiting(int priority) const;
    std::int64_t allWaiting() const { return waiting(0) + waiting(1) + waiting(2); }
    bool isQuiet(int priority) const {
        return m_quietUntil && !(priority >= 2 && m_input.quietHours.urgentPasses);
    }
    std::int64_t quotaLeft(int priority) const;
    void expire();
    void turnDay();
    void send(int priority, std::int64_t n);
    void stop(ForecastStop::Why why, WallTime until);
    WallTime nextEvent() const;
    void point();

    const ForecastInput &m_input;
    WallTime m_now;
    WallTime m_day;
    std::int64_t m_used;
    double m_speed = 1;
    double m_burst = 0;
    double m_owed = 0; ///< part of a message that the time so far has earned
    std::array<std::vector<ForecastLoad>, 3> m_loads;
    std::array<std::size_t, 3> m_at{}; ///< first of m_loads that is not through
    std::optional<WallTime> m_quietUntil;
    std::optional<WallTime> m_parkedUntil; ///< out of quota until the reset
    Forecast m_result;
};

std::int64_t Flow::waiting(int priority) const {
    std::int64_t n = 0;
    const auto &loads = m_loads[static_cast<std::size_t>(priority)];
    for (std::size_t i = m_at[static_cast<std::size_t>(priority)]; i < loads.size() && loads[i].dueAt <= m_now; ++i)
        n += loads[i].messages;
    return n;
}

std::int64_t Flow::quotaLeft(int priority) const {
    if (m_input.quotaLimit == noQuota)
        return noQuota;
    double kept = priority < 2 ? m_input.quota.keptForUrgent : 0;
    kept += priority < 1 ? m_input.quota.keptForNormal : 0;
    const auto mine = static_cast<std::int64_t>(std::floor(static_cast<double>(m_input.quotaLimit) * std::max(0.0, 1 - kept) + 1e-6));
    return std::max<std::int64_t>(0, mine - m_used);
}

void Flow::turnDay() {
    const WallTime day = startOfChinaDay(m_now);
    if (day == m_day)
        return;
    m_day = day;
    m_used = 0;
}

void Flow::expire() {
    for (auto &loads : m_loads) {
        for (ForecastLoad &load : loads) {
            if (load.messages > 0 && load.expiresAt && *load.expiresAt <= m_now) {
                m_result.expired += load.messages;
                load.messages = 0;
            }
        }
    }
}

void Flow::send(int priority, std::int64_t n) {
    auto &at = m_at[static_cast<std::size_t>(priority)];
    auto &loads = m_loads[static_cast<std::size_t>(priority)];
    m_used += n;
    m_result.willGo += n;
    while (n > 0 && at < loads.size()) {
        const std::int64_t mine = std::min(n, loads[at].messages);
        loads[at].messages -= mine;
        n -= mine;
        if (loads[at].messages == 0)
            ++at;
    }
}

void Flow::stop(ForecastStop::Why why, WallTime until) {
    if (!m_result.stops.empty() && m_result.stops.back().why == why && m_result.stops.back().until == m_now) {
        m_result.stops.back().until = until;
        return;
    }
    if (m_result.stops.size() < mostStops)
        m_result.stops.push_back({why, m_now, until, allWaiting()});
}

/// The next moment at which something changes that is not a message going.
WallTime Flow::nextEvent() const {
    WallTime next = startOfChinaDay(m_now) + std::chrono::days{1};
    const auto consider = [&](std::optional<WallTime> at) {
        if (at && *at > m_now)
            next = std::min(next, *at);
    };
    consider(m_quietUntil);
    consider(nextQuiet(m_input.quietHours, m_now));
    consider(m_parkedUntil);
    for (std::size_t p = 0; p < 3; ++p) {
        for (std::size_t i = m_at[p]; i < m_loads[p].size(); ++i) {
            consider(m_loads[p][i].expiresAt);
            if (m_loads[p][i].dueAt > m_now) {
                consider(m_loads[p][i].dueAt);
                break;
            }
        }
    }
    return next;
}

void Flow::point() {
    if (m_result.curve.size() < mostPoints)
        m_result.curve.emplace_back(m_now, m_result.willGo);
}

Forecast Flow::run() {
    const WallTime end = m_now + horizon;
    if (m_input.closedUntil && *m_input.closedUntil > m_now) {
        expire();
        if (allWaiting() > 0)
            stop(ForecastStop::Why::Closed, *m_input.closedUntil);
        m_now = *m_input.closedUntil;
    }
    point();
    while (m_now < end) {
        turnDay();
        expire();
        m_quietUntil = quietUntil(m_input.quietHours, m_now);
        if (m_parkedUntil && *m_parkedUntil <= m_now)
            m_parkedUntil.reset();
        const bool anything = std::ranges::any_of(m_loads, [](const auto &loads) {
            return std::ranges::any_of(loads, [](const ForecastLoad &load) { return load.messages > 0; });
        });
        if (!anything)
            break;
        const WallTime next = std::min(nextEvent(), end);
        int priority = 2;
        const auto mayGo = [&](int p) { return waiting(p) > 0 && !isQuiet(p) && !m_parkedUntil && quotaLeft(p) > 0; };
        while (priority >= 0 && !mayGo(priority))
            --priority;
        if (priority < 0) {
            if (allWaiting() > 0) {
                // Quiet first: it stands before the quota on a message's way.
                const bool onlyQuiet = std::ranges::all_of(std::array{0, 1, 2}, [&](int p) { return waiting(p) == 0 || isQuiet(p); });
                if (onlyQuiet) {
                    stop(ForecastStop::Why::Quiet, std::min(next, *m_quietUntil));
                } else {
                    if (!m_parkedUntil)
                        m_parkedUntil = nextQuotaReset(m_now);
                    stop(ForecastStop::Why::Quota, std::min(next, *m_parkedUntil));
                }
            }
            // Time without work fills the bucket.
            m_burst = std::min<double>(m_input.burst, m_burst + std::chrono::duration<double>(next - m_now).count() * m_speed);
            m_now = next;
            continue;
        }
        if (!m_result.firstAt)
            m_result.firstAt = m_now;
        const double span = std::chrono::duration<double>(next - m_now).count();
        const auto most = static_cast<std::int64_t>(std::floor(m_burst + m_owed + span * m_speed + 1e-6));
        const std::int64_t n = std::min({most, waiting(priority), quotaLeft(priority)});
        if (n <= 0) {
            m_owed += span * m_speed;
            m_now = next;
            continue;
        }
        double needed = static_cast<double>(n) - m_owed;
        const double fromBurst = std::clamp(needed, 0.0, m_burst);
        m_burst -= fromBurst;
        needed -= fromBurst;
        const double seconds = std::max(0.0, needed / m_speed);
        m_owed = 0;
        const auto step = std::chrono::duration_cast<Millis>(std::chrono::duration<double>(seconds));
        send(priority, n);
        m_now = std::min(next, m_now + step);
        m_result.endsAt = m_now;
        point();
    }
    for (const auto &loads : m_loads) {
        for (const ForecastLoad &load : loads)
            m_result.held += load.messages;
    }
    return std::move(m_result);
}

} // namespace

Forecast forecast(const ForecastInput &input) { return Flow(input).run(); }

} // namespace songda
