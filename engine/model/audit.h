// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

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

/// Who asks and why: part of every command that changes something.
struct Actor {
    std::string who;
    std::string reason;
};

} // namespace songda
