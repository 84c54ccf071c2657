// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/approval.h"

namespace songda {

MayLetGo mayLetGo(const Approval &approval, std::int64_t messages, std::int64_t over, const std::string &who) {
    if (!needsSecond(messages, over) || approval.granted >= messages)
        return MayLetGo::Freely;
    return approval.askedFor(who) || who.empty() ? MayLetGo::NeedsAnother : MayLetGo::AsSecond;
}

MayLetGo mayLetGo(const Batch &batch, std::int64_t over, const std::string &who) {
    // Single messages share their batches, and what comes by an API key was agreed to with the key.
    if (batch.kind != BatchKind::Import || batch.state == BatchState::Active)
        return MayLetGo::Freely;
    return mayLetGo(batch.askers(), messagesOf(batch), over, who);
}

bool isUnagreed(const Batch &batch, std::int64_t over) {
    return batch.kind == BatchKind::Import && batch.approval.waits() && needsSecond(messagesOf(batch), over) && batch.approval.granted < messagesOf(batch);
}

std::string whyAnother(const Batch &batch, std::int64_t over) {
    std::string names;
    for (const std::string &name : batch.askers().askedBy)
        names += (names.empty() ? "" : ", ") + name;
    return "it has " + std::to_string(messagesOf(batch)) + " messages, and more than " + std::to_string(over) + " need a second person: somebody other than "
        + names + " has to let it go";
}

} // namespace songda
