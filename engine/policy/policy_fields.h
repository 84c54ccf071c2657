// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/policy_value.h"
#include "engine/policy/policy.h"

#include <span>
#include <string>
#include <variant>

namespace songda {

/// Where a field of the policy file goes in a Policy.
using PolicySlot = std::variant<bool *, int *, std::int64_t *, double *, Millis *, Seconds *, std::chrono::minutes *, std::string *, Jitter *>;

/// One field of the policy file. This table is the schema: reading, the file that `policy example` prints, and the
/// check of the documentation all go by it.
struct PolicyField {
    const char *path; ///< names joined by dots, e.g. "retry.transient.attempts"
    double least; ///< of numbers, in the field's own unit
    double most;
    const char *help; ///< one line, with the unit
    PolicySlot (*slot)(Policy &);
};

std::span<const PolicyField> policyFields();
/// The value a policy has for a field, as JSON text.
std::string policyFieldText(const PolicyField &field, Policy policy);
/// What a field takes, in words: "a whole number from 1 to 100".
std::string policyFieldRange(const PolicyField &field);
PolicyKind policyFieldKind(const PolicyField &field);

} // namespace songda
