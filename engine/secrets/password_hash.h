// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>

namespace songda::secrets {

/// Argon2id (libsodium's interactive limits: 64 MB, two passes, some tens of milliseconds) with a random salt, as the text
/// that names its parameters. Not on the GUI thread.
Result<std::string> hashPassword(const std::string &password);
bool isPassword(const std::string &hash, const std::string &password);
/// Takes as long as isPassword() and is never right: whoever guesses shall not learn by the time that a user does not exist.
void wastePasswordTime(const std::string &password);

} // namespace songda::secrets
