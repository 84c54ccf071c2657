// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/web_client.h"

#include "engine/net/curl_exchange.h"

#include <QUrl>
#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

namespace songda::net {

namespace {

constexpr int pollMilliseconds = 1000;
constexpr long keptConnections = 64;

std::optional<IpBytes> bytesOf(const sockaddr *address) {
    IpBytes bytes{};
    if (address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        std::array<std::uint8_t, 4> four{};
        std::memcpy(four.data(), &v4.sin_addr, four.size());
        return mappedV4(four[0], four[1], four[2], four[3]);
    }
    if (address->sa_family != AF_INET6)
        return std::nullopt;
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return bytes;
}

std::optional<IpBytes> bytesOf(const char *text) {
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        return bytesOf(reinterpret_cast<const sockaddr *>(&v4));
    }
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1)
        return std::nullopt;
    v6.sin6_family = AF_INET6;
    return bytesOf(reinterpret_cast<const sockaddr *>(&v6));
}

std::string textOf(const IpBytes &address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool v4 = address == mappedV4(address[12], address[13], address[14], address[15]);
    inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address.data() + 12 : address.data(), text.data(), text.size());
    return text.data();
}

struct EasyCleanup {
    void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
struct ListCleanup {
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
struct MultiCleanup {
    void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
};
using List = std::unique_ptr<curl_slist, ListCleanup>;

/// One request on its handle.
struct Exchange {
    std::unique_ptr<CURL, EasyCleanup> easy{curl_easy_init()};
    List headers;
    const WebClient::Options *options = nullptr;
    WebRequest request;
    std::string refused; ///< why an address was not called
    std::size_t received = 0;
    std::string answer; ///< as far as it was asked for

    bool mayCall(const std::optional<IpBytes> &address) {
        const bool allowPrivate = request.allowPrivate;
        const bool good = address
            && (options->guard ? options->guard(*address, allowPrivate) : mayBeCalled(kindOf(*address), allowPrivate));
        if (!good)
            refused = address ? textOf(*address) + " is " + toString(kindOf(*address)) : std::string("it is no internet address");
        return good;
    }
};

curl_socket_t openSocket(void *self, curlsocktype, curl_sockaddr *address) {
    if (!static_cast<Exchange *>(self)->mayCall(bytesOf(&address->addr)))
        return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int beforeRequest(void *self, char *peer, char *, int, int) {
    // A name of which one address was refused is not to be trusted with the others.
    auto &that = *static_cast<Exchange *>(self);
    return that.refused.empty() && that.mayCall(bytesOf(peer)) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

std::size_t onBody(const char *bytes, std::size_t size, std::size_t count, void *self) {
    auto &that = *static_cast<Exchange *>(self);
    that.received += size * count;
    if (that.received > that.options->mostAnswer)
        return 0;
    if (that.request.keepAnswer)
        that.answer.append(bytes, size * count);
    return size * count;
}

std::string reasonOf(CURLcode code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "its name is not known";
    case CURLE_COULDNT_CONNECT: return "no connection";
    case CURLE_OPERATION_TIMEDOUT: return "no answer in time";
    case CURLE_SSL_CONNECT_ERROR: return "no TLS connection";
    case CURLE_PEER_FAILED_VERIFICATION: return "its certificate is not trusted";
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return "the connection broke";
    case CURLE_URL_MALFORMAT: return "the address cannot be read";
    default: return "the request failed (" + std::string(curl_easy_strerror(code)) + ")";
    }
}

} // namespace

class WebClient::Private {
public:
    Private(Options options, Finished finished)
        : m_options(std::move(options))
        , m_finished(std::move(finished)) {
        initialiseCurl();
        m_multi.reset(curl_multi_init());
        curl_multi_setopt(m_multi.get(), CURLMOPT_MAXCONNECTS, keptConnections);
        for (const std::string &name : m_options.names)
            m_names.reset(curl_slist_append(m_names.release(), name.c_str()));
        m_thread = std::thread([this] { run(); });
    }
    ~Private() {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        curl_multi_wakeup(m_multi.get());
        m_thread.join();
        for (auto &[easy, exchange] : m_exchanges)
            curl_multi_remove_handle(m_multi.get(), easy);
        m_exchanges.clear();
    }

    void start(WebRequest request) {
        {
            const std::lock_guard lock(m_mutex);
            m_new.push_back(std::move(request));
        }
        curl_multi_wakeup(m_multi.get());
    }

private:
    void run();
    bool takeNew();
    void begin(WebRequest request);
    void conclude(CURL *easy, CURLcode code);

