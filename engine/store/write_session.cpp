// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/write_session.h"

#include <sqlite3.h>

namespace songda::store {

// IMMEDIATE: a deferred transaction that reads first and writes later fails at once when another process
// wrote in between, whatever the busy timeout.
Result<void> WriteSession::begin() {
    m_flushed.clear();
    m_hookWishes.reset();
    m_changesBefore = sqlite3_total_changes64(m_database.handle());
    return m_database.exec("BEGIN IMMEDIATE");
}

Result<void> WriteSession::flushSums() {
    SONGDA_TRY(m_deltas.flush(m_database));
    for (const auto &[key, n] : m_deltas.states())
        m_flushed[key] += n;
    m_deltas.clear();
    return {};
}

bool WriteSession::inTransaction() const { return !sqlite3_get_autocommit(m_database.handle()); }

Result<void> WriteSession::commit() {
    auto done = flushSums();
    if (done)
        done = countCommit();
    if (done)
        done = m_database.exec("COMMIT");
    if (!done)
        rollBack();
    return done;
}

Result<void> WriteSession::countCommit() {
    // A look that changed nothing shall not make the disk work.
    if (sqlite3_total_changes64(m_database.handle()) == m_changesBefore)
        return {};
    auto update = sql("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'commits'");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll().run();
}

void WriteSession::rollBack() {
    noteFailure();
    m_deltas.clear();
    m_flushed.clear();
    if (!sqlite3_get_autocommit(m_database.handle()))
        static_cast<void>(m_database.exec("ROLLBACK"));
}

} // namespace songda::store
