// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"

#include <algorithm>
#include <string>
#include <utility>

namespace songda::net::testing {

using Phases = std::vector<WirePhase>;
using Failures = std::vector<HttpFailure>;

/// How a connection breaks under a request, and what may be reported of it.
struct Break {
    const char *name;
    Plan plan;
    Phases phases;
    Failures failures;
    int copies; ///< complete requests the server reads for each one that was started
};

inline Plan after(qint64 bytes, const QByteArray &answer, Plan::End end) {
    Plan plan;
    plan.afterBytes = bytes;
    plan.answer = answer;
    plan.end = end;
    return plan;
}

inline QByteArray messageBody(int number) {
    return "{\"touser\":\"o" + QByteArray::number(number) + "\",\"data\":{\"first\":{\"value\":\"" + QByteArray(200, 'x') + "\"}}}";
}

inline std::vector<Break> breaks() {
    using enum WirePhase;
    using enum HttpFailure;
    using enum Plan::End;
    constexpr qint64 whole = Plan::wholeRequest;
    const QByteArray halfStatus = "HTTP/1.1 2";
    const QByteArray halfHeaders = "HTTP/1.1 200 OK\r\nContent-Type: applica";
    const QByteArray headers = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n";
    const QByteArray chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n";
    std::vector<Break> all{
        {"no break", after(whole, ok(), Keep), {Answered}, {None}, 1},
        // Whether a request that the peer refuses to read was "handed to the network" is a matter of who was
        // first; both may be told, an answer may not.
        {"before reading: close", after(0, "", Close), {NotWritten, Written}, {Closed}, 0},
        {"before reading: reset", after(0, "", Reset), {NotWritten, Written}, {Closed}, 0},
        // Over TLS the library may miss that the peer went while it wrote; the deadline ends it then.
        {"half the request: cut", after(150, "", Cut), {NotWritten, Written}, {Closed, Timeout}, 0},
        {"half the request: reset", after(150, "", Reset), {NotWritten, Written}, {Closed}, 0},
    };
    const std::vector<std::pair<const char *, Plan::End>> ends{
        {"close", Close}, {"cut", Cut}, {"reset", Reset}, {"hang", Hang}};
    static std::vector<std::string> names;
    names.reserve(100);
    for (const auto &[endName, end] : ends) {
        const auto add = [&, endName = endName, end = end](const char *where, const QByteArray &answer, Phases phases,
                             Failures failures) {
            if (end == Hang)
                failures = {Timeout};
            names.push_back(std::string(where) + ": " + endName);
            all.push_back({names.back().c_str(), after(whole, answer, end), std::move(phases), std::move(failures), 1});
        };
        add("after the request", "", {Written}, {Closed});
        add("half a status line", halfStatus, {Written}, {Closed});
        add("half the headers", halfHeaders, {Written, Answered}, {Closed, BrokenBody});
        add("after the headers", headers, {Answered}, {BrokenBody});
        add("inside the body", headers + "0123456789", {Answered}, {BrokenBody});
        add("inside a chunked body", chunks, {Answered}, {BrokenBody});
        add("inside a chunk", chunks + "20\r\nabc", {Answered}, {BrokenBody});
    }
    return all;
}

template <class T> bool isOneOf(T value, const std::vector<T> &allowed) {
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

} // namespace songda::net::testing
