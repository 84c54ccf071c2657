// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/decode_body.h"

#include "engine/net/gunzip.h"

#include <algorithm>
#include <cctype>

namespace songda::net {

void decodeBody(HttpResponse &response, std::string_view contentEncoding) {
    std::string encoding(contentEncoding);
    std::transform(encoding.begin(), encoding.end(), encoding.begin(),
        [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (encoding.empty() || encoding == "identity")
        return;
    if (encoding != "gzip" && encoding != "x-gzip") {
        response.failure = HttpFailure::BrokenBody;
        return;
    }
    auto plain = gunzip(response.body, HttpLimits::maxBody);
    if (plain) {
        response.body = std::move(*plain);
        return;
    }
    response.failure = plain.error() == GunzipFault::TooLarge ? HttpFailure::TooLarge : HttpFailure::BrokenBody;
    response.body.clear();
}

} // namespace songda::net
