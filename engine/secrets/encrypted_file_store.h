// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/secrets/secret_store.h"

#include <functional>
#include <map>
#include <mutex>

namespace songda::secrets {

/// Secrets in one file, for machines without a key store: AES-256-GCM under a key derived from a passphrase
/// with scrypt (N = 2^15, r = 8, p = 1; 32 MB and about 0.1 s a try). The file is readable by its owner only and
/// replaced as a whole, so a crash leaves the old or the new one. Processes that change it at the same time wait for
/// each other and read it anew first. Any thread.
///
/// When another process has changed the passphrase meanwhile, what this one has read before is still answered, so that
/// it can go on; it can read nothing newer and change nothing, and says why.
class EncryptedFileStore final : public SecretStore {
public:
    EncryptedFileStore(std::string path, std::string passphrase);
    ~EncryptedFileStore() override;

    /// Opens the file if it exists: Secret when the passphrase is wrong or the file was altered.
    Result<void> unlock();
    /// Seals everything anew under another passphrase, with a new salt; a crash leaves the whole old or the whole new
    /// file. Secret when `present` does not open it, NotFound when there is no file yet. `counts` says whether the new one
    /// does from now on, which an error after that does not undo.
    Result<void> changePassphrase(const std::string &present, const std::string &fresh, bool &counts);
    /// Whether the file had this store's passphrase once and has another one now.
    bool isShutOut();

    Result<void> put(const std::string &name, const std::string &secret) override;
    Result<std::string> get(const std::string &name) override;
    Result<void> remove(const std::string &name) override;

private:
    using Secrets = std::map<std::string, std::string>;
    Result<Secrets> load();
    Result<void> save(const Secrets &secrets);
    Result<void> change(const std::function<void(Secrets &)> &how);
    Result<std::string> keyFor(const std::string &salt);
    /// Whether a file that does not open was one that did: its salt is another one now.
    bool wasChangedElsewhere(const std::string &salt) const { return !m_openedSalt.empty() && salt != m_openedSalt; }

    const std::string m_path;
    std::mutex m_mutex; // all below
    std::string m_passphrase;
    std::string m_salt; ///< of m_key: deriving is slow on purpose, so it is done once a salt
    std::string m_key;
    std::string m_openedSalt; ///< of the file as it was last opened; empty: never
    Secrets m_lastRead;
    bool m_shutOut = false;
};

} // namespace songda::secrets
