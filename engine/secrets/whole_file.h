// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>
#include <string_view>

namespace songda::secrets {

/// Puts a text in the place of a file, for its owner alone to read: after a crash or a power cut there is the whole old or
/// the whole new file, never none. Its copy on the way is called `path` with `.new` at the end; one that a crash left is
/// written over. The caller sees to it that nobody else writes the file meanwhile.
///
/// Secret when it could not be done; then the file before stands. `inPlace` says otherwise: the new one stands, and only
/// the folder could not be synced after it, so a power cut may bring the file before back.
struct FileReplacement {
    Result<void> outcome;
    bool inPlace = false;
};
FileReplacement replaceFile(const std::string &path, std::string_view text);

} // namespace songda::secrets
