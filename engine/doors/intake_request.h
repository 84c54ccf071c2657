// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_message.h"
#include "engine/engine.h"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace songda::doors {

/// A message as a business system writes it:
/// {"account", "template", "openid", "data": {key: value}, "url", "at", "expires", "priority", "idempotency_key"}.
/// Members that are not known are refused: a misspelt "expires" must not go unnoticed.
Result<SendRequest> readMessage(const nlohmann::json &json);
/// The same from text.
Result<SendRequest> readMessageText(std::string_view text);

/// The header Idempotency-Key, a string of RFC 8941 as the draft has it (unescaped, without parameters) or bare; empty
/// without one.
Result<std::string> readIdempotencyKey(const Request &request);

/// The header traceparent (W3C Trace Context) as version 00 writes it, also when it came as a later version with more behind
/// it; empty without exactly one that is well formed, which the standard wants overlooked.
std::string readTraceparent(const Request &request);

/// Seconds of ?wait=, at most a minute; 0 without it.
Result<int> readWait(const Request &request);

/// The name of ?batch=; empty without it.
Result<std::string> readBatchName(const Request &request);

/// The media type without its parameters, lower case.
std::string mediaType(const Request &request);

/// Whether a media type is one that newline-delimited JSON goes by.
bool isLines(std::string_view mediaType);

/// Lines of NDJSON, at most `most`, without a byte order mark before the first; blank ones are left out but counted.
struct Line {
    int number = 0;
    std::string_view text;
};
std::vector<Line> splitLines(std::string_view body, std::size_t most);

} // namespace songda::doors
