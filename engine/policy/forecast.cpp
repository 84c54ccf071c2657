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
    explicit Flow(const ForecastInput &input);

    Forecast run();

private:
    /// Messages of one load that are of no use any more from this time on.
    struct End {
        WallTime at;
        std::size_t priority = 0;
        std::size_t load = 0;
    };

    std::int64_t allWaiting() const { return m_waiting[0] + m_waiting[1] + m_waiting[2]; }
    bool isQuiet(std::size_t priority) const { return m_quietUntil && !(priority >= 2 && m_input.quietHours.urgentPasses); }
    std::int64_t quotaLeft(std::size_t priority) const;
    bool mayGo(std::size_t priority) const {
        return m_waiting[priority] > 0 && !isQuiet(priority) && !m_parkedUntil[priority] && quotaLeft(priority) > 0;
    }
    void expire();
    void arrive();
    void turnDay();
    void park();
    void send(std::size_t priority, std::int64_t n);
    void flow(std::size_t priority, WallTime next);
    void wait(WallTime next);
    void stop(ForecastStop::Why why, WallTime until);
    WallTime nextEvent() const;
    void point();

    const ForecastInput &m_input;
    WallTime m_now;
    WallTime m_day;
    std::int64_t m_used;
    double m_speed = 1; ///< messages a second
    double m_mostBurst = 0;
    double m_burst = 0;
    double m_owed = 0; ///< part of a message that the time so far has earned
    std::array<std::vector<ForecastLoad>, 3> m_loads; ///< by due time
    std::array<std::size_t, 3> m_at{}; ///< first of m_loads that is not through
    std::array<std::size_t, 3> m_due{}; ///< first of m_loads that is not due yet
    std::array<std::int64_t, 3> m_waiting{}; ///< messages between the two
    std::vector<End> m_ends; ///< by time
    std::size_t m_endAt = 0;
    std::int64_t m_left = 0; ///< neither gone nor expired
    std::optional<WallTime> m_quietUntil;
    std::array<std::optional<WallTime>, 3> m_parkedUntil; ///< out of quota until the reset
    std::int64_t m_goneAtStop = 0;
    Forecast m_result;
};

Flow::Flow(const ForecastInput &input)
    : m_input(input)
    , m_now(input.now)
    , m_day(startOfChinaDay(input.now))
    , m_used(input.quotaUsed) {
    const double byConnections = input.connections / std::max(1e-6, std::chrono::duration<double>(input.latency).count());
    m_speed = std::max(1e-9, std::min(input.rate, byConnections) / std::max(1.0, input.requestsPerMessage));
    m_mostBurst = std::max(0.0, std::min<double>(input.burst, byConnections) / std::max(1.0, input.requestsPerMessage));
    m_burst = m_mostBurst;
    for (const ForecastLoad &load : input.loads) {
        if (load.messages <= 0)
            continue;
        if (load.held) {
            m_result.held += load.messages;
            continue;
        }
        m_loads[static_cast<std::size_t>(std::clamp(load.priority, 0, 2))].push_back(load);
        m_left += load.messages;
    }
    for (std::size_t p = 0; p < m_loads.size(); ++p) {
        std::ranges::stable_sort(m_loads[p], {}, &ForecastLoad::dueAt);
        for (std::size_t i = 0; i < m_loads[p].size(); ++i) {
            if (m_loads[p][i].expiresAt)
                m_ends.push_back({*m_loads[p][i].expiresAt, p, i});
        }
    }
    std::ranges::stable_sort(m_ends, {}, &End::at);
    m_result.refused = input.refused;
}

std::int64_t Flow::quotaLeft(std::size_t priority) const {
    const std::int64_t mine = quotaFor(m_input.quota, static_cast<int>(priority), m_input.quotaLimit);
    return mine == noQuota ? noQuota : std::max<std::int64_t>(0, mine - m_used);
}

void Flow::turnDay() {
    const WallTime day = startOfChinaDay(m_now);
    if (day == m_day)
        return;
    m_day = day;
    m_used = 0;
}

void Flow::expire() {
    for (; m_endAt < m_ends.size(); ++m_endAt) {
        const End &end = m_ends[m_endAt];
        ForecastLoad &load = m_loads[end.priority][end.load];
        if (load.messages > 0 && end.at > m_now)
            return;
        m_result.expired += load.messages;
        m_left -= load.messages;
        if (end.load < m_due[end.priority])
            m_waiting[end.priority] -= load.messages;
        load.messages = 0;
    }
}

void Flow::arrive() {
    for (std::size_t p = 0; p < m_loads.size(); ++p) {
        for (; m_due[p] < m_loads[p].size() && m_loads[p][m_due[p]].dueAt <= m_now; ++m_due[p])
            m_waiting[p] += m_loads[p][m_due[p]].messages;
    }
}

