// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>
#include <vector>

namespace songda {

/// How an ASCII text stands in a file: as it is, in UTF-16 of both byte orders, and inside base64 at each of its three
/// offsets. Compressed or encrypted it is not found.
std::vector<std::string> writtenForms(const std::string &text);

/// Whether a file holds one of these. Reads all of it in pieces.
Result<bool> holdsAny(const std::string &file, const std::vector<std::string> &forms);

} // namespace songda
