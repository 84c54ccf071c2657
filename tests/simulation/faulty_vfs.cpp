// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/faulty_vfs.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <utility>

namespace songda::simulation {

namespace {

constexpr std::int64_t sector = 512;
thread_local int undisturbed = 0;

std::string contentOf(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

FaultyVfs::Undisturbed::Undisturbed() { ++undisturbed; }
FaultyVfs::Undisturbed::~Undisturbed() { --undisturbed; }

/// What SQLite takes for its file; the system's own lies right behind it.
struct FaultyVfs::Handle {
    sqlite3_file base;
    FaultyVfs *disk;
    const std::string *path; ///< key in m_files; null for temporary files, which nobody misses after a cut

    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

FaultyVfs::Handle *FaultyVfs::handle(sqlite3_file *file) { return reinterpret_cast<Handle *>(file); }

struct FaultyVfs::Calls {
    static FaultyVfs &disk(sqlite3_vfs *vfs) { return *static_cast<FaultyVfs *>(vfs->pAppData); }
    static sqlite3_file *real(sqlite3_file *file) { return handle(file)->real(); }
    static const sqlite3_io_methods &methods(sqlite3_file *file) { return *real(file)->pMethods; }

    static int open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags) {
        FaultyVfs &d = disk(vfs);
        Handle *h = handle(file);
        h->base.pMethods = nullptr;
        h->disk = &d;
        h->path = nullptr;
        const std::lock_guard lock(d.m_mutex);
        if (d.m_dead)
            return SQLITE_CANTOPEN;
        if (name) {
            d.known(name); // as it is before SQLite may make it
            h->path = &d.m_files.find(name)->first;
        }
        const int code = d.m_real->xOpen(d.m_real, name, h->real(), flags, outFlags);
        if (code != SQLITE_OK)
            return code;
        ++d.m_open;
        h->base.pMethods = &ioMethods;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs *vfs, const char *name, int syncDirectory) {
        FaultyVfs &d = disk(vfs);
        const std::lock_guard lock(d.m_mutex);
        if (const int code = d.judgeDeath(); code != SQLITE_OK)
            return SQLITE_IOERR_DELETE;
        File &f = d.known(name);
        const int code = d.m_real->xDelete(d.m_real, name, syncDirectory);
        if (code != SQLITE_OK)
            return code;
        f.unsynced.push_back({Change::Kind::Delete, 0, {}});
        if (syncDirectory)
            d.settle(f, Loss::Nothing);
        return SQLITE_OK;
    }
    static int access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
        return disk(vfs).m_real->xAccess(disk(vfs).m_real, name, flags, out);
    }
    static int fullPathname(sqlite3_vfs *vfs, const char *name, int size, char *out) {
        return disk(vfs).m_real->xFullPathname(disk(vfs).m_real, name, size, out);
    }
    static int randomness(sqlite3_vfs *vfs, int size, char *out) {
        FaultyVfs &d = disk(vfs);
        const std::lock_guard lock(d.m_mutex);
        std::generate_n(out, size, [&] { return static_cast<char>(d.m_random.next()); });
        return size;
    }
    static int sleep(sqlite3_vfs *vfs, int micros) { return disk(vfs).m_real->xSleep(disk(vfs).m_real, micros); }
    static int currentTime(sqlite3_vfs *vfs, double *out) { return disk(vfs).m_real->xCurrentTime(disk(vfs).m_real, out); }
    static int currentTime64(sqlite3_vfs *vfs, sqlite3_int64 *out) {
        return disk(vfs).m_real->xCurrentTimeInt64(disk(vfs).m_real, out);
    }
    static int lastError(sqlite3_vfs *, int, char *) { return 0; }

    static int close(sqlite3_file *file) {
        FaultyVfs &d = *handle(file)->disk;
        const std::lock_guard lock(d.m_mutex);
        --d.m_open;
        return methods(file).xClose(real(file));
    }
    static int read(sqlite3_file *file, void *out, int size, sqlite3_int64 at) {
        FaultyVfs &d = *handle(file)->disk;
        const std::lock_guard lock(d.m_mutex);
        if (const int code = d.judge(Call::Read); code != SQLITE_OK)
            return code;
        return methods(file).xRead(real(file), out, size, at);
    }
    static int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
        Handle &h = *handle(file);
        FaultyVfs &d = *h.disk;
        const std::lock_guard lock(d.m_mutex);
        if (const int code = d.judge(Call::Write); code != SQLITE_OK)
            return code;
        if (h.path)
            d.note(*h.path, {Change::Kind::Write, at, std::string(static_cast<const char *>(bytes), static_cast<std::size_t>(size))});
        return methods(file).xWrite(real(file), bytes, size, at);
    }
    static int truncate(sqlite3_file *file, sqlite3_int64 size) {
        Handle &h = *handle(file);
        FaultyVfs &d = *h.disk;
        const std::lock_guard lock(d.m_mutex);
        if (const int code = d.judge(Call::Write); code != SQLITE_OK)
            return code == SQLITE_IOERR_WRITE ? SQLITE_IOERR_TRUNCATE : code;
        if (h.path)
            d.note(*h.path, {Change::Kind::Truncate, size, {}});
        return methods(file).xTruncate(real(file), size);
    }
    static int sync(sqlite3_file *file, int) {
        Handle &h = *handle(file);
        FaultyVfs &d = *h.disk;
        const std::lock_guard lock(d.m_mutex);
        const int code = d.judge(Call::Sync);
        if (d.m_dead)
            return code;
        // The real file lies in memory or is not needed after the test: syncing it would only take time.
        if (!h.path)
            return code;
        File &f = d.known(*h.path);
        // The first sync of a log syncs its directory too, and with it what was deleted there.
        if (code == SQLITE_OK && !f.onDisk.exists)
            d.settleDeletions();
        d.settle(f, code == SQLITE_OK ? Loss::Nothing : Loss::Scrambled);
        return code;
    }
    static int fileSize(sqlite3_file *file, sqlite3_int64 *out) { return methods(file).xFileSize(real(file), out); }
    static int lock(sqlite3_file *file, int level) { return methods(file).xLock(real(file), level); }
    static int unlock(sqlite3_file *file, int level) { return methods(file).xUnlock(real(file), level); }
    static int checkReservedLock(sqlite3_file *file, int *out) { return methods(file).xCheckReservedLock(real(file), out); }
    static int fileControl(sqlite3_file *file, int op, void *arg) {
        // Growing a file ahead of its content would be a write nobody counts.
        return op == SQLITE_FCNTL_SIZE_HINT ? SQLITE_OK : methods(file).xFileControl(real(file), op, arg);
    }
    static int sectorSize(sqlite3_file *file) { return methods(file).xSectorSize(real(file)); }
    static int deviceCharacteristics(sqlite3_file *file) { return methods(file).xDeviceCharacteristics(real(file)); }
    static int shmMap(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
        return methods(file).xShmMap(real(file), page, size, extend, out);
    }
    static int shmLock(sqlite3_file *file, int offset, int n, int flags) {
        return methods(file).xShmLock(real(file), offset, n, flags);
    }
    static void shmBarrier(sqlite3_file *file) { methods(file).xShmBarrier(real(file)); }
    static int shmUnmap(sqlite3_file *file, int remove) { return methods(file).xShmUnmap(real(file), remove); }

