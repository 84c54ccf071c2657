// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/api_key.h"

#include <optional>
#include <set>
#include <string>

namespace songda::doors {

/// Who asks, and what they may.
struct Caller {
    std::string client;
    ApiScopes scopes;
    std::optional<std::set<std::string, std::less<>>> accounts; ///< nothing: every account
    std::optional<std::set<std::string, std::less<>>> templates; ///< by id; nothing: every template

    bool may(ApiScope scope) const { return scopes.has(scope); }
    bool maySee(std::string_view account) const { return !accounts || accounts->contains(account); }
    /// Limited to nothing.
    bool mayAll() const { return !accounts && !templates; }
    bool mayUse(std::string_view templateId) const { return !templates || templates->contains(templateId); }
};

} // namespace songda::doors
