// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/model/ids.h"
#include "engine/model/message_state.h"
#include "engine/model/time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace songda::store {

/// A prepared statement with typed binds and typed columns: nothing goes through a variant, so a value is
/// stored as exactly what it is. One object, one thread, the connection's.
///
/// Bound texts are not copied: they must live until the next reset() or bindAll().
class Statement {
public:
    static Result<Statement> prepare(sqlite3 *db, std::string_view sql);
    Statement() = default;

    /// False of one that was made without SQL, or moved from.
    bool isPrepared() const { return m_statement != nullptr; }

    /// Starts anew with these values for ?1, ?2, ... Texts are std::string or string_view, absent values
    /// std::optional or nullptr.
    template <class... Values> Statement &bindAll(const Values &...values) {
        reset();
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }

    void bind(int index, std::int64_t value);
    void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, double value);
    void bind(int index, std::string_view value);
    void bind(int index, const std::string &value) { bind(index, std::string_view(value)); }
    void bind(int index, const char *value) { bind(index, std::string_view(value)); }
    void bind(int index, std::nullptr_t);
    void bind(int index, WallTime value) { bind(index, toMillis(value)); }
    void bind(int index, MessageState value) { bind(index, static_cast<std::int64_t>(value)); }
    template <class Tag> void bind(int index, Id<Tag> value) { bind(index, value.value); }
    template <class T> void bind(int index, const std::optional<T> &value) {
        if (value)
            bind(index, *value);
        else
            bind(index, nullptr);
    }

    /// One step: true when there is a row.
    Result<bool> step();
    /// Runs to the end; for statements without rows. Leaves the statement reset.
    Result<void> run();
    void reset();

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Valid until the next step or reset.
    std::string_view text(int column) const;
    std::string string(int column) const { return std::string(text(column)); }
    WallTime time(int column) const { return fromMillis(integer(column)); }
    std::optional<std::int64_t> optionalInteger(int column) const;
    std::optional<WallTime> optionalTime(int column) const;
    template <class IdType> IdType id(int column) const { return IdType{integer(column)}; }

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// Resets a statement when the scope ends, so that no read snapshot outlives its use.
class StatementScope {
public:
    explicit StatementScope(Statement &statement)
        : m_statement(statement) {}
    ~StatementScope() { m_statement.reset(); }
    StatementScope(const StatementScope &) = delete;
    StatementScope &operator=(const StatementScope &) = delete;

private:
    Statement &m_statement;
};

/// The error of a SQLite result code, in our closed set.
Error sqliteError(sqlite3 *db, int code, std::string_view doing);

} // namespace songda::store
