// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/secrets/secret_store.h"

#include <map>
#include <mutex>

namespace songda::secrets {

/// Secrets in one file, for machines without a key store: AES-256-GCM under a key derived from a passphrase
/// with scrypt (N = 2^15, r = 8, p = 1; 32 MB and about 0.1 s a try). The file is readable by its owner only and
/// replaced as a whole, so a crash leaves the old or the new one.
class EncryptedFileStore final : public SecretStore {
public:
    EncryptedFileStore(std::string path, std::string passphrase);

    /// Opens the file if it exists: Secret when the passphrase is wrong or the file was altered.
    Result<void> unlock();

    Result<void> put(const std::string &name, const std::string &secret) override;
    Result<std::string> get(const std::string &name) override;
    Result<void> remove(const std::string &name) override;

private:
    using Secrets = std::map<std::string, std::string>;
    Result<Secrets> load();
    Result<void> save(const Secrets &secrets);
    Result<std::string> keyFor(const std::string &salt);

    const std::string m_path;
    const std::string m_passphrase;
    std::mutex m_mutex;
    std::string m_salt; ///< of m_key: deriving is slow on purpose, so it is done once a salt
    std::string m_key;
};

} // namespace songda::secrets
