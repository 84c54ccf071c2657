// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <chrono>
#include <memory>
#include <string>

namespace songda::secrets {

/// The right to change a file, held against other processes and against other holders in this one. The kernel takes it
/// back when the process ends, however it ends; the lock's own file stays.
class FileLock {
public:
    /// Waits at most so long. Storage when somebody else holds it longer, Secret when the file cannot be made or locked.
    static Result<std::unique_ptr<FileLock>> take(const std::string &path, std::chrono::milliseconds patience);
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    explicit FileLock(int file)
        : m_file(file) {}

    int m_file;
};

} // namespace songda::secrets
