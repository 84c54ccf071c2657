// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/approval.h"

namespace songda {

/// Whether a person may let something go to many people at once.
enum class MayLetGo {
    Freely, ///< it is small enough, or somebody agreed to all of it
    AsSecond, ///< by agreeing to it: somebody else asked
    NeedsAnother, ///< who asked cannot agree
};

/// `over`: more messages than this need a second person; 0: none do.
inline bool needsSecond(std::int64_t messages, std::int64_t over) { return over > 0 && messages > over; }

MayLetGo mayLetGo(const Approval &approval, std::int64_t messages, std::int64_t over, const std::string &who);
/// The sentence for whoever may not.
std::string whyAnother(const Approval &approval, std::int64_t messages, std::int64_t over);

} // namespace songda
