// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/http_message.h"

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>

struct MHD_Connection;

namespace songda::simulator {

class HttpWaits;

/// What is remembered of a connection as long as it lives.
struct HttpConnection {
    explicit HttpConnection(MHD_Connection *connection);

    int socket = -1;
    std::string peer; ///< IP address of the client
    std::atomic<bool> busy{false}; ///< a request is being read or answered
    std::atomic<bool> isControl{false}; ///< its last request was for a path that starts with `/__`
};

HttpConnection &connectionOf(MHD_Connection *connection);

/// One request on its way from the first byte to the end of the answer. Lives on one serving thread.
class HttpExchange {
public:
    HttpExchange(MHD_Connection *connection, HttpConnection &link, std::string_view url,
        std::string_view method, std::size_t mostBody);
    ~HttpExchange();
    HttpExchange(const HttpExchange &) = delete;
    HttpExchange &operator=(const HttpExchange &) = delete;

    void append(std::string_view data);
    /// The request is complete, or a wait is over. False closes the connection.
    bool proceed(const std::function<Reply(const Request &)> &handler, HttpWaits &waits);

private:
    enum class Phase { Reading, Waiting, Hanging, Answering };

    Request request() const;
    bool answer(HttpWaits &waits);

    MHD_Connection *const m_connection;
    HttpConnection &m_link;
    const std::string_view m_url; ///< kept by the library as long as the request
    const std::string_view m_method;
    const std::size_t m_mostBody;
    Phase m_phase = Phase::Reading;
    bool m_tooLarge = false;
    std::string m_body;
    Reply m_reply;
};

} // namespace songda::simulator
