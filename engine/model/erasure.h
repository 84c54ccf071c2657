// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace songda {

/// What stands in place of an openid that was erased begins so; no openid has a colon.
inline constexpr std::string_view erasedPrefix = "erased:";

inline bool isErased(std::string_view openid) { return openid.starts_with(erasedPrefix); }

/// A person of whom nothing shall be kept but counts.
struct ErasureRequest {
    std::string account;
    std::string openid;
    std::string reason;
    bool confirmed = false; ///< false: only look
    bool cancelWaiting = false; ///< what waits for this person is cancelled first; otherwise it is a reason to refuse
};

/// How much of a person there is, or was.
struct ErasureCounts {
    std::int64_t messages = 0;
    std::int64_t underWay = 0; ///< of them: not ended
    std::int64_t reports = 0;
    std::int64_t suppressions = 0;
    std::int64_t hookDeliveries = 0; ///< not taken by business systems yet; dropped
    std::int64_t acts = 0; ///< of the audit whose texts name the person, or their values

    bool operator==(const ErasureCounts &) const = default;
};

struct ErasureReport {
    ErasureCounts counts;
    std::int64_t cancelled = 0;
    std::string name; ///< what stands in place of the openid; empty: nothing was changed
    std::string notRewritten; ///< why the file could not be written anew, so that free pages may hold traces; empty: it was
    std::vector<std::string> places; ///< tables and columns that still hold the openid
    std::vector<std::string> files; ///< files of the profile, and exports, archives and backups made from it, that do
};

} // namespace songda
