// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bare_handler.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

namespace songda::bench {

namespace {

MHD_Result answer(void *response, MHD_Connection *connection, const char *, const char *, const char *, const char *, std::size_t *size, void **begun) {
    if (!*begun) { // the head
        *begun = response;
        return MHD_YES;
    }
    if (*size > 0) {
        *size = 0;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_ACCEPTED, static_cast<MHD_Response *>(response));
}

} // namespace

std::unique_ptr<BareHandler> BareHandler::start(unsigned threads, const std::string &body) {
    std::unique_ptr<BareHandler> handler(new BareHandler);
    handler->m_response = MHD_create_response_from_buffer(body.size(), const_cast<char *>(body.data()), MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(handler->m_response, "Content-Type", "application/json");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    handler->m_daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, nullptr, nullptr, &answer, handler->m_response, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_END);
    return handler->m_daemon ? std::move(handler) : nullptr;
}

BareHandler::~BareHandler() {
    if (m_daemon)
        MHD_stop_daemon(m_daemon);
    MHD_destroy_response(m_response);
}

std::string BareHandler::url() const {
    return "http://127.0.0.1:" + std::to_string(MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
}

} // namespace songda::bench
