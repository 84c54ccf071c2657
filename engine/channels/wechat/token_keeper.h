// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"
#include "engine/policy/retry.h"

#include <deque>
#include <optional>
#include <string>

namespace songda::wechat {

/// The access token of one account as a state machine (wechat-api.md sections 2.2 and 2.4). Pure: it is told
/// what happened and when, and says what to do. At most one fetch is under way; a rejection counts only if
/// it names the token held now, so a hundred requests that fail together cause one fetch.
class TokenKeeper {
public:
    /// How long to wait between fetches that fail.
    void setBackOff(const BackOff &backOff) { m_backOff = backOff; }
    /// The token to send with; nothing while none is usable.
    const std::string *usable(SteadyTime now) const;
    /// Whether a fetch should start now; `needed` says that somebody wants to send.
    bool shouldFetch(SteadyTime now, bool needed) const;
    /// Whether that fetch should be a forced one: the normal mode kept answering with a refused token.
    bool shouldForce(SteadyTime now) const;
    void fetchStarted(SteadyTime now, bool forced);
    /// A token came. `unit` is uniform in [0, 1): jitter for the early refresh and for waits. One that was refused is taken only
    /// when nothing else is to be had: by force, or by the normal mode where the day's forced fetches are used up.
    void fetched(std::string token, Seconds expiresIn, SteadyTime now, double unit);
    /// The fetch failed; the next one waits `retryAfter`, or by back-off.
    void fetchFailed(SteadyTime now, std::optional<Millis> retryAfter, double unit);
    /// The platform says that there are no more forced fetches today.
    void forcedUsedUp() { m_forcedUsedUp = true; }
    /// A request that carried `token` was refused for it. Returns true if this was the held token.
    bool rejected(const std::string &token, SteadyTime now);
    /// A request that carried `token` was answered for what it was.
    void worked(const std::string &token);

    /// Three fresh tokens in ten minutes were refused without one success: going on is hammering.
    bool neverGood(SteadyTime now) const;
    /// Three tokens within an hour were refused before their time although they had worked: somebody else asks for
    /// tokens with this account's secret, and each new one ends ours.
    bool takenByOthers(SteadyTime now) const;
    void forgetTroubles();
    /// A person, or an alert, wants the next fetch at once: waits after failures are over.
    void fetchSoon() { m_notBefore = SteadyTime{}; }
    /// When shouldFetch() may change its answer by time alone.
    std::optional<SteadyTime> nextChange(SteadyTime now) const;
    /// Remaining useful life; nothing without a token.
    std::optional<Seconds> life(SteadyTime now) const;
    bool fetching() const { return m_fetching; }
    bool forcing() const { return m_fetching && m_forced; }
    int fetches() const { return m_fetches; }

private:
    bool mayForceToday(SteadyTime now) const;

    BackOff m_backOff = RetryPolicy{}.token;
    std::string m_token;
    SteadyTime m_useUntil{};
    SteadyTime m_refreshAt{};
    std::string m_lastRejected;
    SteadyTime m_notBefore{}; ///< no fetch earlier
    bool m_fetching = false;
    bool m_forced = false;
    bool m_forcedUsedUp = false; ///< until another token is held
    bool m_lastResort = false; ///< nothing but the held token can be asked for, and it has not worked yet
    int m_failures = 0;
    int m_sameAgain = 0; ///< fetches in a row that brought back the refused token
    int m_fetches = 0;
    bool m_hasWorked = false; ///< the held token
    std::deque<SteadyTime> m_freshRejected;
    std::deque<SteadyTime> m_takenAway; ///< when a token that had worked was refused; the last few
    std::deque<SteadyTime> m_forcedAt;
};

} // namespace songda::wechat
