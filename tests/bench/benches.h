// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace songda::bench {

struct DeliveryBench {
    int messages = 30'000; ///< a round
    int connections = 24; ///< of the bare loop and the standard transport
    int bulkConnections = 64;
    int latencyMs = 0; ///< of the target
    int rounds = 3;
};

/// Durable delivery over both transports against a bare QNetworkAccessManager loop, interleaved, same target.
int deliveryBench(const DeliveryBench &bench);

/// Import and export of many rows: rows a second and resident memory.
int exchangeBench(int rows);

} // namespace songda::bench
