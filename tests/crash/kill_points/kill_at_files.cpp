// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes of the database's files and of the file of secrets: their writes and syncs, and the checkpoint that the
// former make up.
#include "tests/crash/kill_points/kill_point.h"

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace songda::kill_points;

namespace {

constexpr int mostFiles = 4096;
std::array<std::atomic<FileKind>, mostFiles> kinds;
std::atomic<bool> inCheckpoint{false};
std::atomic<bool> chosenCheckpoint{false};

FileKind kindOfFile(int fd) {
    return fd >= 0 && fd < mostFiles ? kinds[static_cast<std::size_t>(fd)].load() : FileKind::Other;
}

void setKind(int fd, FileKind kind) {
    if (fd >= 0 && fd < mostFiles)
        kinds[static_cast<std::size_t>(fd)] = kind;
}

void beforeChange(FileKind kind) {
    if (kind == FileKind::Secrets ? isChosen(Point::SecretsChange) : kind != FileKind::Other && isChosen(Point::FileChange))
        die();
}

void beforeWrite(int fd) {
    const FileKind kind = kindOfFile(fd);
    beforeChange(kind);
    // In WAL mode only a checkpoint writes into the database itself.
    if (kind == FileKind::Database && !inCheckpoint.exchange(true) && isChosen(Point::Checkpoint)) {
        if (plan().side == Side::Before)
            die();
        chosenCheckpoint = true;
        return;
    }
    if (kind == FileKind::Database && chosenCheckpoint && plan().side == Side::Inside)
        die(); // one page is written
}

void beforeSync(int fd) {
    const FileKind kind = kindOfFile(fd);
    beforeChange(kind);
    if (kind == FileKind::DatabaseLog && plan().side == Side::Inside && commitUnderWay())
        die();
}

void afterSync(int fd) {
    if (kindOfFile(fd) != FileKind::Database)
        return;
    if (chosenCheckpoint)
        die();
    inCheckpoint = false;
}

template <class Open> int opened(const char *path, int flags, mode_t mode, Open real) {
    const FileKind kind = kindOf(path);
    if (kind == FileKind::Secrets && (flags & O_ACCMODE) != O_RDONLY)
        beforeChange(kind);
    const int fd = real(path, flags, mode);
    setKind(fd, kind);
    return fd;
}

/// What follows the flags; nothing unless a file may be made.
mode_t modeOf(int flags, va_list rest) { return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0; }

} // namespace

extern "C" int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = modeOf(flags, rest);
    va_end(rest);
    return opened(path, flags, mode, REAL(open64));
}

extern "C" int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = modeOf(flags, rest);
    va_end(rest);
    return opened(path, flags, mode, REAL(open));
}

void songda::kill_points::beforePlainWrite(int fd) {
    if (kindOfFile(fd) == FileKind::Secrets)
        beforeChange(FileKind::Secrets);
}

extern "C" int close(int fd) {
    setKind(fd, FileKind::Other);
    forgetConnection(fd);
    return REAL(close)(fd);
}

extern "C" ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    beforeWrite(fd);
    return REAL(pwrite64)(fd, data, size, at);
}

extern "C" int ftruncate64(int fd, off64_t size) {
    beforeChange(kindOfFile(fd));
    return REAL(ftruncate64)(fd, size);
}

extern "C" int fdatasync(int fd) {
    beforeSync(fd);
    const int done = REAL(fdatasync)(fd);
    afterSync(fd);
    return done;
}

extern "C" int fsync(int fd) {
    beforeSync(fd);
    const int done = REAL(fsync)(fd);
    afterSync(fd);
    return done;
}

extern "C" int rename(const char *from, const char *to) noexcept {
    beforeChange(kindOf(from));
    return REAL(rename)(from, to);
}

extern "C" int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept {
    beforeChange(kindOf(to));
    return REAL(linkat)(fromFolder, from, toFolder, to, flags);
}

extern "C" int unlink(const char *path) noexcept {
    beforeChange(kindOf(path));
    return REAL(unlink)(path);
}
