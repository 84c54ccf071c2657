// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/monitor.h"

#include "engine/doors/problem.h"

#include <cmath>

namespace songda::doors {

using Json = nlohmann::ordered_json;

namespace {

/// Its picture is taken ten times a second; older, and the engine thread stands still.
constexpr std::chrono::seconds stale{10};

} // namespace

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
            return problem(403, "forbidden", "From this address /metrics takes a key with the scope read that is for every account and template; see \"monitor_from\" in the settings.");
        },
        [desk, server = std::move(server)](Request &) -> Answer {
            Engine &engine = desk->engine();
            return Response{200, "text/plain; version=0.0.4; charset=utf-8",
                metricsText({engine.snapshot(), engine.meters(), engine.beingTakenIn(), server(), desk->answers()}), {}, false};
        }});
}

} // namespace songda::doors
