// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_message.h"
#include "engine/model/error.h"

#include <nlohmann/json.hpp>
#include <string>

namespace songda::doors {

/// The reason phrase of a status, such as "Not Found".
const char *reasonOf(int status);

/// RFC 9457: what went wrong, for programs (`code`, which stays) and for people (`detail`).
nlohmann::ordered_json problemJson(int status, const std::string &code, const std::string &detail);
Response problem(int status, const std::string &code, const std::string &detail);

/// 503 with Retry-After: not at present, perhaps later.
Response unavailable(const std::string &code, const std::string &detail, int retryAfterSeconds);
/// 403 as RFC 6750 section 3.1 has it. `scope`: what it takes, when that would do.
Response forbidden(const std::string &detail, const std::string &scope = {});

/// The status an error of the engine is answered with.
int statusOf(ErrorCode code);
Response problem(const Error &error, const char *whenOurs = "The engine cannot answer this at present. Its operator sees why. Try again later.");

Response jsonResponse(int status, const nlohmann::ordered_json &json);

/// Raw UTF-8; what is not UTF-8 is replaced, so that it never fails.
std::string dump(const nlohmann::ordered_json &json);

} // namespace songda::doors
