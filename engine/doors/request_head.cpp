// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/request_head.h"

#include "engine/doors/problem.h"

#include <algorithm>
#include <charconv>

namespace songda::doors {

namespace {

constexpr std::string_view tokenCharacters = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool isToken(std::string_view text) { return !text.empty() && text.find_first_not_of(tokenCharacters) == std::string_view::npos; }

bool hasControls(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

bool same(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

Response bad(const char *code, const char *detail) {
    Response response = problem(400, code, detail);
    response.close = true;
    return response;
}

} // namespace

bool liesAsSent(const RawHead &head) {
    constexpr std::ptrdiff_t lineEnd = 2;
    const char *at = head.method.data() + head.method.size() + 1;
    if (head.targetAt != at)
        return false;
    at += head.target.size() + 1;
    if (head.version.data() != at)
        return false;
    at += static_cast<std::ptrdiff_t>(head.version.size()) + lineEnd;
    for (const auto &[name, value] : head.headers) {
        if (name.data() != at || value.data() <= name.data() + name.size())
            return false;
        at = value.data() + value.size() + lineEnd;
    }
    return at + lineEnd == head.method.data() + head.size;
}

std::optional<Response> refuseHead(const RawHead &head, std::size_t mostHead) {
    if (head.size > mostHead) {
        Response response = problem(431, "head_too_large",
            "The request line and headers have " + std::to_string(head.size) + " bytes; at most " + std::to_string(mostHead) + " are read.");
        response.close = true;
        return response;
    }
    if (head.version != "HTTP/1.1" && head.version != "HTTP/1.0")
        return bad("bad_version", "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    if (!isToken(head.method))
        return bad("bad_method", "The method has characters that no method has.");
    if (head.target.empty() || head.target.front() != '/' || hasControls(head.target) || head.target.find_first_of(" \t#") != std::string_view::npos)
        return bad("bad_target", "The request target must be a path that begins with a slash.");
    int lengths = 0;
    int encodings = 0;
    int hosts = 0;
    for (const auto &[name, value] : head.headers) {
        if (!isToken(name) || hasControls(value))
            return bad("bad_header", "A header's name or value has characters that are not allowed there.");
        if (same(name, "content-length")) {
            ++lengths;
            if (value.empty() || value.size() > 18 || value.find_first_not_of("0123456789") != std::string_view::npos)
                return bad("bad_length", "Content-Length must be one whole number.");
        } else if (same(name, "transfer-encoding")) {
            ++encodings;
            if (!same(value, "chunked"))
                return bad("bad_encoding", "Transfer-Encoding can only be chunked.");
        } else if (same(name, "host")) {
            ++hosts;
        }
    }
    if (lengths > 1)
        return bad("bad_length", "There is more than one Content-Length.");
    if (encodings > 1 || (encodings > 0 && (lengths > 0 || head.version == "HTTP/1.0")))
        return bad("bad_encoding", "Transfer-Encoding stands twice, beside a Content-Length, or in an HTTP/1.0 request.");
    if (hosts > 1 || (hosts == 0 && head.version == "HTTP/1.1"))
        return bad("bad_host", "There must be exactly one Host header.");
    return std::nullopt;
}

std::optional<std::size_t> announcedLength(const RawHead &head) {
    for (const auto &[name, value] : head.headers) {
        if (!same(name, "content-length"))
            continue;
        std::size_t length = 0;
        std::from_chars(value.data(), value.data() + value.size(), length);
        return length;
    }
    return std::nullopt;
}

} // namespace songda::doors
