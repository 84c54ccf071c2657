// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"

namespace songda {

/// What network managers serve well: two threads with two managers of six connections each, and about the rate at
/// which their processor time becomes the limit (0.12 CPU-s per 1,000 requests).
inline constexpr int standardConnections = 24;
inline constexpr double standardRate = 5000;
/// Taken for the latency of an answer before there are any.
inline constexpr Micros assumedLatency = std::chrono::milliseconds{50};

/// Whether an account's requests go through the bulk transport. By itself (`Auto`) it does when its rate and what
/// answers take need more requests in flight than the managers serve well (Little's law), as far as it may have them,
/// or its rate alone more than they reach.
bool needsBulkTransport(TransportChoice choice, double rate, int connections, Micros latency);

} // namespace songda
