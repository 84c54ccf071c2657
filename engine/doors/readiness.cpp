// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/figures.h"
#include "engine/doors/problem.h"

#include <algorithm>

namespace songda::doors {

using Json = nlohmann::ordered_json;

namespace {

bool isClosed(Gate gate) { return gate != Gate::Open && gate != Gate::Idle; }

/// The first gate that keeps every message from being sent and does not open by itself.
Gate deliveryGate(const Snapshot &s) {
    if (s.mustRestart)
        return Gate::JournalBlocked;
    if (!s.engineOwner || !s.running)
        return Gate::EngineStopped;
    if (s.paused)
        return Gate::EnginePaused;
    const bool allHeld
        = !s.accounts.empty() && std::all_of(s.accounts.begin(), s.accounts.end(), [](const AccountSnapshot &a) { return a.hold.has_value(); });
    return allHeld ? Gate::AccountHeld : Gate::Open;
}

} // namespace

const char *toString(IntakeGate gate) {
    switch (gate) {
    case IntakeGate::Open: return "open";
    case IntakeGate::Blocked: return "journal-blocked";
    case IntakeGate::QueueFull: return "queue-full";
    case IntakeGate::TooMuchAtOnce: return "too-much-at-once";
    }
    return "open";
}

Response readiness(const Snapshot &s, IntakeGate intake, ReadyFor what, bool detailed) {
    const Gate gate = deliveryGate(s);
    const bool ready = (what == ReadyFor::Intake || gate == Gate::Open) && (what == ReadyFor::Delivery || intake == IntakeGate::Open);
    Json json{{"ready", ready}};
    if (!detailed)
        return jsonResponse(ready ? 200 : 503, json);
    json["gate"] = toString(gate);
    json["intake"] = toString(intake);
    json["problem"] = s.problem.empty() ? Json(nullptr) : Json(s.problem);
    json["policy_problem"] = s.policyProblem.empty() ? Json(nullptr) : Json(s.policyProblem);
    json["accounts"] = Json::array();
    for (const AccountSnapshot &a : s.accounts) {
        json["accounts"].push_back({{"account", a.name}, {"gate", toString(a.gate)}, {"closed", isClosed(a.gate)},
            {"detail", a.gateDetail.empty() ? Json(nullptr) : Json(a.gateDetail)},
            {"until", a.gateUntil ? Json(toIso8601(*a.gateUntil)) : Json(nullptr)}, {"waiting", a.counts.waiting()}});
    }
    return jsonResponse(ready ? 200 : 503, json);
}

} // namespace songda::doors
