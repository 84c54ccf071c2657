// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace songda {

/// One field of an account's policy, for people to look at.
struct PolicyValue {
    std::string field; ///< e.g. "retry.transient.attempts"
    std::string value; ///< in force, as JSON text
    std::string builtIn; ///< without a policy file
    std::string range; ///< what it may be, in words
    std::string help;
};

} // namespace songda
