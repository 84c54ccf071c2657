// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bare_loop.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>
#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

namespace songda::bench {

namespace {

void runThread(const QNetworkRequest &request, const QByteArray &bodyStart, int first, int count, int connections) {
    QEventLoop loop;
    std::vector<std::unique_ptr<QNetworkAccessManager>> managers;
    int next = first;
    int finished = 0;
    const std::function<void(QNetworkAccessManager *)> post = [&](QNetworkAccessManager *manager) {
        if (next >= first + count)
            return;
        const QByteArray id = QByteArray::number(next++);
        const QByteArray body = bodyStart + "\"touser\":\"oBare" + id + "\",\"client_msg_id\":\"bare" + id + "\"}";
        QNetworkReply *reply = manager->post(request, body);
        QObject::connect(reply, &QNetworkReply::finished, &loop, [&, manager, reply] {
            reply->readAll();
            reply->deleteLater();
            if (++finished == count)
                loop.quit();
            else
                post(manager);
        });
    };
    for (int left = connections; left > 0; left -= 6) {
        managers.push_back(std::make_unique<QNetworkAccessManager>());
        for (int i = 0; i < std::min(left, 6); ++i)
            post(managers.back().get());
    }
    loop.exec();
}

} // namespace

double bareLoop(const QString &url, const QByteArray &bodyStart, int count, int connections, int threads) {
    QNetworkRequest request{QUrl(url)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    QElapsedTimer clock;
    clock.start();
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&, t] { runThread(request, bodyStart, t * (count / threads), count / threads, connections / threads); });
    for (std::thread &worker : workers)
        worker.join();
    return count / (static_cast<double>(clock.nsecsElapsed()) / 1e9);
}

} // namespace songda::bench
