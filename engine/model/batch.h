// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/approval.h"
#include "engine/model/ids.h"
#include "engine/model/message_state.h"
#include "engine/model/time.h"

#include <array>
#include <optional>
#include <string>

namespace songda {

/// Stored by number: never renumber.
enum class BatchKind { Single = 0, Import = 1, Intake = 2 };
enum class BatchState { Active = 0, Paused = 1, Cancelled = 2 };

/// Messages per state; the sums the console shows come from these, never from counting rows.
struct StateCounts {
    std::array<std::int64_t, allMessageStates.size()> n{};

    std::int64_t &operator[](MessageState s) { return n[static_cast<std::size_t>(s)]; }
    std::int64_t operator[](MessageState s) const { return n[static_cast<std::size_t>(s)]; }
    std::int64_t total() const {
        std::int64_t sum = 0;
        for (const auto v : n)
            sum += v;
        return sum;
    }
    /// Waiting for their turn: queued and retrying.
    std::int64_t waiting() const { return (*this)[MessageState::Queued] + (*this)[MessageState::Retrying]; }
    /// Nothing more happens to them by itself.
    std::int64_t finished() const {
        std::int64_t sum = 0;
        for (const MessageState s : allMessageStates)
            sum += isTerminal(s) ? (*this)[s] : 0;
        return sum;
    }
    StateCounts &operator+=(const StateCounts &other) {
        for (std::size_t i = 0; i < n.size(); ++i)
            n[i] += other.n[i];
        return *this;
    }
    bool operator==(const StateCounts &) const = default;
};

/// Messages of one account and template that are paused, cancelled and reported together. Every message
/// is in exactly one batch; single sends share one per template.
struct Batch {
    BatchId id;
    AccountId account;
    TemplateRef templateRef;
    BatchKind kind = BatchKind::Import;
    BatchState state = BatchState::Active;
    std::string name; ///< empty for single sends
    std::string source; ///< file name of an import
    int priority = 1; ///< 0 bulk, 1 normal, 2 urgent
    WallTime createdAt;
    std::string createdBy;
    std::optional<Hold> hold; ///< who stopped it, and why (see isOwnHold); of a paused or cancelled batch
    Approval approval; ///< of a second person, where it is asked for
    std::int64_t seeds = 0; ///< people who got the message of its first row before it, as a batch of their own
    Millis recall{0}; ///< how long it can still be taken back after somebody let it go
    WallTime leavesAt; ///< let go: nothing fresh of it leaves before
    StateCounts counts;

    /// The approval with all who cannot agree to it: whoever queued it first asked for it as well, until somebody has agreed.
    Approval askers() const {
        Approval all = approval;
        if (all.granted == 0 && !createdBy.empty() && !all.askedFor(createdBy))
            all.askedBy.insert(all.askedBy.begin(), createdBy);
        return all;
    }
};

/// Which batches a list shows, newest first, `limit` of those before `before` (keyset).
struct BatchSearch {
    std::string text; ///< a part of the name or of who queued it, or the number; empty: any
    bool withSingles = false; ///< also those that single messages share
    bool waiting = false; ///< only those of which something has not ended
    std::optional<BatchId> before;
    int limit = 200; ///< 1 .. 10000
};

} // namespace songda
