// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace songda::simulator::testing {

/// What came back for one request, and how the exchange ended.
struct ClientAnswer {
    enum class End { Complete, NotConnected, ClosedBefore, ClosedWithin, Reset, TimedOut };

    End end = End::NotConnected;
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// A blocking HTTP/1.1 client over one kept connection that hides nothing: no retry, no redirect, no second
/// connection.
class Client {
public:
    explicit Client(std::uint16_t port)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = ::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
        // Only so that a broken server fails a test instead of stopping the run.
        const timeval patience{20, 0};
        setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~Client() { close(); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    bool isConnected() const { return m_connected; }

    void close() {
        if (m_socket >= 0) {
            ::close(m_socket);
        }
        m_socket = -1;
    }

    ClientAnswer get(const std::string &target) {
        write("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        return read();
    }
    ClientAnswer post(const std::string &target, const std::string &body) {
        writePost(target, body);
        return read();
    }
    /// The request alone, for answers that are not to be waited for.
    void writePost(const std::string &target, const std::string &body) {
        write("POST " + target
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
            + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    void write(std::string_view text) {
        while (m_connected && !text.empty()) {
            const ssize_t count = ::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                return;
            }
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }

    ClientAnswer read() {
        ClientAnswer answer;
        if (!m_connected) {
            return answer;
        }
        std::size_t headEnd = m_buffer.find("\r\n\r\n");
        while (headEnd == std::string::npos) {
            if (!more(answer)) {
                return answer;
            }
            headEnd = m_buffer.find("\r\n\r\n");
        }
        parseHead(m_buffer.substr(0, headEnd + 2), answer);
        m_buffer.erase(0, headEnd + 4);
        if (answer.headers["transfer-encoding"] == "chunked") {
            readChunks(answer);
        } else {
            const std::size_t length = std::strtoul(answer.headers["content-length"].c_str(), nullptr, 10);
            while (m_buffer.size() < length) {
                if (!more(answer)) {
                    answer.body = m_buffer;
                    return answer;
                }
            }
            answer.body = m_buffer.substr(0, length);
            m_buffer.erase(0, length);
            answer.end = ClientAnswer::End::Complete;
        }
        return answer;
    }

private:
    bool more(ClientAnswer &answer) {
        std::array<char, 16384> block{};
        const ssize_t count = ::recv(m_socket, block.data(), block.size(), 0);
        if (count > 0) {
            m_buffer.append(block.data(), static_cast<std::size_t>(count));
            return true;
        }
        using End = ClientAnswer::End;
        if (count == 0) {
            answer.end = answer.status == 0 && m_buffer.empty() ? End::ClosedBefore : End::ClosedWithin;
        } else {
            answer.end = errno == ECONNRESET ? End::Reset : End::TimedOut;
        }
        return false;
    }

    static void parseHead(std::string_view head, ClientAnswer &answer) {
        answer.status = std::atoi(std::string{head.substr(head.find(' ') + 1, 3)}.c_str());
        head.remove_prefix(head.find("\r\n") + 2);
        while (!head.empty()) {
            const std::size_t end = head.find("\r\n");
            const std::string_view line = head.substr(0, end);
            head.remove_prefix(end + 2);
            const std::size_t colon = line.find(": ");
            std::string name{line.substr(0, colon)};
            for (char &c : name) {
                c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            }
            answer.headers[name] = std::string{line.substr(colon + 2)};
        }
    }

    void readChunks(ClientAnswer &answer) {
        while (true) {
            std::size_t lineEnd = m_buffer.find("\r\n");
            while (lineEnd == std::string::npos) {
                if (!more(answer)) {
                    return;
                }
                lineEnd = m_buffer.find("\r\n");
            }
            const std::size_t size = std::strtoul(m_buffer.c_str(), nullptr, 16);
            while (m_buffer.size() < lineEnd + 2 + size + 2) {
                if (!more(answer)) {
                    return;
                }
            }
            answer.body += m_buffer.substr(lineEnd + 2, size);
            m_buffer.erase(0, lineEnd + 2 + size + 2);
            if (size == 0) {
                answer.end = ClientAnswer::End::Complete;
                return;
            }
        }
    }

    int m_socket = -1;
    bool m_connected = false;
    std::string m_buffer;
};

} // namespace songda::simulator::testing
