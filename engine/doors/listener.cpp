// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/listener.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace songda::doors {

namespace {

constexpr int backlog = 1024;

/// Fills in an IPv4 or IPv6 address; 0 when the text is neither.
socklen_t fill(sockaddr_storage &storage, const std::string &text, std::uint16_t port) {
    sockaddr_in v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&storage, &v4, sizeof v4);
        return sizeof v4;
    }
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        std::memcpy(&storage, &v6, sizeof v6);
        return sizeof v6;
    }
    return 0;
}

} // namespace

Listener::Listener(Accepted accepted)
    : m_accepted(std::move(accepted))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Listener::~Listener() {
    stop();
    ::close(m_wake);
}

Result<std::unique_ptr<Listener>> Listener::open(const std::string &address, std::uint16_t port, Accepted accepted) {
    std::unique_ptr<Listener> listener(new Listener(std::move(accepted)));
    SONGDA_TRY(listener->bind(address, port));
    listener->m_thread = std::thread([raw = listener.get()] { raw->run(); });
    return listener;
}

Result<void> Listener::bind(const std::string &text, std::uint16_t port) {
    sockaddr_storage address{};
    const socklen_t length = fill(address, text, port);
    if (length == 0)
        return fail(ErrorCode::InvalidInput, "\"" + text + "\" is not an IP address to listen on");
    m_socket = ::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    socklen_t size = sizeof address;
    if (m_socket < 0 || ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), length) != 0 || ::listen(m_socket, backlog) != 0
        || getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        const std::string reason = std::strerror(errno);
        return fail(ErrorCode::Network, "cannot listen on " + text + " port " + std::to_string(port) + ": " + reason);
    }
    sockaddr_in v4{}; // the port stands at the same place in both kinds of address
    std::memcpy(&v4, &address, sizeof v4);
    m_port = ntohs(v4.sin_port);
    return {};
}

void Listener::stop() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
    if (m_thread.joinable())
        m_thread.join();
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
}

void Listener::run() {
    for (;;) {
        std::array<pollfd, 2> watched{pollfd{m_wake, POLLIN, 0}, pollfd{m_socket, POLLIN, 0}};
        ::poll(watched.data(), watched.size(), -1);
        if (watched[0].revents != 0)
            return;
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        const int socket = ::accept4(m_socket, reinterpret_cast<sockaddr *>(&address), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) {
            // Out of descriptors or memory: wait for some to be given back instead of spinning.
            if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
                ::poll(watched.data(), 1, 10);
            continue;
        }
        const int on = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        m_accepted(socket, address, length);
    }
}

} // namespace songda::doors
