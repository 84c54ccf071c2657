// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/attempt_rows.h"

#include "tests/crash/read_only_database.h"

#include <QVariant>

namespace songda::testing {

std::optional<QHash<qint64, AttemptRows>> readAttemptRows(const QString &databaseFile) {
    const ReadOnlyDatabase database(databaseFile);
    QSqlQuery query = database.query();
    if (!query.exec(QStringLiteral("SELECT message_id, phase, count(*) FROM attempt GROUP BY message_id, phase")))
        return std::nullopt;
    QHash<qint64, AttemptRows> rows;
    while (query.next()) {
        AttemptRows &of = rows[query.value(0).toLongLong()];
        const qint64 n = query.value(2).toLongLong();
        switch (query.value(1).toInt()) {
        case 0: of.open += n; break;
        case 1: of.notWritten += n; break;
        case 2: of.written += n; break;
        case 3: of.answered += n; break;
        case 4: of.interrupted += n; break;
        default: return std::nullopt;
        }
    }
    return rows;
}

} // namespace songda::testing
