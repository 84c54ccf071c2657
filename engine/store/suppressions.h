// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/claim.h"
#include "engine/model/suppression.h"
#include "engine/store/write_session.h"

namespace songda::store {

/// Whether anybody at all must not be written to.
Result<bool> anySuppression(WriteSession &session);

/// Why this person must not be written to with this template: "opted_out" or "suppressed"; empty when nothing stands
/// against it. What the platform once said does not stand against a later life: a person asked for that one.
Result<std::string> suppressionOf(Database &database, AccountId account, const std::string &openid, TemplateRef templateRef, int life);

/// Puts the recipient of a message on the list because of what the platform answered or reported at a time, unless they have
/// followed the account since.
Result<void> suppressRecipient(WriteSession &session, MessageId message, SuppressScope scope, const std::string &cause, WallTime now);
/// A resend to somebody on the list was accepted: what the platform had said before no longer holds, but that they block
/// the account, since messages to such people are accepted all the same.
Result<void> liftAfterSuccess(WriteSession &session, MessageId message, WallTime now);

/// A message arrived: whoever had blocked the account before it was sent does so no more.
Result<void> liftBlock(WriteSession &session, MessageId message, WallTime arrivedAt, WallTime now);
/// The platform says that a person accepts messages again, or those of one template: lifts what it had said before that
/// moment. How many entries there were.
Result<std::int64_t> liftByEvent(WriteSession &session, AccountId account, const std::string &openid,
    std::optional<TemplateRef> templateRef, WallTime happenedAt, WallTime now);

/// Adds by a person's hand; false when the same entry is there already.
Result<bool> addSuppression(WriteSession &session, const Suppression &entry);
/// What an entry says that stands was said again, later: that is when it was said from now on, and nothing older lifts it.
Result<void> renewSuppression(WriteSession &session, const Suppression &entry);
/// Lifts every entry of this person (for this template, if given); how many there were.
Result<std::int64_t> liftSuppressions(WriteSession &session, AccountId account, const std::string &openid,
    std::optional<TemplateRef> templateRef, const std::string &by, WallTime now);

/// What stands at present, newest first, older than `before`; for one openid also what was lifted.
Result<std::vector<Suppression>> readSuppressions(
    Database &database, std::optional<AccountId> account, const std::string &openid, std::optional<std::int64_t> before, int limit);

/// Accounts that have messages to this person, or ever had an entry here.
Result<std::vector<AccountId>> accountsKnowing(Database &database, const std::string &openid);

/// Hashes of the recipients that are on the list, for an account's messages or those with this template.
Result<std::vector<std::int64_t>> suppressedHashes(Database &database, AccountId account, TemplateRef templateRef);

/// Until when a message has to wait because its recipient had `most` messages within `window`; nothing when it may go.
Result<std::optional<WallTime>> frequencyWait(
    WriteSession &session, const ClaimedMessage &message, int most, Seconds window, WallTime now);

} // namespace songda::store
