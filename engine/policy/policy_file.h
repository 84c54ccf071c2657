// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/policy/policy.h"

#include <string_view>

namespace songda {

/// Reads a policy file: JSON with // and /* */ comments,
///   {"format": "songda-policy-1", "defaults": {...}, "accounts": {"name": {...}}}
/// with the fields of policyFields(); what is left out stays as it is built in, for an account as the defaults have it.
/// InvalidInput names the line and what is wrong there: no JSON, an unknown or doubled field, a value of another kind or
/// out of range, fields that contradict each other.
Result<PolicySet> readPolicy(std::string_view text);

/// A whole file with every field at its built-in value and a comment that says what it is.
std::string examplePolicy();

} // namespace songda
