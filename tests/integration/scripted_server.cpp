// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scripted_server.h"

#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <sys/socket.h>

namespace songda::net::testing {

namespace {

/// How long a wait may take before the test has failed; not a measure of anything.
constexpr std::chrono::seconds patience{30};

} // namespace

// ---- requests and answers

std::vector<QByteArray> SeenRequest::all(const QByteArray &header) const {
    std::vector<QByteArray> values;
    for (const auto &[name, value] : headers) {
        if (name == header)
            values.push_back(value);
    }
    return values;
}

QByteArray SeenRequest::first(const QByteArray &header) const {
    const auto values = all(header);
    return values.empty() ? QByteArray() : values.front();
}

QByteArray answer(const QByteArray &statusLine, const QByteArray &headers, const QByteArray &body) {
    return "HTTP/1.1 " + statusLine + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
}

QByteArray ok(const QByteArray &body) { return answer("200 OK", "Content-Type: application/json\r\n", body); }

Plan answering(const QByteArray &bytes, Plan::End end) {
    Plan plan;
    plan.answer = bytes;
    plan.end = end;
    return plan;
}

// ---- the server

class ScriptedServer::Connection final : public QObject {
public:
    Connection(ScriptedServer &server, Listener &listener, int number, qintptr descriptor);
    ~Connection() override;

    void proceed(); ///< from the gate
    void reset();

private:
    void next();
    void read();
    bool isComplete(); ///< takes a complete request out of m_buffer into m_seen
    void act();
    void write();
    void finish();

    ScriptedServer &m_server;
    Listener &m_listener;
    const int m_number;
    QSslSocket m_socket;
    QTimer m_dripper;
    Plan m_plan;
    SeenRequest m_seen;
    QByteArray m_buffer; ///< read and not yet used
    QByteArray m_toWrite;
    qint64 m_read = 0; ///< of the current request
    int m_index = 0;
    bool m_reading = false;
    bool m_finishing = false;
};

class ScriptedServer::Listener final : public QTcpServer {
public:
    Listener(ScriptedServer &server, Options options)
        : m_server(server)
        , m_options(std::move(options)) {}

    void wait(Connection *connection) {
        m_waiting.push_back(connection);
        m_server.record([](Record &r) { r.mostAtTheGate = std::max(r.mostAtTheGate, ++r.atTheGate); });
        if (m_open || (m_options.gate > 0 && static_cast<int>(m_waiting.size()) >= m_options.gate))
            release();
    }
    void forget(Connection *connection) {
        if (const auto n = std::erase(m_waiting, connection); n > 0)
            m_server.record([](Record &r) { --r.atTheGate; });
    }
    void openForGood() {
        m_open = true;
        release();
    }
    void hangUp() {
        for (QObject *child : QList<QObject *>(children())) {
            if (auto *connection = dynamic_cast<Connection *>(child))
                connection->reset();
        }
    }
    void setIdentity(const Identity &identity) { m_options.tls = identity; }
    const Options &options() const { return m_options; }

protected:
    void incomingConnection(qintptr descriptor) override {
        int number = 0;
        m_server.record([&number](Record &r) {
            number = ++r.connections;
            r.mostOpen = std::max(r.mostOpen, ++r.open);
        });
        new Connection(m_server, *this, number, descriptor); // owned by this
    }

private:
    void release() {
        const auto freed = std::exchange(m_waiting, {});
        m_server.record([](Record &r) { r.atTheGate = 0; });
        for (Connection *connection : freed)
            connection->proceed();
    }

