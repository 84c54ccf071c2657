// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/file_sync.h"

#include <fcntl.h>
#include <unistd.h>

namespace songda::store {

Result<void> syncFile(const std::string &path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(ErrorCode::Storage, "cannot read back " + path);
    const bool done = ::fsync(file) == 0;
    ::close(file);
    return done ? Result<void>{} : fail(ErrorCode::Storage, "cannot sync " + path + " to its disk");
}

} // namespace songda::store
