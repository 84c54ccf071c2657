// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace songda {

/// What a field of the policy takes.
enum class PolicyKind { YesNo, Whole, Number, TimeOfDay, File, Jitter };

/// One field of an account's policy, for people to look at.
struct PolicyValue {
    std::string field; ///< e.g. "retry.transient.attempts"
    std::string value; ///< in force, as JSON text
    std::string builtIn; ///< without a policy file
    std::string range; ///< what it may be, in words
    std::string help;
    PolicyKind kind = PolicyKind::Whole;
    double least = 0; ///< of numbers
    double most = 0;
};

/// The policy file of a profile as it is at the moment.
struct PolicyFile {
    std::string path;
    bool there = false; ///< without one everything is as built in
    std::string problem; ///< why it cannot be taken up; empty: it is right
};

/// Fields to be set for one account, or for all (account empty). No value: as it is for all, or as built in.
struct PolicyEdit {
    std::string account;
    std::map<std::string, std::optional<std::string>> fields; ///< path -> JSON text
};

/// One value that a change of the policy makes different.
struct PolicyDifference {
    std::string account;
    std::string field;
    std::string before;
    std::string after;

    bool operator==(const PolicyDifference &) const = default;
};

/// A changed policy file, checked and not written yet.
struct PolicyDraft {
    std::string before; ///< the file it was made from; another one meanwhile is not overwritten
    std::string after;
    std::vector<PolicyDifference> differences; ///< for each account there is
};

} // namespace songda
