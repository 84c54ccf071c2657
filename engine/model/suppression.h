// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace songda {

/// Whom an answer says not to write to again: this person, or this person with this template.
enum class SuppressScope { None, Recipient, RecipientAndTemplate };

/// One entry of the list of people who are not written to.
struct Suppression {
    std::int64_t id = 0;
    AccountId account;
    std::string openid;
    std::optional<TemplateRef> templateRef; ///< nothing: every template of the account
    std::string cause; ///< "opt_out" by a person's wish, "operator", or the errcode of the platform
    WallTime since;
    std::string by;
    std::optional<WallTime> liftedAt;
    std::string liftedBy;

    bool operator==(const Suppression &) const = default;
};

} // namespace songda
