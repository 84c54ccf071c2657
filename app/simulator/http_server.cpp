// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/http_server.h"

#include "app/simulator/http_exchange.h"
#include "app/simulator/http_listener.h"
#include "app/simulator/http_waits.h"

#include <microhttpd.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <unordered_set>
#include <utility>
#include <vector>

namespace songda::simulator {

class HttpServer::Private {
public:
    Private(HttpSettings settings, Handler handler)
        : m_settings(std::move(settings))
        , m_handler(std::move(handler))
        , m_waits(m_settings.mostHung) { }

    ~Private() { stop(); }

    tl::expected<void, std::string> start();
    void stop();
    tl::expected<void, std::string> setAccepting(bool accepting);

    HttpSettings m_settings;
    Handler m_handler;
    HttpWaits m_waits;
    std::vector<MHD_Daemon *> m_daemons;
    std::unique_ptr<HttpListener> m_listener;
    std::size_t m_nextDaemon = 0; ///< listener thread only
    std::atomic<bool> m_accepting{true};

    std::mutex m_connectionsMutex; // guards m_connections and the descriptors in it against reuse
    std::unordered_set<HttpConnection *> m_connections;

private:
    tl::expected<void, std::string> startDaemon();
    void closeIfUnwanted(HttpConnection &connection);

    static MHD_Result onRequest(void *self, MHD_Connection *connection, const char *url, const char *method,
        const char *version, const char *data, std::size_t *size, void **exchange) noexcept;
    static void onCompleted(
        void *self, MHD_Connection *connection, void **exchange, MHD_RequestTerminationCode code) noexcept;
    static void onConnection(
        void *self, MHD_Connection *connection, void **context, MHD_ConnectionNotificationCode code) noexcept;
};

MHD_Result HttpServer::Private::onRequest(void *self, MHD_Connection *connection, const char *url,
    const char *method, const char *, const char *data, std::size_t *size, void **context) noexcept {
    auto *server = static_cast<Private *>(self);
    try {
        auto *exchange = static_cast<HttpExchange *>(*context);
        if (!exchange) {
            HttpConnection &link = connectionOf(connection);
            link.isControl = std::string_view{url}.starts_with("/__");
            link.busy = true;
            *context = new HttpExchange{connection, link, url, method, server->m_settings.mostBody};
            return server->m_accepting || link.isControl ? MHD_YES : MHD_NO;
        }
        if (*size > 0) {
            exchange->append({data, *size});
            *size = 0;
            return MHD_YES;
        }
        return exchange->proceed(server->m_handler, server->m_waits) ? MHD_YES : MHD_NO;
    } catch (...) {
        return MHD_NO; // out of memory, most likely; the client sees a closed connection
    }
}

void HttpServer::Private::onCompleted(
    void *self, MHD_Connection *connection, void **context, MHD_RequestTerminationCode) noexcept {
    auto *server = static_cast<Private *>(self);
    delete static_cast<HttpExchange *>(*context);
    *context = nullptr;
    HttpConnection &link = connectionOf(connection);
    link.busy = false;
    server->closeIfUnwanted(link);
}

void HttpServer::Private::closeIfUnwanted(HttpConnection &connection) {
    if (!m_accepting && !connection.busy && !connection.isControl) {
        shutdown(connection.socket, SHUT_RDWR);
    }
}

void HttpServer::Private::onConnection(
    void *self, MHD_Connection *connection, void **context, MHD_ConnectionNotificationCode code) noexcept {
    auto *server = static_cast<Private *>(self);
    try {
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
            auto link = std::make_unique<HttpConnection>(connection);
            const std::lock_guard lock{server->m_connectionsMutex};
            server->m_connections.insert(link.get());
            *context = link.release();
        } else {
            const std::unique_ptr<HttpConnection> link{static_cast<HttpConnection *>(*context)};
            *context = nullptr;
            const std::lock_guard lock{server->m_connectionsMutex};
            server->m_connections.erase(link.get());
        }
    } catch (...) {
        std::terminate(); // a connection that is not on the list could not be closed any more
    }
}

