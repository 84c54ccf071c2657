// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/qnam_exchange.h"

#include "engine/net/decode_body.h"
#include "engine/net/one_shot_body.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslError>
#include <QTimer>
#include <QUrl>

namespace songda::net {

namespace {

/// Far longer than the library's thread needs to pass on that a request was sent.
constexpr std::chrono::milliseconds lingerForNews{500};

HttpFailure failureOf(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::HostNotFoundError: return HttpFailure::NameLookup;
    case QNetworkReply::ConnectionRefusedError: return HttpFailure::ConnectionRefused;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError: return HttpFailure::ConnectTimeout;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError: return HttpFailure::Unreachable;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::UnknownProxyError: return HttpFailure::Proxy;
    case QNetworkReply::ProxyAuthenticationRequiredError: return HttpFailure::ProxyLogin;
    case QNetworkReply::SslHandshakeFailedError: return HttpFailure::TlsHandshake;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownNetworkError: return HttpFailure::Closed;
    case QNetworkReply::OperationCanceledError: return HttpFailure::Cancelled;
    default: return HttpFailure::Other;
    }
}

/// Why no request left through a proxy. TLS lies behind it; all else is the proxy's affair.
HttpFailure tunnelFailureOf(QNetworkReply::NetworkError error) {
    const HttpFailure failure = failureOf(error);
    return failure == HttpFailure::TlsHandshake || failure == HttpFailure::ProxyLogin ? failure : HttpFailure::Proxy;
}

/// The library tells one exchange why a peer is not trusted, and the others on that connection only that the
/// handshake failed; the reason stands in the text.
bool speaksOfTrust(const QString &text) {
    for (int code = QSslError::UnableToGetIssuerCertificate; code <= QSslError::CertificateBlacklisted; ++code) {
        const QString reason = QSslError(static_cast<QSslError::SslError>(code)).errorString();
        if (!reason.isEmpty() && text.contains(reason))
            return true;
    }
    return false;
}

/// Errors that come while a connection is being made.
bool isConnectError(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::SslHandshakeFailedError: return true;
    default: return false;
    }
}

} // namespace

QnamExchange::QnamExchange(
    QNetworkAccessManager &manager, ExchangeId id, const HttpRequest &request, const QNetworkRequest &qt, Done done)
    : m_id(id)
    , m_viaProxy(!request.proxy.empty())
    , m_connectDeadline(request.connectDeadline)
    , m_deadline(request.deadline)
    , m_done(std::move(done)) {
    m_clock.start();
    if (request.method == HttpRequest::Method::Post) {
        m_body = new OneShotBody(QByteArray::fromStdString(request.body));
        m_reply = manager.post(qt, m_body);
        m_body->setParent(m_reply);
    } else {
        // May be repeated by the library when the peer closes; a GET changes nothing at the peer.
        m_reply = manager.get(qt);
    }
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_requestSent = true; });
    connect(m_reply, &QNetworkReply::readyRead, this, &QnamExchange::onReadyRead);
    // A reply may be finished already, and `done` must not be called from our constructor.
    if (m_reply->isFinished())
        QMetaObject::invokeMethod(this, &QnamExchange::onFinished, Qt::QueuedConnection);
}

QnamExchange::~QnamExchange() {
    if (m_finished) {
        delete m_reply; // long after its signals: a call later would be one more event for each message
    } else if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void QnamExchange::checkDeadlines() {
    if (m_finished || m_gaveUp != HttpFailure::None)
        return;
    const Millis age{m_clock.elapsed()};
    if (age >= m_deadline)
        giveUp(HttpFailure::Timeout);
    else if (age >= m_connectDeadline && !m_requestSent)
        giveUp(HttpFailure::ConnectTimeout);
}

void QnamExchange::cancel() {
    if (!m_finished && m_gaveUp == HttpFailure::None)
        giveUp(HttpFailure::Cancelled);
}

void QnamExchange::giveUp(HttpFailure why) {
    m_gaveUp = why;
    // A turn later: the library begins a request one turn after it was handed over, even one that was aborted
    // meanwhile, and would then send it behind our back.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_finished)
                return;
            m_aborted = true;
            m_reply->abort();
        },
        Qt::QueuedConnection);
}

void QnamExchange::onReadyRead() {
    m_received += m_reply->readAll();
    if (m_received.size() > static_cast<qsizetype>(HttpLimits::maxBody) && m_gaveUp == HttpFailure::None)
        giveUp(HttpFailure::TooLarge);
}

