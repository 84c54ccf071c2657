// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <curl/curl.h>
#include <memory>
#include <unordered_map>

using uv_loop_t = struct uv_loop_s;
using uv_poll_t = struct uv_poll_s;
using uv_timer_t = struct uv_timer_s;
using uv_async_t = struct uv_async_s;

namespace songda::net {

/// libcurl's transfers on libuv's event loop: a turn costs what is ready, not what is under way. (libcurl's own loop
/// looks at every transfer and hands every socket to the system at each turn.)
/// All functions but wake() on the thread that uses it.
class CurlLoop final {
public:
    CurlLoop();
    ~CurlLoop();
    CurlLoop(const CurlLoop &) = delete;
    CurlLoop &operator=(const CurlLoop &) = delete;

    /// Idle connections are kept up to this number, and no more are opened to one host.
    void setConnections(long total);
    bool add(CURL *easy);
    void remove(CURL *easy);
    /// The next transfer that has ended, and how; nullptr: none. It is still to be removed.
    CURL *takeEnded(CURLcode &code);

    /// Lets transfers go on until there was something to do, wake() was called, or a second has passed.
    void turn();
    /// Ends a turn, or makes the next one short. Any thread.
    void wake();

private:
    struct Watch;
    struct MultiCleanup {
        void operator()(CURLM *handle) const { curl_multi_cleanup(handle); }
    };

    static int onInterest(CURL *easy, curl_socket_t socket, int what, void *self, void *);
    static int onTimeout(CURLM *multi, long milliseconds, void *self);
    static void onTimer(uv_timer_t *timer);
    static void onReady(uv_poll_t *poll, int status, int events);
    void actNow();

    std::unique_ptr<uv_loop_t> m_loop;
    std::unique_ptr<uv_timer_t> m_timer;
    std::unique_ptr<uv_async_t> m_async;
    std::unordered_map<curl_socket_t, std::unique_ptr<Watch>> m_watches; ///< one a socket number, used again
    std::unique_ptr<CURLM, MultiCleanup> m_multi; ///< last: it ends by telling its sockets
    bool m_due = false; ///< libcurl wants to be called at once
};

} // namespace songda::net
