// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/database.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <sqlite3.h>

namespace songda::store {

namespace {
constexpr int busyTimeout = 10'000;
/// One page of the smallest size.
constexpr qint64 smallestDatabase = 512;
/// A long reader shall not keep a start, or a writer, waiting for longer.
constexpr std::chrono::milliseconds longestCheckpointWait{500};
/// While SQLite waits for one reader's place others take it over, and it waits for all of them. Who asks anew sees that
/// they read the newest state and are not in the way: many short waits end soon where one long wait does not.
constexpr int checkpointWait = 25;
/// SQLite's own steps between two looks at whether an answer is still wanted: some tens of microseconds.
constexpr int stepsBetweenLooks = 2000;
/// Of a log that is written once more: SQLite's own files take no more than a page, the largest of which has so many.
constexpr int bytesAtATime = 1 << 16;
}

/// The named Qt connection; removed only after every statement on it is gone.
class Database::Connection {
public:
    explicit Connection(const QString &path, Mode mode)
        : m_name(QStringLiteral("songda-%1").arg(s_next.fetch_add(1))) {
        auto db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        db.setDatabaseName(path);
        if (mode == Mode::ReadOnly)
            db.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
    }
    ~Connection() {
        {
            auto db = QSqlDatabase::database(m_name, false);
            db.close();
        }
        QSqlDatabase::removeDatabase(m_name);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    Result<sqlite3 *> open() {
        // Sums of memory that nobody asks for cost a lock at each allocation. Refused, with nothing lost, when somebody
        // else was first.
        static const int counted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        static_cast<void>(counted);
        auto db = QSqlDatabase::database(m_name, false);
        if (!db.isValid())
            return fail(ErrorCode::Storage, "Qt has no SQLite driver; install the package libqt6sql6-sqlite");
        if (!db.open())
            return fail(ErrorCode::Storage,
                "cannot open " + db.databaseName().toStdString() + ": " + db.lastError().driverText().toStdString());
        const QVariant handle = db.driver()->handle();
        if (!handle.isValid() || std::strcmp(handle.typeName(), "sqlite3*") != 0)
            return fail(ErrorCode::Internal, "the Qt driver does not hand out its SQLite connection");
        return *static_cast<sqlite3 *const *>(handle.data());
    }

    int logPages = 0;
    std::function<bool()> unwanted;

private:
    static inline std::atomic<int> s_next{1};
    QString m_name;
};

namespace {

Result<std::int64_t> pragma(sqlite3 *db, const char *sql) {
    auto statement = Statement::prepare(db, sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const auto row = statement->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

Result<void> checkOurs(sqlite3 *db, const std::string &path, int newestVersion) {
    const auto id = pragma(db, "PRAGMA application_id");
    if (!id && (sqlite3_errcode(db) & 0xFF) == SQLITE_NOTADB)
        return fail(ErrorCode::Corrupt, path + " is not a database; it was left untouched");
    if (!id)
        return tl::unexpected(id.error());
    const auto version = pragma(db, "PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    const auto tables = pragma(db, "SELECT count(*) FROM sqlite_schema");
    if (!tables)
        return tl::unexpected(tables.error());
    if (*id != Database::applicationId && (*tables > 0 || *id != 0))
        return fail(ErrorCode::Corrupt, path + " is another program's database; it was left untouched");
    if (*version > newestVersion)
        return fail(ErrorCode::TooNew,
            path + " was written by a newer Songda (schema " + std::to_string(*version) + ", this program knows "
                + std::to_string(newestVersion) + "); use that version, the file was left untouched");
    return {};
}

/// The same bytes at the same places. SQLite's result.
int writeAgain(sqlite3_file *file) {
    const sqlite3_io_methods &calls = *file->pMethods;
    sqlite3_int64 size = 0;
    int code = calls.xFileSize(file, &size);
    std::vector<char> bytes(static_cast<std::size_t>(bytesAtATime));
    for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += bytesAtATime) {
        const int n = static_cast<int>(std::min<sqlite3_int64>(bytesAtATime, size - at));
        code = calls.xRead(file, bytes.data(), n, at);
        if (code == SQLITE_OK)
            code = calls.xWrite(file, bytes.data(), n, at);
    }
    return code == SQLITE_OK ? calls.xSync(file, SQLITE_SYNC_NORMAL) : code;
}

} // namespace

Database::Database() = default;
Database::Database(Database &&) noexcept = default;
Database &Database::operator=(Database &&other) noexcept {
    m_statements = std::move(other.m_statements);
    m_connection = std::move(other.m_connection);
    m_handle = std::exchange(other.m_handle, nullptr);
    m_path = std::move(other.m_path);
    return *this;
}
Database::~Database() { m_statements.clear(); }

Result<Database> Database::open(const std::string &path, Mode mode, int newestVersion) {
    // Only through SQLite: the system drops all locks that a process has on a file when any of its descriptors of it is
    // closed, and another process would then take the log for its own and delete it.
    const QString file = QString::fromStdString(path);
    const qint64 size = QFileInfo(file).size();
    if (size > 0 && size < smallestDatabase) // SQLite would take it for an empty one
        return fail(ErrorCode::Corrupt, path + " is not a database; it was left untouched");
    if (mode == Mode::ReadOnly && !QFileInfo::exists(file))
        return fail(ErrorCode::NotFound, path + " does not exist");

    Database database;
    database.m_path = path;
    database.m_connection = std::make_unique<Connection>(file, mode);
    const auto handle = database.m_connection->open();
    if (!handle)
        return tl::unexpected(handle.error());
    database.m_handle = *handle;
    sqlite3_extended_result_codes(database.m_handle, 1);
    sqlite3_busy_timeout(database.m_handle, busyTimeout);
    // Closing what is refused must not tidy it up.
    sqlite3_db_config(database.m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    SONGDA_TRY(checkOurs(database.m_handle, path, newestVersion));
    sqlite3_db_config(database.m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);

    // A database file from outside is a program: its triggers and views get no power here.
    sqlite3_db_config(database.m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database.m_handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(database.m_handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    SONGDA_TRY(database.exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"));
    if (mode == Mode::ReadWrite) {
        SONGDA_TRY(database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                 "PRAGMA cache_size=-65536;"
                                 "PRAGMA journal_size_limit=67108864;"));
        const auto hook = [](void *pages, sqlite3 *, const char *, int n) {
            *static_cast<int *>(pages) = n;
            return SQLITE_OK;
        };
        sqlite3_wal_hook(database.m_handle, hook, &database.m_connection->logPages);
    } else {
        SONGDA_TRY(database.exec("PRAGMA query_only=ON; PRAGMA cache_size=-16384;"));
    }
    return database;
}

Result<void> Database::exec(const char *sql) {
    const int code = sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(sqliteError(m_handle, code, "exec"));
    return {};
}

Result<Statement *> Database::cached(const char *sql) {
    if (const auto it = m_statements.find(sql); it != m_statements.end())
        return &it->second;
    auto statement = Statement::prepare(m_handle, sql);
    if (!statement)
        return tl::unexpected(statement.error());
    return &m_statements.emplace(sql, std::move(*statement)).first->second;
}

Result<std::optional<std::int64_t>> Database::scalar(const char *sql) {
    auto statement = Statement::prepare(m_handle, sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const auto row = statement->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->optionalInteger(0) : std::nullopt;
}

void Database::stopWhen(std::function<bool()> unwanted) {
    auto &kept = m_connection->unwanted = std::move(unwanted);
    const auto look = [](void *f) -> int { return (*static_cast<std::function<bool()> *>(f))() ? 1 : 0; };
    if (kept)
        sqlite3_progress_handler(m_handle, stepsBetweenLooks, look, &kept);
    else
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

void endWhenCancelled(sqlite3 *handle, const std::atomic<bool> *cancelled) {
    const auto look = [](void *flag) -> int { return static_cast<const std::atomic<bool> *>(flag)->load(std::memory_order_relaxed) ? 1 : 0; };
    if (cancelled)
        sqlite3_progress_handler(handle, stepsBetweenLooks, look, const_cast<std::atomic<bool> *>(cancelled));
    else
        sqlite3_progress_handler(handle, 0, nullptr, nullptr);
}

int Database::logPages() const { return m_connection->logPages; }

Result<bool> Database::checkpoint(Checkpoint how) {
    const int mode = how == Checkpoint::Truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    const auto giveUp = std::chrono::steady_clock::now() + longestCheckpointWait;
    sqlite3_busy_timeout(m_handle, checkpointWait);
    int code = sqlite3_wal_checkpoint_v2(m_handle, nullptr, mode, nullptr, nullptr);
    while (how == Checkpoint::Truncate && (code & 0xFF) == SQLITE_BUSY && std::chrono::steady_clock::now() < giveUp) {
        sqlite3_sleep(1);
        code = sqlite3_wal_checkpoint_v2(m_handle, nullptr, mode, nullptr, nullptr);
    }
    sqlite3_busy_timeout(m_handle, busyTimeout);
    if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED)
        return false;
    if (code != SQLITE_OK)
        return tl::unexpected(sqliteError(m_handle, code, "checkpoint"));
    m_connection->logPages = 0;
    return true;
}

Result<void> Database::rewriteLog() {
    // Whoever holds the right to write is alone in adding to the log, and in beginning it anew.
    SONGDA_TRY(exec("BEGIN IMMEDIATE"));
    sqlite3_file *log = nullptr;
    int code = sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (code == SQLITE_OK && log && log->pMethods)
        code = writeAgain(log);
    SONGDA_TRY(exec("ROLLBACK"));
    return code == SQLITE_OK ? Result<void>{} : fail(ErrorCode::Storage, "cannot sync " + m_path + "-wal to its disk");
}

bool Database::failedToSync() const {
    const int code = sqlite3_extended_errcode(m_handle);
    return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

std::int64_t Database::changes() const { return sqlite3_changes64(m_handle); }
std::int64_t Database::lastInsertId() const { return sqlite3_last_insert_rowid(m_handle); }

} // namespace songda::store
