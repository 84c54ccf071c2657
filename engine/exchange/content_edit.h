// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda::exchange {

using ContentValues = std::map<std::string, std::string, std::less<>>;

/// One value that was changed: for the record, which keeps no old value in the clear.
struct ContentChange {
    std::string key; ///< of the template, or "url"
    std::string oldHash; ///< first 12 hex digits of its SHA-256; empty: there was none
    std::string value; ///< empty: taken away
};

struct EditedContent {
    std::string content; ///< a JSON object like the stored one
    ContentValues data; ///< all values as they are now
    std::string url;
    std::vector<ContentChange> changes; ///< empty: nothing differs, and `content` is the stored one to the byte
};

/// Puts other values into the stored content of a message. Keys the template no longer has are dropped; everything else
/// that stands there stays.
Result<EditedContent> editContent(const std::string &stored, const std::vector<std::string> &templateKeys, const ContentValues &values,
    const std::optional<std::string> &url);

} // namespace songda::exchange
