// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/hook.h"
#include "engine/model/random.h"
#include "engine/store/counters.h"
#include "engine/store/database.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace songda::store {

/// What a hook wants to be told.
struct HookWish {
    std::int64_t hook = 0;
    HookStates states;
    std::optional<AccountId> account; ///< nothing: every account
};
using HookWishes = std::vector<HookWish>;

/// What a write job gets: the only writing connection, inside an open transaction.
class WriteSession {
public:
    WriteSession(Database database, Random random)
        : m_database(std::move(database))
        , m_random(std::move(random)) {}

    Database &database() { return m_database; }
    CounterDeltas &deltas() { return m_deltas; }
    Random &random() { return m_random; }
    /// Shorthand for Database::cached().
    Result<Statement *> sql(const char *text) { return m_database.cached(text); }
    /// Runs a statement that answers no rows. `text` must be a literal, as for Database::cached().
    template <class... Values> Result<void> run(const char *text, const Values &...values) {
        const auto statement = sql(text);
        if (!statement)
            return tl::unexpected(statement.error());
        return (*statement)->bindAll(values...).run();
    }

    /// Counts what an account was asked for, and which of its priorities got something, so that who comes first can change.
    std::int64_t nextTurn(AccountId account) { return m_turns[{account, -1}]++; }
    std::int64_t nextTurn(AccountId account, int priority) { return m_turns[{account, priority}]++; }
    /// False when SQLite undid the transaction by itself, as on a full disk.
    bool inTransaction() const;

    /// Who wants to know what becomes of messages, once it was looked up in this transaction; see hook_outcomes.h.
    std::optional<HookWishes> &hookWishes() { return m_hookWishes; }

    Result<void> begin();
    /// Stores the sums gathered so far, so that a job of the same transaction can read them: a claim that
    /// shares its group with the end of an attempt must see the repeat that this end left waiting.
    Result<void> flushSums();
    /// Stores the gathered sums and commits; on failure everything since begin() is undone.
    Result<void> commit();
    using StateDeltas = std::map<std::pair<BatchId, MessageState>, std::int64_t>;
    /// What this transaction has added to the state sums so far, stored ones included.
    const StateDeltas &flushedStates() const { return m_flushed; }
    void setFlushedStates(StateDeltas states) { m_flushed = std::move(states); }
    void rollBack();
    /// A sync failed in this session's life, see Database::failedToSync().
    bool failedToSync() const { return m_failedToSync; }
    /// Looks whether the failure of the moment was one to sync; before anything else is done with the connection.
    void noteFailure() { m_failedToSync = m_failedToSync || m_database.failedToSync(); }

private:
    Result<void> countCommit();

    Database m_database;
    Random m_random;
    CounterDeltas m_deltas;
    StateDeltas m_flushed;
    std::map<std::pair<AccountId, int>, std::int64_t> m_turns;
    std::optional<HookWishes> m_hookWishes;
    bool m_failedToSync = false;
    std::int64_t m_changesBefore = 0; ///< of the connection, when the transaction began
};

} // namespace songda::store