tl::expected<void, std::string> HttpServer::Private::startDaemon() {
    const bool tls = !m_settings.tlsCertificate.empty();
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC
        | MHD_ALLOW_SUSPEND_RESUME | (tls ? static_cast<unsigned>(MHD_USE_TLS) : 0U);
    const auto limit
        = static_cast<unsigned>(std::max<std::size_t>(m_settings.mostConnections / m_settings.threads, 1));
    std::vector<MHD_OptionItem> options{
        {MHD_OPTION_CONNECTION_LIMIT, static_cast<intptr_t>(limit), nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, static_cast<intptr_t>(m_settings.idleTimeout.count()), nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, 16'384, nullptr},
        // The pairs below carry a function and its closure.
        {MHD_OPTION_NOTIFY_COMPLETED, reinterpret_cast<intptr_t>(&Private::onCompleted), this},
        {MHD_OPTION_NOTIFY_CONNECTION, reinterpret_cast<intptr_t>(&Private::onConnection), this},
    };
    if (tls) {
        options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, m_settings.tlsCertificate.data()});
        options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, m_settings.tlsKey.data()});
    }
    options.push_back({MHD_OPTION_END, 0, nullptr});
    MHD_Daemon *daemon = MHD_start_daemon(flags, 0, nullptr, nullptr, &Private::onRequest, this,
        MHD_OPTION_ARRAY, options.data(), MHD_OPTION_END);
    if (!daemon) {
        return tl::unexpected(std::string{tls ? "cannot start the HTTPS server: check certificate and key"
                                              : "cannot start the HTTP server"});
    }
    m_daemons.push_back(daemon);
    return {};
}

tl::expected<void, std::string> HttpServer::Private::start() {
    m_settings.threads = std::clamp(m_settings.threads, 1U, 64U);
    for (unsigned i = 0; i < m_settings.threads; ++i) {
        // One single-threaded server per thread instead of the library's pool, which cannot do without a
        // listening socket of its own.
        if (auto started = startDaemon(); !started) {
            return started;
        }
    }
    auto listener = HttpListener::open(m_settings.bindAddress, m_settings.port,
        [this](int socket, const sockaddr_storage &address, socklen_t length) {
            MHD_Daemon *daemon = m_daemons[m_nextDaemon++ % m_daemons.size()];
            MHD_add_connection(daemon, socket, reinterpret_cast<const sockaddr *>(&address), length);
        });
    if (!listener) {
        return tl::unexpected(std::move(listener.error()));
    }
    m_listener = std::move(*listener);
    return {};
}

void HttpServer::Private::stop() {
    if (m_listener) {
        m_listener->stop();
    }
    m_waits.stop(); // the library must not be stopped with suspended connections
    for (MHD_Daemon *daemon : std::exchange(m_daemons, {})) {
        MHD_stop_daemon(daemon);
    }
}

tl::expected<void, std::string> HttpServer::Private::setAccepting(bool accepting) {
    if (accepting) {
        m_accepting = true;
        auto listening = m_listener->setListening(true);
        m_accepting = listening.has_value();
        return listening;
    }
    m_accepting = false;
    auto closed = m_listener->setListening(false);
    const std::lock_guard lock{m_connectionsMutex};
    for (HttpConnection *connection : m_connections) {
        closeIfUnwanted(*connection);
    }
    return closed;
}

HttpServer::HttpServer(std::unique_ptr<Private> p)
    : d(std::move(p)) { }
HttpServer::~HttpServer() = default;

tl::expected<std::unique_ptr<HttpServer>, std::string> HttpServer::start(
    HttpSettings settings, Handler handler) {
    auto p = std::make_unique<Private>(std::move(settings), std::move(handler));
    if (auto started = p->start(); !started) {
        return tl::unexpected(std::move(started.error()));
    }
    return std::unique_ptr<HttpServer>{new HttpServer{std::move(p)}};
}

std::uint16_t HttpServer::port() const {
    return d->m_listener->port();
}
tl::expected<void, std::string> HttpServer::setAccepting(bool accepting) {
    return d->setAccepting(accepting);
}
bool HttpServer::isAccepting() const {
    return d->m_accepting;
}

std::size_t HttpServer::connectionCount() const {
    const std::lock_guard lock{d->m_connectionsMutex};
    return d->m_connections.size();
}

void HttpServer::stop() {
    d->stop();
}

} // namespace songda::simulator
