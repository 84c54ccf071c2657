// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/scale.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <algorithm>

namespace songda::testing {

namespace {

constexpr int usualDrainSeconds = 150;
constexpr int mostImportLists = 10;

int fromEnvironment(const char *name, int usual) {
    bool ok = false;
    const int value = qEnvironmentVariableIntValue(name, &ok);
    return ok && value > 0 ? value : usual;
}

} // namespace

Scale Scale::fromEnvironment(Scale scale) {
    scale.rows = testing::fromEnvironment("SONGDA_CRASH_ROWS", scale.rows);
    scale.kills = testing::fromEnvironment("SONGDA_CRASH_KILLS", scale.kills);
    scale.importLists = std::clamp(scale.kills / 5, scale.importLists, mostImportLists);
    const QByteArray seed = qgetenv("SONGDA_CRASH_SEED");
    scale.seed = seed.isEmpty() ? QRandomGenerator::system()->generate() : seed.toUInt();
    return scale;
}

int Scale::rate() const { return std::clamp(rows / usualDrainSeconds, 200, 800); }

int Scale::drainDeadline() const { return 300'000 + rows * 1000 / rate() * 5; }

} // namespace songda::testing
