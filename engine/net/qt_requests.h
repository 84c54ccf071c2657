// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"

#include <QList>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <string>

namespace songda::net {

/// Our requests in the library's form. One account's requests differ in their body only: what is the same in all is
/// made once. On the lane's thread.
class QtRequests final {
public:
    /// `extraRoots`: certificates trusted beside the system's.
    explicit QtRequests(QList<QSslCertificate> extraRoots);

    QNetworkRequest of(const HttpRequest &request);

private:
    void setPattern(const HttpRequest &request);

    const QList<QSslCertificate> m_extraRoots;
    QNetworkRequest m_pattern;
    HttpRequest m_patternOf; ///< without its body
};

} // namespace songda::net
