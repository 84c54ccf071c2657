// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/http_server.h"

#include "engine/doors/http_exchange.h"
#include "engine/doors/listener.h"
#include "engine/doors/problem.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <fstream>
#include <microhttpd.h>
#include <mutex>
#include <sstream>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace songda::doors {

namespace {

/// For one connection: the largest head, and room for headers of the answer and a piece of a body. With the usual head it is
/// more than 32 kB in all: from there on the library maps the memory, and of two thousand slow clients only the pages count
/// that their few bytes have touched. Below, all of it does.
constexpr std::size_t memoryBeyondHead = 20'480;
constexpr std::chrono::milliseconds lookInterval{250};
constexpr const char *tlsPriorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";

Connection &linkOf(MHD_Connection *connection) {
    return *static_cast<Connection *>(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
}

struct Pem {
    std::string certificate;
    std::string key;
    bool operator==(const Pem &) const = default;
};

Result<std::string> readFile(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf()))
        return fail(ErrorCode::InvalidInput, "cannot read " + path);
    return text.str();
}

/// Each connection is a descriptor, and many systems begin with a limit of 1024.
void allowDescriptors(std::size_t connections) {
    rlimit limit{};
    const rlim_t wanted = connections + 512;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// An answer for where the library does not give it.
std::string onTheWire(const Response &response) {
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " + reasonOf(response.status) + "\r\nContent-Type: " + response.contentType
        + "\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\nCache-Control: no-store\r\nConnection: close\r\n";
    for (const Header &h : response.headers)
        text += h.name + ": " + h.value + "\r\n";
    return text + "\r\n" + response.body;
}

ConnectionTable::Farewells farewells() {
    return {onTheWire(problem(408, "too_slow", "The request did not come whole in time.")),
        onTheWire(unavailable("too_many_connections", "There are too many connections, and this one was the slowest. Nothing was done.", 5)),
        onTheWire(unavailable("stopping", "The engine stops. Nothing was done.", 10))};
}

} // namespace

class HttpServer::Private {
public:
    Private(Settings settings, Hooks hooks)
        : m_settings(std::move(settings))
        , m_hooks(std::move(hooks))
        , m_table(m_settings.limits, m_settings.trustedProxies, m_settings.certificateFile.empty() ? farewells() : ConnectionTable::Farewells{}) {}
    ~Private() { stop(); }

    Result<void> start();
    void stop();

    const Settings m_settings;
    const Hooks m_hooks;
    ConnectionTable m_table;
    BodyBudget m_bodies{m_settings.mostBodies};
    std::shared_ptr<PendingAnswers> m_pending = std::make_shared<PendingAnswers>();
    std::atomic<bool> m_lastAnswers{false};
    std::unique_ptr<Listener> m_listener;

private:
    /// One thread's server under one certificate.
    struct Daemon {
        MHD_Daemon *daemon = nullptr;
        std::shared_ptr<const Pem> pem; ///< the library only borrows it
        int emptyLooks = 0; ///< once retired; a connection handed over just before may not be counted yet
    };

    Result<Pem> readPem() const;
    Result<std::vector<Daemon>> startDaemons(const Pem &pem);
    void accepted(int socket, const sockaddr_storage &address, socklen_t length);
    void watch();
    void lookForCertificate();
    void endRetired();

    static void *onTarget(void *self, const char *target, MHD_Connection *connection) noexcept;
    static MHD_Result onRequest(void *self, MHD_Connection *connection, const char *url, const char *method, const char *version,
        const char *data, std::size_t *size, void **exchange) noexcept;
    static void onCompleted(void *self, MHD_Connection *connection, void **exchange, MHD_RequestTerminationCode code) noexcept;
    static void onConnection(void *self, MHD_Connection *connection, void **context, MHD_ConnectionNotificationCode code) noexcept;
    static std::size_t leaveEscapes(void *, MHD_Connection *, char *text) noexcept { return std::strlen(text); }

    std::mutex m_daemonsMutex;
    std::vector<Daemon> m_daemons;
    std::vector<Daemon> m_retired; ///< under an earlier certificate, until their connections have ended
    std::size_t m_next = 0;
    Pem m_pem; // watching thread only, once started
    Pem m_refusedPem;

    std::mutex m_stopMutex;
    std::condition_variable m_stopWake;
    bool m_stopping = false;
    std::thread m_watcher;
};

void *HttpServer::Private::onTarget(void *, const char *target, MHD_Connection *connection) noexcept {
    try {
        Connection &link = linkOf(connection);
        link.target = target;
        link.targetAt = target;
        link.begun = true;
    } catch (...) {
        linkOf(connection).target.clear(); // a head without a target is refused
    }
    return nullptr;
}

