// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file system that cannot lock: every request for a lock is refused, as by a share whose server has no lock service.
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>

namespace {

using Fcntl = int (*)(int, int, ...);

bool isLock(int command) {
    switch (command) {
    case F_SETLK:
    case F_SETLKW:
    case F_GETLK:
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
    case F_OFD_GETLK: return true;
    default: return false;
    }
}

int refuse() {
    errno = ENOLCK;
    return -1;
}

int otherwise(const char *name, int file, int command, void *argument) {
    const auto next = reinterpret_cast<Fcntl>(dlsym(RTLD_NEXT, name));
    if (!next)
        std::abort();
    return next(file, command, argument);
}

} // namespace

extern "C" {

int flock(int, int) noexcept { return refuse(); }

int fcntl(int file, int command, ...) {
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    return isLock(command) ? refuse() : otherwise("fcntl", file, command, argument);
}

int fcntl64(int file, int command, ...) {
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    return isLock(command) ? refuse() : otherwise("fcntl64", file, command, argument);
}
}
