// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commits and single statements, told by SQLite's own trace.
#include "tests/crash/kill_points/kill_point.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <sqlite3.h>

namespace songda::kill_points {

namespace {

std::atomic<bool> chosenCommit{false};
std::atomic<bool> upgrading{false};

bool begins(const char *text, const char *with) {
    return std::strncmp(text, with, std::strlen(with)) == 0;
}

/// What the transaction of one connection has done so far.
struct Transaction {
    bool intake = false;
    bool claim = false;
    bool result = false;

    void note(const char *sql) {
        if (begins(sql, "BEGIN"))
            *this = {};
        intake |= begins(sql, "INSERT INTO message(");
        claim |= begins(sql, "INSERT INTO attempt(");
        result |= begins(sql, "UPDATE attempt SET phase = ?3");
    }
    bool isThePoint() const {
        switch (plan().point) {
        case Point::IntakeCommit:
            return intake;
        case Point::ClaimCommit:
            return claim;
        case Point::ResultCommit:
            return result;
        default:
            return false;
        }
    }
};

int onTrace(unsigned event, void *context, void *statement, void *) {
    const char *sql = sqlite3_sql(static_cast<sqlite3_stmt *>(statement));
    auto *transaction = static_cast<Transaction *>(context);
    if (!sql)
        return 0;
    if (event == SQLITE_TRACE_PROFILE) {
        if (chosenCommit && begins(sql, "COMMIT"))
            die();
        return 0;
    }
    if (begins(sql, "VACUUM INTO"))
        upgrading = true;
    else if (begins(sql, "SELECT batch_id, state, n FROM counter"))
        upgrading = false; // the journal opens
    if (upgrading && isChosen(Point::UpgradeStatement))
        die();
    transaction->note(sql);
    if (begins(sql, "COMMIT") && transaction->isThePoint() && isChosen(plan().point)) {
        if (plan().side == Side::Before)
            die();
        chosenCommit = true;
    }
    return 0;
}

using WalHook = int (*)(void *, sqlite3 *, const char *, int);

struct Lengthened {
    WalHook hook;
    void *context;
};

/// Tells the program of a log that is longer than it is: checkpoints come sooner, so that a short run has some.
int lengthen(void *self, sqlite3 *db, const char *name, int pages) {
    const auto *of = static_cast<const Lengthened *>(self);
    return of->hook(of->context, db, name, pages * 160);
}

} // namespace

bool commitUnderWay() {
    return chosenCommit;
}

} // namespace songda::kill_points

using namespace songda::kill_points;

extern "C" int sqlite3_open_v2(const char *file, sqlite3 **db, int flags, const char *vfs) {
    const int opened = REAL(sqlite3_open_v2)(file, db, flags, vfs);
    if (opened == SQLITE_OK && plan().point != Point::None)
        sqlite3_trace_v2(*db, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, onTrace, new Transaction);
    return opened;
}

extern "C" void *sqlite3_wal_hook(sqlite3 *db, WalHook hook, void *context) {
    if (plan().point != Point::Checkpoint)
        return REAL(sqlite3_wal_hook)(db, hook, context);
    return REAL(sqlite3_wal_hook)(db, lengthen, new Lengthened{hook, context});
}
