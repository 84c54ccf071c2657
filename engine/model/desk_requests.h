// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/queries.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace songda {

struct ResendOptions {
    bool mayArriveTwice = false; ///< the operator accepted that uncertain messages outside the safe window may
    double pace = 0; ///< messages a second; 0: as fast as the account goes
};

struct ResendReport {
    std::int64_t resent = 0;
    std::int64_t skipped = 0; ///< not in a state that can be resent
    std::int64_t needConfirmation = 0; ///< uncertain and outside the window: may arrive twice
};

struct CancelReport {
    std::int64_t cancelled = 0;
    std::int64_t uncertain = 0; ///< ended as such: an earlier try of theirs may have arrived
};

/// A message as a person wants it sent instead. What is not named stays as it was.
struct EditRequest {
    MessageId id;
    int life = 0; ///< the life the person looked at: refused when it has another one by now; 0: whichever
    std::map<std::string, std::string, std::less<>> data; ///< values to change, by the template's keys
    std::optional<std::string> url; ///< empty: none any more
    std::string reason;
    bool mayArriveTwice = false; ///< see ResendOptions
};

struct EditReport {
    bool resent = false; ///< false: it may have arrived, and nobody agreed to a second notification
    int life = 0; ///< it is in now
    std::vector<std::string> changed; ///< keys, and "url"
};

/// People who shall not be written to any more.
struct SuppressRequest {
    std::string account;
    std::vector<std::string> openids;
    std::string templateId; ///< or its title; empty: every template
    bool optOut = true; ///< by their own wish; otherwise an operator's decision
    std::string reason;
    std::optional<MessageFilter> recipientsOf = std::nullopt; ///< also whom these messages of the account are for; their openids pass nobody's screen
};

} // namespace songda
