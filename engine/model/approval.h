// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace songda {

/// Who wants to send something to many people at once, and what somebody else agreed to.
struct Approval {
    std::vector<std::string> askedBy; ///< since the last agreement; empty: nobody had to ask
    std::int64_t granted = 0; ///< messages; more than that has to be agreed to again
    std::string grantedBy; ///< empty: nobody yet

    /// It stands still until somebody else agrees.
    bool waits() const { return !askedBy.empty(); }
    bool askedFor(const std::string &who) const { return std::find(askedBy.begin(), askedBy.end(), who) != askedBy.end(); }

    bool operator==(const Approval &) const = default;
};

/// Whether a person may let something go to many people at once.
enum class MayLetGo {
    Freely, ///< it is small enough, or somebody agreed to all of it
    AsSecond, ///< by agreeing to it: somebody else asked
    NeedsAnother, ///< who asked cannot agree
};

// What the hold of a batch says that Songda stopped itself; what else stands there is a person's word.
inline constexpr const char *importHold = "its rows are still coming in"; ///< who has to agree is known when all are there
inline constexpr const char *approvalHold = "waits for a second person";
inline constexpr const char *seedHold = "waits for the seed to be looked at";
inline bool isOwnHold(const std::string &detail) { return detail == importHold || detail == approvalHold || detail == seedHold; }

} // namespace songda
