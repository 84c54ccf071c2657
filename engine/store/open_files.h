// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <sys/types.h>

namespace songda::store {

/// Which files a connection works on, so that it is noticed when somebody puts others in their place: what is written
/// then goes where nobody will find it.
class OpenFiles {
public:
    OpenFiles() = default;
    /// Of a database in WAL mode from which something was read already.
    explicit OpenFiles(std::string path);

    /// The first file that is gone or another one now; nothing when all are as they were. Three calls of stat.
    std::optional<std::string> changed() const;

private:
    struct Identity {
        bool exists = false;
        dev_t device = 0;
        ino_t file = 0;
        bool operator==(const Identity &) const = default;
    };
    static Identity identityOf(const std::string &path);

    std::array<std::string, 3> m_paths;
    std::array<Identity, 3> m_identities;
};

} // namespace songda::store
