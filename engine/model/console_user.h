// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace songda {

/// Stored as numbers.
enum class UserRole { Operator = 0, Support = 1, Auditor = 2, Admin = 3 };

const char *toString(UserRole role);
std::optional<UserRole> userRoleFrom(std::string_view name);

/// What somebody may be allowed to do.
enum class Permission {
    Look, ///< queues, messages, errors, counts
    SeePeople, ///< openids and values as they are
    Send, ///< single messages and imports
    Steer, ///< pause, cancel and hold: batches, accounts, templates, the engine
    HandleFailed, ///< send again, edit, put aside: messages and replays; ask the platform about them
    KeepList, ///< who is not written to
    Export, ///< reports
    ReadAudit,
    Forget, ///< erase a person
    SetUp, ///< accounts, secrets, templates, callbacks, hooks, keys, policy, log
    Maintain, ///< backup, archive, going on after a restored backup
    ManageUsers,
};
inline constexpr int permissionCount = 12;

/// Somebody who works with the console or the command line.
struct ConsoleUser {
    std::string name;
    UserRole role = UserRole::Operator;
    int failures = 0; ///< wrong passwords since the last right one
    std::optional<WallTime> lockedUntil;
    WallTime createdAt;
    std::string createdBy;
};

/// Who works with an engine now.
struct Session {
    std::string user;
    std::optional<UserRole> role; ///< nothing: no users are set up, or nobody has signed in
    bool mustSignIn = false; ///< users are set up, and nobody has signed in
};

} // namespace songda
