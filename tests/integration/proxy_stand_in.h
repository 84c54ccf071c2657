// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QtEndian>
#include <mutex>
#include <string>
#include <vector>

namespace songda::net::testing {

/// A proxy on a loopback port that opens tunnels by CONNECT and by SOCKS5, and leads every name to this machine. It works in
/// its own thread; all functions may be called from the test's thread.
class ProxyStandIn {
public:
    enum class Manner {
        Carry, ///< opens tunnels and carries what comes
        Refuse, ///< says `words` to who asks for a tunnel, and closes; over SOCKS5: takes no way to log in
        Drop, ///< opens tunnels, and cuts one when an answer comes back through it
        Speak, ///< says that it opened a tunnel, goes nowhere, and answers a JSON body that comes through it with `words`
    };

    explicit ProxyStandIn(Manner manner = Manner::Carry, const QByteArray &words = {})
        : m_manner(manner)
        , m_words(words)
        , m_server(new QTcpServer) {
        if (!m_server->listen(QHostAddress::LocalHost))
            qFatal("cannot listen on the loopback interface");
        m_port = m_server->serverPort();
        QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
            while (QTcpSocket *caller = m_server->nextPendingConnection())
                new Call(*this, caller, m_server);
        });
        m_server->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        m_thread.setObjectName(QStringLiteral("proxy-stand-in"));
        m_thread.start();
    }
    ~ProxyStandIn() {
        m_thread.quit();
        m_thread.wait();
    }
    ProxyStandIn(const ProxyStandIn &) = delete;
    ProxyStandIn &operator=(const ProxyStandIn &) = delete;

    std::string http() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    std::string socks() const { return "socks5h://127.0.0.1:" + std::to_string(m_port); }
    void behave(Manner manner, const QByteArray &words = {}) {
        const std::lock_guard lock(m_mutex);
        m_manner = manner;
        m_words = words;
    }
    /// host:port of every tunnel that was asked for; of a request that asked for none its first line.
    std::vector<QByteArray> targets() const {
        const std::lock_guard lock(m_mutex);
        return m_targets;
    }
    /// All that callers said before there was a tunnel.
    QByteArray heard() const {
        const std::lock_guard lock(m_mutex);
        return m_heard;
    }

private:
    class Call final : public QObject {
    public:
        Call(ProxyStandIn &house, QTcpSocket *caller, QObject *parent)
            : QObject(parent)
            , m_house(house)
            , m_caller(caller) {
            m_caller->setParent(this);
            connect(m_caller, &QTcpSocket::readyRead, this, &Call::read);
            connect(m_caller, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        }

    private:
        void read() {
            const QByteArray bytes = m_caller->readAll();
            if (m_onward != nullptr) {
                m_onward->write(bytes);
                return;
            }
            if (m_speaks) {
                m_read += bytes;
                if (!m_read.endsWith('}')) // of a body: the request is whole
                    return;
                m_read.clear();
                m_caller->write(m_house.words());
                m_caller->disconnectFromHost();
                return;
            }
            m_house.hear(bytes);
            m_read += bytes;
            if (m_greeted || m_read.startsWith('\x05'))
                readSocks();
            else
                readHttp();
        }
        void readHttp() {
            if (!m_read.contains("\r\n\r\n"))
                return;
            const QByteArray line = m_read.left(m_read.indexOf("\r\n"));
            m_read.clear();
            const QByteArray target = line.split(' ').value(1);
            const bool tunnel = line.startsWith("CONNECT ");
            m_house.note(tunnel ? target : line);
            if (!tunnel || m_house.manner() == Manner::Refuse) {
                m_caller->write(m_house.words());
                m_caller->disconnectFromHost();
                return;
            }
            open(target.mid(target.lastIndexOf(':') + 1).toUShort(), "HTTP/1.1 200 Connection established\r\n\r\n");
        }
        void readSocks() {
            if (!m_greeted) {
                const auto methods = m_read.size() < 2 ? qsizetype{0} : qsizetype{static_cast<uchar>(m_read.at(1))};
                if (m_read.size() < 2 + methods || methods == 0)
                    return;
                m_read.remove(0, 2 + methods);
                m_greeted = true;
                const bool refuses = m_house.manner() == Manner::Refuse;
                m_caller->write(QByteArray::fromHex(refuses ? "05ff" : "0500"));
                if (refuses) {
                    m_caller->disconnectFromHost();
                    return;
                }
            }
            if (m_read.size() < 5)
                return;
            const char kind = m_read.at(3); // 1: IPv4, 3: a name, 4: IPv6
            const qsizetype host = kind == 1 ? 4 : kind == 4 ? 16 : 1 + qsizetype{static_cast<uchar>(m_read.at(4))};
            if (m_read.size() < 4 + host + 2)
                return;
            const auto port = qFromBigEndian<quint16>(m_read.constData() + 4 + host);
            m_house.note((kind == 3 ? m_read.mid(5, host - 1) : QByteArray("an address")) + ':' + QByteArray::number(port));
            m_read.clear();
            open(port, QByteArray::fromHex("05000001000000000000"));
        }
        void open(quint16 port, const QByteArray &yes) {
            if (m_house.manner() == Manner::Speak) {
                m_speaks = true;
                m_caller->write(yes);
                return;
            }
            m_onward = new QTcpSocket(this);
            connect(m_onward, &QTcpSocket::connected, m_caller, [this, yes] { m_caller->write(yes); });
            connect(m_onward, &QTcpSocket::readyRead, this, [this] {
                const QByteArray bytes = m_onward->readAll();
                if (m_house.manner() == Manner::Drop)
                    m_caller->abort();
                else
                    m_caller->write(bytes);
            });
            connect(m_onward, &QTcpSocket::disconnected, m_caller, &QTcpSocket::disconnectFromHost);
            m_onward->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        }

        ProxyStandIn &m_house;
        QTcpSocket *m_caller;
        QTcpSocket *m_onward = nullptr;
        QByteArray m_read;
        bool m_greeted = false;
        bool m_speaks = false;
    };

    Manner manner() const {
        const std::lock_guard lock(m_mutex);
        return m_manner;
    }
    QByteArray words() const {
        const std::lock_guard lock(m_mutex);
        return m_words;
    }
    void note(const QByteArray &target) {
        const std::lock_guard lock(m_mutex);
        m_targets.push_back(target);
    }
    void hear(const QByteArray &bytes) {
        const std::lock_guard lock(m_mutex);
        m_heard += bytes;
    }

    mutable std::mutex m_mutex;
    Manner m_manner; ///< guarded by m_mutex
    QByteArray m_words; ///< guarded by m_mutex
    std::vector<QByteArray> m_targets; ///< guarded by m_mutex
    QByteArray m_heard; ///< guarded by m_mutex
    QTcpServer *m_server; ///< lives on m_thread
    quint16 m_port = 0;
    QThread m_thread;
};

} // namespace songda::net::testing
