// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/approval.h"
#include "engine/model/forecast.h"
#include "engine/model/ids.h"
#include "engine/model/queries.h"
#include "engine/model/time.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace songda {

/// Stored by number: never renumber.
enum class ReplayState {
    Running = 0,
    Paused = 1, ///< by a person
    Stopped = 2, ///< by itself, see ReplayStop
    Done = 3,
    Cancelled = 4,
};
const char *toString(ReplayState state);
/// Ended for good.
inline bool isOver(ReplayState state) { return state == ReplayState::Done || state == ReplayState::Cancelled; }

/// Why a replay stopped by itself. Stored by number: never renumber.
enum class ReplayStop {
    None = 0,
    NewCause = 1, ///< a message failed with a code that none of the selection had
    Failures = 2, ///< too many of a step failed
};
const char *toString(ReplayStop why);

/// How a replay feels its way: by steps that grow, each beginning when the one before has ended.
struct LadderRules {
    std::vector<int> steps; ///< empty: no ladder; the last size is repeated
    double failShare = 0.2; ///< of a step that may fail, and
    int failLeast = 3; ///< fewer than this never stop it

    bool operator==(const LadderRules &) const = default;
};
inline const std::vector<int> &usualLadder() {
    static const std::vector<int> steps{1, 5, 20, 100, 500, 2000};
    return steps;
}

/// A selection as it was frozen, and what sending it again would mean.
struct ReplayPlan {
    MessageFilter filter;
    WallTime frozenAt;
    std::shared_ptr<const std::vector<MessageId>> ids; ///< sorted
    std::string fingerprint; ///< SHA-256, hex
    std::map<AccountId, std::int64_t> perAccount; ///< how many of willGo are of each
    std::map<AccountId, std::int64_t> doubtfulPerAccount; ///< the same of needConfirmation
    std::int64_t willGo = 0;
    std::int64_t held = 0; ///< of these: behind a hold or a paused batch, so they wait for that
    std::int64_t needConfirmation = 0; ///< may have arrived, and the time for a safe repeat is over
    std::int64_t refused = 0; ///< to people who must not be written to
    std::vector<std::string> causes;
    std::optional<WallTime> endsAt; ///< at the accounts' own rate, behind what waits already

    std::int64_t size() const { return ids ? static_cast<std::int64_t>(ids->size()) : 0; }
};

struct ReplayOptions {
    std::string reason;
    double pace = 0; ///< messages a second; 0: as fast as the account goes
    LadderRules ladder;
    bool mayArriveTwice = false; ///< a person agreed that what may have arrived goes again
    bool waits = false; ///< begins paused, until a second person agrees
};

/// A replay as it stands.
struct ReplayRun {
    ReplayId id;
    WallTime createdAt;
    std::string createdBy;
    std::string reason;
    std::string selection; ///< the filter in words that can be searched
    std::string fingerprint;
    std::int64_t size = 0;
    ReplayState state = ReplayState::Running;
    double pace = 0;
    LadderRules ladder;
    bool mayArriveTwice = false;
    AuditId audit;
    std::int64_t position = 0; ///< how many of the list have had their turn
    int step = 0;
    std::int64_t stepReleased = 0;
    std::int64_t stepEnded = 0;
    std::int64_t stepFailed = 0;
    std::int64_t released = 0;
    std::int64_t accepted = 0;
    std::int64_t failed = 0;
    std::int64_t other = 0; ///< ended in another way: cancelled, or taken further by somebody
    std::int64_t skipped = 0; ///< had changed since the list was frozen
    std::int64_t needConfirmation = 0; ///< left: they may have arrived
    ReplayStop stop = ReplayStop::None;
    std::string stopCause;
    WallTime changedAt;
    std::string changedBy;
    std::optional<WallTime> finishedAt;
    Approval approval; ///< of a second person, where it is asked for

    std::int64_t underWay() const { return released - accepted - failed - other; }
    bool operator==(const ReplayRun &) const = default;
};

/// How long a replay takes at least: by its pace, and by what a ladder waits between its steps.
Millis leastTime(std::int64_t messages, double pace, const LadderRules &ladder);

} // namespace songda
