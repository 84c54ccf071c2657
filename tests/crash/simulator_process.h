// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/program.h"

#include <QHash>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <memory>
#include <optional>

namespace songda::testing {

/// The sums of the simulator's ledger.
struct LedgerSums {
    qint64 wireCopies = 0; ///< POSTs read in full
    qint64 userCopies = 0; ///< messages shown to people
    qint64 openidsTried = 0;
    qint64 messages = 0; ///< different pairs of openid and client_msg_id
    qint64 notifiedTwice = 0;
    qint64 openidsWithMoreThanOne = 0;
    qint64 duplicatesDropped = 0;
    qint64 bodyMismatch = 0;
    qint64 withoutClientMsgId = 0;
    qint64 unanswered = 0; ///< POSTs whose sender was gone before the answer
    qint64 tokenRequests = 0;
};

/// What the simulator received and showed of one message.
struct LedgerRow {
    QByteArray openid;
    QByteArray clientMsgId;
    qint64 wireCopies = 0;
    qint64 userCopies = 0;
    QByteArray msgid; ///< as text: 64 bits
};

/// songda-simulator as a process. Its ledger lives in its memory, so it runs from the beginning of a test to
/// the end: what it counted is the truth the console's record is held against.
class SimulatorProcess {
public:
    explicit SimulatorProcess(const QString &directory);

    /// False when it did not come up. `latency` is MS or MS:JITTER before every answer.
    bool start(const QString &mix, quint32 seed, const QString &latency = QStringLiteral("0"));
    QString baseUrl() const { return m_baseUrl; }
    bool hasEnded() { return m_process->hasEnded(); }
    quint16 port() const { return static_cast<quint16>(QUrl(m_baseUrl).port()); }
    /// Changes how it behaves, as POST /__control describes; false when it refused.
    bool control(const QJsonObject &change);

    std::optional<LedgerSums> sums();
    std::optional<QList<LedgerRow>> rows();

private:
    std::optional<QByteArray> get(const char *path);
    /// The body of an answer, waited for.
    std::optional<QByteArray> bodyOf(QNetworkReply *started);

    QString m_directory;
    QString m_baseUrl;
    std::unique_ptr<Program> m_process;
    QNetworkAccessManager m_network;
};

} // namespace songda::testing
