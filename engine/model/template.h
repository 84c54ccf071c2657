// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// One template of an account as WeChat last told it.
struct Template {
    TemplateRef id;
    AccountId account;
    std::string templateId; ///< WeChat's id, 43 characters
    std::string title;
    std::string content; ///< with {{KEY.DATA}} placeholders
    std::string example;
    std::string primaryIndustry;
    std::string deputyIndustry;
    std::optional<WallTime> fetchedAt; ///< none: added by hand
    std::optional<WallTime> goneAt; ///< WeChat no longer lists it
    std::optional<Hold> hold;

    bool operator==(const Template &) const = default;
};

/// What a template looked like until it changed.
struct TemplateVersion {
    WallTime until;
    std::string title;
    std::string content;

    bool operator==(const TemplateVersion &) const = default;
};

struct TemplateUse {
    TemplateRef id;
    std::int64_t accepted = 0; ///< attempts
    std::int64_t failed = 0; ///< attempts
    std::int64_t waiting = 0; ///< messages that have not gone yet

    bool operator==(const TemplateUse &) const = default;
};

struct TemplateSync {
    int added = 0, changed = 0, unchanged = 0, gone = 0;
};

} // namespace songda
