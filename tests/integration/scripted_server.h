// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/integration/certificates.h"

#include <QByteArray>
#include <QThread>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace songda::net::testing {

/// One request as the server read it: all of it, up to the last byte of its body.
struct SeenRequest {
    int connection = 0; ///< 1, 2, 3 ... in order of their arrival
    int index = 0; ///< 0 for the first one on its connection
    QByteArray method;
    QByteArray target;
    QByteArray version; ///< as in the request line
    std::vector<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;

    std::vector<QByteArray> all(const QByteArray &header) const;
    QByteArray first(const QByteArray &header) const;
};

/// What the server does with one request.
struct Plan {
    enum class End {
        Keep, ///< waits for the next request
        Close, ///< closes as servers do, over TLS with a goodbye
        Cut, ///< ends the stream without a goodbye
        Reset, ///< resets the connection
        Hang, ///< keeps the connection and never does anything again
    };
    static constexpr qint64 wholeRequest = -1;

    qint64 afterBytes = wholeRequest; ///< of the request read; 0 acts before reading any
    QByteArray answer; ///< written byte for byte
    std::function<QByteArray(const SeenRequest &)> answerTo; ///< instead of `answer`
    QByteArray endless; ///< written after the answer again and again, until the peer goes
    std::chrono::milliseconds delay{0}; ///< before the first byte of the answer
    std::chrono::milliseconds drip{0}; ///< this long between two bytes of the answer
    std::chrono::milliseconds pause{0}; ///< this long between two times `endless`
    bool atTheGate = false; ///< answered only when the gate opens
    End end = End::Keep;
};

QByteArray answer(const QByteArray &statusLine, const QByteArray &headers, const QByteArray &body);
QByteArray ok(const QByteArray &body = "{\"errcode\":0}");
/// Answers with these bytes.
Plan answering(const QByteArray &bytes = ok(), Plan::End end = Plan::End::Keep);

/// A server on a loopback port that does what the test says, and records what it really received.
/// It works in its own thread; all functions may be called from the test's thread.
class ScriptedServer {
public:
    /// Asked when a connection is ready for its next request; runs in the server's thread.
    using Script = std::function<Plan(int connection, int index)>;

    struct Options {
        std::optional<Identity> tls;
        QList<QByteArray> alpn; ///< protocols offered, the preferred one first
        QByteArray insteadOfTls; ///< answers the first bytes of a peer with this
        Plan::End afterInsteadOfTls = Plan::End::Close;
        int gate = 0; ///< requests at the gate are answered whenever so many of them wait
    };

    explicit ScriptedServer(Script script) : ScriptedServer(std::move(script), Options{}) {}
    ScriptedServer(Script script, Options options);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer &) = delete;
    ScriptedServer &operator=(const ScriptedServer &) = delete;

    quint16 port() const { return m_port; }
    /// `http://127.0.0.1:port` or, over TLS, `https://localhost:port`.
    std::string base() const;
    void setIdentity(const Identity &identity); ///< of connections still to come
    void openGate(); ///< lets all through that wait, and everyone after them
    void hangUp(); ///< resets all connections

    std::vector<SeenRequest> requests() const;
    int copies(const QByteArray &body) const; ///< complete requests with this body
    int connections() const; ///< accepted ever
    int mostOpen() const; ///< connections at one time
    int mostAtTheGate() const;
    bool sawChunkedRequest() const;
    bool sawPipelining() const;
    qint64 requestBytes() const; ///< read from all peers, complete requests or not; behind TLS: decrypted
    qint64 bytesSent() const;
    bool waitForRequests(int count) const;
    bool waitForAtTheGate(int count) const;
    bool waitForNoConnections() const;

private:
    class Listener;
    class Connection;
    struct Record {
        std::vector<SeenRequest> requests;
        int connections = 0;
        int open = 0;
        int mostOpen = 0;
        int atTheGate = 0;
        int mostAtTheGate = 0;
        bool chunked = false;
        bool pipelining = false;
        qint64 requestBytes = 0;
        qint64 bytesSent = 0;
    };

    template <class Change> void record(Change change);
    template <class Ready> bool waitUntil(Ready ready) const;

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    Record m_record; ///< guarded by m_mutex
    const Script m_script;
    const bool m_tls;
    quint16 m_port = 0;
    QThread m_thread;
    Listener *m_listener = nullptr; ///< lives on m_thread
};

} // namespace songda::net::testing
