// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/curl_exchange.h"

#include "engine/net/decode_body.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <new>
#include <string_view>

namespace songda::net {

namespace {

/// Of all header lines of an exchange together; honest ones have a few hundred bytes.
constexpr std::size_t maxHead = 256 * 1024;
/// An idle connection is not used again after this long: WeChat closes them after a time it does not publish, and a
/// send on a connection that is just being closed has an uncertain end (wechat-api.md section 11).
constexpr long secondsIdle = 4;
/// Bodies up to this size are sent together with the head.
constexpr std::size_t sentAtOnce = 16 * 1024;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// The value when the line is the header of that name (lower case).
std::optional<std::string_view> valueOf(std::string_view line, std::string_view name) {
    if (line.size() <= name.size() || line[name.size()] != ':')
        return std::nullopt;
    const bool same = std::equal(name.begin(), name.end(), line.begin(),
        [](char a, char b) { return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b))); });
    return same ? std::optional(trimmed(line.substr(name.size() + 1))) : std::nullopt;
}

/// Without query, fragment and user: each may repeat a secret.
std::string harmless(std::string_view location) {
    std::string text(location.substr(0, location.find_first_of("?#")));
    const auto scheme = text.find("//");
    const auto host = scheme == std::string::npos ? std::string::npos : scheme + 2;
    if (host != std::string::npos) {
        const auto at = text.find('@', host);
        if (at != std::string::npos && at < text.find('/', host))
            text.erase(host, at + 1 - host);
    }
    return text;
}

/// Where scheme and host of a URL end; its size when there is no path, or something else than a path.
std::size_t startOfPath(const std::string &url) {
    const auto host = url.find("://");
    const auto end = host == std::string::npos ? host : url.find_first_of("/?#", host + 3);
    return end == std::string::npos || url[end] != '/' ? url.size() : end;
}

} // namespace

void initialiseCurl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

CurlExchange::CurlExchange(const std::string &extraRootsPem)
    : m_easy(curl_easy_init()) {
    if (!m_easy)
        throw std::bad_alloc();
    CURL *easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); // none from the environment either, as the other transport has it
    curl_easy_setopt(easy, CURLOPT_NOPROXY, ""); // and a request's own for every host, whatever the environment says
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); // what a proxy says is no answer of the peer
    curl_easy_setopt(easy, CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_NONE));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Songda");
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, secondsIdle);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // one peer's slow name server does not stop the thread that serves all of them
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!extraRootsPem.empty()) {
        curl_blob roots{const_cast<char *>(extraRootsPem.data()), extraRootsPem.size(), CURL_BLOB_NOCOPY};
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &roots);
    }
    // libcurl repeats a request by itself when a kept connection dies before an answer. Whatever leads it to a second
    // time, it asks first, and is refused.
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &CurlExchange::beforeRequest);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &CurlExchange::readBody);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlExchange::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlExchange::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

void CurlExchange::prepare(PeerKey peer, ExchangeId id, HttpRequest request) {
    m_peer = peer;
    m_id = id;
    m_request = std::move(request);
    m_begun = 0;
    m_taken = 0;
    m_headBytes = 0;
    m_headEnded = false;
    m_tooLarge = false;
    m_response = {};
    m_contentEncoding.clear();
    const bool isPost = m_request.method == HttpRequest::Method::Post;
    if (!m_headers || m_headersFor != m_request.contentType) {
        m_headersFor = m_request.contentType;
        curl_slist *list = curl_slist_append(nullptr, "Expect:"); // no question before the body
        list = curl_slist_append(list, "Accept-Encoding: identity");
        if (isPost)
            list = curl_slist_append(list, ("Content-Type: " + m_headersFor).c_str());
        m_headers.reset(list);
    }
    CURL *easy = m_easy.get();
    if (m_urlSet != m_request.url) {
        // libcurl copies a query into the request letter by letter, and a token is long; a target is copied at once.
        m_urlSet = m_request.url;
        const std::size_t path = startOfPath(m_urlSet);
        curl_easy_setopt(easy, CURLOPT_URL, m_urlSet.substr(0, path).c_str());
        curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, path < m_urlSet.size() ? m_urlSet.c_str() + path : nullptr);
    }
    if (m_proxySet != m_request.proxy) {
        m_proxySet = m_request.proxy;
        curl_easy_setopt(easy, CURLOPT_PROXY, m_proxySet.c_str());
        // Always a tunnel: a proxy that reads requests could repeat them. Kept tunnels are used again by their own proxy only.
        curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, m_proxySet.starts_with("http://") ? 1L : 0L);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_headers.get());
    if (isPost) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body.size()));
        // By pointer, head and body leave in one call of the system; nullptr: by readBody().
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.body.size() <= sentAtOnce ? m_request.body.c_str() : nullptr);
    } else {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_request.connectDeadline.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_request.deadline.count()));
}

