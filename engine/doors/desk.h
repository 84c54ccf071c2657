// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/authenticator.h"
#include "engine/doors/door_settings.h"
#include "engine/doors/end_waits.h"
#include "engine/doors/figures.h"
#include "engine/doors/rate_limiter.h"
#include "engine/engine.h"

#include <atomic>
#include <map>
#include <mutex>

namespace songda::doors {

/// What all routes share: who may do what, how much of it, and whether anything can be taken in at present. Any thread.
class Desk {
public:
    /// `context`: what was promised goes on in its thread.
    Desk(Engine &engine, const DoorSettings &settings, QObject *context);

    Engine &engine() { return m_engine; }
    QObject *context() { return m_context; }
    const DoorSettings &settings() const { return m_settings; }
    EndWaits &waits() { return m_waits; }

    /// Finds out who asks, puts them into the request with what is left of their rate, and refuses whom it is not to be told:
    /// without any of the scopes, or beyond their rate.
    std::optional<Response> admit(Request &request, ApiScopes anyOf);
    /// Refuses whom /metrics and the details of /readyz are not for.
    std::optional<Response> admitMonitor(Request &request);
    /// Takes the price of more than one message from the caller's rate.
    void charge(Request &request, double beyondOne);
    /// What keeps messages from being taken in now.
    IntakeGate intakeGate() const;
    std::optional<Response> refuseIntake() const;

    std::string accountName(AccountId id) const;
    /// Empty for one that is not known yet.
    std::string templateId(TemplateRef ref) const;

    /// Reads keys, accounts and the state of the queue anew; from one thread.
    void refresh(bool keysToo);

    void countAnswer(const std::string &route, int status);
    std::map<std::pair<std::string, int>, std::int64_t> answers() const;

private:
    Engine &m_engine;
    const DoorSettings m_settings;
    QObject *const m_context;
    Authenticator m_authenticator;
    RateLimiter m_rates;
    EndWaits m_waits;
    std::atomic<std::int64_t> m_waiting{0};
    std::atomic<bool> m_blocked{true}; ///< until the first look
    mutable std::mutex m_mutex;
    std::map<AccountId, std::string> m_accounts;
    std::map<TemplateRef, std::string> m_templates;
    std::map<std::pair<std::string, int>, std::int64_t> m_answers;
    std::optional<std::uint64_t> m_seen; ///< data version of the last reading; refreshing thread only
};

} // namespace songda::doors
