// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/qt_requests.h"

#include <QSslConfiguration>
#include <QUrl>
#include <utility>

namespace songda::net {

QtRequests::QtRequests(QList<QSslCertificate> extraRoots)
    : m_extraRoots(std::move(extraRoots)) {}

QNetworkRequest QtRequests::of(const HttpRequest &request) {
    if (m_patternOf.url != request.url || m_patternOf.method != request.method || m_patternOf.contentType != request.contentType)
        setPattern(request);
    QNetworkRequest qt = m_pattern;
    if (request.method == HttpRequest::Method::Post)
        qt.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(request.body.size()));
    return qt;
}

void QtRequests::setPattern(const HttpRequest &request) {
    QNetworkRequest qt(QUrl(QString::fromStdString(request.url), QUrl::StrictMode));
    // No more than needed: the library looks through all of them several times a request. Its managers have no cache, and
    // know themselves that redirects are not followed.
    qt.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    qt.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    qt.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    qt.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    qt.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Songda"));
    // Named by us, the encoding is left alone by the library, which would take a damaged gzip for a short answer.
    qt.setRawHeader("Accept-Encoding", "identity");
    if (request.method == HttpRequest::Method::Post) {
        qt.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray::fromStdString(request.contentType));
        qt.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    }
    if (!m_extraRoots.isEmpty()) {
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(m_extraRoots);
        qt.setSslConfiguration(tls);
    }
    m_pattern = std::move(qt);
    m_patternOf = HttpRequest{};
    m_patternOf.method = request.method;
    m_patternOf.url = request.url;
    m_patternOf.contentType = request.contentType;
}

} // namespace songda::net
