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

/// The header traceparent (W3C Trace Context); empty without a well-formed one, which the standard wants overlooked.
std::string readTraceparent(const Request &request);

/// Seconds of ?wait=, at most a minute; 0 without it.
Result<int> readWait(const Request &request);

/// The name of ?batch=; empty without it.
Result<std::string> readBatchName(const Request &request);

/// The media type without its parameters, lower case.
std::string mediaType(const Request &request);

/// Lines of NDJSON; blank ones are left out but counted.
struct Line {
    int number = 0;
    std::string_view text;
};
std::vector<Line> splitLines(std::string_view body);

} // namespace songda::doors
