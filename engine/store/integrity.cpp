// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/integrity.h"

#include "engine/store/migrations.h"

#include <filesystem>
#include <memory>
#include <set>
#include <sqlite3.h>

namespace songda::store {

namespace {

std::int64_t sizeOf(const std::string &path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

/// What SQLite says of damage it comes upon names no file.
Error withAdvice(const std::string &path, Error error) {
    if (error.code != ErrorCode::Corrupt)
        return error;
    if (error.detail.starts_with("database: "))
        return damagedError(path, error.detail);
    error.detail += ". If it was Songda's, put back a copy made by `songda-cli backup`";
    return error;
}

/// Names and types of all columns, and which indexes there are.
Result<std::set<std::string>> shapeOf(Database &database) {
    auto found = Statement::prepare(database.handle(),
        "SELECT m.name || '.' || c.name || ' ' || c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        " UNION ALL SELECT name FROM sqlite_schema WHERE type = 'index'");
    if (!found)
        return tl::unexpected(found.error());
    std::set<std::string> shape;
    for (;;) {
        const auto row = found->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return shape;
        shape.insert(found->string(0));
    }
}

Result<std::set<std::string>> newestShape() {
    auto database = Database::open(":memory:", Database::Mode::ReadWrite, newestSchemaVersion());
    if (!database)
        return tl::unexpected(database.error());
    SONGDA_TRY(migrate(*database));
    return shapeOf(*database);
}

/// What is missing from a database of the newest schema: SQLite's own check takes any schema for sound that it can
/// read, also one whose names a disk changed.
Result<std::vector<std::string>> findMissing(Database &database) {
    static const auto expected = newestShape();
    if (!expected)
        return tl::unexpected(expected.error());
    std::vector<std::string> missing;
    const auto version = database.scalar("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    if (version->value_or(0) != newestSchemaVersion())
        return missing;
    const auto shape = shapeOf(database);
    if (!shape)
        return tl::unexpected(shape.error());
    for (const std::string &one : *expected) {
        if (!shape->contains(one))
            missing.push_back("the schema lacks " + one);
    }
    return missing;
}

} // namespace

Result<std::vector<std::string>> findDamage(Database &database, CheckDepth depth, int limit, const std::atomic<bool> *cancelled) {
    const auto limited = "(" + std::to_string(limit) + ")";
    auto missing = findMissing(database);
    if (!missing && missing.error().code != ErrorCode::Corrupt)
        return missing;
    std::vector<std::string> damage = missing ? std::move(*missing) : std::vector{missing.error().detail};
    auto check = Statement::prepare(
        database.handle(), (depth == CheckDepth::Full ? "PRAGMA integrity_check" : "PRAGMA quick_check") + limited);
    if (!check)
        return tl::unexpected(check.error());
    if (cancelled) {
        const auto stop = [](void *flag) { return static_cast<const std::atomic<bool> *>(flag)->load() ? 1 : 0; };
        sqlite3_progress_handler(database.handle(), 10'000, stop, const_cast<std::atomic<bool> *>(cancelled));
    }
    const auto removeHandler = [](sqlite3 *handle) { sqlite3_progress_handler(handle, 0, nullptr, nullptr); };
    const std::unique_ptr<sqlite3, decltype(removeHandler)> handler(database.handle(), removeHandler);
    for (;;) {
        const auto row = check->step();
        if (!row && cancelled && cancelled->load())
            return fail(ErrorCode::Cancelled, "the check was stopped");
        if (!row && row.error().code != ErrorCode::Corrupt)
            return tl::unexpected(row.error());
        if (!row)
            damage.push_back(row.error().detail);
        if (!row || !*row)
            return damage;
        if (check->text(0) != "ok")
            damage.push_back(check->string(0));
    }
}

Error damagedError(const std::string &path, const std::string &detail, const std::string &left) {
    return Error{ErrorCode::Corrupt,
        path + " is damaged (" + detail + "); " + left + ". Put back a copy made by `songda-cli backup`;"
               " `songda-cli check` says what else is damaged"};
}

Result<void> refuseDamaged(const std::string &path, std::int64_t checkUpTo) {
    const std::int64_t size = sizeOf(path);
    if (size == 0) {
        // SQLite would take it for a new database and delete the log, the only thing left.
        return sizeOf(path + "-wal") == 0 ? Result<void>{} : tl::unexpected(damagedError(path, "the file is empty or missing, but not its log"));
    }
    auto database = Database::open(path, Database::Mode::ReadOnly, newestSchemaVersion());
    if (!database) {
        // Other troubles are for the writer to meet: it can finish what a cut left undone, a reader cannot.
        const bool final = database.error().code == ErrorCode::Corrupt || database.error().code == ErrorCode::TooNew;
        return final ? tl::unexpected(withAdvice(path, database.error())) : Result<void>{};
    }
    const auto damage = size > checkUpTo ? findMissing(*database) : findDamage(*database, CheckDepth::Quick, 1);
    if (!damage)
        return tl::unexpected(withAdvice(path, damage.error()));
    return damage->empty() ? Result<void>{} : tl::unexpected(damagedError(path, damage->front()));
}

} // namespace songda::store
