// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/model/queries.h"

#include <optional>
#include <string>

namespace songda::ui {

/// The messages an act was about.
struct ActMessages {
    std::optional<MessageFilter> filter; ///< nothing: about no messages, or not known which
    std::string batchName; ///< of an import that the audit only has the name of
};

/// As the audit has them message by message, or else by what it names: a batch, a replay, a message, a cause. Pure.
ActMessages messagesOf(const AuditEntry &act);

} // namespace songda::ui
