// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QList>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <utility>

namespace songda::testing {

/// A plain socket that says exactly what a test wants said.
class DoorClient {
public:
    explicit DoorClient(std::uint16_t port, const char *from = nullptr)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (from)
            bindTo(from);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_open = ::connect(m_socket, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
    }
    ~DoorClient() { ::close(m_socket); }
    DoorClient(const DoorClient &) = delete;
    DoorClient &operator=(const DoorClient &) = delete;

    bool isOpen() const { return m_open; }
    /// False when the peer is gone.
    bool say(const QByteArray &bytes) {
        return ::send(m_socket, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL) == bytes.size();
    }
    void endSaying() { ::shutdown(m_socket, SHUT_WR); }

    /// One whole answer; empty when the peer closed or said nothing for `patience` milliseconds.
    QByteArray answer(int patience = 5000) {
        QElapsedTimer clock;
        clock.start();
        for (;;) {
            const qsizetype head = m_read.indexOf("\r\n\r\n");
            if (head >= 0) {
                const QByteArray name = "\r\ncontent-length:";
                const qsizetype at = m_read.left(head).toLower().indexOf(name);
                const qsizetype length = at < 0 ? 0 : m_read.mid(at + name.size(), m_read.indexOf("\r\n", at + 2) - at - name.size()).trimmed().toLongLong();
                if (m_read.size() >= head + 4 + length) {
                    const QByteArray whole = m_read.left(head + 4 + length);
                    m_read.remove(0, whole.size());
                    return whole;
                }
            }
            if (!readMore(patience - static_cast<int>(clock.elapsed())))
                return {};
        }
    }
    /// Whether the peer ends the connection within `patience` milliseconds; what it still says is kept.
    bool isClosedWithin(int patience) {
        QElapsedTimer clock;
        clock.start();
        while (readMore(patience - static_cast<int>(clock.elapsed()))) { }
        return m_closed;
    }
    const QByteArray &unread() const { return m_read; }

    static int statusOf(const QByteArray &answer) { return answer.startsWith("HTTP/1.") ? answer.mid(9, 3).toInt() : 0; }
    static QByteArray bodyOf(const QByteArray &answer) { return answer.mid(answer.indexOf("\r\n\r\n") + 4); }
    static QByteArray headerOf(const QByteArray &answer, const QByteArray &name) {
        const QByteArray head = answer.left(answer.indexOf("\r\n\r\n"));
        for (const QByteArray &line : head.split('\n')) {
            if (line.toLower().startsWith(name.toLower() + ":"))
                return line.mid(name.size() + 1).trimmed();
        }
        return {};
    }

    /// A request with its body and the headers a body needs.
    static QByteArray request(const QByteArray &method, const QByteArray &target, const QByteArray &body = {}, const QByteArray &headers = {}) {
        QByteArray text = method + " " + target + " HTTP/1.1\r\nHost: door\r\n" + headers;
        if (!body.isEmpty() || method == "POST")
            text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        return text + "\r\n" + body;
    }
    QByteArray ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {}, const QByteArray &headers = {}) {
        if (!say(request(method, target, body, headers)))
            return {};
        return answer();
    }

private:
    void bindTo(const char *address) {
        sockaddr_in from{};
        from.sin_family = AF_INET;
        inet_pton(AF_INET, address, &from.sin_addr);
        static_cast<void>(::bind(m_socket, reinterpret_cast<const sockaddr *>(&from), sizeof from));
    }
    bool readMore(int patience) {
        pollfd watched{m_socket, POLLIN, 0};
        if (m_closed || patience <= 0 || ::poll(&watched, 1, patience) <= 0)
            return false;
        char buffer[65'536];
        const auto n = ::recv(m_socket, buffer, sizeof buffer, 0);
        m_closed = n <= 0;
        if (n > 0)
            m_read.append(buffer, n);
        return n > 0;
    }

    int m_socket;
    bool m_open = false;
    bool m_closed = false;
    QByteArray m_read;
};

} // namespace songda::testing