    const Options m_options;
    const Finished m_finished;
    std::unique_ptr<CURLM, MultiCleanup> m_multi;
    List m_names;
    std::mutex m_mutex;
    std::deque<WebRequest> m_new; ///< guarded by m_mutex
    bool m_stopping = false; ///< guarded by m_mutex
    std::map<CURL *, std::unique_ptr<Exchange>> m_exchanges; ///< the thread's
    std::thread m_thread;
};

void WebClient::Private::run() {
    while (takeNew()) {
        int running = 0;
        curl_multi_perform(m_multi.get(), &running);
        int left = 0;
        while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
            if (message->msg == CURLMSG_DONE)
                conclude(message->easy_handle, message->data.result);
        }
        curl_multi_poll(m_multi.get(), nullptr, 0, pollMilliseconds, nullptr);
    }
}

bool WebClient::Private::takeNew() {
    std::deque<WebRequest> fresh;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return false;
        fresh.swap(m_new);
    }
    for (WebRequest &request : fresh)
        begin(std::move(request));
    return true;
}

void WebClient::Private::begin(WebRequest request) {
    auto exchange = std::make_unique<Exchange>();
    CURL *easy = exchange->easy.get();
    exchange->options = &m_options;
    exchange->request = std::move(request);
    const auto add = [&](const std::string &line) { exchange->headers.reset(curl_slist_append(exchange->headers.release(), line.c_str())); };
    add("Expect:");
    add("Content-Type: application/json");
    add("User-Agent: Songda");
    for (const auto &[name, value] : exchange->request.headers)
        add(name + ": " + value);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_URL, exchange->request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // the end of the program does not wait for a name server
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_options.connectDeadline.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_options.deadline.count()));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers.get());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange->request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange->request.body.c_str());
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &openSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, exchange.get());
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &beforeRequest);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange.get());
    if (m_names)
        curl_easy_setopt(easy, CURLOPT_RESOLVE, m_names.get());
    if (!m_options.extraRootsPem.empty()) {
        curl_blob roots{const_cast<char *>(m_options.extraRootsPem.data()), m_options.extraRootsPem.size(), CURL_BLOB_NOCOPY};
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &roots);
    }
    m_exchanges[easy] = std::move(exchange);
    curl_multi_add_handle(m_multi.get(), easy);
}

void WebClient::Private::conclude(CURL *easy, CURLcode code) {
    const auto it = m_exchanges.find(easy);
    const std::unique_ptr<Exchange> exchange = std::move(it->second);
    m_exchanges.erase(it);
    curl_multi_remove_handle(m_multi.get(), easy);
    WebAnswer answer;
    answer.id = exchange->request.id;
    long status = 0;
    curl_off_t micros = 0;
    curl_off_t retryAfter = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &micros);
    curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retryAfter);
    answer.latency = Micros{micros};
    answer.body = std::move(exchange->answer);
    if (retryAfter > 0)
        answer.retryAfter = Seconds{std::min<curl_off_t>(retryAfter, 7 * 86'400)};
    // What is wrong with the rest of an answer whose status has come is of no matter: the receiver has said what it thinks.
    const bool answered = status >= 200 && exchange->refused.empty()
        && (code == CURLE_OK || code == CURLE_WRITE_ERROR || code == CURLE_PARTIAL_FILE || code == CURLE_BAD_CONTENT_ENCODING);
    if (answered) {
        answer.status = static_cast<int>(status);
        answer.detail = "HTTP " + std::to_string(status) + (status >= 300 && status < 400 ? ": redirects are not followed" : "");
    } else if (!exchange->refused.empty()) {
        answer.detail = "the address is not called: " + exchange->refused;
    } else {
        answer.detail = reasonOf(code);
    }
    m_finished(std::move(answer));
}

WebClient::WebClient(Options options, Finished finished)
    : d(std::make_unique<Private>(std::move(options), std::move(finished))) {}
WebClient::~WebClient() = default;
void WebClient::start(WebRequest request) { d->start(std::move(request)); }

Result<std::string> checkedWebAddress(const std::string &text) {
    constexpr std::size_t longest = 2000;
    const auto wrong = [](const char *why) { return fail(ErrorCode::InvalidInput, std::string("the address of a hook ") + why); };
    if (text.empty() || text.size() > longest || std::any_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c == 0x7f || c == '\\'; }))
        return wrong("is empty, too long, or has blanks or backslashes");
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != QLatin1String("https") && url.scheme() != QLatin1String("http")))
        return wrong("begins with https:// (or http:// within one's own network)");
    if (url.host().isEmpty())
        return wrong("has no host");
    if (!url.userInfo().isEmpty() || text.find('@') < text.find_first_of("/?#", text.find("//") + 2))
        return wrong("has a name or password before an @; what proves who asks is the signature");
    if (url.hasFragment())
        return wrong("has a fragment (#), which is never sent");
    return url.toEncoded(QUrl::FullyEncoded).toStdString();
}

} // namespace songda::net
