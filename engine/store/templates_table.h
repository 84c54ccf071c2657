// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/template.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

struct TemplateSyncReport {
    int added = 0;
    int changed = 0;
    int unchanged = 0;
    int gone = 0;
};

/// Adds or updates one template; what it looked like before is kept in its history. What people refused of it before it was
/// known counts from then on.
Result<TemplateRef> putTemplate(WriteSession &session, const Template &t, WallTime now);
/// Makes the account's templates equal to WeChat's list. Templates no longer listed are marked as gone and
/// put on hold; nothing is deleted. Templates added by hand that WeChat does not list stay as they are.
Result<TemplateSyncReport> syncTemplates(
    WriteSession &session, AccountId account, const std::vector<Template> &listed, WallTime now);
/// As setAccountHold().
Result<bool> setTemplateHold(WriteSession &session, TemplateRef id, const std::optional<Hold> &hold);

/// All, or one account's.
Result<std::vector<Template>> readTemplates(Database &database, std::optional<AccountId> account);
/// What it looked like before, newest first.
Result<std::vector<TemplateVersion>> readTemplateHistory(Database &database, TemplateRef id);
/// Attempts since the full hour of `since` and messages that wait, from the kept sums; of templates that have any.
Result<std::vector<TemplateUse>> readTemplateUse(Database &database, WallTime since);
/// By WeChat's id or, when it is unique, by title.
Result<Template> findTemplate(Database &database, AccountId account, const std::string &idOrTitle);

} // namespace songda::store
