// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/problem.h"

namespace songda::doors {

using Json = nlohmann::ordered_json;

const char *reasonOf(int status) {
    switch (status) {
    case 200: return "OK";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Error";
    }
}

std::string dump(const Json &json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json problemJson(int status, const std::string &code, const std::string &detail) {
    return {{"type", "about:blank"}, {"title", reasonOf(status)}, {"status", status}, {"code", code}, {"detail", detail}};
}

Response problem(int status, const std::string &code, const std::string &detail) {
    return {status, "application/problem+json", dump(problemJson(status, code, detail)) + "\n", {}, false};
}

Response unavailable(const std::string &code, const std::string &detail, int retryAfterSeconds) {
    Response response = problem(503, code, detail);
    response.headers.push_back({"Retry-After", std::to_string(retryAfterSeconds)});
    return response;
}

Response forbidden(const std::string &detail, const std::string &scope) {
    Response response = problem(403, "forbidden", detail);
    response.headers.push_back({"WWW-Authenticate",
        "Bearer realm=\"songda\", error=\"insufficient_scope\"" + (scope.empty() ? std::string() : ", scope=\"" + scope + "\"")});
    return response;
}

int statusOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidInput: return 422;
    case ErrorCode::NotFound: return 404;
    case ErrorCode::AlreadyExists: return 422;
    case ErrorCode::DiskFull: return 507;
    case ErrorCode::InUse:
    case ErrorCode::Storage:
    case ErrorCode::Corrupt:
    case ErrorCode::NotAllowed:
    case ErrorCode::TooNew:
    case ErrorCode::Restored:
    case ErrorCode::Secret:
    case ErrorCode::Network:
    case ErrorCode::Refused:
    case ErrorCode::Cancelled: return 503;
    case ErrorCode::Internal: return 500;
    }
    return 500;
}

Response problem(const Error &error, const char *whenOurs) {
    const int status = statusOf(error.code);
    // What is wrong with a disk or a file is the operator's to know, not the caller's.
    const bool ours = status >= 500;
    Response response = problem(status, toString(error.code), ours ? whenOurs : error.detail);
    if (ours)
        response.headers.push_back({"Retry-After", "10"});
    return response;
}

Response jsonResponse(int status, const Json &json) { return {status, "application/json", dump(json) + "\n", {}, false}; }

} // namespace songda::doors
