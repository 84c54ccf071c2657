// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"
#include "engine/model/time.h"
#include "engine/policy/retry.h"

#include <optional>

namespace songda {

/// When an account that has two hosts goes from one to the other.
struct FailoverPolicy {
    int inARow = 3; ///< tries one after another that did not reach the host; then the other one is asked
    Millis stay{300000}; ///< on the second host before the first is asked again; doubles when the first fails soon after
    Millis stayAtMost{3600000};
    BackOff probe{Millis{5000}, 2, Millis{300000}, Jitter::None}; ///< between questions that the other host does not answer
};

/// Whether an exchange ended before a byte of the request could have left: no address, no connection, no TLS. What was
/// written, even in part, may have arrived.
bool neverReached(const HttpResponse &response);

/// Which of an account's two hosts is spoken to. Pure: the caller brings the time and asks the hosts.
///
/// It changes over only to a host that has just answered, so that an outage of one's own line moves nothing; tries that
/// were under way together count as one. What may have arrived at a host is never its business: who keeps the messages
/// sees to it that such a one is repeated at its own host only.
class Failover {
public:
    explicit Failover(FailoverPolicy policy = {});

    void configure(const FailoverPolicy &policy);
    /// Speaks to the second host, or to the first, from now on; what was known and asked is forgotten.
    void begin(bool second, SteadyTime now);
    bool onSecond() const { return m_second; }
    /// A request begun at `begun` did not reach its host. What began before the last change was for the other one.
    void onUnreached(SteadyTime begun, SteadyTime now);
    /// Something came back, or was written at least.
    void onReached(SteadyTime begun);
    /// Whether the other host should be asked now if it is there.
    bool wantsProbe(SteadyTime now) const;
    void probeStarted() { m_probing = true; }
    /// What the other host said; true: it is the one to speak to from now on.
    bool probeEnded(bool passed, SteadyTime now);
    /// When wantsProbe() comes true by time alone.
    std::optional<SteadyTime> nextProbe() const;

private:
    FailoverPolicy m_policy;
    bool m_second = false;
    bool m_probing = false;
    SteadyTime m_since{}; ///< of the host in use
    int m_run = 0; ///< tries in a row that did not reach it
    SteadyTime m_lastUnreached{};
    SteadyTime m_notBefore{}; ///< no question earlier
    int m_vain = 0; ///< questions in a row without an answer
    Millis m_stay;
    std::optional<SteadyTime> m_cameBack; ///< to the first host
};

} // namespace songda