int CurlExchange::beforeRequest(void *self, char *, char *, int, int) {
    return ++static_cast<CurlExchange *>(self)->m_begun > 1 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

std::size_t CurlExchange::readBody(char *buffer, std::size_t size, std::size_t count, void *self) {
    auto &that = *static_cast<CurlExchange *>(self);
    const std::size_t left = that.m_request.body.size() - that.m_taken;
    // All was taken before: this is a second copy.
    if (left == 0)
        return CURL_READFUNC_ABORT;
    const std::size_t n = std::min(size * count, left);
    std::memcpy(buffer, that.m_request.body.data() + that.m_taken, n);
    that.m_taken += n;
    return n;
}

std::size_t CurlExchange::onHeader(const char *bytes, std::size_t size, std::size_t count, void *self) {
    auto &that = *static_cast<CurlExchange *>(self);
    const std::string_view line(bytes, size * count);
    that.m_headBytes += line.size();
    if (that.m_headBytes > maxHead) {
        that.m_tooLarge = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) { // an interim answer may have gone before
        that.m_headEnded = false;
        that.m_response.contentType.clear();
        that.m_response.retryAfter.reset();
        that.m_response.date.reset();
        that.m_response.location.reset();
        that.m_contentEncoding.clear();
    } else if (line == "\r\n" || line == "\n") {
        that.m_headEnded = true;
    } else if (const auto type = valueOf(line, "content-type")) {
        that.m_response.contentType = *type;
    } else if (const auto after = valueOf(line, "retry-after")) {
        that.m_response.retryAfter = *after;
    } else if (const auto date = valueOf(line, "date")) {
        that.m_response.date = parseHttpDate(*date);
    } else if (const auto location = valueOf(line, "location")) {
        that.m_response.location = harmless(*location);
    } else if (const auto encoding = valueOf(line, "content-encoding")) {
        that.m_contentEncoding = *encoding;
    }
    return line.size();
}

std::size_t CurlExchange::onBody(const char *bytes, std::size_t size, std::size_t count, void *self) {
    auto &that = *static_cast<CurlExchange *>(self);
    std::string &body = that.m_response.body;
    const std::size_t n = std::min(size * count, HttpLimits::maxBody - body.size());
    body.append(bytes, n);
    if (n == size * count)
        return n;
    that.m_tooLarge = true;
    return 0;
}

template <class Value> Value CurlExchange::info(CURLINFO what) const {
    Value value{};
    curl_easy_getinfo(m_easy.get(), what, &value);
    return value;
}

bool CurlExchange::written() const {
    // What libcurl has taken, or handed to the system, may be with the peer. Once it wanted to send a second time, it no
    // longer knows how much it had handed over the first time: a small body leaves at once or not at all.
    const auto size = static_cast<curl_off_t>(m_request.body.size());
    if (m_request.body.size() > sentAtOnce)
        return m_begun > 0 && static_cast<curl_off_t>(m_taken) == size;
    return m_begun > 1 || (m_begun == 1 && info<curl_off_t>(CURLINFO_SIZE_UPLOAD_T) >= size);
}

HttpResponse CurlExchange::partsSoFar() {
    HttpResponse response = std::move(m_response);
    const auto status = static_cast<int>(info<long>(CURLINFO_RESPONSE_CODE));
    // An interim answer is none, and neither is a head that breaks off, which libcurl takes for a whole one.
    response.status = status >= 200 && m_headEnded ? status : 0;
    response.latency = Micros{info<curl_off_t>(CURLINFO_TOTAL_TIME_T)};
    response.phase = response.status != 0 ? WirePhase::Answered : written() ? WirePhase::Written : WirePhase::NotWritten;
    return response;
}

HttpResponse CurlExchange::cancelled() {
    HttpResponse response = partsSoFar();
    response.failure = HttpFailure::Cancelled;
    return response;
}

HttpResponse CurlExchange::conclude(CURLcode code) {
    HttpResponse response = partsSoFar();
    response.failure = m_tooLarge ? HttpFailure::TooLarge : failureOf(code, response.status != 0);
    if (response.failure == HttpFailure::None)
        decodeBody(response, m_contentEncoding);
    return response;
}

std::optional<HttpFailure> CurlExchange::proxyFailureOf(CURLcode code) const {
    constexpr long loginWanted = 407;
    // Once the request has begun, the tunnel stands and its end is the connection's.
    if (m_request.proxy.empty() || m_begun > 0)
        return std::nullopt;
    if (info<long>(CURLINFO_HTTP_CONNECTCODE) == loginWanted)
        return HttpFailure::ProxyLogin;
    switch (code) {
    case CURLE_PROXY: {
        const long why = info<long>(CURLINFO_PROXY_ERROR);
        const bool login = why == static_cast<long>(CURLPX_NO_AUTH) || why == static_cast<long>(CURLPX_USER_REJECTED);
        return login ? HttpFailure::ProxyLogin : HttpFailure::Proxy;
    }
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_OUT_OF_MEMORY: return HttpFailure::Proxy;
    default: return std::nullopt; // TLS lies behind the proxy, and deadlines are our own
    }
}

HttpFailure CurlExchange::failureOf(CURLcode code, bool answered) const {
    if (const auto failure = proxyFailureOf(code))
        return *failure;
    switch (code) {
    case CURLE_OK: return answered ? HttpFailure::None : HttpFailure::Closed;
    case CURLE_COULDNT_RESOLVE_HOST: return HttpFailure::NameLookup;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY: return HttpFailure::Proxy;
    case CURLE_COULDNT_CONNECT:
        switch (info<long>(CURLINFO_OS_ERRNO)) {
        case ETIMEDOUT: return HttpFailure::ConnectTimeout;
        case ENETUNREACH:
        case EHOSTUNREACH:
        case ENETDOWN: return HttpFailure::Unreachable;
        case ECONNRESET:
        case EPIPE: return HttpFailure::Closed;
        default: return HttpFailure::ConnectionRefused;
        }
    case CURLE_OPERATION_TIMEDOUT:
        return m_begun == 0 && m_request.connectDeadline < m_request.deadline ? HttpFailure::ConnectTimeout : HttpFailure::Timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER: return HttpFailure::TlsHandshake;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR: return HttpFailure::TlsUntrusted;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_ABORTED_BY_CALLBACK: return answered ? HttpFailure::BrokenBody : HttpFailure::Closed;
    case CURLE_OUT_OF_MEMORY: return HttpFailure::TooLarge; // libcurl's word for a header line of more than 100 kB
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2: return answered ? HttpFailure::BrokenBody : HttpFailure::Closed;
    default: return HttpFailure::Other;
    }
}

} // namespace songda::net
