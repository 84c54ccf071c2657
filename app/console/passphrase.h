// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace songda::console {

/// Asks for the passphrase of the secrets file in a window. Any thread; from another one than the GUI's it waits for
/// the answer. Nothing: the person thought better of it, or nobody is asked any more.
std::optional<std::string> askPassphrase();

/// The loop of events has ended, so no other thread would ever get its answer: those that wait go on without. GUI thread.
void askNoMore();

} // namespace songda::console
