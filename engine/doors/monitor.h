// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/desk.h"
#include "engine/doors/router.h"

#include <functional>
#include <memory>
#include <string>

namespace songda::doors {

/// The server's own figures.
struct ServerFigures {
    std::size_t connections = 0;
    std::uint64_t cut = 0;
};

/// /healthz, /readyz and /metrics, for those who watch.
void addMonitorRoutes(Router &router, const std::shared_ptr<Desk> &desk, std::function<ServerFigures()> server);

/// Everything that /metrics shows, in Prometheus' text format.
struct MetricsInput {
    Snapshot snapshot;
    Meters meters;
    std::size_t beingTakenIn = 0;
    ServerFigures server;
    std::map<std::pair<std::string, int>, std::int64_t> answers; ///< by route and status
};
std::string metricsText(const MetricsInput &input);

/// Whether messages can be taken in and sent, and what stands in the way. `detailed` names accounts.
Response readiness(const Snapshot &snapshot, bool detailed);

} // namespace songda::doors
