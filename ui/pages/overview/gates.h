// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/snapshot.h"
#include "engine/model/template.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QString>
#include <optional>
#include <string>
#include <vector>

namespace songda::ui {

/// What opens a closed gate, as far as a button can.
struct GateAct {
    enum class Kind { None, GoOn, ReleaseAccount, ReleaseTemplate, ResumeBatch, ShowBatch, ShowWaiting, OpenPage };
    Kind kind = Kind::None;
    QString button;
    QString page; ///< of OpenPage
    std::string account; ///< of the releases
    std::string templateId;
    BatchId batch;
};

/// One gate on the way out as the operator sees it.
struct GateCheck {
    QString name;
    bool open = true;
    QString advice; ///< when it is closed, or when it is open and still to be looked at
    GateAct act;
    bool look = false; ///< it closes nothing, and somebody should know of it
};

/// What stands still by somebody's word; the engine's snapshot only counts it.
struct StandingStill {
    std::vector<Template> templates;
    std::vector<Batch> batches;
};

/// Walks the gates in the order messages meet them. Pure, in the present language.
/// `causes`: the words for keys of the error catalogue.
std::vector<GateCheck> walkGates(const Snapshot &snapshot, const StandingStill &still = {}, const words::CauseNames &causes = q);

/// How much of the day's quota is used, and when it runs out at the present rate.
struct QuotaGauge {
    std::int64_t used = 0;
    std::int64_t limit = 0;
    std::optional<WallTime> runsOut; ///< nothing: what waits fits, or nothing moves
    bool usedUp = false;
};

/// Of the account that is nearest to its limit; nothing while no limit is known. Pure.
std::optional<QuotaGauge> quotaGauge(const Snapshot &snapshot);

} // namespace songda::ui
