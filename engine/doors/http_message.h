// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"

#include <QFuture>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace songda::doors {

struct Caller;

/// The arguments of an address, decoded, in order.
using Query = std::vector<std::pair<std::string, std::string>>;

struct Header {
    std::string name; ///< of a request: lower case
    std::string value;

    bool operator==(const Header &) const = default;
};

/// One request whose head was found sound. The body is empty while only the head has been read.
struct Request {
    std::string method;
    std::string path; ///< as it came: not decoded, without the query
    Query query;
    std::string queryText; ///< as it came
    std::vector<Header> headers;
    std::string body;
    std::string client; ///< address of who asks, seen through trusted proxies; "unknown" when these name nobody that can be read
    bool forwarded = false; ///< handed on, and by whom or for whom cannot be believed: nobody local
    std::vector<std::string> parameters; ///< what stood at the {...} of the route's path, decoded
    std::shared_ptr<const Caller> caller; ///< once known
    std::vector<Header> limits; ///< what is left of the caller's rate; its answer says so whatever it is

    /// Nothing when there is no such header; names are given in lower case.
    std::optional<std::string_view> header(std::string_view name) const;
    /// All lines of a header that is a list, in order, joined by commas (RFC 9110 section 5.3).
    std::optional<std::string> headerLines(std::string_view name) const;
    std::optional<std::string_view> argument(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string contentType;
    std::string body;
    std::vector<Header> headers;
    bool close = false; ///< the connection ends with this answer
    std::optional<MessageId> message = {}; ///< the one it tells of; for the log, not sent
    std::shared_ptr<const std::string> lasting = {}; ///< sent in place of the body, one for all who are answered with it
};

/// What a handler gives back: the answer, or the promise of one. A promised answer holds no thread.
class Answer {
public:
    Answer(Response response)
        : m_now(std::move(response)) {}
    Answer(QFuture<Response> later)
        : m_later(std::move(later)) {}

    bool isLater() const { return !m_now; }
    Response takeNow() { return std::move(*m_now); }
    QFuture<Response> later() const { return m_later; }

private:
    std::optional<Response> m_now;
    QFuture<Response> m_later;
};

/// What becomes of a request whose head has been read: it is refused, or its body may come.
struct Admission {
    std::optional<Response> refusal;
    std::size_t mostBody = 0; ///< bytes
};

/// %XX undone; nothing when the text is not well formed or decodes to control characters or bad UTF-8.
std::optional<std::string> percentDecoded(std::string_view text, bool plusIsSpace);
/// Splits and decodes a query; nothing when it is not well formed.
std::optional<Query> parseQuery(std::string_view query, bool plusIsSpace = true);
/// The first of its name; nothing when there is none.
std::optional<std::string_view> argumentOf(const Query &query, std::string_view name);

} // namespace songda::doors
