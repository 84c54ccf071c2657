// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/backup.h"

#include "engine/store/meta.h"

#include "engine/store/database.h"
#include "engine/store/file_sync.h"
#include "engine/store/migrations.h"

#include <filesystem>
#include <memory>
#include <sqlite3.h>

namespace songda::store {

namespace {

namespace fs = std::filesystem;

Result<void> copyInto(const std::string &path, const std::string &target, const std::atomic<bool> *cancelled) {
    // Refuses what is not ours.
    if (const auto database = Database::open(path, Database::Mode::ReadOnly, newestSchemaVersion()); !database)
        return tl::unexpected(database.error());
    // Our reading connections may write nothing at all, not even another file.
    sqlite3 *handle = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, int (*)(sqlite3 *)> connection(handle, sqlite3_close);
    if (opened != SQLITE_OK)
        return fail(ErrorCode::Storage, "cannot open " + path);
    sqlite3_busy_timeout(handle, 5000);
    endWhenCancelled(handle, cancelled);
    auto copy = Statement::prepare(handle, "VACUUM INTO ?1");
    if (!copy)
        return tl::unexpected(copy.error());
    return copy->bindAll(target).run();
}

Result<void> checked(const std::string &path, const std::atomic<bool> *cancelled) {
    auto database = Database::open(path, Database::Mode::ReadOnly, newestSchemaVersion());
    if (!database)
        return tl::unexpected(database.error());
    if (cancelled)
        database->stopWhen([cancelled] { return cancelled->load(std::memory_order_relaxed); });
    const auto problems = database->scalar("SELECT count(*) FROM pragma_quick_check WHERE quick_check <> 'ok'");
    if (!problems)
        return tl::unexpected(problems.error());
    return problems->value_or(1) == 0 ? Result<void>{} : fail(ErrorCode::Corrupt, "the copy " + path + " is damaged");
}

} // namespace

Result<bool> isRestored(Database &database) {
    return metaText(database, "restored").map([](const std::optional<std::string> &text) { return text.has_value(); });
}

Result<void> setRestored(WriteSession &session, bool restored) {
    return restored ? setMetaText(session, "restored", "1") : removeMeta(session, "restored");
}

Result<void> raiseCommits(WriteSession &session, std::int64_t least) {
    return session.run("UPDATE meta SET value = CAST(max(CAST(value AS INTEGER), ?1) AS TEXT) WHERE key = 'commits'", least);
}

Result<void> replaceCopy(const std::string &path, const std::string &target, const std::atomic<bool> *cancelled) {
    std::error_code error;
    const std::string part = target + ".part";
    fs::remove(part, error);
    auto made = copyInto(path, part, cancelled);
    if (made)
        made = checked(part, cancelled);
    if (made)
        made = syncFile(part);
    if (made) {
        fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, error);
        fs::rename(part, target, error);
        if (error)
            made = fail(ErrorCode::Storage, "cannot name the copy " + target + ": " + error.message());
    }
    if (!made) {
        std::error_code ignored;
        fs::remove(part, ignored);
        return tl::unexpected(made.error());
    }
    return syncFile(fs::absolute(target, error).parent_path().string());
}

Result<std::int64_t> backupDatabase(const std::string &path, const std::string &target, const std::atomic<bool> *cancelled) {
    std::error_code error;
    if (fs::exists(target, error))
        return fail(ErrorCode::AlreadyExists, target + " exists already; choose another name");
    SONGDA_TRY(replaceCopy(path, target, cancelled));
    return static_cast<std::int64_t>(fs::file_size(target, error));
}

} // namespace songda::store
