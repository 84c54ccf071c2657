// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_message.h"
#include "engine/model/meters.h"
#include "engine/model/snapshot.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace songda::doors {

/// The server's own figures.
struct ServerFigures {
    std::size_t connections = 0;
    std::uint64_t cut = 0;
    std::map<std::pair<std::string, std::string>, std::int64_t> callbacks; ///< what platforms reported, by account and what became of it
};

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
