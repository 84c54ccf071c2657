// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/intake_request.h"

#include "engine/doors/json_input.h"
#include "engine/doors/string_item.h"
#include "engine/policy/utf8.h"

#include <algorithm>
#include <charconv>

namespace songda::doors {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestKey = 128;
constexpr std::size_t longestBatchName = 100;
constexpr int longestWait = 60;

tl::unexpected<Error> bad(const std::string &what) { return fail(ErrorCode::InvalidInput, what); }

Result<void> take(SendRequest &request, const std::string &name, const Json &value) {
    if (name == "data") {
        if (!value.is_object())
            return bad("\"data\" must be an object of texts");
        for (const auto &[key, entry] : value.items()) {
            if (!entry.is_string())
                return bad("\"data\": the value of \"" + key + "\" must be a text");
            request.data.emplace(key, entry.get<std::string>());
        }
        return {};
    }
    std::string *text = name == "account" ? &request.account
        : name == "template"              ? &request.templateId
        : name == "openid"                ? &request.openid
        : name == "url"                   ? &request.url
        : name == "idempotency_key"       ? &request.idempotencyKey
                                          : nullptr;
    const bool known = text || name == "at" || name == "expires" || name == "priority";
    if (!known)
        return bad("there is no member \"" + name + "\"");
    if (!value.is_string())
        return bad("\"" + name + "\" must be a text");
    const std::string given = value.get<std::string>();
    if (text) {
        *text = given;
    } else if (name == "priority") {
        static constexpr std::array<std::string_view, 3> names{"bulk", "normal", "urgent"};
        const auto it = std::find(names.begin(), names.end(), given);
        if (it == names.end())
            return bad("\"priority\" must be bulk, normal or urgent");
        request.priority = static_cast<int>(it - names.begin());
    } else {
        const auto time = parseIso8601(given);
        if (!time)
            return bad("\"" + name + "\" must be a time such as 2026-01-31T18:30:00+08:00");
        (name == "at" ? request.at : request.expiresAt) = *time;
    }
    return {};
}

Result<void> checkKey(const std::string &key) {
    if (key.empty() || key.size() > longestKey || utf8::printable(key, longestKey) != key)
        return bad("an idempotency key is 1 to 128 bytes of text without control characters");
    return {};
}

} // namespace

Result<SendRequest> readMessage(const Json &json) {
    if (!json.is_object())
        return bad("a message must be a JSON object");
    SendRequest request;
    for (const auto &[name, value] : json.items())
        SONGDA_TRY(take(request, name, value));
    for (const char *name : {"account", "template", "openid", "data"}) {
        if (!json.contains(name))
            return bad(std::string("\"") + name + "\" is missing");
    }
    if (json.contains("idempotency_key"))
        SONGDA_TRY(checkKey(request.idempotencyKey));
    return request;
}

Result<SendRequest> readMessageText(std::string_view text) {
    const auto json = readJson(text);
    if (!json)
        return tl::unexpected(json.error());
    return readMessage(*json);
}

Result<std::string> readIdempotencyKey(const Request &request) {
    const auto given = std::count_if(request.headers.begin(), request.headers.end(), [](const Header &h) { return h.name == "idempotency-key"; });
    if (given == 0)
        return std::string();
    if (given > 1)
        return bad("there is more than one Idempotency-Key");
    std::string key(*request.header("idempotency-key"));
    while (!key.empty() && (key.back() == ' ' || key.back() == '\t'))
        key.pop_back();
    key.erase(0, std::min(key.find_first_not_of(" \t"), key.size()));
    if (key.starts_with('"')) {
        auto quoted = readStringItem(key);
        if (!quoted)
            return bad("Idempotency-Key is no string as RFC 8941 has it: " + quoted.error().detail);
        key = std::move(*quoted);
    } else if (key.find('"') != std::string::npos) {
        return bad("Idempotency-Key has a quotation mark and does not begin with one");
    }
    SONGDA_TRY(checkKey(key));
    return key;
}

std::string readTraceparent(const Request &request) {
    constexpr std::string_view pattern = "hh-hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh-hhhhhhhhhhhhhhhh-hh";
    const auto given = request.header("traceparent");
    const auto many = std::count_if(request.headers.begin(), request.headers.end(), [](const Header &h) { return h.name == "traceparent"; });
    if (!given || many > 1 || given->size() < pattern.size())
        return {};
    const std::string_view fields = given->substr(0, pattern.size());
    const std::string_view more = given->substr(pattern.size());
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = fields[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (pattern[i] == '-' ? c != '-' : !hex)
            return {};
    }
    const auto allZero = [](std::string_view part) { return part.find_first_not_of('0') == std::string_view::npos; };
    if (fields.starts_with("ff") || allZero(fields.substr(3, 32)) || allZero(fields.substr(36, 16)))
        return {};
    if (fields.starts_with("00"))
        return more.empty() ? std::string(fields) : std::string();
    if (!more.empty() && more.front() != '-')
        return {};
    // Of a later version only what this one has: the ids, and whether the trace is recorded.
    constexpr std::string_view odd = "13579bdf";
    return "00" + std::string(fields.substr(2, 51)) + (odd.find(fields.back()) == std::string_view::npos ? "00" : "01");
}

Result<int> readWait(const Request &request) {
    const auto given = request.argument("wait");
    if (!given)
        return 0;
    int seconds = -1;
    const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), seconds);
    if (error != std::errc{} || end != given->data() + given->size() || seconds < 0 || seconds > longestWait)
        return bad("wait must be a whole number of seconds from 0 to 60");
    return seconds;
}

Result<std::string> readBatchName(const Request &request) {
    const auto given = request.argument("batch");
    if (!given)
        return std::string();
    const std::string name(*given);
    if (name.empty() || name.size() > longestBatchName || utf8::printable(name, longestBatchName) != name)
        return bad("batch must be a name of 1 to 100 bytes of text without control characters");
    return name;
}

std::string mediaType(const Request &request) {
    std::string type(request.header("content-type").value_or(std::string_view()));
    type = type.substr(0, type.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t'))
        type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type;
}

bool isLines(std::string_view mediaType) {
    return mediaType == "application/x-ndjson" || mediaType == "application/ndjson" || mediaType == "application/jsonl";
}

std::vector<Line> splitLines(std::string_view body, std::size_t most) {
    constexpr std::string_view byteOrderMark = "\xef\xbb\xbf"; // some write one before a file, and means nothing in UTF-8
    if (body.starts_with(byteOrderMark))
        body.remove_prefix(byteOrderMark.size());
    std::vector<Line> lines;
    for (int number = 1; !body.empty() && lines.size() < most; ++number) {
        const std::string_view raw = body.substr(0, body.find('\n'));
        body.remove_prefix(std::min(body.size(), raw.size() + 1));
        if (raw.find_first_not_of(" \t\r") != std::string_view::npos)
            lines.push_back({number, raw});
    }
    return lines;
}

} // namespace songda::doors
