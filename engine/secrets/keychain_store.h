// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/secrets/secret_store.h"

namespace songda::secrets {

/// The system's key store through QtKeychain (libsecret or KWallet here). Entries are named
/// "songda/<profile>/<name>", so that two profiles do not share secrets.
class KeychainStore final : public SecretStore {
public:
    explicit KeychainStore(std::string profile);

    /// Writes, reads back and removes a probe: without a session bus a write fails with a general error
    /// only, so trying is the one way to know. Ends within a few seconds.
    static bool works();

    Result<void> put(const std::string &name, const std::string &secret) override;
    Result<std::string> get(const std::string &name) override;
    Result<void> remove(const std::string &name) override;

private:
    std::string key(const std::string &name) const { return m_profile + "/" + name; }

    const std::string m_profile;
};

} // namespace songda::secrets
