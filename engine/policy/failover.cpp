// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/failover.h"

#include <algorithm>

namespace songda {

bool neverReached(const HttpResponse &response) {
    if (response.phase != WirePhase::NotWritten)
        return false;
    switch (response.failure) {
    case HttpFailure::NameLookup:
    case HttpFailure::ConnectionRefused:
    case HttpFailure::ConnectTimeout:
    case HttpFailure::Unreachable:
    case HttpFailure::TlsHandshake:
    case HttpFailure::TlsUntrusted: return true;
    default: return false; // a proxy is ours; what was closed or cut off may have been written in part
    }
}

Failover::Failover(FailoverPolicy policy)
    : m_policy(policy)
    , m_stay(policy.stay) {}

void Failover::configure(const FailoverPolicy &policy) {
    if (policy.stay != m_policy.stay)
        m_stay = policy.stay;
    m_policy = policy;
    m_stay = std::min(m_stay, std::max(policy.stay, policy.stayAtMost));
}

void Failover::begin(bool second, SteadyTime now) {
    m_second = second;
    m_since = now;
    m_probing = false;
    m_run = 0;
    m_notBefore = {};
    m_vain = 0;
    m_stay = m_policy.stay;
    m_cameBack.reset();
}

void Failover::onUnreached(SteadyTime begun, SteadyTime now) {
    if (begun < m_since || (m_run > 0 && begun < m_lastUnreached))
        return;
    ++m_run;
    m_lastUnreached = now;
}

void Failover::onReached(SteadyTime begun) {
    if (begun < m_since)
        return;
    // The outage is over: how often the other host was asked in vain during it, and when next, says nothing of one to come.
    // While the host in use answers all along, the second one that is, questions to the first keep their distance.
    if (m_run >= m_policy.inARow) {
        m_vain = 0;
        m_notBefore = {};
    }
    m_run = 0;
}

bool Failover::wantsProbe(SteadyTime now) const {
    const auto at = nextProbe();
    return at && now >= *at;
}

std::optional<SteadyTime> Failover::nextProbe() const {
    if (m_probing)
        return std::nullopt;
    if (m_run >= m_policy.inARow)
        return m_notBefore;
    return m_second ? std::optional(std::max(m_since + m_stay, m_notBefore)) : std::nullopt;
}

bool Failover::probeEnded(bool passed, SteadyTime now) {
    m_probing = false;
    if (!passed) {
        m_notBefore = now + backOffDelay(m_policy.probe, m_vain++, 0);
        return false;
    }
    m_second = !m_second;
    if (!m_second) {
        m_cameBack = now;
    } else {
        // A host that fails again as soon as it is trusted is trusted later each time.
        const bool soon = m_cameBack && now - *m_cameBack < m_stay;
        m_stay = soon ? std::min(m_stay * 2, std::max(m_policy.stay, m_policy.stayAtMost)) : m_policy.stay;
    }
    m_since = now;
    m_run = 0;
    m_vain = 0;
    m_notBefore = {};
    return true;
}

} // namespace songda
