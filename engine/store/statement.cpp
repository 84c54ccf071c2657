// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/statement.h"

#include <sqlite3.h>

namespace songda::store {

Error sqliteError(sqlite3 *db, int code, std::string_view doing) {
    ErrorCode kind = ErrorCode::Storage;
    switch (code & 0xFF) {
    case SQLITE_FULL: kind = ErrorCode::DiskFull; break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: kind = ErrorCode::Corrupt; break;
    case SQLITE_INTERRUPT: kind = ErrorCode::Cancelled; break;
    default: break;
    }
    std::string detail = "database: ";
    detail.append(doing).append(": ").append(db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
    return Error{kind, std::move(detail)};
}

void Statement::Finalize::operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }

Result<Statement> Statement::prepare(sqlite3 *db, std::string_view sql) {
    sqlite3_stmt *raw = nullptr;
    const int code
        = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(sqliteError(db, code, "prepare"));
    Statement statement;
    statement.m_statement.reset(raw);
    return statement;
}

void Statement::bind(int index, std::int64_t value) { sqlite3_bind_int64(m_statement.get(), index, value); }
void Statement::bind(int index, double value) { sqlite3_bind_double(m_statement.get(), index, value); }
void Statement::bind(int index, std::string_view value) {
    // A null pointer would bind NULL; an empty text is a text.
    sqlite3_bind_text64(m_statement.get(), index, value.data() ? value.data() : "", value.size(), SQLITE_STATIC, SQLITE_UTF8);
}
void Statement::bind(int index, std::nullptr_t) { sqlite3_bind_null(m_statement.get(), index); }

Result<bool> Statement::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return tl::unexpected(sqliteError(sqlite3_db_handle(m_statement.get()), code, "step"));
}

Result<void> Statement::run() {
    const StatementScope scope(*this);
    for (;;) {
        const auto row = step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
    }
}

void Statement::reset() {
    if (m_statement)
        sqlite3_reset(m_statement.get());
}

bool Statement::isNull(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(m_statement.get(), column); }

std::string_view Statement::text(int column) const {
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    if (!bytes)
        return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const {
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}
std::optional<WallTime> Statement::optionalTime(int column) const {
    return isNull(column) ? std::nullopt : std::optional(time(column));
}

} // namespace songda::store
