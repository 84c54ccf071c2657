// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/bench_profile.h"

#include <functional>

namespace songda::bench {

/// Turns the event loop until something holds; the look every millisecond costs next to nothing.
void waitFor(const std::function<bool()> &holds);
/// Turns the event loop for so long.
void pass(int milliseconds);
/// Ends delivery gracefully and waits for it.
void stop(BenchProfile &profile);

} // namespace songda::bench
