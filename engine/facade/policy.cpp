// SPDX-License-Identifier: GPL-3.0-or-later
//
// What people ask of policies: the file, and what it says of an account.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/policy_fields.h"
#include "engine/policy/policy_file.h"

#include <QFileInfo>

namespace songda {

std::string Engine::examplePolicy() { return songda::examplePolicy(); }

Result<void> Engine::checkPolicyFile(const std::string &file) {
    const auto loaded = loadPolicy(file, QFileInfo(QString::fromStdString(file)).absolutePath().toStdString());
    return loaded ? Result<void>{} : tl::unexpected(loaded.error());
}

Result<std::vector<PolicyValue>> Engine::policyOf(const std::string &account) {
    const auto policy = m_core->policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    const Policy &own = (*policy)->set.of(account);
    std::vector<PolicyValue> values;
    for (const PolicyField &field : policyFields())
        values.push_back({field.path, policyFieldText(field, own), policyFieldText(field, Policy{}), policyFieldRange(field), field.help});
    return values;
}

} // namespace songda
