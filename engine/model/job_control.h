// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>

namespace songda {

/// A running import, export, or act on many messages: may be cancelled, tells how far it is. Any thread.
struct JobControl {
    std::atomic<bool> cancelled{false};
    std::atomic<std::int64_t> rows{0}; ///< done so far; of an act: messages changed
    std::atomic<double> share{0}; ///< 0 .. 1
    std::atomic<bool> cutShort{false}; ///< of an act: it was cancelled before it was through
};

} // namespace songda
