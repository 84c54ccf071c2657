// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/outcome.h"
#include "engine/model/time.h"

#include <optional>
#include <string>

namespace songda {

/// How far an attempt got, as recorded. Stored by number: never renumber.
enum class AttemptPhase {
    Started = 0, ///< claimed and committed; its request may be leaving right now
    NotWritten = 1, ///< certainly not on the wire
    Written = 2, ///< on the wire, no answer known
    Answered = 3,
    Interrupted = 4, ///< the program ended in between: whether it was written is not known
};
const char *toString(AttemptPhase phase);

/// One POST of one message: what the inspector and the audit show.
struct Attempt {
    MessageId message;
    int number = 1; ///< counts through all lives
    int life = 1;
    RunId run;
    std::string node;
    AttemptPhase phase = AttemptPhase::Started;
    WallTime startedAt;
    std::optional<WallTime> finishedAt;
    int httpStatus = 0;
    std::optional<std::int64_t> errcode;
    std::string errmsg;
    std::string rid;
    std::string cause;
    std::optional<ErrorClass> errorClass;
    std::string excerpt;
    Micros latency{0};
    bool counted = false; ///< used up one of the message's tries

    bool operator==(const Attempt &) const = default;
};

} // namespace songda
