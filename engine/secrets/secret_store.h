// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>

namespace songda::secrets {

/// Where AppSecrets live, by a name. Never in the database, never in settings, never in clear on disk.
/// Calls may take a while (a key store asks its user): not on the GUI thread.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    virtual Result<void> put(const std::string &name, const std::string &secret) = 0;
    /// NotFound when there is none of that name.
    virtual Result<std::string> get(const std::string &name) = 0;
    virtual Result<void> remove(const std::string &name) = 0;
};

} // namespace songda::secrets
