// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/model/http.h"
#include "engine/policy/address_guard.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace songda::net {

/// One POST to an address that an operator entered.
struct WebRequest {
    std::uint64_t id = 0;
    std::string url; ///< http or https
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool allowPrivate = false; ///< see mayBeCalled()
    bool keepAnswer = false; ///< its body is wanted
};

struct WebAnswer {
    std::uint64_t id = 0;
    int status = 0; ///< 0: no answer
    std::string detail; ///< why there is none, or the status in words; never the address's query
    std::optional<Millis> retryAfter;
    Micros latency{0};
    std::string body; ///< the beginning of the answer, if it was asked for
};

/// Sends to where an operator said, and nowhere else: each address is judged where a connection to it is made, so neither
/// its spelling nor a name that changes in between helps anybody; and again before a request is written, for connections
/// that were kept. No redirect is followed and no proxy asked; of an answer only the beginning is read.
///
/// Many requests at a time on one thread. `finished` is called there.
class WebClient {
public:
    struct Options {
        Millis connectDeadline{5000};
        Millis deadline{20'000};
        std::size_t mostAnswer = 16 * 1024; ///< bytes; what comes beyond is not read
        std::string extraRootsPem; ///< trusted beside the system's
        /// Decides where connections may lead to; unset: mayBeCalled(). Tests say what is public.
        std::function<bool(const IpBytes &address, bool allowPrivate)> guard;
        std::vector<std::string> names; ///< HOST:PORT:ADDRESS that names resolve to, for tests
    };
    using Finished = std::function<void(WebAnswer)>;

    WebClient(Options options, Finished finished);
    /// What is under way ends without an answer, and nobody is told.
    ~WebClient();
    WebClient(const WebClient &) = delete;
    WebClient &operator=(const WebClient &) = delete;

    /// Any thread.
    void start(WebRequest request);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// An operator's address as it is kept: http or https with a host, nothing before an @, no fragment. InvalidInput says why not.
Result<std::string> checkedWebAddress(const std::string &url);

} // namespace songda::net
