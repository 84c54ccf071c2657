// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/migrations.h"

#include "engine/store/backup.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

static void initSchemaResource() {
    Q_INIT_RESOURCE(songda_schema);
}

namespace songda::store {

namespace {

QStringList schemaFiles() {
    initSchemaResource();
    return QDir(QStringLiteral(":/songda/schema")).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
}

/// One process at a time upgrades; another that opens the profile meanwhile waits and finds it done. The lock is on
/// the folder, and the kernel takes it back when the process ends.
class FolderLock {
public:
    explicit FolderLock(const std::string &file)
        : m_folder(::open(QFileInfo(QString::fromStdString(file)).absolutePath().toUtf8().constData(),
              O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        // Without locks on this file system, SQLite's own still keep two upgrades of one file apart.
        while (m_folder >= 0 && ::flock(m_folder, LOCK_EX) != 0 && errno == EINTR) { }
    }
    ~FolderLock() {
        if (m_folder >= 0)
            ::close(m_folder);
    }
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    int m_folder;
};

} // namespace

int newestSchemaVersion() { return static_cast<int>(schemaFiles().size()); }

Result<void> migrate(Database &database) {
    const QStringList files = schemaFiles();
    const auto readVersion = [&] { return database.scalar("PRAGMA user_version"); };
    auto version = readVersion();
    if (version && version->value_or(0) == files.size())
        return {};
    const FolderLock lock(database.path());
    version = readVersion();
    if (!version)
        return tl::unexpected(version.error());
    const std::int64_t from = version->value_or(0);
    if (from > 0 && from < files.size())
        SONGDA_TRY(replaceCopy(database.path(), database.path() + ".before-upgrade-from-" + std::to_string(from)));
    for (std::int64_t step = from; step < files.size(); ++step) {
        QFile file(QStringLiteral(":/songda/schema/") + files[step]);
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::Internal, "the schema step " + files[step].toStdString() + " is missing");
        const QByteArray sql = "BEGIN IMMEDIATE;" + file.readAll() + "; PRAGMA user_version="
            + QByteArray::number(step + 1) + "; PRAGMA application_id=" + QByteArray::number(Database::applicationId)
            + "; COMMIT;";
        if (const auto done = database.exec(sql.constData()); !done) {
            if (!sqlite3_get_autocommit(database.handle()))
                static_cast<void>(database.exec("ROLLBACK"));
            // Two processes may have opened a new profile at once: the other one's step counts as ours.
            const auto now = database.scalar("PRAGMA user_version");
            if (now && now->value_or(0) > step)
                continue;
            return done;
        }
    }
    return {};
}

} // namespace songda::store
