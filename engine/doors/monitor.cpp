// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/monitor.h"

#include "engine/doors/problem.h"

#include <cmath>

namespace songda::doors {

using Json = nlohmann::ordered_json;

namespace {

/// Its picture is taken ten times a second; older, and the engine thread stands still.
constexpr std::chrono::seconds stale{10};

std::optional<ReadyFor> readyFor(const Request &request) {
    const auto what = request.argument("for");
    if (!what)
        return ReadyFor::IntakeAndDelivery;
    if (*what == "intake")
        return ReadyFor::Intake;
    return *what == "delivery" ? std::optional(ReadyFor::Delivery) : std::nullopt;
}

} // namespace

void addMonitorRoutes(Router &router, const std::shared_ptr<Desk> &desk, std::function<ServerFigures()> server) {
    router.add({"GET", "/healthz", 0, {}, [desk](Request &) -> Answer {
        const Snapshot s = desk->engine().snapshot();
        const auto age = std::chrono::abs(Engine::wallNow() - s.at);
        return jsonResponse(age < stale ? 200 : 503, {{"alive", age < stale}});
    }});
    router.add({"GET", "/readyz", 0, {}, [desk](Request &request) -> Answer {
        const auto what = readyFor(request);
        if (!what)
            return problem(400, "bad_query", "for must be intake or delivery; without it both are asked for.");
        return readiness(desk->engine().snapshot(), desk->intakeGate(), *what, !desk->admitMonitor(request));
    }});
    router.add({"GET", "/metrics", 0, [desk](Request &request) { return desk->admitMonitor(request); },
        [desk, server = std::move(server)](Request &) -> Answer {
            Engine &engine = desk->engine();
            return Response{200, "text/plain; version=0.0.4; charset=utf-8",
                metricsText({engine.snapshot(), engine.meters(), engine.beingTakenIn(), server(), desk->answers()}), {}, false};
        }});
}

} // namespace songda::doors
