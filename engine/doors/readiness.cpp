// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/figures.h"
#include "engine/doors/problem.h"

namespace songda::doors {

using Json = nlohmann::ordered_json;

namespace {

bool isClosed(Gate gate) { return gate != Gate::Open && gate != Gate::Idle; }

} // namespace

Response readiness(const Snapshot &s, bool detailed) {
    const bool ready = s.engineOwner && s.running && !s.mustRestart;
    Json json{{"ready", ready}};
    if (!detailed)
        return jsonResponse(ready ? 200 : 503, json);
    json["gate"] = s.mustRestart ? toString(Gate::JournalBlocked)
        : !s.engineOwner || !s.running ? toString(Gate::EngineStopped)
        : s.paused                     ? toString(Gate::EnginePaused)
                                       : toString(Gate::Open);
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
