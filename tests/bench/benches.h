// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace songda::bench {

struct DeliveryBench {
    int messages = 30'000; ///< a round
    int connections = 24; ///< of the bare loop
    int standardConnections = 24;
    int bulkConnections = 64;
    int latencyMs = 0; ///< of the target
    int rounds = 3;
};

/// Durable delivery over both transports against a bare QNetworkAccessManager loop, interleaved, same target.
int deliveryBench(const DeliveryBench &bench);

/// Start, idling and resending with many rows.
int upkeepBench(int rows);

/// Deliveries a second and memory with 10,000 queued, 100,000, 1,000,000 and 5,000,000, up to `most`.
int growthBench(int most, int sample);

/// Import and export of many rows: rows a second and resident memory.
int exchangeBench(int rows);

struct IntakeBench {
    int clients = 64;
    int seconds = 5; ///< of each measurement
    int rounds = 3;
};

/// Messages a second over HTTP, each synced before it is answered, against bare libmicrohttpd that only answers; in turns.
int intakeBench(const IntakeBench &bench);

/// Import with a screen of sensitive words against import without, in turns.
int screenBench(int rows, int words, int rounds);

struct SoakBench {
    double minutes = 60;
    double rate = 100'000; ///< messages a second at most
    bool bulk = true; ///< the transport
};

/// The engine at full rate for long, in changing weather. Unlike the others it judges: 1 when a sum does not add up, somebody
/// was notified twice, or memory or log grow.
int soakBench(const SoakBench &bench);

} // namespace songda::bench
