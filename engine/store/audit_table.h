// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/store/write_session.h"

#include <functional>
#include <vector>

namespace songda::store {

/// Records one act, in the transaction of what it did.
Result<AuditId> recordAct(WriteSession &session, const Actor &actor, const std::string &act,
    const std::string &object, std::int64_t count, WallTime now);
/// Ties a touched message and the state it was found in to an act.
Result<void> recordTouched(WriteSession &session, AuditId audit, MessageId message, MessageState oldState);
/// Takes back an act of this very transaction that came to nothing.
Result<void> forgetAct(WriteSession &session, AuditId audit);
Result<void> setActCount(WriteSession &session, AuditId audit, std::int64_t count);

/// Newest first, older than `before` if given.
Result<std::vector<AuditEntry>> readAudit(Database &database, std::optional<AuditId> before, int limit);
/// Looks at a bounded number of acts. `prepare` takes away what is not for who asks, before anything is compared.
Result<AuditFound> findAudit(Database &database, const AuditSearch &search, const std::function<void(AuditEntry &)> &prepare);
/// The acts that touched one message, newest first.
Result<std::vector<AuditEntry>> readAuditOf(Database &database, MessageId message);

} // namespace songda::store