void QnamExchange::onFinished() {
    if (m_finished)
        return;
    if (m_aborted && m_gaveUp == HttpFailure::ConnectTimeout && !m_lingered) {
        // The body was taken long before there was a connection. Should one have come at the last moment, the news
        // that the request was sent is still under way from the library's thread: it is waited for.
        m_lingered = true;
        QTimer::singleShot(lingerForNews, this, &QnamExchange::onFinished);
        return;
    }
    m_finished = true;
    m_done(this, conclude());
}

bool QnamExchange::written() const {
    // "Sent" comes with the head of a request: for a body what counts is that all of it was taken.
    const bool neverConnected = !m_requestSent && m_aborted && m_gaveUp == HttpFailure::ConnectTimeout;
    return m_body == nullptr ? m_requestSent : m_body->isDrained() && !neverConnected;
}

HttpResponse QnamExchange::conclude() {
    HttpResponse response;
    response.latency = std::chrono::duration_cast<Micros>(std::chrono::nanoseconds{m_clock.nsecsElapsed()});
    response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_gaveUp != HttpFailure::TooLarge && m_reply->isOpen())
        m_received += m_reply->readAll();
    response.body = m_received.left(static_cast<qsizetype>(HttpLimits::maxBody)).toStdString();
    QByteArray encoding;
    bool chunked = false;
    for (const auto &[name, value] : m_reply->rawHeaderPairs()) { // once, not once for each name
        const auto is = [&name = name](const char *other) { return name.compare(other, Qt::CaseInsensitive) == 0; };
        if (is("Content-Type"))
            response.contentType = value.toStdString();
        else if (is("Date"))
            response.date = parseHttpDate(value.trimmed().toStdString());
        else if (is("Retry-After"))
            response.retryAfter = value.toStdString();
        else if (is("Content-Encoding"))
            encoding = value.trimmed();
        else if (is("Transfer-Encoding"))
            chunked = true;
        else if (is("Location"))
            response.location = QUrl::fromEncoded(value)
                                    .toString(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo)
                                    .toStdString();
    }
    const QVariant announced = m_reply->header(QNetworkRequest::ContentLengthHeader);
    const bool framed = chunked || announced.isValid(); // otherwise the body lasts until the peer closes

    const QNetworkReply::NetworkError error = m_reply->error();
    const bool answered = response.status != 0;
    // The library takes the body before it has a connection: when it then says that there never was one, and
    // never said that the request was sent, nothing is on the wire.
    // The same when no tunnel was opened, which the library tells with errors that it uses for much else.
    const bool noTunnel = m_viaProxy && !m_requestSent && !answered && !m_aborted && error != QNetworkReply::NoError;
    const bool neverConnected = noTunnel || (!m_requestSent && isConnectError(error));
    response.phase = answered ? WirePhase::Answered
        : written() && !neverConnected ? WirePhase::Written
                                       : WirePhase::NotWritten;
    const bool endedByUs = m_aborted || m_gaveUp == HttpFailure::TlsUntrusted || m_gaveUp == HttpFailure::TooLarge;
    if (endedByUs)
        response.failure = m_gaveUp;
    else if (!answered)
        response.failure = error == QNetworkReply::NoError ? HttpFailure::Closed : noTunnel ? tunnelFailureOf(error) : failureOf(error);
    else if (response.status >= 300 && response.status < 400 && error == QNetworkReply::ContentReSendError)
        response.failure = HttpFailure::None; // a whole 307 or 308: the library wanted to follow it and could not
    else if (error == QNetworkReply::ContentReSendError && !framed)
        response.failure = HttpFailure::None; // the close is the end of such a body; the library saw it too early
    else if (error == QNetworkReply::RemoteHostClosedError || error == QNetworkReply::ContentReSendError
        || error == QNetworkReply::ProtocolFailure || error == QNetworkReply::UnknownNetworkError)
        response.failure = HttpFailure::BrokenBody; // every other error only repeats the status
    // A body shorter than announced ends without an error when the peer closes politely.
    if (response.failure == HttpFailure::None && announced.isValid() && announced.toLongLong() > m_received.size())
        response.failure = HttpFailure::BrokenBody;
    if (response.failure == HttpFailure::TlsHandshake && speaksOfTrust(m_reply->errorString()))
        response.failure = HttpFailure::TlsUntrusted;
    if (response.failure == HttpFailure::None)
        decodeBody(response, encoding.toStdString());
    return response;
}

} // namespace songda::net
