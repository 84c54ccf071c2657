// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// One HTTP request as a value. The URL may carry an access token: it is never logged or stored.
struct HttpRequest {
    enum class Method { Get, Post };

    Method method = Method::Get;
    std::string url;
    std::string contentType; ///< empty for a GET
    std::string body;
    std::string proxy; ///< by which it travels, as net::checkedProxy() gives it; empty: none
    Millis connectDeadline{5000}; ///< name look-up, connect and TLS together (wechat-api.md section 10)
    Millis deadline{15000}; ///< the whole exchange

    bool operator==(const HttpRequest &) const = default;
};

/// How far the request got. Decides whether a repeat is free or may be a second notification.
enum class WirePhase {
    NotWritten = 0, ///< the peer cannot have the whole request
    Written = 1, ///< all of it was handed to the network; no answer byte is known
    Answered = 2, ///< an HTTP status came back, perhaps with a broken body
};

/// What broke below HTTP, when something did.
enum class HttpFailure {
    None,
    NameLookup,
    ConnectionRefused,
    ConnectTimeout,
    Unreachable,
    Proxy, ///< it cannot be reached, or opened no tunnel
    ProxyLogin, ///< it wants a name and a password
    TlsHandshake,
    TlsUntrusted, ///< the certificate is not trusted, has the wrong name or has run out
    Closed, ///< the peer closed or reset the connection
    Timeout, ///< the deadline passed while waiting for the answer
    BrokenBody, ///< status came, body cut off or malformed framing
    TooLarge, ///< the answer passed the size limit
    Cancelled, ///< by us
    Other,
};

/// What came back. `body` is at most HttpLimits::maxBody long.
struct HttpResponse {
    WirePhase phase = WirePhase::NotWritten;
    HttpFailure failure = HttpFailure::None;
    int status = 0; ///< 0 when no status line came
    std::string body;
    std::string contentType;
    std::optional<std::string> retryAfter; ///< the raw header
    std::optional<WallTime> date; ///< what the peer's clock said
    std::optional<std::string> location; ///< without its query: it may repeat a token
    Micros latency{0};

    bool operator==(const HttpResponse &) const = default;
};

struct HttpLimits {
    static constexpr std::size_t maxBody = 4 * 1024 * 1024; ///< a template list is the largest honest answer
    static constexpr std::size_t keptExcerpt = 4096; ///< of a body that could not be read (section 10)
};

} // namespace songda
