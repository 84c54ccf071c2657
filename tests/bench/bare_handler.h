// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

struct MHD_Daemon;
struct MHD_Response;

namespace songda::bench {

/// libmicrohttpd as it comes, with a handler that reads a request and only answers: what a door could reach at most.
class BareHandler {
public:
    /// Listens at a free port of this machine; nothing when it cannot. Each request is answered 202 with `body`.
    static std::unique_ptr<BareHandler> start(unsigned threads, const std::string &body);
    ~BareHandler();
    BareHandler(const BareHandler &) = delete;
    BareHandler &operator=(const BareHandler &) = delete;

    std::string url() const;

private:
    BareHandler() = default;

    MHD_Response *m_response = nullptr;
    MHD_Daemon *m_daemon = nullptr;
};

} // namespace songda::bench
