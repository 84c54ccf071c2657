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

/// What the hold of a batch says that waits for a second person.
inline constexpr const char *approvalHold = "waits for a second person";

} // namespace songda
