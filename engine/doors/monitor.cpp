// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/monitor.h"

#include "engine/doors/problem.h"

#include <cmath>

namespace songda::doors {

using Json = nlohmann::ordered_json;

namespace {

/// Its picture is taken ten times a second; older, and the engine thread stands still.
constexpr std::chrono::seconds stale{10};

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

void addMonitorRoutes(Router &router, const std::shared_ptr<Desk> &desk, std::function<ServerFigures()> server) {
    router.add({"GET", "/healthz", 0, {}, [desk](Request &) -> Answer {
        const Snapshot s = desk->engine().snapshot();
        const auto age = std::chrono::abs(Engine::wallNow() - s.at);
        return jsonResponse(age < stale ? 200 : 503, {{"alive", age < stale}});
    }});
    router.add({"GET", "/readyz", 0, {}, [desk](Request &request) -> Answer { return readiness(desk->engine().snapshot(), desk->mayMonitor(request)); }});
    router.add({"GET", "/metrics", 0,
        [desk](Request &request) -> std::optional<Response> {
            if (desk->mayMonitor(request))
                return std::nullopt;
            return problem(403, "forbidden", "From this address /metrics takes a key with the scope read; see \"monitor_from\" in the settings.");
        },
        [desk, server = std::move(server)](Request &) -> Answer {
            Engine &engine = desk->engine();
            return Response{200, "text/plain; version=0.0.4; charset=utf-8",
                metricsText({engine.snapshot(), engine.meters(), engine.beingTakenIn(), server(), desk->answers()}), {}, false};
        }});
}

} // namespace songda::doors
