// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrets/file_lock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace songda::secrets {

namespace {

constexpr std::chrono::milliseconds between{10};

} // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const std::string &path, std::chrono::milliseconds patience) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::Secret, "cannot open " + path + ": " + std::strerror(errno));
    std::unique_ptr<FileLock> lock(new FileLock(file));
    const auto end = std::chrono::steady_clock::now() + patience;
    while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail(ErrorCode::Secret, "cannot lock " + path + ": " + std::strerror(errno));
        if (std::chrono::steady_clock::now() >= end)
            return fail(ErrorCode::Storage, "another process is changing the secrets and does not end: " + path + " is locked; nothing was changed, try again");
        std::this_thread::sleep_for(between);
    }
    return lock;
}

FileLock::~FileLock() { ::close(m_file); }

} // namespace songda::secrets
