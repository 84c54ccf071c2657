// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/store/write_session.h"

namespace songda::store {

/// The audit as a chain. A link covers the act's number, time, person, name, count as recorded, the changes to earlier acts
/// that it carries, a salted hash of its two texts, and the link before. Two things about an act may change later: its
/// count, while what it did goes on, and its texts, which are erased when they name a person who is to be forgotten. Either
/// is written down as a change ("3=500", "7-") that the next act carries in its own link, so that no link is made anew.
///
/// A mark in `meta` holds the number of acts, the last link, and the changes that no act carries yet; so acts taken away at
/// the end are noticed. Who writes the whole file can make all of this up anew: against that helps only a head noted
/// elsewhere (AuditHead), as in the manifest of each report. Which messages an act touched (audit_item), and the words that
/// stand in place of erased ones, are not covered.

/// Links an act that was just inserted to the one before, in its transaction.
Result<void> chainAct(WriteSession &session, AuditId id);
/// The last act of this very transaction is about to be deleted.
Result<void> unchainAct(WriteSession &session, AuditId id);
/// Notes that an earlier act has another count now.
Result<void> noteCount(WriteSession &session, AuditId id, std::int64_t count);
/// Puts other texts in place of an act's; the hash of the old ones stays, the salt does not.
Result<void> eraseTexts(WriteSession &session, AuditId id, const std::string &object, const std::string &reason);

/// Chains what was recorded before there was a chain, in steps of `limit`. False when there is nothing left to do.
Result<bool> chainOldActs(WriteSession &session, int limit);

/// As of now, by the mark.
Result<AuditHead> auditHead(Database &database);
/// Walks along the chain in one snapshot; `noted` is a head of an earlier time.
Result<AuditCheck> checkAudit(Database &database, const std::optional<AuditHead> &noted = {});

} // namespace songda::store
