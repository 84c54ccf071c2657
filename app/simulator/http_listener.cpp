// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/http_listener.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace songda::simulator {

namespace {

constexpr int backlog = 1024;

struct Address {
    sockaddr_storage storage{};
    socklen_t length = 0;
};

std::optional<Address> addressOf(const std::string &text, std::uint16_t port) {
    Address address;
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&address.storage, &v4, sizeof v4);
        address.length = sizeof v4;
        return address;
    }
    if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        std::memcpy(&address.storage, &v6, sizeof v6);
        address.length = sizeof v6;
        return address;
    }
    return std::nullopt;
}

std::uint16_t boundPort(int socket) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (getsockname(socket, reinterpret_cast<sockaddr *>(&storage), &length) != 0) {
        return 0;
    }
    // The port stands at the same place in both kinds of address.
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    return ntohs(v4.sin_port);
}

} // namespace

HttpListener::HttpListener(std::string address, Accepted accepted)
    : m_address(std::move(address))
    , m_accepted(std::move(accepted))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) { }

HttpListener::~HttpListener() {
    stop();
    close(m_wake);
}

tl::expected<std::unique_ptr<HttpListener>, std::string> HttpListener::open(
    const std::string &address, std::uint16_t port, Accepted accepted) {
    std::unique_ptr<HttpListener> listener{new HttpListener{address, std::move(accepted)}};
    if (auto bound = listener->bind(port); !bound) {
        return tl::unexpected(std::move(bound.error()));
    }
    listener->m_thread = std::thread{[raw = listener.get()] { raw->run(); }};
    return listener;
}

tl::expected<void, std::string> HttpListener::bind(std::uint16_t port) {
    const auto address = addressOf(m_address, port);
    if (!address) {
        return tl::unexpected("\"" + m_address + "\" is not an IP address");
    }
    const int socket = ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (socket < 0
        || ::bind(socket, reinterpret_cast<const sockaddr *>(&address->storage), address->length) != 0
        || listen(socket, backlog) != 0) {
        const std::string reason = std::strerror(errno);
        if (socket >= 0) {
            close(socket);
        }
        return tl::unexpected(
            "cannot listen on " + m_address + " port " + std::to_string(port) + ": " + reason);
    }
    m_port = boundPort(socket);
    m_socket = socket;
    return {};
}

void HttpListener::wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(m_wake, &one, sizeof one);
}

tl::expected<void, std::string> HttpListener::setListening(bool listening) {
    const std::lock_guard lock{m_mutex};
    if (m_stopping || listening == (m_socket >= 0)) {
        return {};
    }
    if (listening) {
        auto bound = bind(m_port);
        wake();
        return bound;
    }
    // Not close alone: a poll under way would keep the socket accepting.
    shutdown(m_socket, SHUT_RDWR);
    close(m_socket);
    m_socket = -1;
    wake();
    return {};
}

void HttpListener::stop() {
    {
        const std::lock_guard lock{m_mutex};
        m_stopping = true;
        if (m_socket >= 0) {
            close(m_socket);
            m_socket = -1;
        }
    }
    wake();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void HttpListener::run() {
    while (true) {
        std::array<pollfd, 2> watched{pollfd{m_wake, POLLIN, 0}, pollfd{-1, POLLIN, 0}};
        {
            const std::lock_guard lock{m_mutex};
            if (m_stopping) {
                return;
            }
            watched[1].fd = m_socket; // poll skips a negative one
        }
        poll(watched.data(), watched.size(), -1);
        if (watched[0].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const auto got = read(m_wake, &count, sizeof count);
            continue; // look again: the socket may be gone or new
        }
        sockaddr_storage storage{};
        socklen_t length = sizeof storage;
        int socket = -1;
        {
            const std::lock_guard lock{m_mutex};
            if (m_socket >= 0) {
                socket = accept4(
                    m_socket, reinterpret_cast<sockaddr *>(&storage), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
            }
        }
        if (socket < 0 && (errno == EMFILE || errno == ENFILE)) {
            poll(watched.data(), 1, 10); // out of descriptors: wait for some to be closed instead of spinning
        }
        if (socket >= 0) {
            const int on = 1;
            setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            m_accepted(socket, storage, length);
        }
    }
}

} // namespace songda::simulator
