// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/gunzip.h"

#include <algorithm>
#include <memory>
#include <zlib.h>

namespace songda::net {

tl::expected<std::string, GunzipFault> gunzip(std::string_view packed, std::size_t limit) {
    constexpr int gzipOnly = 16 + MAX_WBITS;
    constexpr std::size_t step = 64 * 1024;
    z_stream stream{};
    if (inflateInit2(&stream, gzipOnly) != Z_OK)
        return tl::unexpected(GunzipFault::Damaged);
    const std::unique_ptr<z_stream, int (*)(z_stream *)> guard(&stream, inflateEnd);
    stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(packed.data())); // zlib only reads it
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string plain;
    for (;;) {
        const std::size_t had = plain.size();
        plain.resize(had + step);
        stream.next_out = reinterpret_cast<Bytef *>(plain.data() + had);
        stream.avail_out = static_cast<uInt>(step);
        const int result = inflate(&stream, Z_NO_FLUSH);
        plain.resize(had + step - stream.avail_out);
        if (plain.size() > limit)
            return tl::unexpected(GunzipFault::TooLarge);
        if (result == Z_STREAM_END)
            break;
        if (result != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0))
            return tl::unexpected(GunzipFault::Damaged);
    }
    // A second member or rubbish behind the first is not what the peer announced.
    if (stream.avail_in > 0)
        return tl::unexpected(GunzipFault::Damaged);
    return plain;
}

} // namespace songda::net
