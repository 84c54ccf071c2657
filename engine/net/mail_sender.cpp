// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/mail_sender.h"

#include "engine/net/curl_exchange.h"

#include <QByteArray>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cstring>

namespace songda::net {

namespace {

struct EasyCleanup {
    void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
struct ListCleanup {
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};

struct Upload {
    const std::string &text;
    std::size_t at = 0;
};

std::size_t readText(char *buffer, std::size_t size, std::size_t count, void *self) {
    auto &upload = *static_cast<Upload *>(self);
    const std::size_t n = std::min(size * count, upload.text.size() - upload.at);
    std::memcpy(buffer, upload.text.data() + upload.at, n);
    upload.at += n;
    return n;
}

int onProgress(void *self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto *cancelled = static_cast<const std::atomic<bool> *>(self);
    return cancelled && *cancelled ? 1 : 0;
}

std::string reasonOf(CURLcode code, long reply) {
    const std::string said = reply > 0 ? " (the server answered " + std::to_string(reply) + ")" : "";
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "the name of the mail server is not known";
    case CURLE_COULDNT_CONNECT: return "no connection to the mail server";
    case CURLE_OPERATION_TIMEDOUT: return "the mail server does not answer in time";
    case CURLE_USE_SSL_FAILED: return "the mail server offers no TLS; nothing was sent";
    case CURLE_SSL_CONNECT_ERROR: return "no TLS connection to the mail server";
    case CURLE_PEER_FAILED_VERIFICATION: return "the mail server's certificate is not trusted";
    case CURLE_LOGIN_DENIED: return "the mail server does not take user and password" + said;
    case CURLE_ABORTED_BY_CALLBACK: return "ended before it was sent";
    default: return "the mail was not taken: " + std::string(curl_easy_strerror(code)) + said;
    }
}

bool isAddress(const std::string &text) {
    const auto at = text.find('@');
    return at != std::string::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string::npos && text.size() < 255
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos; });
}

std::string base64Lines(const std::string &text) {
    const std::string all = QByteArray::fromStdString(text).toBase64().toStdString();
    std::string out;
    for (std::size_t i = 0; i < all.size(); i += 76)
        out += all.substr(i, 76) + "\r\n";
    return out;
}

/// RFC 2047: words of at most 75 characters, cut between characters.
std::string encodedHeader(const std::string &text) {
    constexpr std::size_t most = 42;
    std::string out;
    std::string part;
    const auto flush = [&] {
        if (!part.empty())
            out += (out.empty() ? "" : "\r\n ") + std::string("=?UTF-8?B?") + QByteArray::fromStdString(part).toBase64().toStdString() + "?=";
        part.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            ++end;
        if (part.size() + end - i > most)
            flush();
        part += text.substr(i, end - i);
        i = end;
    }
    flush();
    return out;
}

} // namespace

Result<void> checkMailServer(const MailServer &server) {
    const bool host = !server.host.empty() && server.host.size() < 254
        && std::all_of(server.host.begin(), server.host.end(),
            [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '_'; });
    if (!host || server.port < 1 || server.port > 65535)
        return fail(ErrorCode::InvalidInput, "a mail server is a name or an address, and a port from 1 to 65535");
    if (!isAddress(server.from))
        return fail(ErrorCode::InvalidInput, "the mail's sender must be a plain address such as songda@example.com");
    if (server.to.empty() || !std::all_of(server.to.begin(), server.to.end(), isAddress))
        return fail(ErrorCode::InvalidInput, "the mail's recipients must be plain addresses such as ops@example.com, one at least");
    if (server.user.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        return fail(ErrorCode::InvalidInput, "the user at the mail server has a line break in it");
    return {};
}

std::string mailText(const MailServer &server, const Mail &mail) {
    std::string to;
    for (const std::string &address : server.to)
        to += (to.empty() ? "" : ",\r\n ") + address;
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(toMillis(mail.at), Qt::UTC);
    const std::string date = QLocale::c().toString(at, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss")).toStdString() + " +0000";
    return "Date: " + date + "\r\nFrom: " + server.from + "\r\nTo: " + to + "\r\nSubject: " + encodedHeader(mail.subject) + "\r\nMessage-ID: <" + mail.id
        + server.from.substr(server.from.find('@')) + ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
          "Auto-Submitted: auto-generated\r\n\r\n"
        + base64Lines(mail.text);
}

Result<void> sendMail(const MailServer &server, const std::string &password, const Mail &mail, const MailOptions &options) {
    SONGDA_TRY(checkMailServer(server));
    initialiseCurl();
    const std::unique_ptr<CURL, EasyCleanup> handle(curl_easy_init());
    CURL *easy = handle.get();
    std::unique_ptr<curl_slist, ListCleanup> to;
    for (const std::string &address : server.to)
        to.reset(curl_slist_append(to.release(), ("<" + address + ">").c_str()));
    const std::string host = server.host.find(':') == std::string::npos ? server.host : "[" + server.host + "]";
    const std::string url = (server.tls == MailServer::Tls::Implicit ? "smtps://" : "smtp://") + host + ":" + std::to_string(server.port);
    const std::string from = "<" + server.from + ">";
    const std::string text = mailText(server, mail);
    Upload upload{text};
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(server.tls == MailServer::Tls::Off ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connectDeadline.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options.deadline.count()));
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    if (!server.user.empty()) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, password.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &readText);
    curl_easy_setopt(easy, CURLOPT_READDATA, &upload);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &onProgress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, const_cast<std::atomic<bool> *>(options.cancelled));
    if (!options.extraRootsPem.empty()) {
        curl_blob roots{const_cast<char *>(options.extraRootsPem.data()), options.extraRootsPem.size(), CURL_BLOB_NOCOPY};
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &roots);
    }
    const CURLcode code = curl_easy_perform(easy);
    if (code == CURLE_OK)
        return {};
    long reply = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply);
    return fail(ErrorCode::Network, reasonOf(code, reply));
}

} // namespace songda::net