    ScriptedServer &m_server;
    Options m_options;
    std::vector<Connection *> m_waiting;
    bool m_open = false;
};

ScriptedServer::Connection::Connection(ScriptedServer &server, Listener &listener, int number, qintptr descriptor)
    : QObject(&listener)
    , m_server(server)
    , m_listener(listener)
    , m_number(number) {
    // Bounded, so that a request that is not to be read stays with its sender.
    m_socket.setReadBufferSize(16 * 1024);
    m_socket.setSocketDescriptor(descriptor);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(&m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_socket, &QSslSocket::readyRead, this, &Connection::read);
    // Queued, as everything that writes or closes: a socket must not be ended from inside its own signal.
    connect(&m_socket, &QSslSocket::bytesWritten, this, &Connection::write, Qt::QueuedConnection);
    connect(&m_socket, &QSslSocket::encryptedBytesWritten, this, &Connection::write, Qt::QueuedConnection);
    connect(&m_dripper, &QTimer::timeout, this, &Connection::write);
    m_dripper.setSingleShot(true);

    const Options &options = listener.options();
    if (!options.insteadOfTls.isNull()) {
        m_plan.afterBytes = 1;
        m_plan.answer = options.insteadOfTls;
        m_plan.end = options.afterInsteadOfTls;
        m_reading = true;
        read();
    } else if (options.tls) {
        m_socket.setLocalCertificate(QSslCertificate(options.tls->certificate));
        m_socket.setPrivateKey(QSslKey(options.tls->key, QSsl::Ec));
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        auto tls = m_socket.sslConfiguration();
        tls.setAllowedNextProtocols(options.alpn);
        m_socket.setSslConfiguration(tls);
        connect(&m_socket, &QSslSocket::encrypted, this, &Connection::next);
        m_socket.startServerEncryption();
    } else {
        next();
    }
}

ScriptedServer::Connection::~Connection() {
    m_socket.disconnect(this);
    m_listener.forget(this);
    m_server.record([](Record &r) { --r.open; });
}

void ScriptedServer::Connection::next() {
    m_plan = m_server.m_script(m_number, m_index);
    m_seen = {};
    m_seen.connection = m_number;
    m_seen.index = m_index;
    m_read = 0;
    m_reading = true;
    if (m_plan.afterBytes == 0)
        act();
    else
        read();
}

void ScriptedServer::Connection::read() {
    while (m_reading && (m_socket.bytesAvailable() > 0 || !m_buffer.isEmpty())) {
        const qint64 most = m_plan.afterBytes == Plan::wholeRequest ? 16 * 1024 : m_plan.afterBytes - m_read;
        const QByteArray bytes = m_socket.read(most);
        m_read += bytes.size();
        m_buffer += bytes;
        m_server.record([&bytes](Record &r) { r.requestBytes += bytes.size(); });
        if (isComplete() || (m_plan.afterBytes != Plan::wholeRequest && m_read >= m_plan.afterBytes))
            act();
        else if (bytes.isEmpty())
            return;
    }
}

bool ScriptedServer::Connection::isComplete() {
    const qsizetype headEnd = m_buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return false;
    SeenRequest seen;
    QList<QByteArray> lines = m_buffer.left(headEnd).split('\n');
    const QList<QByteArray> first = lines.takeFirst().trimmed().split(' ');
    seen.method = first.value(0);
    seen.target = first.value(1);
    seen.version = first.value(2);
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        seen.headers.emplace_back(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype bodyStart = headEnd + 4;
    qsizetype end = bodyStart + static_cast<qsizetype>(seen.first("content-length").toLongLong());
    if (!seen.all("transfer-encoding").empty()) {
        m_server.record([](Record &r) { r.chunked = true; });
        const qsizetype last = m_buffer.indexOf("0\r\n\r\n", bodyStart);
        if (last < 0)
            return false;
        end = last + 5;
    }
    if (m_buffer.size() < end)
        return false;
    seen.connection = m_number;
    seen.index = m_index;
    seen.body = m_buffer.mid(bodyStart, end - bodyStart);
    m_buffer.remove(0, end);
    m_seen = seen;
    m_server.record([&](Record &r) {
        r.requests.push_back(seen);
        r.pipelining = r.pipelining || !m_buffer.isEmpty();
    });
    return true;
}

void ScriptedServer::Connection::act() {
    m_reading = false;
    if (m_plan.atTheGate)
        m_listener.wait(this);
    else
        proceed();
}

void ScriptedServer::Connection::proceed() {
    m_toWrite = m_plan.answerTo ? m_plan.answerTo(m_seen) : m_plan.answer;
    m_finishing = true;
    if (m_plan.delay.count() > 0)
        m_dripper.start(m_plan.delay);
    else
        QMetaObject::invokeMethod(this, &Connection::write, Qt::QueuedConnection);
}

void ScriptedServer::Connection::write() {
    if (!m_finishing || m_dripper.isActive() || m_socket.state() != QAbstractSocket::ConnectedState)
        return;
    constexpr qint64 mostBuffered = 256 * 1024;
    if (m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite() > mostBuffered)
        return;
    const bool endless = m_toWrite.isEmpty() && !m_plan.endless.isEmpty();
    if (endless)
        m_toWrite = m_plan.endless;
    if (!m_toWrite.isEmpty()) {
        const QByteArray now = m_plan.drip.count() > 0 ? m_toWrite.left(1) : m_toWrite.left(mostBuffered);
        m_toWrite.remove(0, now.size());
        m_server.record([&now](Record &r) { r.bytesSent += now.size(); });
        if (m_plan.drip.count() > 0)
            m_dripper.start(m_plan.drip);
        else if (endless && m_plan.pause.count() > 0)
            m_dripper.start(m_plan.pause);
        m_socket.write(now);
        m_socket.flush();
        // Goes on from bytesWritten() or from the timer, so that nothing starves beside an endless answer.
        if (!m_dripper.isActive())
            QMetaObject::invokeMethod(this, &Connection::write, Qt::QueuedConnection);
        return;
    }
    if (m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite() == 0)
        finish();
}

void ScriptedServer::Connection::finish() {
    m_finishing = false;
    switch (m_plan.end) {
    case Plan::End::Keep:
        ++m_index;
        next();
        break;
    case Plan::End::Close: m_socket.disconnectFromHost(); break;
    case Plan::End::Cut: ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR); break;
    case Plan::End::Reset: reset(); break;
    case Plan::End::Hang: break;
    }
}

void ScriptedServer::Connection::reset() {
    const linger atOnce{1, 0};
    ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_socket.abort();
}

ScriptedServer::ScriptedServer(Script script, Options options)
    : m_script(std::move(script))
    , m_tls(options.tls.has_value() || !options.insteadOfTls.isNull())
    , m_listener(new Listener(*this, std::move(options))) {
    m_listener->setListenBacklogSize(1000);
    if (!m_listener->listen(QHostAddress::LocalHost))
        qFatal("cannot listen on the loopback interface");
    m_port = m_listener->serverPort();
    m_listener->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("scripted-server"));
    m_thread.start();
}

