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
    std::uint64_t displaced = 0;
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

/// What stands between a business system and the queue.
enum class IntakeGate {
    Open,
    Blocked, ///< nothing can be stored
    QueueFull, ///< more messages wait than may
    TooMuchAtOnce, ///< more comes than is stored as fast
};
const char *toString(IntakeGate gate);

/// What somebody who asks for readiness depends on: a proxy that spreads requests on the intake alone, so that a pause of the
/// engine does not take the intake away.
enum class ReadyFor { IntakeAndDelivery, Intake, Delivery };

/// Whether messages can be taken in and sent, and what stands in the way. `detailed` names gates and accounts.
Response readiness(const Snapshot &snapshot, IntakeGate intake, ReadyFor what, bool detailed);

} // namespace songda::doors
