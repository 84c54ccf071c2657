// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/migrations.h"

#include <QDir>
#include <QFile>
#include <sqlite3.h>

static void initSchemaResource() {
    Q_INIT_RESOURCE(songda_schema);
}

namespace songda::store {

namespace {

QStringList schemaFiles() {
    initSchemaResource();
    return QDir(QStringLiteral(":/songda/schema")).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
}

Result<void> backUp(Database &database, std::int64_t version) {
    const std::string target = database.path() + ".before-upgrade-from-" + std::to_string(version);
    auto statement = Statement::prepare(database.handle(), "VACUUM INTO ?1");
    if (!statement)
        return tl::unexpected(statement.error());
    QFile::remove(QString::fromStdString(target)); // of an upgrade that was cut off
    statement->bindAll(target);
    return statement->run();
}

} // namespace

int newestSchemaVersion() { return static_cast<int>(schemaFiles().size()); }

Result<void> migrate(Database &database) {
    const auto version = database.scalar("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    const std::int64_t from = version->value_or(0);
    const QStringList files = schemaFiles();
    if (from > 0 && from < files.size())
        SONGDA_TRY(backUp(database, from));
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
