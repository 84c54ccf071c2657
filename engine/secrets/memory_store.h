// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/secrets/secret_store.h"

#include <map>
#include <mutex>

namespace songda::secrets {

/// Forgets everything when the program ends: for the demo and for tests.
class MemoryStore final : public SecretStore {
public:
    Result<void> put(const std::string &name, const std::string &secret) override {
        const std::lock_guard lock(m_mutex);
        m_secrets[name] = secret;
        return {};
    }
    Result<std::string> get(const std::string &name) override {
        const std::lock_guard lock(m_mutex);
        const auto it = m_secrets.find(name);
        if (it == m_secrets.end())
            return fail(ErrorCode::NotFound, "no secret is kept for " + name);
        return it->second;
    }
    Result<void> remove(const std::string &name) override {
        const std::lock_guard lock(m_mutex);
        m_secrets.erase(name);
        return {};
    }

private:
    std::mutex m_mutex;
    std::map<std::string, std::string> m_secrets;
};

} // namespace songda::secrets
