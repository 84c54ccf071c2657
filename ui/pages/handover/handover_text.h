// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QString>
#include <functional>
#include <vector>

namespace songda::ui {

/// What the next shift has to know, as it stands in the engine and its records.
struct HandoverState {
    WallTime at;
    WallTime since; ///< when the shift began
    Snapshot snapshot;
    std::vector<Account> accounts;
    std::vector<Template> templates;
    std::vector<Batch> batches;
    std::vector<CauseGroup> groups;
    std::vector<BreakdownRow> errors; ///< since the shift began, by code
    std::vector<HourlyCount> hours; ///< since then
    std::vector<ReplayRun> replays;
    std::vector<AuditEntry> acts; ///< newest first; older ones than the shift are left out
    QString note; ///< what a person adds
};

/// The names behind ids and codes.
struct HandoverNames {
    std::function<QString(const std::string &)> cause;
    std::function<QString(const Batch &)> batch;
};

/// The sheet: how it stands, what is open, what happened, who did what. Plain text, in the language that is set. Pure.
QString handoverText(const HandoverState &state, const HandoverNames &names);

} // namespace songda::ui
