// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace songda::console {

/// Asks for the passphrase of the secrets file in a window. Any thread; from another one than the GUI's it waits for
/// the answer. Nothing: the person thought better of it.
std::optional<std::string> askPassphrase();

} // namespace songda::console
