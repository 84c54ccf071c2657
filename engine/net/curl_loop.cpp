// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/curl_loop.h"

#include <new>
#include <uv.h>

namespace songda::net {

namespace {
/// libcurl names the next time-out itself; this only bounds a wait in which nothing is under way.
constexpr std::uint64_t longestWaitMs = 1000;

uv_handle_t *handleOf(auto *handle) { return reinterpret_cast<uv_handle_t *>(handle); }
} // namespace

struct CurlLoop::Watch {
    uv_poll_t poll{};
    CURLM *multi = nullptr;
    int wanted = 0; ///< events libcurl waits for
};

CurlLoop::CurlLoop()
    : m_loop(std::make_unique<uv_loop_t>())
    , m_timer(std::make_unique<uv_timer_t>())
    , m_async(std::make_unique<uv_async_t>())
    , m_multi(curl_multi_init()) {
    if (!m_multi || uv_loop_init(m_loop.get()) != 0)
        throw std::bad_alloc();
    if (uv_timer_init(m_loop.get(), m_timer.get()) != 0 || uv_async_init(m_loop.get(), m_async.get(), [](uv_async_t *) {}) != 0)
        throw std::bad_alloc();
    m_timer->data = this;
    CURLM *multi = m_multi.get();
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &CurlLoop::onInterest);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &CurlLoop::onTimeout);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
}

CurlLoop::~CurlLoop() {
    m_multi.reset();
    uv_walk(m_loop.get(), [](uv_handle_t *handle, void *) { uv_close(handle, nullptr); }, nullptr);
    uv_run(m_loop.get(), UV_RUN_DEFAULT);
    uv_loop_close(m_loop.get());
}

void CurlLoop::setConnections(long total) {
    curl_multi_setopt(m_multi.get(), CURLMOPT_MAXCONNECTS, total);
    curl_multi_setopt(m_multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS, total);
}

bool CurlLoop::add(CURL *easy) { return curl_multi_add_handle(m_multi.get(), easy) == CURLM_OK; }

void CurlLoop::remove(CURL *easy) { curl_multi_remove_handle(m_multi.get(), easy); }

CURL *CurlLoop::takeEnded(CURLcode &code) {
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        code = message->data.result;
        return message->easy_handle;
    }
    return nullptr;
}

void CurlLoop::turn() {
    if (m_due) {
        actNow();
        // What is ready beside it; without a wait, for something may have ended.
        uv_run(m_loop.get(), UV_RUN_NOWAIT);
        return;
    }
    if (!uv_is_active(handleOf(m_timer.get())))
        uv_timer_start(m_timer.get(), &CurlLoop::onTimer, longestWaitMs, 0);
    uv_run(m_loop.get(), UV_RUN_ONCE);
}

void CurlLoop::wake() { uv_async_send(m_async.get()); }

void CurlLoop::actNow() {
    m_due = false;
    int running = 0;
    curl_multi_socket_action(m_multi.get(), CURL_SOCKET_TIMEOUT, 0, &running);
}

int CurlLoop::onInterest(CURL *, curl_socket_t socket, int what, void *self, void *) {
    auto &that = *static_cast<CurlLoop *>(self);
    std::unique_ptr<Watch> &watch = that.m_watches[socket];
    if (what == CURL_POLL_REMOVE) {
        if (watch) {
            watch->wanted = 0;
            uv_poll_stop(&watch->poll);
        }
        return 0;
    }
    if (!watch) {
        watch = std::make_unique<Watch>();
        watch->multi = that.m_multi.get();
        if (uv_poll_init_socket(that.m_loop.get(), &watch->poll, socket) != 0) {
            watch.reset();
            return -1;
        }
        watch->poll.data = watch.get();
    }
    watch->wanted = ((what & CURL_POLL_IN) != 0 ? UV_READABLE : 0) | ((what & CURL_POLL_OUT) != 0 ? UV_WRITABLE : 0);
    return uv_poll_start(&watch->poll, watch->wanted, &CurlLoop::onReady) == 0 ? 0 : -1;
}

void CurlLoop::onReady(uv_poll_t *poll, int status, int events) {
    const auto &watch = *static_cast<Watch *>(poll->data);
    // libuv stops at an error and does not say which. libcurl finds out, and reads first what came before it.
    const bool error = status < 0;
    const int ready = error ? watch.wanted : events;
    const int what = ((ready & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0) | ((ready & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0);
    uv_os_fd_t socket{};
    uv_fileno(reinterpret_cast<uv_handle_t *>(poll), &socket);
    int running = 0;
    curl_multi_socket_action(watch.multi, static_cast<curl_socket_t>(socket), what, &running);
    if (error && watch.wanted != 0)
        uv_poll_start(poll, watch.wanted, &CurlLoop::onReady);
}

void CurlLoop::onTimer(uv_timer_t *timer) {
    static_cast<CurlLoop *>(timer->data)->actNow();
    // libuv runs timers before it waits: with none left it would wait for ever, whatever has just ended.
    uv_stop(timer->loop);
}

int CurlLoop::onTimeout(CURLM *, long milliseconds, void *self) {
    auto &that = *static_cast<CurlLoop *>(self);
    that.m_due = milliseconds == 0;
    // From inside a call of libcurl it must not be called again: "at once" waits for the next turn.
    if (milliseconds <= 0) {
        uv_timer_stop(that.m_timer.get());
        return 0;
    }
    uv_update_time(that.m_loop.get());
    uv_timer_start(that.m_timer.get(), &CurlLoop::onTimer, static_cast<std::uint64_t>(milliseconds), 0);
    return 0;
}

} // namespace songda::net