/// Who has no quota left waits for the reset; a higher priority with some of its own goes on.
void Flow::park() {
    for (std::size_t p = 0; p < m_parkedUntil.size(); ++p) {
        if (m_parkedUntil[p] && *m_parkedUntil[p] <= m_now)
            m_parkedUntil[p].reset();
        if (!m_parkedUntil[p] && m_waiting[p] > 0 && !isQuiet(p) && quotaLeft(p) == 0)
            m_parkedUntil[p] = nextQuotaReset(m_now);
    }
}

void Flow::send(std::size_t priority, std::int64_t n) {
    m_used += n;
    m_left -= n;
    m_waiting[priority] -= n;
    m_result.willGo += n;
    auto &at = m_at[priority];
    auto &loads = m_loads[priority];
    while (n > 0 && at < loads.size()) {
        const std::int64_t mine = std::min(n, loads[at].messages);
        loads[at].messages -= mine;
        n -= mine;
        if (loads[at].messages == 0)
            ++at;
    }
}

/// Lets messages of one priority go until they are through or something changes.
void Flow::flow(std::size_t priority, WallTime next) {
    const double span = std::chrono::duration<double>(next - m_now).count();
    const auto most = static_cast<std::int64_t>(std::floor(m_burst + m_owed + span * m_speed + 1e-6));
    const std::int64_t n = std::min({most, m_waiting[priority], quotaLeft(priority)});
    if (n <= 0) {
        m_owed += span * m_speed;
        m_now = next;
        return;
    }
    const auto after = [this](double missing) {
        const double seconds = std::max(0.0, missing - m_burst - m_owed) / m_speed;
        return m_now + std::chrono::duration_cast<Millis>(std::chrono::duration<double>(seconds));
    };
    if (!m_result.firstAt)
        m_result.firstAt = std::min(next, after(1));
    const WallTime end = std::min(next, after(static_cast<double>(n)));
    m_burst -= std::clamp(static_cast<double>(n) - m_owed, 0.0, m_burst);
    m_owed = 0;
    send(priority, n);
    m_now = end;
    m_result.endsAt = m_now;
    point();
}

void Flow::wait(WallTime next) {
    if (allWaiting() > 0) {
        // Quiet first: it stands before the quota on a message's way.
        const bool onlyQuiet = std::ranges::all_of(std::array{0u, 1u, 2u}, [&](std::size_t p) { return m_waiting[p] == 0 || isQuiet(p); });
        stop(onlyQuiet ? ForecastStop::Why::Quiet : ForecastStop::Why::Quota, next);
    }
    // Time without work fills the bucket.
    m_burst = std::min(m_mostBurst, m_burst + std::chrono::duration<double>(next - m_now).count() * m_speed);
    m_now = next;
}

void Flow::stop(ForecastStop::Why why, WallTime until) {
    // It goes on, unless something went in between, which a burst does in no time.
    const bool same = !m_result.stops.empty() && m_result.stops.back().why == why && m_result.stops.back().until == m_now;
    if (same && m_goneAtStop == m_result.willGo) {
        m_result.stops.back().until = until;
        return;
    }
    m_goneAtStop = m_result.willGo;
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
    for (std::size_t p = 0; p < m_loads.size(); ++p) {
        consider(m_parkedUntil[p]);
        if (m_due[p] < m_loads[p].size())
            consider(m_loads[p][m_due[p]].dueAt);
    }
    if (m_endAt < m_ends.size())
        consider(m_ends[m_endAt].at);
    return next;
}

void Flow::point() {
    if (m_result.curve.size() < mostPoints)
        m_result.curve.emplace_back(m_now, m_result.willGo);
    else
        m_result.curve.back() = {m_now, m_result.willGo}; // the last says how it ends
}

Forecast Flow::run() {
    const WallTime end = m_now + horizon;
    if (m_input.closedUntil && *m_input.closedUntil > m_now) {
        expire();
        arrive();
        if (allWaiting() > 0)
            stop(ForecastStop::Why::Closed, *m_input.closedUntil);
        m_now = *m_input.closedUntil;
    }
    point();
    while (m_left > 0 && m_now < end) {
        turnDay();
        expire();
        arrive();
        if (m_left == 0)
            break;
        m_quietUntil = quietUntil(m_input.quietHours, m_now);
        park();
        const WallTime next = std::min(nextEvent(), end);
        std::size_t above = 3; // highest priority first
        while (above > 0 && !mayGo(above - 1))
            --above;
        if (above > 0)
            flow(above - 1, next);
        else
            wait(next);
    }
    m_result.held += m_left;
    return std::move(m_result);
}

} // namespace

Forecast forecast(const ForecastInput &input) { return Flow(input).run(); }

} // namespace songda
