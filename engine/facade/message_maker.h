// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "engine/facade/policy_store.h"
#include "engine/model/random.h"
#include "engine/policy/template_syntax.h"

namespace songda {

/// InvalidInput when messages would be out of use before they are due.
Result<void> checkTimes(WallTime dueAt, std::optional<WallTime> expiresAt);

/// One message as it is stored, or in one sentence why it would be refused. `keys` are its template's.
Result<NewMessage> makeMessage(
    const SendRequest &request, const std::vector<TemplateKey> &keys, const LoadedPolicy &policy, WallTime now, Random &random);

} // namespace songda
