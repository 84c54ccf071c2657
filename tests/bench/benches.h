// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace songda::bench {

/// Durable end-to-end delivery against a bare QNetworkAccessManager loop: same target, same number of
/// connections, rounds taken in turns.
int deliveryBench(int messages, int connections, int rounds);

/// Import and export of many rows: rows a second and resident memory.
int exchangeBench(int rows);

} // namespace songda::bench
