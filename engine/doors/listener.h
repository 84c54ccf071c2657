// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <thread>

namespace songda::doors {

/// Takes connections in on a thread of its own, so that each can be looked at before the library gets it.
class Listener {
public:
    /// Is given each new connection and owns its descriptor from then on.
    using Accepted = std::function<void(int socket, const sockaddr_storage &address, socklen_t length)>;

    /// Port 0: any free one. The error is a finished sentence.
    static Result<std::unique_ptr<Listener>> open(const std::string &address, std::uint16_t port, Accepted accepted);
    ~Listener();
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    std::uint16_t port() const { return m_port; }
    void stop();

private:
    explicit Listener(Accepted accepted);
    Result<void> bind(const std::string &address, std::uint16_t port);
    void run();

    const Accepted m_accepted;
    int m_wake = -1;
    int m_socket = -1;
    std::uint16_t m_port = 0;
    std::thread m_thread;
};

} // namespace songda::doors