ScriptedServer::~ScriptedServer() {
    m_thread.quit();
    m_thread.wait();
}

std::string ScriptedServer::base() const {
    return (m_tls ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(m_port);
}

void ScriptedServer::setIdentity(const Identity &identity) {
    QMetaObject::invokeMethod(
        m_listener, [this, identity] { m_listener->setIdentity(identity); }, Qt::BlockingQueuedConnection);
}

void ScriptedServer::openGate() {
    QMetaObject::invokeMethod(m_listener, [this] { m_listener->openForGood(); });
}

void ScriptedServer::hangUp() {
    QMetaObject::invokeMethod(
        m_listener, [this] { m_listener->hangUp(); }, Qt::BlockingQueuedConnection);
}

template <class Change> void ScriptedServer::record(Change change) {
    {
        const std::lock_guard lock(m_mutex);
        change(m_record);
    }
    m_changed.notify_all();
}

template <class Ready> bool ScriptedServer::waitUntil(Ready ready) const {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, patience, [&] { return ready(m_record); });
}

std::vector<SeenRequest> ScriptedServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_record.requests;
}

int ScriptedServer::copies(const QByteArray &body) const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(m_record.requests.begin(), m_record.requests.end(),
        [&body](const SeenRequest &r) { return r.body == body; }));
}

int ScriptedServer::connections() const {
    const std::lock_guard lock(m_mutex);
    return m_record.connections;
}

int ScriptedServer::mostOpen() const {
    const std::lock_guard lock(m_mutex);
    return m_record.mostOpen;
}

int ScriptedServer::mostAtTheGate() const {
    const std::lock_guard lock(m_mutex);
    return m_record.mostAtTheGate;
}

bool ScriptedServer::sawChunkedRequest() const {
    const std::lock_guard lock(m_mutex);
    return m_record.chunked;
}

bool ScriptedServer::sawPipelining() const {
    const std::lock_guard lock(m_mutex);
    return m_record.pipelining;
}

qint64 ScriptedServer::requestBytes() const {
    const std::lock_guard lock(m_mutex);
    return m_record.requestBytes;
}

qint64 ScriptedServer::bytesSent() const {
    const std::lock_guard lock(m_mutex);
    return m_record.bytesSent;
}

bool ScriptedServer::waitForRequests(int count) const {
    return waitUntil([count](const Record &r) { return static_cast<int>(r.requests.size()) >= count; });
}

bool ScriptedServer::waitForAtTheGate(int count) const {
    return waitUntil([count](const Record &r) { return r.atTheGate >= count; });
}

bool ScriptedServer::waitForNoConnections() const {
    return waitUntil([](const Record &r) { return r.open == 0; });
}

} // namespace songda::net::testing
