// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <optional>
#include <string>

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
