// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/simulator_process.h"

#include "tests/canary/canaries.h"
#include "tests/crash/csv_rows.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkReply>

namespace songda::testing {

namespace {

constexpr int answerDeadline = 60'000;
constexpr int startDeadline = 30'000;

} // namespace

SimulatorProcess::SimulatorProcess(const QString &directory)
    : m_directory(directory) {}

bool SimulatorProcess::start(const QString &mix, quint32 seed, const QString &latency) {
    // No daily limit: repeats count, too. Kept connections stay open, so that no request meets one that the
    // simulator has just grown tired of.
    const QStringList arguments{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--daily-limit"), QStringLiteral("0"),
        QStringLiteral("--idle-timeout"), QStringLiteral("0"), QStringLiteral("--mix"), mix, QStringLiteral("--mix-sticky"),
        QStringLiteral("--seed"), QString::number(seed), QStringLiteral("--latency"), latency, QStringLiteral("--secret-env"), QStringLiteral("SONGDA_TEST_SECRET")};
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SONGDA_TEST_SECRET"), QString::fromLatin1(canary::appSecret));
    m_process = std::make_unique<Program>(QStringLiteral("songda-simulator"), arguments, environment,
        m_directory + QStringLiteral("/songda-simulator.log"));
    if (!m_process->start())
        return false;
    // listening http://127.0.0.1:PORT  appid ...
    const QList<QByteArray> words = m_process->nextLine(startDeadline).split(' ');
    if (words.size() < 2 || words.front() != "listening")
        return false;
    m_baseUrl = QString::fromUtf8(words.at(1));
    return true;
}

std::optional<QByteArray> SimulatorProcess::get(const char *path) {
    QNetworkRequest request(QUrl(m_baseUrl + QLatin1String(path)));
    request.setTransferTimeout(answerDeadline);
    return bodyOf(m_network.get(request));
}

bool SimulatorProcess::control(const QJsonObject &change) {
    QNetworkRequest request(QUrl(m_baseUrl + QStringLiteral("/__control")));
    request.setTransferTimeout(answerDeadline);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    return bodyOf(m_network.post(request, QJsonDocument(change).toJson())).has_value();
}

std::optional<QByteArray> SimulatorProcess::bodyOf(QNetworkReply *started) {
    const std::unique_ptr<QNetworkReply> reply(started);
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    if (reply->error() != QNetworkReply::NoError)
        return std::nullopt;
    return reply->readAll();
}

std::optional<LedgerSums> SimulatorProcess::sums() {
    const auto body = get("/__ledger");
    if (!body)
        return std::nullopt;
    const QJsonObject json = QJsonDocument::fromJson(*body).object();
    const auto number = [&json](const char *key) { return json.value(QLatin1String(key)).toInteger(-1); };
    LedgerSums sums;
    sums.wireCopies = number("wire_copies");
    sums.userCopies = number("user_copies");
    sums.openidsTried = number("openids_tried");
    sums.messages = number("messages");
    sums.notifiedTwice = number("notified_twice_count");
    sums.openidsWithMoreThanOne = number("openids_with_more_than_one");
    sums.duplicatesDropped = number("duplicates_dropped");
    sums.bodyMismatch = number("body_mismatch");
    sums.withoutClientMsgId = number("without_client_msg_id");
    sums.unanswered = number("unanswered");
    sums.tokenRequests = number("token_requests");
    return sums;
}

std::optional<QList<LedgerRow>> SimulatorProcess::rows() {
    const auto body = get("/__ledger.csv");
    const auto table = body ? parseCsv(*body) : std::nullopt;
    if (!table || table->isEmpty() || table->front().size() != 5)
        return std::nullopt;
    QList<LedgerRow> rows;
    rows.reserve(table->size() - 1);
    for (qsizetype i = 1; i < table->size(); ++i) {
        const QByteArrayList &fields = table->at(i);
        if (fields.size() != 5)
            return std::nullopt;
        rows.append({fields[0], fields[1], fields[2].toLongLong(), fields[3].toLongLong(), fields[4]});
    }
    return rows;
}

} // namespace songda::testing
