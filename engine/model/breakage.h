// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef SONGDA_BREAKAGES
#include <atomic>
#endif

namespace songda {

/// Deliberate faults, one at a time, for showing that the simulation can fail: what it cannot catch it does not prove.
/// They exist only in a build with SONGDA_BREAKAGES; everywhere else each question is answered when compiling.
enum class Breakage {
    None,
    NoAttemptRow, ///< the write-ahead leaves out the attempt
    DoubleClaim, ///< a claimed message stays claimable
    FreshIdOnRepeat, ///< each attempt carries an id of its own
    BodyChangesOnRepeat,
    NoSafeWindow, ///< repeats are taken for safe at any age
    WindowByCalendar, ///< the safe window is measured by the calendar
    AmbiguityForgotten, ///< an unknown end counts as a known one
    RecoveryForgets, ///< what was in flight at a crash is not looked for
    NoRecipientOrder, ///< two requests to one person at a time
    RateIgnored,
    ConnectionsIgnored,
    ResultsLost, ///< results that could not be recorded are dropped
    ReleaseKeepsAttempt, ///< a claim given back leaves its attempt row
    WakeLost, ///< nobody says when the next repeat is due
    BusyIsSuccess, ///< errcode -1 counts as accepted
    SumsDrift, ///< a kept sum misses a move
};

#ifdef SONGDA_BREAKAGES
inline std::atomic<Breakage> activeBreakage{Breakage::None};
inline bool isBroken(Breakage breakage) { return activeBreakage.load(std::memory_order_relaxed) == breakage; }
#else
constexpr bool isBroken(Breakage) { return false; }
#endif

} // namespace songda