MHD_Result HttpServer::Private::onRequest(void *self, MHD_Connection *connection, const char *, const char *method, const char *version,
    const char *data, std::size_t *size, void **context) noexcept {
    auto *server = static_cast<Private *>(self);
    try {
        auto *exchange = static_cast<HttpExchange *>(*context);
        if (!exchange) {
            auto fresh = std::make_unique<HttpExchange>(
                connection, linkOf(connection), server->m_settings, server->m_hooks, server->m_bodies, server->m_pending, server->m_lastAnswers);
            exchange = fresh.release();
            *context = exchange;
            return exchange->begin(method, version) ? MHD_YES : MHD_NO;
        }
        if (*size > 0) {
            const bool goesOn = exchange->append({data, *size});
            *size = 0;
            return goesOn ? MHD_YES : MHD_NO;
        }
        return exchange->proceed() ? MHD_YES : MHD_NO;
    } catch (...) {
        return MHD_NO; // out of memory, most likely; the client sees a closed connection
    }
}

void HttpServer::Private::onCompleted(void *, MHD_Connection *connection, void **context, MHD_RequestTerminationCode) noexcept {
    delete static_cast<HttpExchange *>(*context);
    *context = nullptr;
    linkOf(connection).enter(Connection::Phase::Idle);
}

void HttpServer::Private::onConnection(
    void *self, MHD_Connection *connection, void **context, MHD_ConnectionNotificationCode code) noexcept {
    auto *server = static_cast<Private *>(self);
    try {
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
            auto link = std::make_unique<Connection>();
            link->socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
            link->peer = Address::of(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
            server->m_table.add(*link);
            *context = link.release();
        } else {
            const std::unique_ptr<Connection> link(static_cast<Connection *>(*context));
            *context = nullptr;
            server->m_table.remove(*link);
        }
    } catch (...) {
        std::terminate(); // a connection that is not listed could never be ended
    }
}

Result<Pem> HttpServer::Private::readPem() const {
    if (m_settings.certificateFile.empty())
        return Pem{};
    auto certificate = readFile(m_settings.certificateFile);
    if (!certificate)
        return tl::unexpected(certificate.error());
    auto key = readFile(m_settings.keyFile);
    if (!key)
        return tl::unexpected(key.error());
    return Pem{std::move(*certificate), std::move(*key)};
}

Result<std::vector<HttpServer::Private::Daemon>> HttpServer::Private::startDaemons(const Pem &given) {
    const auto pem = std::make_shared<const Pem>(given);
    const bool tls = !pem->certificate.empty();
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME
        | (tls ? static_cast<unsigned>(MHD_USE_TLS) : 0U);
    const auto idle = std::chrono::ceil<std::chrono::seconds>(m_settings.limits.request + m_settings.limits.answer);
    std::vector<MHD_OptionItem> options{
        {MHD_OPTION_CONNECTION_LIMIT, static_cast<intptr_t>(m_settings.limits.total + ConnectionTable::leaving + 64), nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, static_cast<intptr_t>(idle.count()), nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<intptr_t>(m_settings.mostHead + memoryBeyondHead), nullptr},
        // Where the library leaves strictness to us, our refusals have the better form.
        {MHD_OPTION_STRICT_FOR_CLIENT, libraryIsLenient() ? 0 : 1, nullptr},
        // The pairs below carry a function and its closure.
        {MHD_OPTION_URI_LOG_CALLBACK, reinterpret_cast<intptr_t>(&Private::onTarget), this},
        {MHD_OPTION_UNESCAPE_CALLBACK, reinterpret_cast<intptr_t>(&Private::leaveEscapes), nullptr},
        {MHD_OPTION_NOTIFY_COMPLETED, reinterpret_cast<intptr_t>(&Private::onCompleted), this},
        {MHD_OPTION_NOTIFY_CONNECTION, reinterpret_cast<intptr_t>(&Private::onConnection), this},
    };
    if (tls) {
        options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, const_cast<char *>(pem->certificate.c_str())});
        options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, const_cast<char *>(pem->key.c_str())});
        options.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char *>(tlsPriorities)});
    }
    options.push_back({MHD_OPTION_END, 0, nullptr});
    std::vector<Daemon> daemons;
    for (unsigned i = 0; i < m_settings.threads; ++i) {
        // One single-threaded server a thread instead of the library's pool, which wants a listening socket of its own.
        MHD_Daemon *daemon = MHD_start_daemon(
            flags, 0, nullptr, nullptr, &Private::onRequest, this, MHD_OPTION_ARRAY, options.data(), MHD_OPTION_END);
        if (!daemon) {
            for (const Daemon &started : daemons)
                MHD_stop_daemon(started.daemon);
            return fail(ErrorCode::InvalidInput,
                tls ? "cannot speak TLS with " + m_settings.certificateFile + " and " + m_settings.keyFile
                        + ": both must be PEM, and the key must belong to the certificate"
                    : std::string("cannot start the HTTP server: no threads or descriptors are left"));
        }
        daemons.push_back({daemon, pem});
    }
    return daemons;
}

