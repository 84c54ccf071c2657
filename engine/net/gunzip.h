// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace songda::net {

enum class GunzipFault {
    Damaged, ///< not gzip, cut off, or its check sum is wrong
    TooLarge, ///< more than the limit when unpacked
};

/// Unpacks one whole gzip body; never more than `limit` bytes are held. Pure.
tl::expected<std::string, GunzipFault> gunzip(std::string_view packed, std::size_t limit);

} // namespace songda::net
