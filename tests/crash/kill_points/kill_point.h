// SPDX-License-Identifier: GPL-3.0-or-later
//
// A library that is preloaded into songda-cli by the crash tests and kills it from within at a named point: before,
// inside or after the k-th event of a kind. The product knows nothing of it.
#pragma once

namespace songda::kill_points {

enum class Point {
    None,
    UpgradeStatement, ///< any SQL statement from the copy before an upgrade to its last commit
    FileChange, ///< any write, sync, truncation, renaming or removal of a database file
    SecretsChange, ///< any making, write, sync, renaming or removal of the file of secrets
    IntakeCommit,
    ClaimCommit,
    ResultCommit,
    IntakeAnswer, ///< what the caller reads
    FirstByteOut, ///< of a send to the platform
    LastByteOut,
    FirstByteIn, ///< of the answer to a send
    Checkpoint, ///< from the first page written back into the database file to its sync
};

/// Inside: a commit whose log is written, not synced; elsewhere as Before.
enum class Side { Before, Inside, After };

/// From the environment: SONGDA_KILL_POINT as `last-byte-out:after:3` and SONGDA_KILL_PORT, the platform's.
struct Plan {
    Point point = Point::None;
    Side side = Side::Before;
    long event = 1;
    int port = 0;
};

const Plan &plan();

/// Counts an event; true when it is the one to die at.
bool isChosen(Point point);

/// SIGKILL to this process: no handler, no destructor, no flush.
[[noreturn]] void die();

/// The next function of this name behind the preloaded one.
void *behind(const char *name);

/// The commit to die at has begun and has not ended.
bool commitUnderWay();

/// A descriptor is closed: its number may soon stand for something else.
void forgetConnection(int fd);

/// What a descriptor stands for.
enum class FileKind { Other, Database, DatabaseLog, DatabaseCopy, Secrets };
FileKind kindOf(const char *path);

/// Dies when this write is the change to die at.
void beforePlainWrite(int fd);

} // namespace songda::kill_points

/// Calls the function that is interposed: REAL(close)(fd).
#define REAL(name)                                                                                                          \
    ([] {                                                                                                                   \
        static const auto real = reinterpret_cast<decltype(&::name)>(songda::kill_points::behind(#name));                   \
        return real;                                                                                                        \
    }())
