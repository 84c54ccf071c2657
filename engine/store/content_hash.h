// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/hash.h"

#include <string_view>

namespace songda::store {

/// Of everything that decides who gets what: a row that does not fit its hash any more is damaged. Guards against
/// disks, not against people. Stored in the database, so it must not change.
inline std::int64_t contentHash(
    std::string_view templateId, std::string_view openid, std::string_view clientMsgId, std::string_view content) {
    std::uint64_t hash = stableHash(templateId);
    hash = stableHash(openid, hash);
    hash = stableHash(clientMsgId, hash);
    return storedHash(content, hash);
}

} // namespace songda::store
