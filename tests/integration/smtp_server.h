// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <atomic>
#include <mutex>
#include <vector>

namespace songda::testing {

/// A mail server on a loopback port, as little of one as it takes: it offers what it is told to offer, takes mail, and
/// keeps all that was said to it. One connection at a time, in its own thread.
class SmtpServer final : public QThread {
public:
    struct Options {
        bool auth = false; ///< offers AUTH PLAIN
        QByteArray answerToRecipient = "250 fine";
    };
    struct Mail {
        QByteArray from;
        std::vector<QByteArray> to;
        QByteArray text;
    };

    SmtpServer()
        : SmtpServer(Options{}) {}
    explicit SmtpServer(Options options)
        : m_options(std::move(options)) {
        start();
        while (m_port == 0)
            QThread::yieldCurrentThread();
    }
    ~SmtpServer() override {
        m_ending = true;
        wait();
    }

    quint16 port() const { return m_port; }
    std::vector<Mail> mails() const {
        const std::lock_guard lock(m_mutex);
        return m_mails;
    }
    QByteArray lines() const {
        const std::lock_guard lock(m_mutex);
        return m_lines;
    }
    void setAnswerToRecipient(const QByteArray &answer) {
        const std::lock_guard lock(m_mutex);
        m_options.answerToRecipient = answer;
    }

private:
    void run() override {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("no port for a mail server");
        m_port = server.serverPort();
        while (!m_ending) {
            if (!server.waitForNewConnection(50))
                continue;
            const std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
            talk(*peer);
        }
    }
    QByteArray line(QTcpSocket &peer) {
        while (!peer.canReadLine()) {
            if (m_ending || (!peer.waitForReadyRead(50) && peer.state() != QAbstractSocket::ConnectedState))
                return {};
        }
        return peer.readLine();
    }
    static void say(QTcpSocket &peer, const QByteArray &text) {
        peer.write(text + "\r\n");
        peer.waitForBytesWritten(1000);
    }
    void talk(QTcpSocket &peer) {
        Mail mail;
        say(peer, "220 ready");
        for (;;) {
            const QByteArray said = line(peer);
            if (said.isEmpty())
                return;
            {
                const std::lock_guard lock(m_mutex);
                m_lines += said;
            }
            if (said.startsWith("EHLO")) {
                say(peer, m_options.auth ? "250-here\r\n250 AUTH PLAIN" : "250 here");
            } else if (said.startsWith("MAIL FROM:")) {
                mail = {said.mid(10).trimmed(), {}, {}};
                say(peer, "250 fine");
            } else if (said.startsWith("RCPT TO:")) {
                mail.to.push_back(said.mid(8).trimmed());
                const std::lock_guard lock(m_mutex);
                say(peer, m_options.answerToRecipient);
            } else if (said.startsWith("DATA")) {
                say(peer, "354 go on");
                for (QByteArray text = line(peer); !text.isEmpty() && text != ".\r\n"; text = line(peer))
                    mail.text += text;
                {
                    const std::lock_guard lock(m_mutex);
                    m_mails.push_back(mail);
                }
                say(peer, "250 taken");
            } else if (said.startsWith("AUTH")) {
                say(peer, "235 welcome");
            } else if (said.startsWith("QUIT")) {
                say(peer, "221 bye");
                return;
            } else {
                say(peer, "500 what?");
            }
        }
    }

    std::atomic<quint16> m_port{0};
    std::atomic<bool> m_ending{false};
    mutable std::mutex m_mutex;
    Options m_options;
    std::vector<Mail> m_mails; ///< guarded by m_mutex
    QByteArray m_lines; ///< guarded by m_mutex
};

} // namespace songda::testing