Result<void> HttpServer::Private::start() {
    allowDescriptors(m_settings.limits.total);
    auto pem = readPem();
    if (!pem)
        return tl::unexpected(pem.error());
    m_pem = std::move(*pem);
    auto daemons = startDaemons(m_pem);
    if (!daemons)
        return tl::unexpected(daemons.error());
    m_daemons = std::move(*daemons);
    auto listener = Listener::open(m_settings.address, m_settings.port,
        [this](int socket, const sockaddr_storage &address, socklen_t length) { accepted(socket, address, length); });
    if (!listener)
        return tl::unexpected(listener.error());
    m_listener = std::move(*listener);
    m_watcher = std::thread([this] { watch(); });
    return {};
}

void HttpServer::Private::accepted(int socket, const sockaddr_storage &storage, socklen_t length) {
    const auto *address = reinterpret_cast<const sockaddr *>(&storage);
    if (!m_table.admit(socket, Address::of(address))) {
        if (m_settings.certificateFile.empty()) {
            static const std::string refusal
                = onTheWire(unavailable("too_many_connections", "There are too many connections, over all or from this address, and all are at work.", 5));
            [[maybe_unused]] const auto sent = ::send(socket, refusal.data(), refusal.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        }
        ::close(socket);
        return;
    }
    const std::lock_guard lock(m_daemonsMutex);
    if (MHD_add_connection(m_daemons[m_next++ % m_daemons.size()].daemon, socket, address, length) != MHD_YES)
        m_table.dismiss(socket);
}

void HttpServer::Private::watch() {
    auto nextLook = std::chrono::steady_clock::now() + m_settings.lookForCertificate;
    for (;;) {
        {
            std::unique_lock lock(m_stopMutex);
            if (m_stopWake.wait_for(lock, lookInterval, [this] { return m_stopping; }))
                return;
        }
        m_table.cutSlow();
        endRetired();
        if (!m_settings.certificateFile.empty() && std::chrono::steady_clock::now() >= nextLook) {
            lookForCertificate();
            nextLook = std::chrono::steady_clock::now() + m_settings.lookForCertificate;
        }
    }
}

void HttpServer::Private::lookForCertificate() {
    auto pem = readPem();
    if (!pem || *pem == m_pem || *pem == m_refusedPem)
        return; // a file that is away is being replaced
    auto fresh = startDaemons(*pem);
    if (!fresh) {
        m_refusedPem = std::move(*pem);
        if (m_hooks.warn)
            m_hooks.warn("the certificate before stays in use: " + fresh.error().detail);
        return;
    }
    m_pem = std::move(*pem);
    const std::lock_guard lock(m_daemonsMutex);
    m_retired.insert(m_retired.end(), m_daemons.begin(), m_daemons.end());
    m_daemons = std::move(*fresh);
}

void HttpServer::Private::endRetired() {
    std::vector<Daemon> ended;
    {
        const std::lock_guard lock(m_daemonsMutex);
        for (Daemon &d : m_retired) {
            const auto *info = MHD_get_daemon_info(d.daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
            d.emptyLooks = info && info->num_connections == 0 ? d.emptyLooks + 1 : 0;
        }
        const auto first = std::stable_partition(m_retired.begin(), m_retired.end(), [](const Daemon &d) { return d.emptyLooks < 3; });
        ended.assign(first, m_retired.end());
        m_retired.erase(first, m_retired.end());
    }
    for (const Daemon &d : ended)
        MHD_stop_daemon(d.daemon);
}

void HttpServer::Private::stop() {
    {
        const std::lock_guard lock(m_stopMutex);
        if (m_stopping)
            return;
        m_stopping = true;
        m_stopWake.notify_all();
    }
    if (m_listener)
        m_listener->stop();
    if (m_watcher.joinable())
        m_watcher.join();
    m_lastAnswers = true;
    m_table.cutSlow(true);
    const auto until = std::chrono::steady_clock::now() + m_settings.grace;
    while (m_table.busy() > 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    m_pending->end(); // the library must not be stopped with suspended connections
    std::vector<Daemon> all = std::move(m_daemons);
    all.insert(all.end(), m_retired.begin(), m_retired.end());
    m_retired.clear();
    for (const Daemon &d : all)
        MHD_stop_daemon(d.daemon);
}

HttpServer::HttpServer(std::unique_ptr<Private> p)
    : d(std::move(p)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::start(Settings settings, Hooks hooks) {
    auto p = std::make_unique<Private>(std::move(settings), std::move(hooks));
    SONGDA_TRY(p->start());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(p)));
}

std::uint16_t HttpServer::port() const { return d->m_listener->port(); }
std::size_t HttpServer::connections() const { return d->m_table.size(); }
std::uint64_t HttpServer::cut() const { return d->m_table.cut(); }
std::uint64_t HttpServer::displaced() const { return d->m_table.displaced(); }
void HttpServer::stop() { d->stop(); }

} // namespace songda::doors
