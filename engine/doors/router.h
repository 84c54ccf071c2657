// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_message.h"

#include <functional>
#include <string>
#include <vector>

namespace songda::doors {

/// One thing the doors can be asked. Both functions are called on serving threads, several at a time.
struct Route {
    std::string method; ///< GET answers HEAD too
    std::string path; ///< with {name} where a segment may be anything
    std::size_t mostBody = 0; ///< bytes; 0: none is expected
    /// With the head alone: who asks, and may they. Nothing: yes.
    std::function<std::optional<Response>(Request &)> admit;
    std::function<Answer(Request &)> handle;
};

/// Finds the route of a request.
class Router {
public:
    void add(Route route);
    const std::vector<Route> &routes() const { return m_routes; }

    Admission admit(Request &request) const;
    Answer handle(Request &request) const;
    /// The route's path as it was added, for tallies; empty when there is none.
    std::string nameOf(Request &request) const;

private:
    /// Fills in the request's parameters; the refusal when there is no such route.
    const Route *find(Request &request, std::optional<Response> &refusal) const;

    std::vector<Route> m_routes;
};

} // namespace songda::doors
