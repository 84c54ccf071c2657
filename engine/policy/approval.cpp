// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/approval.h"

namespace songda {

MayLetGo mayLetGo(const Approval &approval, std::int64_t messages, std::int64_t over, const std::string &who) {
    if (!needsSecond(messages, over) || approval.granted >= messages)
        return MayLetGo::Freely;
    // What nobody asked for was queued before there was a limit: whoever lets it go agrees to it.
    return approval.askedFor(who) || who.empty() ? MayLetGo::NeedsAnother : MayLetGo::AsSecond;
}

std::string whyAnother(const Approval &approval, std::int64_t messages, std::int64_t over) {
    std::string names;
    for (const std::string &name : approval.askedBy)
        names += (names.empty() ? "" : ", ") + name;
    return "it has " + std::to_string(messages) + " messages, and more than " + std::to_string(over) + " need a second person: somebody other than " + names
        + " has to let it go";
}

} // namespace songda
