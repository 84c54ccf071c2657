// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/store/statement.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace songda::store {

/// One connection to a profile's database. It belongs to the thread that opened it.
///
/// Qt Sql owns the connection; statements run on its native handle (see Statement), which Qt Sql has no
/// words for: typed binds, group commit, hooks, backup. The handle is only usable when Qt's driver and this
/// program are linked to the same SQLite, which open() checks.
class Database {
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// "SONG": marks a file as ours.
    static constexpr std::int64_t applicationId = 0x534F4E47;

    /// Opens an existing or, with ReadWrite, a new file. What is not ours (Corrupt) or newer than this
    /// program (TooNew) is refused before anything is written to it.
    static Result<Database> open(const std::string &path, Mode mode, int newestVersion);
    Database(Database &&) noexcept;
    Database &operator=(Database &&) noexcept;
    ~Database();

    sqlite3 *handle() const { return m_handle; }
    /// Runs one or several statements without values.
    Result<void> exec(const char *sql);
    /// The prepared statement for this text, prepared once. `sql` must be a literal: its address is the key.
    Result<Statement *> cached(const char *sql);
    /// First column of the first row, or nothing when there is no row.
    Result<std::optional<std::int64_t>> scalar(const char *sql);
    /// What `read` takes from the first row, or nothing when there is no row. `sql` must be a literal, as for cached().
    template <class Read, class... Values>
    auto first(const char *sql, Read read, const Values &...values)
        -> Result<std::optional<std::invoke_result_t<Read, const Statement &>>> {
        const auto found = cached(sql);
        if (!found)
            return tl::unexpected(found.error());
        (*found)->bindAll(values...);
        const StatementScope scope(**found);
        const auto row = (*found)->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return std::nullopt;
        return read(static_cast<const Statement &>(**found));
    }
    /// Shows each row to `visit` until that answers false. `sql` must be a literal, as for cached().
    template <class Visit, class... Values> Result<void> each(const char *sql, Visit visit, const Values &...values) {
        const auto found = cached(sql);
        if (!found)
            return tl::unexpected(found.error());
        (*found)->bindAll(values...);
        const StatementScope scope(**found);
        for (;;) {
            const auto row = (*found)->step();
            if (!row)
                return tl::unexpected(row.error());
            if (!*row || !visit(static_cast<const Statement &>(**found)))
                return {};
        }
    }
    /// What `read` takes from each row. `sql` must be a literal, as for cached().
    template <class Read, class... Values>
    auto all(const char *sql, Read read, const Values &...values)
        -> Result<std::vector<std::invoke_result_t<Read, const Statement &>>> {
        std::vector<std::invoke_result_t<Read, const Statement &>> list;
        SONGDA_TRY(each(
            sql,
            [&](const Statement &s) {
                list.push_back(read(s));
                return true;
            },
            values...));
        return list;
    }
    /// The number of a query that always has a row.
    template <class... Values> Result<std::int64_t> number(const char *sql, const Values &...values) {
        return first(sql, [](const Statement &s) { return s.integer(0); }, values...).map([](std::optional<std::int64_t> n) {
            return n.value_or(0);
        });
    }
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    std::int64_t changes() const;
    std::int64_t lastInsertId() const;
    const std::string &path() const { return m_path; }
    /// From now on statements end with Cancelled soon after `unwanted` says so; an empty one: they run to their end. It is asked
    /// often, in the connection's thread.
    void stopWhen(std::function<bool()> unwanted);
    /// Pages in the log as of the last commit. Checkpoints are its writer's business: made by SQLite inside a commit,
    /// one that fails would be passed over in silence.
    int logPages() const;
    enum class Checkpoint {
        Passive, ///< as much as can be done without waiting
        Truncate, ///< all of it, so that nothing of the log is needed any more
    };
    /// False when other connections are in the way.
    Result<bool> checkpoint(Checkpoint how);
    /// Writes every byte of the log to its place once more and syncs it: what can be read of it is on the disk from then
    /// on, also where an earlier sync failed and the system took the pages for written all the same. Does what Truncate is
    /// for at a start where readers keep that from its end: they see no byte change, and the log stays as long as it is.
    /// As long as it takes, nobody else writes. Storage when it cannot be written or synced. Not within a transaction.
    Result<void> rewriteLog();
    /// The last failure of this connection was one to sync: what was written before may be gone although it can be read.
    bool failedToSync() const;

private:
    class Connection;
    Database();

    std::unique_ptr<Connection> m_connection;
    sqlite3 *m_handle = nullptr;
    std::string m_path;
    std::unordered_map<const char *, Statement> m_statements;
};

/// For a connection that is no Database: its statements end with Cancelled soon after the flag is set. None: they run to
/// their end. The flag must live as long as the connection.
void endWhenCancelled(sqlite3 *handle, const std::atomic<bool> *cancelled);

} // namespace songda::store
