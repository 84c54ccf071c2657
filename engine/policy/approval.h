// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"

namespace songda {

/// `over`: more messages than this need a second person; 0: none do.
inline bool needsSecond(std::int64_t messages, std::int64_t over) { return over > 0 && messages > over; }

MayLetGo mayLetGo(const Approval &approval, std::int64_t messages, std::int64_t over, const std::string &who);
/// The same of a batch: of a list of people that does not run yet.
MayLetGo mayLetGo(const Batch &batch, std::int64_t over, const std::string &who);
/// Everything that goes out by somebody's word on a batch: with its seed.
inline std::int64_t messagesOf(const Batch &batch) { return batch.counts.total() + batch.seeds; }
/// More than one person may let go, and nobody else has agreed to it, though somebody was asked.
bool isUnagreed(const Batch &batch, std::int64_t over);
/// The sentence for whoever may not.
std::string whyAnother(const Batch &batch, std::int64_t over);

} // namespace songda
