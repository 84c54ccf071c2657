// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of an account's two hosts is spoken to. The token is good at both (wechat-api.md section 11). What is in flight at
// the change ends where it began; what was claimed goes back, and is claimed anew for the other host.
#include "engine/channels/wechat/requests.h"
#include "engine/delivery/account_lane.h"
#include "engine/policy/classify.h"

namespace songda::delivery {

bool AccountLane::mayAskOtherHost() const {
    const auto &hold = m_config.account.hold;
    return !m_config.account.secondBase.empty() && !m_config.secret.empty() && !m_stopping && !m_paused && (!hold || mayEndByItself(*hold));
}

/// By fetching a token: it carries no message, and only WeChat itself answers it with one.
void AccountLane::askOtherHost(Now now) {
    if (!mayAskOtherHost() || !m_failover.wantsProbe(now.steady))
        return;
    m_failover.probeStarted();
    Account other = m_config.account;
    other.secondSince = m_failover.onSecond() ? std::nullopt : std::optional(now.wall);
    m_hostExchange = m_context.nextId();
    m_context.transport.post(id(), *m_hostExchange, wechat::tokenRequest(other, m_config.secret, /*forced=*/false));
}

void AccountLane::onOtherHostAnswer(const HttpResponse &response, Now now) {
    const Outcome outcome = classify(response, ApiKind::Token, m_context.catalogue, now.wall);
    if (!m_failover.probeEnded(outcome.errorClass == ErrorClass::Success, now.steady))
        return;
    useHost(now, m_unreachedCause.empty() ? "it answers again" : m_unreachedCause);
}

void AccountLane::noteReach(const HttpResponse &response, SteadyTime begun, Now now) {
    if (neverReached(response)) {
        m_failover.onUnreached(begun, now.steady);
        m_unreachedCause = classify(response, std::nullopt, ApiKind::Send, m_context.catalogue, now.wall).cause;
    } else if (response.phase != WirePhase::NotWritten) {
        m_failover.onReached(begun);
        m_unreachedCause.clear();
    }
}

void AccountLane::useHost(Now now, const std::string &why) {
    Account &account = m_config.account;
    const std::string from = baseInUse(account);
    account.secondSince = m_failover.onSecond() ? std::optional(now.wall) : std::nullopt;
    m_unreachedCause.clear();
    letGo();
    backOnline();
    m_tokens.fetchSoon();
    if (account.hold)
        m_holdProbeAt = now.steady; // the way to the platform was the trouble
    m_mayHaveDue = true;
    m_context.journal.useHost(id(), account.secondSince, "from " + from + " to " + baseInUse(account) + ": " + why);
}

/// The addresses are others: it begins with the first again.
void AccountLane::forgetHosts(Now now) {
    if (m_hostExchange)
        m_context.transport.cancel(*m_hostExchange);
    m_hostExchange.reset(); // whatever it says, it was asked at another address
    m_failover.begin(false, now.steady);
    m_unreachedCause.clear();
    m_context.journal.useHost(id(), std::nullopt, "the addresses were changed");
}

} // namespace songda::delivery
