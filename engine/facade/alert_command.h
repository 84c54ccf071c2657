// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <atomic>
#include <string>
#include <vector>

namespace songda {

/// Runs a program with a text on its standard input, without a shell and with next to nothing in its environment, and
/// waits until it ends; it has ten seconds. An error says why it did not end well.
Result<void> runAlertCommand(const std::vector<std::string> &command, const std::string &input, const std::atomic<bool> &cancelled);
/// A program is run only when nobody but the owner of the profile could have said which: the folder and what lies in it
/// must not be writable by others.
Result<void> checkOwnedAlone(const std::string &profileDir);

} // namespace songda
