// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/identity.h"
#include "app/simulator/send_rules.h"
#include "app/simulator/templates.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace songda::simulator {

/// What a repeated client_msg_id is answered; the platform's own answer is not documented
/// (wechat-api.md section 14).
enum class DuplicateAnswer { Ok, Errcode45065 };

/// The account the simulator plays and everything about it that can be switched while it runs. A value:
/// readers hold one version, a change makes the next.
struct AccountState {
    std::string appid{practiceAppId};
    std::string secret{practiceSecret};
    std::shared_ptr<const TemplateBook> templates = std::make_shared<const TemplateBook>(builtinTemplates());
    std::size_t followers = 0;
    bool followersOnly = false; ///< sends to anyone else give 43004
    ValueCheck valueCheck = ValueCheck::Strict;
    DuplicateAnswer duplicateAnswer = DuplicateAnswer::Ok;
    bool whitelistRefuses = false; ///< token calls give 40164
    int tokenError = 0; ///< token calls give this errcode, such as 50007; 0 = none
    std::chrono::milliseconds latency{0}; ///< before every answer
    std::chrono::milliseconds latencyJitter{0}; ///< at most this much more or less
};

} // namespace songda::simulator
