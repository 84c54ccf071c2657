// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace songda {

namespace secrets {
class SecretStore;
}

struct EngineOptions {
    /// Engine: takes the profile's engine lock and can deliver. Tool: writes beside a running engine (an
    /// import, a resend). Viewer: only reads.
    enum class Role { Engine, Tool, Viewer };

    std::string profileDir;
    Role role = Role::Tool;
    std::string user; ///< who acts, for the audit
    /// Asked once when secrets lie in a file and SONGDA_PASSPHRASE is not set; nothing: refuse.
    std::function<std::optional<std::string>()> askPassphrase;
    bool unattended = false; ///< nobody sits at it: what it does is asked of the doors' callers, not of users
    bool secretsInMemory = false; ///< the demo's: forgotten at exit
    std::shared_ptr<secrets::SecretStore> secretStore; ///< tests bring their own
    QByteArray extraRootsPem; ///< certificates trusted beside the system's
    /// An engine reads a database up to this size completely before it opens it, which takes some tenths of a second; a
    /// larger one while it is at work already, and only when the run before ended badly.
    std::int64_t checkAtOnceUpTo = 32 << 20;
    /// Tests say which addresses hooks may lead to, and what names mean (HOST:PORT:ADDRESS); unset: see policy/address_guard.h.
    std::function<bool(const std::array<std::uint8_t, 16> &address, bool allowPrivate)> hookGuard;
    std::vector<std::string> hookNames;
};

} // namespace songda
