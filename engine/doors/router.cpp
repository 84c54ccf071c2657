// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/router.h"

#include "engine/doors/problem.h"

namespace songda::doors {

namespace {

/// The segments of a path and what stands for {...}; nothing when it does not fit.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> parameters;
    while (!pattern.empty() && !path.empty()) {
        // Both begin with a slash here.
        pattern.remove_prefix(1);
        path.remove_prefix(1);
        const std::string_view wanted = pattern.substr(0, pattern.find('/'));
        const std::string_view given = path.substr(0, path.find('/'));
        if (wanted.starts_with('{')) {
            auto value = percentDecoded(given, false);
            if (!value || value->empty())
                return std::nullopt;
            parameters.push_back(std::move(*value));
        } else if (wanted != given) {
            return std::nullopt;
        }
        pattern.remove_prefix(wanted.size());
        path.remove_prefix(given.size());
    }
    if (!pattern.empty() || !path.empty())
        return std::nullopt;
    return parameters;
}

bool isCoded(const Request &request) {
    const auto coding = request.headerLines("content-encoding");
    return coding && !coding->empty() && *coding != "identity";
}

} // namespace

void Router::add(Route route) { m_routes.push_back(std::move(route)); }

const Route *Router::find(Request &request, std::optional<Response> &refusal) const {
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    std::string allowed;
    for (const Route &route : m_routes) {
        auto parameters = match(route.path, request.path);
        if (!parameters)
            continue;
        if (route.method == method) {
            request.parameters = std::move(*parameters);
            return &route;
        }
        allowed += (allowed.empty() ? "" : ", ") + route.method + (route.method == "GET" ? ", HEAD" : "");
    }
    if (allowed.empty()) {
        refusal = problem(404, "no_such_path", "There is nothing at this path.");
    } else {
        refusal = problem(405, "method_not_allowed", "This path takes " + allowed + " only.");
        refusal->headers.push_back({"Allow", allowed});
    }
    return nullptr;
}

Admission Router::admit(Request &request) const {
    Admission admission;
    const Route *route = find(request, admission.refusal);
    if (!route)
        return admission;
    admission.mostBody = route->mostBody;
    if (route->admit)
        admission.refusal = route->admit(request);
    if (!admission.refusal && route->mostBody > 0 && isCoded(request)) {
        admission.refusal = problem(415, "bad_encoding", "Bodies are taken as they are, without a Content-Encoding.");
        admission.refusal->headers.push_back({"Accept-Encoding", "identity"}); // RFC 9110 section 15.5.16
    }
    return admission;
}

std::string Router::nameOf(Request &request) const {
    std::optional<Response> refusal;
    const Route *route = find(request, refusal);
    return route ? route->method + " " + route->path : std::string();
}

Answer Router::handle(Request &request) const {
    std::optional<Response> refusal;
    const Route *route = find(request, refusal);
    if (!route)
        return std::move(*refusal);
    return route->handle(request);
}

} // namespace songda::doors
