// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/token_keeper.h"

#include <algorithm>

namespace songda::wechat {

namespace {

constexpr Seconds forcedSpacing{30};
constexpr int forcedPerDay = 20;
/// So often the normal mode may hand out a refused token before a forced fetch.
constexpr int sameBeforeForcing = 2;
/// No token lives longer, whatever is said of it.
constexpr Seconds longestTokenLife{86'400};
constexpr std::chrono::minutes troubleWindow{10};
constexpr int troublesToStop = 3;
constexpr std::chrono::hours takenWindow{1};
constexpr int takenToTell = 3;

/// Section 2.2: the stable endpoint never says less than about 300 s, so a plain margin of 300 s would
/// leave nothing and fetch on every send.
Millis usefulLife(Millis expiresIn) {
    const Millis floor = std::min<Millis>(Seconds{60}, expiresIn / 2);
    return std::max<Millis>(expiresIn - Seconds{300}, floor);
}

} // namespace

const std::string *TokenKeeper::usable(SteadyTime now) const {
    return !m_token.empty() && now < m_useUntil ? &m_token : nullptr;
}

bool TokenKeeper::shouldFetch(SteadyTime now, bool needed) const {
    if (m_fetching || now < m_notBefore || !needed)
        return false;
    return !usable(now) || now >= m_refreshAt;
}

bool TokenKeeper::mayForceToday(SteadyTime now) const {
    const auto today = std::count_if(m_forcedAt.begin(), m_forcedAt.end(), [&](SteadyTime t) { return now - t < std::chrono::hours{24}; });
    return !m_forcedUsedUp && today < forcedPerDay;
}

bool TokenKeeper::shouldForce(SteadyTime now) const {
    return m_sameAgain >= sameBeforeForcing && mayForceToday(now) && (m_forcedAt.empty() || now - m_forcedAt.back() >= forcedSpacing);
}

void TokenKeeper::fetchStarted(SteadyTime now, bool forced) {
    m_fetching = true;
    m_forced = forced;
    ++m_fetches;
    if (forced) {
        m_forcedAt.push_back(now);
        if (m_forcedAt.size() > forcedPerDay)
            m_forcedAt.pop_front();
    }
}

void TokenKeeper::fetched(std::string token, Seconds expiresIn, SteadyTime now, double unit) {
    m_fetching = false;
    m_failures = 0;
    const bool refusedBefore = token == m_lastRejected;
    if (refusedBefore && !m_forced && m_sameAgain < sameBeforeForcing) {
        // Normal mode hands out the refused token again: wait instead of asking in a circle.
        ++m_sameAgain;
        m_token.clear();
        m_notBefore = now + Seconds{5} + Micros{static_cast<Micros::rep>(unit * 25e6)};
        return;
    }
    // A forced fetch that met a trouble of the moment is made again when it may be.
    if (refusedBefore && !m_forced && mayForceToday(now)) {
        m_token.clear();
        m_notBefore = m_forcedAt.empty() ? now : std::max(now, m_forcedAt.back() + forcedSpacing);
        return;
    }
    // The account may have this one token only, and a refusal may have been a stray one: with every way to another tried it is
    // used again, and a second refusal counts.
    if (refusedBefore)
        m_lastRejected.clear();
    m_sameAgain = 0;
    m_forcedUsedUp = false;
    m_token = std::move(token);
    m_lastResort = m_forced || refusedBefore;
    m_hasWorked = false;
    const Micros life = usefulLife(std::clamp(expiresIn, Seconds{2}, longestTokenLife));
    m_useUntil = now + life;
    // A little early and not all accounts at once; never so early that a short life is spent on fetching.
    m_refreshAt = m_useUntil - std::min(Micros{Seconds{60}}, life / 4) * (1 + static_cast<int>(unit * 100)) / 100;
    // A life of next to nothing, or none told, must not become a fetch a second.
    m_notBefore = expiresIn < Seconds{2} ? now + Seconds{5} : now;
}

void TokenKeeper::fetchFailed(SteadyTime now, std::optional<Millis> retryAfter, double unit) {
    m_fetching = false;
    const Millis pause = backOffDelay(m_backOff, m_failures++, unit);
    m_notBefore = now + std::max(pause, retryAfter.value_or(Millis{0}));
}

bool TokenKeeper::rejected(const std::string &token, SteadyTime now) {
    if (m_token.empty() || token != m_token)
        return false;
    m_lastRejected = std::move(m_token);
    m_token.clear();
    if (m_hasWorked) {
        m_takenAway.push_back(now);
        if (m_takenAway.size() > takenToTell)
            m_takenAway.pop_front();
    }
    m_freshRejected.push_back(now);
    if (m_lastResort) // nothing more can be asked for
        m_freshRejected.assign(troublesToStop, now);
    if (m_freshRejected.size() > troublesToStop)
        m_freshRejected.pop_front();
    return true;
}

void TokenKeeper::worked(const std::string &token) {
    if (token != m_token)
        return;
    m_hasWorked = true;
    m_lastResort = false;
    m_freshRejected.clear();
}

bool TokenKeeper::neverGood(SteadyTime now) const {
    return m_freshRejected.size() >= troublesToStop && now - m_freshRejected.front() <= troubleWindow;
}

bool TokenKeeper::takenByOthers(SteadyTime now) const {
    return m_takenAway.size() >= takenToTell && now - m_takenAway.front() <= takenWindow;
}

void TokenKeeper::forgetTroubles() {
    m_freshRejected.clear();
    m_lastRejected.clear();
    m_sameAgain = 0;
    m_failures = 0;
    m_notBefore = SteadyTime{};
}

std::optional<SteadyTime> TokenKeeper::nextChange(SteadyTime now) const {
    if (m_fetching)
        return std::nullopt;
    if (!usable(now))
        return std::max(m_notBefore, now);
    return std::max({m_refreshAt, m_notBefore, now});
}

std::optional<Seconds> TokenKeeper::life(SteadyTime now) const {
    if (!usable(now))
        return std::nullopt;
    return std::chrono::duration_cast<Seconds>(m_useUntil - now);
}

} // namespace songda::wechat
