// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/open_files.h"

#include <sys/stat.h>

namespace songda::store {

OpenFiles::OpenFiles(std::string path)
    : m_paths{path, path + "-wal", path + "-shm"} {
    for (std::size_t i = 0; i < m_paths.size(); ++i)
        m_identities[i] = identityOf(m_paths[i]);
}

OpenFiles::Identity OpenFiles::identityOf(const std::string &path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0)
        return {};
    return {true, found.st_dev, found.st_ino};
}

std::optional<std::string> OpenFiles::changed() const {
    for (std::size_t i = 0; i < m_paths.size(); ++i) {
        if (m_identities[i].exists && identityOf(m_paths[i]) != m_identities[i])
            return m_paths[i];
    }
    return std::nullopt;
}

} // namespace songda::store
