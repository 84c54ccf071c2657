// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <netinet/in.h>
#include <tl/expected.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace songda::simulator {

/// The listening socket, which can be taken away and put back while the server runs: while it is away the
/// operating system refuses connections, as it does for a service that is down.
class HttpListener {
public:
    /// Is given each new connection and owns its descriptor from then on.
    using Accepted = std::function<void(int socket, const sockaddr_storage &address, socklen_t length)>;

    static tl::expected<std::unique_ptr<HttpListener>, std::string> open(
        const std::string &address, std::uint16_t port, Accepted accepted);
    ~HttpListener();
    HttpListener(const HttpListener &) = delete;
    HttpListener &operator=(const HttpListener &) = delete;

    std::uint16_t port() const { return m_port; }
    /// The error is a finished sentence: the port may be taken by then.
    tl::expected<void, std::string> setListening(bool listening);
    void stop();

private:
    HttpListener(std::string address, Accepted accepted);
    tl::expected<void, std::string> bind(std::uint16_t port);
    void run();
    void wake() const;

    const std::string m_address;
    const Accepted m_accepted;
    int m_wake = -1;
    std::uint16_t m_port = 0;

    std::mutex m_mutex; // guards all below
    int m_socket = -1;
    bool m_stopping = false;

    std::thread m_thread;
};

} // namespace songda::simulator