    static const sqlite3_io_methods ioMethods;
};

// Version 2: without memory-mapped reads, which nobody could make fail.
const sqlite3_io_methods FaultyVfs::Calls::ioMethods = {2, close, read, write, truncate, sync, fileSize, lock, unlock,
    checkReservedLock, fileControl, sectorSize, deviceCharacteristics, shmMap, shmLock, shmBarrier, shmUnmap, nullptr, nullptr};

FaultyVfs::FaultyVfs(std::uint64_t seed)
    : m_real(sqlite3_vfs_find("unix"))
    , m_vfs(std::make_unique<sqlite3_vfs>())
    , m_random(seed) {
    m_vfs->iVersion = 2;
    m_vfs->szOsFile = static_cast<int>(sizeof(Handle)) + m_real->szOsFile;
    m_vfs->mxPathname = m_real->mxPathname;
    m_vfs->zName = "songda-faulty";
    m_vfs->pAppData = this;
    m_vfs->xOpen = Calls::open;
    m_vfs->xDelete = Calls::remove;
    m_vfs->xAccess = Calls::access;
    m_vfs->xFullPathname = Calls::fullPathname;
    m_vfs->xRandomness = Calls::randomness;
    m_vfs->xSleep = Calls::sleep;
    m_vfs->xCurrentTime = Calls::currentTime;
    m_vfs->xGetLastError = Calls::lastError;
    m_vfs->xCurrentTimeInt64 = Calls::currentTime64;
    sqlite3_vfs_register(m_vfs.get(), 1);
    sqlite3_randomness(0, nullptr); // begins anew, from us
}

FaultyVfs::~FaultyVfs() {
    sqlite3_vfs_unregister(m_vfs.get());
    sqlite3_vfs_register(m_real, 1);
}

void FaultyVfs::fail(Call call, std::int64_t nth, int code, bool lasting) {
    const std::lock_guard lock(m_mutex);
    m_faults[call] = {nth, code, lasting};
}

void FaultyVfs::heal() {
    const std::lock_guard lock(m_mutex);
    m_faults.clear();
    m_failed = false;
}

bool FaultyVfs::hasFailed() const {
    const std::lock_guard lock(m_mutex);
    return m_failed;
}

void FaultyVfs::dieAt(std::int64_t nth) {
    const std::lock_guard lock(m_mutex);
    m_deathIn = nth;
}

void FaultyVfs::die() {
    const std::lock_guard lock(m_mutex);
    m_dead = true;
}

bool FaultyVfs::isDead() const {
    const std::lock_guard lock(m_mutex);
    return m_dead;
}

std::int64_t FaultyVfs::calls(Call call) const {
    const std::lock_guard lock(m_mutex);
    const auto it = m_calls.find(call);
    return it == m_calls.end() ? 0 : it->second;
}

std::int64_t FaultyVfs::unsynced(const std::string &ending) const {
    const std::lock_guard lock(m_mutex);
    std::int64_t n = 0;
    for (const auto &[path, file] : m_files) {
        if (path.ends_with(ending))
            n += std::count_if(file.unsynced.begin(), file.unsynced.end(), [](const Change &c) { return c.kind == Change::Kind::Write; });
    }
    return n;
}

int FaultyVfs::judgeDeath() {
    if (!undisturbed && m_deathIn > 0 && --m_deathIn == 0)
        m_dead = true;
    return m_dead ? SQLITE_IOERR : SQLITE_OK;
}

int FaultyVfs::judge(Call call) {
    const int usual = call == Call::Read ? SQLITE_IOERR_READ : call == Call::Write ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC;
    if (m_dead || (call != Call::Read && judgeDeath() != SQLITE_OK))
        return usual;
    if (undisturbed)
        return SQLITE_OK;
    ++m_calls[call];
    const auto it = m_faults.find(call);
    if (it == m_faults.end() || it->second.countdown == 0 || --it->second.countdown > 0)
        return SQLITE_OK;
    if (it->second.lasting)
        it->second.countdown = 1;
    m_failed = true;
    return it->second.code;
}

FaultyVfs::File &FaultyVfs::known(const std::string &path) {
    const auto [it, isNew] = m_files.try_emplace(path);
    if (isNew && std::filesystem::exists(path))
        it->second.onDisk = {true, contentOf(path)};
    return it->second;
}

void FaultyVfs::note(const std::string &path, Change change) { known(path).unsynced.push_back(std::move(change)); }

void FaultyVfs::apply(Image &image, const Change &change) {
    switch (change.kind) {
    case Change::Kind::Write:
        image.bytes.resize(std::max(image.bytes.size(), static_cast<std::size_t>(change.at) + change.bytes.size()));
        std::copy(change.bytes.begin(), change.bytes.end(), image.bytes.begin() + change.at);
        break;
    case Change::Kind::Truncate: image.bytes.resize(static_cast<std::size_t>(change.at)); break;
    case Change::Kind::Delete: image = {}; return;
    }
    image.exists = true;
}

/// What a write leaves that stopped at a step of the disk, seen from the beginning of the file.
void FaultyVfs::tear(Change &change) {
    const std::int64_t end = change.at + static_cast<std::int64_t>(change.bytes.size());
    const std::int64_t steps = end / sector - change.at / sector;
    const auto kept = static_cast<std::int64_t>(m_random.unit() * static_cast<double>(steps + 1));
    const std::int64_t until = kept == 0 ? change.at : (change.at / sector + kept) * sector;
    change.bytes.resize(static_cast<std::size_t>(until - change.at));
}

void FaultyVfs::settle(File &file, Loss loss) {
    std::vector<Change> changes = std::exchange(file.unsynced, {});
    if (loss == Loss::All)
        return;
    if (loss == Loss::Nothing)
        file.onDisk.exists = true; // a sync of a file without content keeps its name
    if (loss == Loss::Torn && !changes.empty()) {
        changes.resize(1 + static_cast<std::size_t>(m_random.unit() * static_cast<double>(changes.size())));
        if (changes.back().kind == Change::Kind::Write)
            tear(changes.back());
    }
    if (loss == Loss::Scrambled) {
        std::vector<Change> some;
        for (Change &change : changes) {
            const double luck = m_random.unit();
            if (luck < 0.4) {
                // What follows a deletion that did not last belongs to a file that never was.
                if (change.kind == Change::Kind::Delete)
                    break;
                continue;
            }
            if (luck < 0.55 && change.kind == Change::Kind::Write)
                tear(change);
            some.push_back(std::move(change));
        }
        // Writes overtake each other, but not a cut of the file they were made after.
        for (auto from = some.begin(); from != some.end();) {
            const auto to = std::find_if(from, some.end(), [](const Change &c) { return c.kind != Change::Kind::Write; });
            for (auto left = to - from; left > 1; --left)
                std::swap(from[left - 1], from[static_cast<std::ptrdiff_t>(m_random.next() % static_cast<std::uint64_t>(left))]);
            from = to == some.end() ? to : to + 1;
        }
        changes = std::move(some);
    }
    for (const Change &change : changes)
        apply(file.onDisk, change);
}

void FaultyVfs::settleDeletions() {
    for (auto &[path, file] : m_files) {
        const auto last = std::find_if(file.unsynced.rbegin(), file.unsynced.rend(), [](const Change &c) { return c.kind == Change::Kind::Delete; });
        if (last == file.unsynced.rend())
            continue;
        file.unsynced.erase(file.unsynced.begin(), last.base());
        file.onDisk = {};
    }
}

void FaultyVfs::revive(Loss loss) {
    const std::lock_guard lock(m_mutex);
    if (m_open > 0)
        throw std::logic_error("a file is still open");
    m_dead = false;
    m_deathIn = 0;
    if (loss == Loss::Nothing)
        return;
    for (auto &[path, file] : m_files) {
        settle(file, loss);
        if (!file.onDisk.exists) {
            std::filesystem::remove(path);
            continue;
        }
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        out.write(file.onDisk.bytes.data(), static_cast<std::streamsize>(file.onDisk.bytes.size()));
    }
}

} // namespace songda::simulation
