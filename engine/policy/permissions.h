// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/console_user.h"
#include "engine/model/time.h"

#include <string>
#include <vector>

namespace songda {

bool isAllowed(UserRole role, Permission permission);
/// Admin is always among them.
std::vector<UserRole> rolesWith(Permission permission);
/// Why somebody is not allowed, and who is; empty when they are. Nothing for a role: nobody has signed in.
std::string whyNotAllowed(std::optional<UserRole> role, Permission permission);

/// How long nobody can sign in as a user after so many wrong passwords in a row.
Seconds lockOut(int failures);

} // namespace songda
