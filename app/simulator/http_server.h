// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/http_message.h"

#include <tl/expected.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace songda::simulator {

struct HttpSettings {
    std::string bindAddress = "127.0.0.1"; ///< an IP address
    std::uint16_t port = 0; ///< 0 = any free one
    unsigned threads = 1; ///< serving threads
    std::size_t mostConnections = 8192; ///< over all threads
    std::size_t mostHung = 2048; ///< connections left without an answer at a time
    std::chrono::seconds idleTimeout{60}; ///< kept connections are closed after this; 0 = never
    std::size_t mostBody = 1 << 20; ///< bytes of a body; the rest is read and dropped
    std::string tlsCertificate; ///< PEM; empty = plain HTTP
    std::string tlsKey; ///< PEM
};

/// An HTTP/1.1 server that can misbehave on request: the only place that knows libmicrohttpd. The handler is
/// called on the serving threads, several at a time.
class HttpServer {
public:
    using Handler = std::function<Reply(const Request &)>;

    static tl::expected<std::unique_ptr<HttpServer>, std::string> start(
        HttpSettings settings, Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    std::uint16_t port() const;
    /// False: new connections are refused and kept ones closed, except those that last asked for a path that
    /// starts with `/__`, so that a client can switch the server on again over the connection it has.
    tl::expected<void, std::string> setAccepting(bool accepting);
    bool isAccepting() const;
    std::size_t connectionCount() const;
    void stop();

private:
    class Private;
    explicit HttpServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace songda::simulator
