// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/client_address.h"
#include "engine/doors/connection_table.h"
#include "engine/doors/http_message.h"
#include "engine/model/error.h"

#include <QObject>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace songda::doors {

/// An HTTP/1.1 server for hostile places: bounded in connections, bytes and time, strict about what a request is. The
/// only place here that knows libmicrohttpd. Handlers are called on the serving threads, several at a time.
class HttpServer {
public:
    struct Settings {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0; ///< 0: any free one
        unsigned threads = 2;
        ConnectionLimits limits;
        std::size_t mostHead = 16'384;
        std::size_t mostBodies = 256 << 20; ///< bytes of all bodies that are being read; of requests without a key a quarter of it
        int requestsPerConnection = 10'000; ///< then it is closed
        int mostBehind = 64; ///< requests that may wait unread behind one, beside the 32 kB that the library reads ahead; not seen in TLS
        std::string certificateFile; ///< PEM; empty: plain HTTP
        std::string keyFile;
        std::chrono::milliseconds lookForCertificate{5000};
        std::vector<Network> trustedProxies;
        std::chrono::milliseconds grace{5000}; ///< for what is under way when the server ends
    };
    struct Hooks {
        QObject *context = nullptr; ///< promised answers are taken in its thread; not needed by handlers that promise none
        std::function<Admission(Request &)> admit; ///< with the head alone
        std::function<Answer(Request &)> handle; ///< with the body
        /// Of each answer as it goes out, also of what never came to admit(); its path is empty when it has none that can be read.
        std::function<void(Request &, const Response &)> answered;
        std::function<void(const std::string &)> warn; ///< of a certificate that cannot be used; any thread
    };

    static Result<std::unique_ptr<HttpServer>> start(Settings settings, Hooks hooks);
    /// Takes no more, lets what is under way end for a while, then ends all.
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    std::uint16_t port() const;
    std::size_t connections() const;
    /// Connections ended because they were too slow.
    std::uint64_t cut() const;
    /// Connections ended, idle or unfinished, because others wanted in.
    std::uint64_t displaced() const;
    void stop();

private:
    class Private;
    explicit HttpServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace songda::doors
