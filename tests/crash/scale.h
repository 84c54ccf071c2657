// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace songda::testing {

/// How much is sent and how often it is killed: each test's short form, unless the environment asks for more
/// with SONGDA_CRASH_ROWS, SONGDA_CRASH_KILLS and, to run a failure again, SONGDA_CRASH_SEED.
struct Scale {
    int rows = 2000;
    int kills = 8;
    int importRows = 50'000; ///< of each list: three transactions
    int importLists = 2;
    quint32 seed = 0;

    /// `scale` is the short form.
    static Scale fromEnvironment(Scale scale);
    static Scale fromEnvironment() { return fromEnvironment(Scale()); }

    /// Sends a second, so that the drain is long enough to be killed that often.
    int rate() const;
    /// In milliseconds: far more than a whole drain takes, only so that nothing waits for ever.
    int drainDeadline() const;
};

} // namespace songda::testing
