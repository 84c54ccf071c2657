// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/log/log.h"
#include "engine/secrets/secret_store.h"

#include <functional>
#include <memory>

namespace songda {

/// The profile's secret store as the facade uses it: each secret that passes is made known to the log, so that it can stand
/// in no line of it, whatever text it comes in.
class SecretAccess final : public secrets::SecretStore {
public:
    /// `log` may answer nothing.
    SecretAccess(secrets::SecretStore &store, std::function<log::Log *()> log)
        : m_store(store)
        , m_log(std::move(log)) {}

    Result<void> put(const std::string &name, const std::string &secret) override;
    Result<std::string> get(const std::string &name) override;
    Result<void> remove(const std::string &name) override { return m_store.remove(name); }

private:
    void learn(const std::string &secret) const;

    secrets::SecretStore &m_store;
    const std::function<log::Log *()> m_log;
};

} // namespace songda
