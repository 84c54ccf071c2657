// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_message.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace songda::doors {

/// A request head as the library found it, pointing into the library's buffer.
struct RawHead {
    std::string_view method;
    std::string_view target; ///< path and query, not decoded; a copy, because the library splits it further
    const char *targetAt = nullptr; ///< where it lay
    std::string_view version;
    std::vector<std::pair<std::string_view, std::string_view>> headers;
    std::size_t size = 0; ///< bytes from the method to the end of the empty line
};

/// Whether every part follows the one before by exactly the bytes the standard has between them. libmicrohttpd up to
/// 0.9.76 ends a line at a bare LF, cuts at NUL and joins folded lines, and other servers in the same chain read such a
/// head otherwise: a second request could hide in the first. It splits the head where it lies, so gaps tell.
bool liesAsSent(const RawHead &head);

/// The pure part: what must hold of any request whatever its path. Nothing when all is well.
std::optional<Response> refuseHead(const RawHead &head, std::size_t mostHead);

/// The announced length of the body, if there is one; only after refuseHead() found nothing.
std::optional<std::size_t> announcedLength(const RawHead &head);

} // namespace songda::doors
