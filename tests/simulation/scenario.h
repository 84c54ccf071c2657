// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace songda::simulation {

/// What came of one seed.
struct ScenarioResult {
    QString violations; ///< empty when every law held
    quint64 fingerprint = 0; ///< of all that was sent and all that was recorded: equal for equal seeds
    int messages = 0;
    int posts = 0;
    int crashes = 0;
    std::int64_t simulatedSeconds = 0;
};

/// A random day in the life of an engine, all of it decided by the seed: batches of all sizes, weather at the
/// platform and on the way to it, tokens that end or are stolen, a disk that is full or fails, power cuts, calendars that
/// jump, people who pause, hold, release and change the policy, and deaths of the process and of the machine. The laws are looked at while it
/// goes on. Then the faults stop: everything must come to an end within ten minutes more than its limits need.
///
/// `story`: a recipient whose message's life is printed to standard output as it happens; empty for none.
ScenarioResult runScenario(std::uint64_t seed, const QString &story = {});

} // namespace songda::simulation
