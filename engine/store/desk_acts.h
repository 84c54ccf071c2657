// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/model/queries.h"
#include "engine/store/write_session.h"

#include <map>
#include <set>

namespace songda::store {

/// One chunk of an operator's act on many messages. Acts work through a filter newest first in chunks, so
/// that no transaction grows with the size of the act; `next` is where the following chunk starts.
struct ActChunk {
    std::int64_t done = 0;
    std::int64_t skipped = 0; ///< matched, but not in a state the act applies to
    std::int64_t needConfirmation = 0; ///< resend only: uncertain and outside the safe window
    std::int64_t uncertain = 0; ///< cancel only: they may have arrived already
    std::int64_t beyond = 0; ///< resend only: left alone, because ActRequest::most was reached; the act ends there
    std::map<AccountId, std::int64_t> most; ///< what is left of ActRequest::most
    std::optional<MessageId> next; ///< nothing left when empty
};

enum class DeskAct {
    Resend, ///< dead, undelivered, uncertain, cancelled or expired -> queued, as a new life
    Discard, ///< dead, undelivered or uncertain -> cancelled
    Restore, ///< discarded -> dead, as it was
    Cancel, ///< held, queued or retrying -> cancelled, or uncertain when they may have arrived
    Hold, ///< queued or retrying -> held
    Release, ///< held -> queued, or retrying when it was tried in this life
    Reschedule, ///< held, queued or retrying: due at another time
};
const char *auditName(DeskAct act);
/// The states an act applies to; a filter without states means these.
std::vector<MessageState> statesFor(DeskAct act);

struct ActRequest {
    DeskAct act = DeskAct::Resend;
    MessageFilter filter;
    AuditId audit; ///< recorded before the first chunk
    RunId run; ///< for the safe window; 0 outside an engine
    std::string bootId;
    bool mayArriveTwice = false; ///< the operator confirmed uncertain ones outside the window
    bool leaveDiscarded = false; ///< resend only: what a person put away stays there
    WallTime dueAt; ///< reschedule only; past: at once
    std::optional<std::string> content; ///< resend only: what goes instead of what was sent so far
    std::map<AccountId, std::int64_t> most; ///< resend only: so many of an account; as many as there are of one not named
    double pace = 0; ///< resend only: messages a second; 0: as fast as the account goes
    WallTime paceFrom; ///< when the first of the whole act is due
    std::int64_t alreadyDone = 0; ///< by the chunks before, for the pace
    std::optional<MessageId> before;
    int limit = 500;
};

Result<ActChunk> actOnChunk(WriteSession &session, const ActRequest &request, Now now);

/// What became of one message of an act.
enum class Acted {
    Done,
    DoneInDoubt, ///< cancelled, but it may have arrived
    Skipped,
    NeedsConfirmation,
};

/// The same acts on messages the caller names one by one, in one transaction.
class DeskActor {
public:
    /// `request` without filter, pace and chunk; it must outlive the actor.
    DeskActor(WriteSession &session, const ActRequest &request, Now now)
        : m_session(session)
        , m_request(request)
        , m_now(now) {}

    /// What is no longer there counts as skipped, and so does what ended after `endedBefore`.
    Result<Acted> act(MessageId id, std::optional<WallTime> dueAt = {}, std::optional<WallTime> endedBefore = {});
    /// The life the last message done by a resend is in now.
    int life() const { return m_life; }

private:
    Result<bool> open(BatchId batch);

    WriteSession &m_session;
    const ActRequest &m_request;
    const Now m_now;
    std::set<BatchId> m_open; ///< batches known to take what is resent
    int m_life = 0;
};

} // namespace songda::store
