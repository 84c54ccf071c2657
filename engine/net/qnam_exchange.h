// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"
#include "engine/net/http_port.h"

#include <QElapsedTimer>
#include <QObject>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;

namespace songda::net {

class OneShotBody;

/// One exchange on one network manager: starts it, watches its deadlines and size, and turns its end into an
/// HttpResponse. Lives on the lane's thread; calls `done` exactly once, never from inside its constructor.
class QnamExchange final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(QnamExchange *, HttpResponse)>;

    /// `qt`: the same request in the library's form.
    QnamExchange(
        QNetworkAccessManager &manager, ExchangeId id, const HttpRequest &request, const QNetworkRequest &qt, Done done);
    ~QnamExchange() override;

    ExchangeId id() const { return m_id; }
    QNetworkReply *reply() const { return m_reply; }
    /// Told by the manager, for all its replies over one connection of signals.
    void onFinished();
    /// An untrusted certificate ends the handshake with one error code for all its reasons; only this signal tells it
    /// from a broken line. Nothing is ever ignored.
    void onTlsErrors() { m_gaveUp = HttpFailure::TlsUntrusted; }
    /// Ends the exchange if a deadline has passed. The lane calls it a few times a second: one timer for all.
    void checkDeadlines();
    void cancel();

private:
    void onReadyRead();
    void giveUp(HttpFailure why);
    bool written() const;
    HttpResponse conclude();

    const ExchangeId m_id;
    const bool m_viaProxy;
    const Millis m_connectDeadline;
    const Millis m_deadline;
    Done m_done;
    QElapsedTimer m_clock;
    OneShotBody *m_body = nullptr; ///< child of the reply
    QNetworkReply *m_reply = nullptr; ///< ours; the managers' destructors come after the exchanges'
    HttpFailure m_gaveUp = HttpFailure::None; ///< why we ended it ourselves; a timeout and an abort look alike in Qt
    bool m_requestSent = false;
    bool m_aborted = false; ///< the library was told that we gave up
    bool m_lingered = false;
    bool m_finished = false;
    QByteArray m_received;
};

} // namespace songda::net
