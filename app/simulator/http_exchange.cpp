// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/http_exchange.h"

#include "app/simulator/http_waits.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <utility>

namespace songda::simulator {

namespace {

std::string textOf(const sockaddr *address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address && address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    } else if (address && address->sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    }
    return text.data();
}

MHD_Result collectArgument(void *arguments, MHD_ValueKind, const char *name, const char *value) {
    static_cast<std::vector<Argument> *>(arguments)->push_back({name, value ? value : std::string_view{}});
    return MHD_YES;
}

const char *headerText(ContentType type) {
    switch (type) {
    case ContentType::None:
        break;
    case ContentType::Json:
        return "application/json; encoding=utf-8"; // sic: "encoding", as the platform writes it
    case ContentType::Html:
        return "text/html; charset=utf-8";
    case ContentType::Csv:
        return "text/csv; charset=utf-8";
    }
    return nullptr;
}

/// Resets the connection. Not by a zero linger time: the library ends the sending side before it closes, and
/// the client would see an orderly end first.
void resetConnection(int socket) {
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    static_cast<void>(connect(socket, &nobody, sizeof nobody));
}

/// Whether the client closed the connection or died; one that only waits has not.
bool isGone(int socket) {
    pollfd state{socket, POLLRDHUP, 0};
    return poll(&state, 1, 0) > 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

/// A body that ends in the middle.
struct HalfBody {
    std::string text; ///< the half that is sent
};

ssize_t readHalf(void *context, std::uint64_t position, char *buffer, std::size_t size) noexcept {
    const auto *half = static_cast<const HalfBody *>(context);
    if (position >= half->text.size()) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    const std::size_t count = std::min(size, half->text.size() - static_cast<std::size_t>(position));
    half->text.copy(buffer, count, static_cast<std::size_t>(position));
    return static_cast<ssize_t>(count);
}

/// A body that comes byte by byte.
struct DripBody {
    std::string text;
    MHD_Connection *connection;
    HttpWaits *waits;
    std::chrono::milliseconds pause;
    bool waited = false;
};

ssize_t readDrip(void *context, std::uint64_t position, char *buffer, std::size_t) noexcept {
    auto *drip = static_cast<DripBody *>(context);
    if (!std::exchange(drip->waited, true)) {
        MHD_suspend_connection(drip->connection);
        bool waiting = false;
        try {
            waiting = drip->waits->delay(drip->connection, HttpWaits::Clock::now() + drip->pause);
        } catch (...) {
            waiting = false;
        }
        if (!waiting) {
            MHD_resume_connection(drip->connection);
        }
        return 0;
    }
    drip->waited = false;
    *buffer = drip->text[static_cast<std::size_t>(position)];
    return 1;
}

/// A long body made piece by piece.
struct StreamBody {
    BodyStream next;
    std::string piece;
    std::size_t used = 0;
};

ssize_t readStream(void *context, std::uint64_t, char *buffer, std::size_t size) noexcept {
    auto *stream = static_cast<StreamBody *>(context);
    try {
        if (stream->used == stream->piece.size()) {
            auto piece = stream->next();
            if (!piece) {
                return MHD_CONTENT_READER_END_OF_STREAM;
            }
            stream->piece = std::move(*piece);
            stream->used = 0;
        }
    } catch (...) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    const std::size_t count = std::min(size, stream->piece.size() - stream->used);
    stream->piece.copy(buffer, count, stream->used);
    stream->used += count;
    return static_cast<ssize_t>(count);
}

template <typename Body> void freeBody(void *context) {
    delete static_cast<Body *>(context);
}

template <typename Body>
MHD_Response *responseFrom(std::uint64_t size, MHD_ContentReaderCallback read, std::unique_ptr<Body> body) {
    constexpr std::size_t block = 16'384;
    MHD_Response *response
        = MHD_create_response_from_callback(size, block, read, body.get(), &freeBody<Body>);
    if (response) {
        static_cast<void>(body.release()); // the library frees it with the response
    }
    return response;
}

} // namespace

HttpConnection::HttpConnection(MHD_Connection *connection)
    : socket(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd)
    , peer(textOf(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr)) { }

HttpConnection &connectionOf(MHD_Connection *connection) {
    return *static_cast<HttpConnection *>(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
}

HttpExchange::HttpExchange(MHD_Connection *connection, HttpConnection &link, std::string_view url,
    std::string_view method, std::size_t mostBody)
    : m_connection(connection)
    , m_link(link)
    , m_url(url)
    , m_method(method)
    , m_mostBody(mostBody) { }

HttpExchange::~HttpExchange() {
    // The library drops a waiting request by itself when it sees the client go.
    if (m_reply.unanswered && m_phase != Phase::Answering) {
        ++*m_reply.unanswered;
    }
}

void HttpExchange::append(std::string_view data) {
    if (m_tooLarge || m_body.size() + data.size() > m_mostBody) {
        m_tooLarge = true;
        return;
    }
    m_body += data;
}

Request HttpExchange::request() const {
    Request request;
    request.method = m_method == MHD_HTTP_METHOD_POST ? Method::Post
        : m_method == MHD_HTTP_METHOD_GET             ? Method::Get
                                                      : Method::Other;
    request.path = m_url;
    MHD_get_connection_values(m_connection, MHD_GET_ARGUMENT_KIND, &collectArgument, &request.arguments);
    request.body = m_body;
    request.peer = m_link.peer;
    const char *encoding
        = MHD_lookup_connection_value(m_connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_TRANSFER_ENCODING);
    request.chunked = encoding && strcasecmp(encoding, "identity") != 0;
    request.tooLarge = m_tooLarge;
    return request;
}

bool HttpExchange::proceed(const std::function<Reply(const Request &)> &handler, HttpWaits &waits) {
    if (m_phase == Phase::Hanging) {
        return false; // the client gave up, or the server stops
    }
    if (m_phase == Phase::Reading) {
        m_reply = handler(request());
        const bool hangs = m_reply.ending == Ending::Hang;
        if (hangs || m_reply.delay.count() > 0) {
            m_phase = hangs ? Phase::Hanging : Phase::Waiting;
            // Suspended first: the wait may be over before this returns.
            MHD_suspend_connection(m_connection);
            const bool waiting = hangs ? waits.hang(m_connection, m_link.socket)
                                       : waits.delay(m_connection, HttpWaits::Clock::now() + m_reply.delay);
            if (!waiting) {
                MHD_resume_connection(m_connection);
            }
            return true;
        }
    }
    m_phase = isGone(m_link.socket) ? Phase::Waiting : Phase::Answering;
    return answer(waits);
}

bool HttpExchange::answer(HttpWaits &waits) {
    MHD_Response *response = nullptr;
    const std::uint64_t size = m_reply.body.size();
    switch (m_reply.ending) {
    case Ending::Hang:
    case Ending::Close:
        return false;
    case Ending::Reset:
        resetConnection(m_link.socket);
        return false;
    case Ending::Half:
        m_reply.body.resize(m_reply.body.size() / 2);
        response
            = responseFrom(size, &readHalf, std::make_unique<HalfBody>(HalfBody{std::move(m_reply.body)}));
        break;
    case Ending::Drip:
        response = responseFrom(size, &readDrip,
            std::make_unique<DripBody>(
                DripBody{std::move(m_reply.body), m_connection, &waits, m_reply.dripPause}));
        break;
    case Ending::Answer:
        response = m_reply.stream
            ? responseFrom(MHD_SIZE_UNKNOWN, &readStream,
                std::make_unique<StreamBody>(StreamBody{std::move(m_reply.stream), {}, 0}))
            : MHD_create_response_from_buffer(size, m_reply.body.data(), MHD_RESPMEM_PERSISTENT);
        break;
    }
    if (!response) {
        return false;
    }
    if (const char *type = headerText(m_reply.type)) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    }
    if (m_reply.logicRet != 0) {
        MHD_add_response_header(response, "LogicRet", std::to_string(m_reply.logicRet).c_str());
    }
    if (m_reply.retryAfter >= 0) {
        MHD_add_response_header(
            response, MHD_HTTP_HEADER_RETRY_AFTER, std::to_string(m_reply.retryAfter).c_str());
    }
    if (!m_reply.location.empty()) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, m_reply.location.c_str());
    }
    const MHD_Result queued
        = MHD_queue_response(m_connection, static_cast<unsigned>(m_reply.status), response);
    MHD_destroy_response(response);
    return queued == MHD_YES;
}

} // namespace songda::simulator
