// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/target_process.h"

#include "app/simulator/identity.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace songda::bench {

namespace {

QByteArray answerOf(QNetworkReply *reply) {
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return reply->readAll();
}

} // namespace

TargetProcess::~TargetProcess() {
    m_process.kill();
    m_process.waitForFinished();
}

bool TargetProcess::start(int latencyMs, const QString &mix) {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList arguments{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--daily-limit"), QStringLiteral("0"),
        QStringLiteral("--idle-timeout"), QStringLiteral("0"), QStringLiteral("--latency"), QString::number(latencyMs)};
    if (!mix.isEmpty())
        arguments << QStringLiteral("--mix") << mix;
    m_process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/songda-simulator"), arguments);
    if (!m_process.waitForStarted() || !m_process.waitForReadyRead())
        return false;
    // listening http://127.0.0.1:PORT  appid ...
    const QList<QByteArray> words = m_process.readLine().simplified().split(' ');
    if (words.size() < 2 || words.front() != "listening")
        return false;
    m_baseUrl = QString::fromUtf8(words.at(1));
    return true;
}

QByteArray TargetProcess::post(const QString &path, const QByteArray &body) const {
    QNetworkAccessManager manager;
    QNetworkRequest request(QUrl(m_baseUrl + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    return answerOf(manager.post(request, body));
}

QString TargetProcess::fetchToken() const {
    const QByteArray answer = post(QStringLiteral("/cgi-bin/stable_token"),
        "{\"grant_type\":\"client_credential\",\"appid\":\"" + QByteArray(simulator::practiceAppId.data()) + "\",\"secret\":\""
            + QByteArray(simulator::practiceSecret.data()) + "\"}");
    return QJsonDocument::fromJson(answer).object().value(QStringLiteral("access_token")).toString();
}

void TargetProcess::forget() const { static_cast<void>(post(QStringLiteral("/__control"), "{\"reset_ledger\":true}")); }

bool TargetProcess::control(const QByteArray &json) const {
    return QJsonDocument::fromJson(post(QStringLiteral("/__control"), json)).object().value(QStringLiteral("ok")).toBool();
}

QJsonObject TargetProcess::ledger() const {
    QNetworkAccessManager manager;
    return QJsonDocument::fromJson(answerOf(manager.get(QNetworkRequest(QUrl(m_baseUrl + QStringLiteral("/__ledger")))))).object();
}

} // namespace songda::bench
