// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"
#include "engine/model/outcome.h"
#include "engine/policy/error_catalogue.h"

#include <optional>
#include <string>
#include <string_view>

namespace songda {

/// Which call an answer belongs to: the same errcode can mean different things (section 2.3).
enum class ApiKind { Token, Send, Query };
const char *toString(ApiKind api);

/// The fields of a WeChat answer that decide anything, read without losing a digit.
struct ApiEnvelope {
    std::optional<std::int64_t> errcode;
    bool errcodeUnreadable = false; ///< there is one, but it is no 64-bit integer
    std::string errmsg;
    std::string msgid; ///< decimal digits
    std::string accessToken;
    std::int64_t expiresIn = 0; ///< whole seconds, 0 .. 1 day
    bool hasList = false; ///< an array is there, e.g. template_list: success of a GET-style call
};

/// Reads an answer body: control characters are tolerated (section 1), nothing else is. Nothing when it
/// is not one complete JSON object in UTF-8, or is nested deeper than 64.
std::optional<ApiEnvelope> readEnvelope(std::string_view body);

/// Grades one exchange: status, body and failure in, class, cause and consequences out (sections 9, 10).
/// `wall` is the time of the answer, for a Retry-After given as a date.
Outcome classify(const HttpResponse &response, ApiKind api, const ErrorCatalogue &catalogue, WallTime wall);
/// The same when the body was already read.
Outcome classify(const HttpResponse &response, const std::optional<ApiEnvelope> &envelope, ApiKind api,
    const ErrorCatalogue &catalogue, WallTime wall);

/// Retry-After: seconds, or an HTTP date; negative and absurd values are cut to 0 .. 1 day.
std::optional<Millis> parseRetryAfter(std::string_view value, WallTime wall);

} // namespace songda
