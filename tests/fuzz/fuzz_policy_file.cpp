// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/policy_fields.h"
#include "engine/policy/policy_file.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

void lookAt(const songda::Policy &policy) {
    for (const songda::PolicyField &field : songda::policyFields()) {
        const songda::PolicyKind kind = songda::policyFieldKind(field);
        if (kind != songda::PolicyKind::Whole && kind != songda::PolicyKind::Number)
            continue;
        const std::string text = songda::policyFieldText(field, policy);
        const double n = std::strtod(text.c_str(), nullptr);
        if (!(n >= field.least && n <= field.most))
            std::abort();
    }
}

} // namespace

/// A policy file: refused with a reason, or every number of it within its range.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto policy = songda::readPolicy({reinterpret_cast<const char *>(data), size});
    if (!policy) {
        if (policy.error().detail.empty())
            std::abort();
        return 0;
    }
    lookAt(policy->defaults);
    for (const auto &[name, own] : policy->accounts)
        lookAt(own);
    return 0;
}
