// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/desk.h"

#include "engine/doors/problem.h"

namespace songda::doors {

Desk::Desk(Engine &engine, const DoorSettings &settings, QObject *context)
    : m_engine(engine)
    , m_settings(settings)
    , m_context(context)
    , m_authenticator(settings.issuers)
    , m_rates(settings.clientRate, settings.clientBurst)
    , m_waits(static_cast<std::size_t>(settings.mostWaits)) {}

namespace {

/// As they stand in a token's claim `scope`.
std::string namesOf(ApiScopes scopes) {
    std::string names;
    const auto add = [&](ApiScope scope, const char *name) {
        if (scopes.has(scope))
            names += (names.empty() ? "" : " ") + std::string(name);
    };
    add(ApiScope::Send, "send");
    add(ApiScope::Read, "read");
    add(ApiScope::Manage, "manage");
    return names;
}

} // namespace

std::optional<Response> Desk::admit(Request &request, ApiScopes anyOf) {
    const auto steady = std::chrono::steady_clock::now();
    auto who = m_authenticator.identify(request, Engine::wallNow(), steady);
    if (auto *refusal = std::get_if<Response>(&who))
        return std::move(*refusal);
    auto caller = std::make_shared<const Caller>(std::move(std::get<Caller>(who)));
    if ((caller->scopes.bits() & anyOf.bits()) == 0)
        return forbidden("This key or token is not for that: it lacks the scope.", namesOf(anyOf));
    const auto verdict = m_rates.take(caller->client, steady);
    request.limits = m_rates.headers(verdict);
    if (!verdict.passes)
        return problem(429, "too_many_requests", "This client has sent more than it may; see Retry-After.");
    request.caller = std::move(caller);
    return std::nullopt;
}

std::optional<Response> Desk::admitMonitor(Request &request) {
    const auto address = Address::parse(request.client);
    if (!request.forwarded && address && isIn(m_settings.monitorFrom, *address))
        return std::nullopt;
    if (request.header("authorization")) {
        if (auto refusal = admit(request, ApiScopes{ApiScope::Read}))
            return refusal;
        if (request.caller->mayAll())
            return std::nullopt;
        return forbidden("The figures are of all accounts together; this key or token is for some accounts or templates only.");
    }
    return problem(403, "forbidden", "From this address that takes a key with the scope read that is for every account and template; see \"monitor_from\" in the settings.");
}

void Desk::charge(Request &request, double beyondOne) {
    auto verdict = m_rates.charge(request.caller->client, beyondOne, std::chrono::steady_clock::now());
    verdict.passes = true; // it has passed; this is what is left
    request.limits = m_rates.headers(verdict);
}

namespace {

bool isBlocked(const Snapshot &snapshot) { return !snapshot.engineOwner || snapshot.mustRestart; }

} // namespace

IntakeGate Desk::intakeGate() const {
    // Looked at once more: an engine that has just begun is not kept waiting for the next look.
    if (m_blocked && isBlocked(m_engine.snapshot()))
        return IntakeGate::Blocked;
    if (m_waiting > m_settings.mostWaiting)
        return IntakeGate::QueueFull;
    return m_engine.beingTakenIn() > m_settings.mostBeingTakenIn ? IntakeGate::TooMuchAtOnce : IntakeGate::Open;
}

std::optional<Response> Desk::refuseIntake() const {
    switch (intakeGate()) {
    case IntakeGate::Open: return std::nullopt;
    case IntakeGate::Blocked: return unavailable("not_now", "The engine cannot store messages at present. Its operator sees why.", 10);
    case IntakeGate::QueueFull: return unavailable("not_now", "Too many messages wait already.", 60);
    case IntakeGate::TooMuchAtOnce: return unavailable("not_now", "More comes at once than can be stored.", 1);
    }
    return std::nullopt;
}

std::string Desk::accountName(AccountId id) const {
    const std::lock_guard lock(m_mutex);
    const auto it = m_accounts.find(id);
    return it == m_accounts.end() ? std::string() : it->second;
}

std::string Desk::templateId(TemplateRef ref) const {
    const std::lock_guard lock(m_mutex);
    const auto it = m_templates.find(ref);
    return it == m_templates.end() ? std::string() : it->second;
}

void Desk::refresh(bool keysToo) {
    const Snapshot snapshot = m_engine.snapshot();
    m_waiting = snapshot.counts.waiting();
    m_blocked = isBlocked(snapshot);
    if (!keysToo || m_seen == snapshot.dataVersion)
        return;
    const auto keys = m_engine.apiKeys().result();
    const auto accounts = m_engine.accounts().result();
    const auto templates = m_engine.templates().result();
    if (!keys || !accounts || !templates)
        return; // tried again at the next look
    m_authenticator.setKeys(*keys);
    const std::lock_guard lock(m_mutex);
    for (const Account &a : *accounts)
        m_accounts[a.id] = a.name;
    for (const Template &t : *templates)
        m_templates[t.id] = t.templateId;
    m_seen = snapshot.dataVersion;
}

void Desk::countAnswer(const std::string &route, int status) {
    const std::lock_guard lock(m_mutex);
    ++m_answers[{route, status}];
}

std::map<std::pair<std::string, int>, std::int64_t> Desk::answers() const {
    const std::lock_guard lock(m_mutex);
    return m_answers;
}

} // namespace songda::doors
