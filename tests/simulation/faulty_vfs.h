// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/random.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct sqlite3_file;
struct sqlite3_vfs;

namespace songda::simulation {

/// A disk that fails on command, and a power supply. As long as it lives it is SQLite's default way to files, a thin
/// layer over the system's own: what is written goes through to real files, which is what a page cache shows, and is
/// remembered until it is synced, which is what a disk holds. Locks and shared memory stay the system's.
///
/// Everything it draws comes from its seed, SQLite's own random numbers included.
class FaultyVfs {
public:
    enum class Call { Read, Write, Sync }; ///< cutting a file short counts as a write
    /// What becomes of writes that were not synced when the power went.
    enum class Loss {
        Nothing, ///< only the process died: the system still writes them
        All,
        Scrambled, ///< some of them, in any order, some torn at a 512-byte step
        Torn, ///< the first of them, the last of those torn at a 512-byte step
    };

    explicit FaultyVfs(std::uint64_t seed);
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs &) = delete;
    FaultyVfs &operator=(const FaultyVfs &) = delete;

    /// The `nth` such call from now on fails with SQLite's result `code`, and each later one too if it is `lasting`.
    /// A sync that fails keeps nothing back for the next: of what it should have written some is on the disk, the
    /// rest never will be, as with a kernel that takes pages it could not write for written.
    void fail(Call call, std::int64_t nth, int code, bool lasting);
    void heal();
    bool hasFailed() const; ///< a call failed since the last heal()

    /// The power goes, or the process dies, just before the `nth` write, sync or deletion from now on.
    void dieAt(std::int64_t nth);
    void die();
    bool isDead() const;
    /// A new start, when every file is closed.
    void revive(Loss loss);

    /// Calls so far, whatever came of them.
    std::int64_t calls(Call call) const;
    /// Writes to files with this ending that no sync has covered yet.
    std::int64_t unsynced(const std::string &ending) const;

    /// While one lives, this thread's calls neither fail nor count: for a test's own looks at a database.
    class Undisturbed {
    public:
        Undisturbed();
        ~Undisturbed();
        Undisturbed(const Undisturbed &) = delete;
        Undisturbed &operator=(const Undisturbed &) = delete;
    };

private:
    struct Change {
        enum class Kind { Write, Truncate, Delete } kind;
        std::int64_t at = 0; ///< offset, or new size
        std::string bytes;
    };
    /// What the disk itself holds of a file.
    struct Image {
        bool exists = false;
        std::string bytes;
    };
    struct File {
        Image onDisk;
        std::vector<Change> unsynced;
    };
    struct Fault {
        std::int64_t countdown = 0; ///< 0: none
        int code = 0;
        bool lasting = false;
    };
    struct Handle;
    struct Calls; ///< the functions SQLite calls

    static Handle *handle(sqlite3_file *file);
    static void apply(Image &image, const Change &change);
    /// SQLITE_OK, or what the call fails with.
    int judge(Call call);
    int judgeDeath();
    /// Some of the changes, or all, or none, as `loss` says.
    void settle(File &file, Loss loss);
    void tear(Change &change);
    void settleDeletions();
    void note(const std::string &path, Change change);
    File &known(const std::string &path);

    sqlite3_vfs *m_real = nullptr;
    std::unique_ptr<sqlite3_vfs> m_vfs;
    mutable std::mutex m_mutex;
    Random m_random;
    std::map<std::string, File> m_files;
    std::map<Call, Fault> m_faults;
    std::map<Call, std::int64_t> m_calls;
    std::int64_t m_deathIn = 0; ///< 0: none is planned
    bool m_dead = false;
    bool m_failed = false;
    int m_open = 0;
};

} // namespace songda::simulation
