// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/transport.h"

#include <algorithm>

namespace songda {

bool needsBulkTransport(TransportChoice choice, double rate, int connections, Micros latency) {
    if (choice != TransportChoice::Auto)
        return choice == TransportChoice::Bulk;
    const double seconds = std::chrono::duration<double>(latency > Micros{0} ? latency : assumedLatency).count();
    const double inFlight = std::min(rate * seconds, static_cast<double>(connections));
    return inFlight > standardConnections || rate > standardRate;
}

} // namespace songda
