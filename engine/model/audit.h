// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// One recorded act of a person or of the engine on their behalf.
struct AuditEntry {
    AuditId id;
    WallTime at;
    std::string who;
    std::string act; ///< e.g. "message.resend", "account.add", "report.export"
    std::string object; ///< what it was done to, in a form that can be searched
    std::string reason;
    std::int64_t count = 0; ///< messages touched
    bool listed = false; ///< which messages is known, see MessageFilter::act

    bool operator==(const AuditEntry &) const = default;
};

/// Which acts are looked for. Words are parts of what stands there, whatever their case; empty: any.
struct AuditSearch {
    std::string who;
    std::string act; ///< exact, or a group with its dot: "message."
    std::string object;
    std::string reason;
    std::optional<WallTime> since;
    std::optional<AuditId> before; ///< older than this (keyset)
    int limit = 200; ///< 1 .. 10000

    bool operator==(const AuditSearch &) const = default;
};

struct AuditFound {
    std::vector<AuditEntry> acts; ///< newest first
    std::optional<AuditId> next; ///< where to go on, also when nothing was found so far; nothing: that was all
};

/// How many acts the audit has and the link of the last one. Whoever notes it elsewhere can tell later that none of them
/// was changed or taken away, whatever was done to the file.
struct AuditHead {
    std::int64_t acts = 0;
    std::string link; ///< empty without acts

    bool operator==(const AuditHead &) const = default;
};

/// What a look along the chain of acts found.
struct AuditCheck {
    AuditHead head;
    std::optional<AuditId> broken; ///< the first act that does not fit; nothing also when only the end is wrong
    std::string problem; ///< a sentence; empty: every act is as it was recorded
};

/// Who asks and why: part of every command that changes something.
struct Actor {
    std::string who;
    std::string reason;
};

} // namespace songda
