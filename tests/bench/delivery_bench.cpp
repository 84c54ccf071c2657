// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/simulator.h"
#include "app/simulator/templates.h"
#include "tests/bench/bare_loop.h"
#include "tests/bench/bench_profile.h"
#include "tests/bench/benches.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>
#include <QUrl>
#include <algorithm>
#include <cstdio>
#include <vector>

namespace songda::bench {

namespace {

QString fetchToken(const QString &base) {
    QNetworkAccessManager manager;
    QNetworkRequest request(QUrl(base + QStringLiteral("/cgi-bin/stable_token")));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const QByteArray body = "{\"grant_type\":\"client_credential\",\"appid\":\"" + QByteArray(simulator::practiceAppId.data())
        + "\",\"secret\":\"" + QByteArray(simulator::practiceSecret.data()) + "\"}";
    QNetworkReply *reply = manager.post(request, body);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return QJsonDocument::fromJson(reply->readAll()).object().value(QStringLiteral("access_token")).toString();
}

/// Delivers a fresh profile's messages durably; deliveries a second from start to the last recorded result.
double engineRound(const std::string &base, int messages, int connections) {
    BenchProfile profile(base, 100'000, connections);
    const auto report = profile.engine().importCsv(BenchProfile::importOf(profile.writeCsv(messages))).result();
    if (!report || report->queued != messages)
        return 0;
    QEventLoop loop;
    QTimer look;
    QElapsedTimer clock;
    qint64 done = 0;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done == 0 && profile.engine().isDrained()) {
            done = clock.nsecsElapsed();
            profile.engine().requestStop();
        }
    });
    QObject::connect(&profile.engine(), &Engine::stopped, &loop, &QEventLoop::quit);
    clock.start();
    if (!profile.engine().start())
        return 0;
    look.start(5);
    loop.exec();
    return messages / (static_cast<double>(done) / 1e9);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int deliveryBench(int messages, int connections, int rounds) {
    simulator::Options options;
    options.dailyLimit = 0;
    const auto target = simulator::Simulator::start(options);
    if (!target) {
        std::fprintf(stderr, "bench: %s\n", target.error().c_str());
        return 1;
    }
    const QString base = QString::fromStdString((*target)->baseUrl());
    const QString url = base + QStringLiteral("/cgi-bin/message/template/send?access_token=") + fetchToken(base);
    const QByteArray bodyStart = "{\"template_id\":\"" + QByteArray::fromStdString(simulator::builtinTemplates().front().id)
        + "\",\"data\":{\"character_string1\":{\"value\":\"SO1\"},\"thing2\":{\"value\":\"商品\"},\"amount3\":{\"value\":\"¥1.50\"},"
          "\"time4\":{\"value\":\"2026-01-31 15:01\"}},";
    std::vector<double> bare;
    std::vector<double> engine;
    for (int i = 0; i < rounds; ++i) {
        bare.push_back(bareLoop(url, bodyStart, messages, connections, 2));
        engine.push_back(engineRound((*target)->baseUrl(), messages, connections));
        std::printf("round %d: bare loop %.0f/s, durable delivery %.0f/s, ratio %.2f\n", i + 1, bare.back(), engine.back(), engine.back() / bare.back());
        std::fflush(stdout);
        static_cast<void>((*target)->control("{\"reset_ledger\":true}"));
    }
    std::printf("median: bare loop %.0f/s, durable delivery %.0f/s, ratio %.2f (%d messages, %d connections)\n", median(bare),
        median(engine), median(engine) / median(bare), messages, connections);
    return 0;
}

} // namespace songda::bench
