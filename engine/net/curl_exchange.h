// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/http_port.h"

#include <curl/curl.h>
#include <memory>
#include <optional>
#include <string>

namespace songda::net {

/// What libcurl needs once a process; call before any thread uses it.
void initialiseCurl();

/// One exchange on one libcurl handle. Used again for the next exchange when it has ended: the handle keeps what is
/// the same for all. All functions on the port's thread.
class CurlExchange final {
public:
    /// `extraRootsPem`: certificates trusted beside the system's; must outlive this.
    explicit CurlExchange(const std::string &extraRootsPem);
    CurlExchange(const CurlExchange &) = delete;
    CurlExchange &operator=(const CurlExchange &) = delete;

    /// Makes the handle ready for a request; it starts when the handle is added to a multi handle.
    void prepare(PeerKey peer, ExchangeId id, HttpRequest request);
    CURL *handle() const { return m_easy.get(); }
    ExchangeId id() const { return m_id; }
    PeerKey peer() const { return m_peer; }

    /// How it ended, by libcurl's word. To be called once, while the handle still holds the exchange.
    HttpResponse conclude(CURLcode code);
    /// How far it got, when we end it.
    HttpResponse cancelled();

private:
    struct EasyCleanup {
        void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
    };
    struct ListCleanup {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };

    static int beforeRequest(void *self, char *, char *, int, int);
    static std::size_t readBody(char *buffer, std::size_t size, std::size_t count, void *self);
    static std::size_t onHeader(const char *bytes, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(const char *bytes, std::size_t size, std::size_t count, void *self);

    template <class Value> Value info(CURLINFO what) const;
    bool written() const;
    HttpFailure failureOf(CURLcode code, bool answered) const;
    /// What went wrong on the way to a tunnel or in opening it; nothing when it was something else.
    std::optional<HttpFailure> proxyFailureOf(CURLcode code) const;
    HttpResponse partsSoFar();

    std::unique_ptr<CURL, EasyCleanup> m_easy;
    std::unique_ptr<curl_slist, ListCleanup> m_headers;
    std::string m_urlSet; ///< what libcurl was told
    std::string m_proxySet; ///< the same
    std::string m_headersFor; ///< content type m_headers was made for
    PeerKey m_peer;
    ExchangeId m_id = 0;
    HttpRequest m_request;
    int m_begun = 0; ///< how often libcurl was about to send it; the second time is refused
    std::size_t m_taken = 0; ///< of a large body, by libcurl
    std::size_t m_headBytes = 0;
    bool m_headEnded = false;
    bool m_tooLarge = false;
    HttpResponse m_response;
    std::string m_contentEncoding;
};

} // namespace songda::net
