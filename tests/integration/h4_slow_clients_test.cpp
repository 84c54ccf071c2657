// SPDX-License-Identifier: GPL-3.0-or-later
//
// H4: a crowd of connections that say a byte every now and then, from one address and from many. They are cut in time,
// honest callers do not notice, memory stays bounded.
#include "tests/full_form.h"
#include "tests/integration/doors_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <thread>
#include <unistd.h>

using namespace songda;
using namespace songda::testing;

namespace {

using Client = DoorClient;

/// Bytes of memory in use.
qint64 memoryInUse() {
    QFile statm(QStringLiteral("/proc/self/statm"));
    return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

/// One slow client: a head, or a head and the beginning of a body, and then a byte at a time.
struct Slow {
    std::unique_ptr<Client> client;
    QElapsedTimer since;
    qint64 closedAfter = -1;
};

} // namespace

class H4SlowClientsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slowOnesAreCutAndHonestOnesDoNotNotice_data();
    void slowOnesAreCutAndHonestOnesDoNotNotice();
};

void H4SlowClientsTest::slowOnesAreCutAndHonestOnesDoNotNotice_data() {
    QTest::addColumn<int>("addresses");
    QTest::newRow("from one address") << 1;
    QTest::newRow("from two hundred") << 200;
}

void H4SlowClientsTest::slowOnesAreCutAndHonestOnesDoNotNotice() {
    QFETCH(int, addresses);
    const int crowd = inFullForm(2000, 300);
    const qint64 duration = inFullForm(60'000, 5'000);
    auto settings = must(doors::readDoorSettings(R"({"enabled": true})", "."));
    settings.server.port = 0;
    settings.server.limits.perAddress = addresses == 1 ? 4000 : 256; // the crowd shall get in
    settings.server.limits.request = std::chrono::milliseconds(inFullForm(10'000, 2'000));
    const qint64 allowed = settings.server.limits.request.count() + 2000;
    DoorsFixture f(settings);
    const qint64 before = memoryInUse();

    const QByteArray body = "POST /v1/messages HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n" + f.all + f.json + "\r\n{\"a";
    std::vector<Slow> slow(static_cast<std::size_t>(crowd));
    const auto begin = [&](Slow &s, int i) {
        const std::string from = "127.0.1." + std::to_string(1 + i % addresses);
        s.client = f.client(from.c_str());
        s.since.start();
        s.client->say(i % 3 == 0 ? QByteArray("P") : i % 3 == 1 ? QByteArray("GET /v1/templates HTTP/1.1\r\nHost: h\r\nX: ") : body);
    };
    for (int i = 0; i < crowd; ++i)
        begin(slow[static_cast<std::size_t>(i)], i);

    std::atomic<bool> go{true};
    std::atomic<qint64> refused{0};
    std::vector<qint64> took;
    std::thread honest([&] {
        for (int n = 0; go; ++n) {
            QElapsedTimer clock;
            clock.start();
            const auto client = f.client(); // each time a new connection, which must get in
            const QByteArray answer = client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")),
                f.all + f.json + "Idempotency-Key: k" + QByteArray::number(n) + "\r\n");
            took.push_back(clock.elapsed());
            refused += Client::statusOf(answer) == 202 ? 0 : 1;
        }
    });
    qint64 most = 0;
    qint64 slowest = 0;
    int cut = 0;
    QElapsedTimer total;
    total.start();
    while (total.elapsed() < duration) {
        for (int i = 0; i < crowd; ++i) {
            Slow &s = slow[static_cast<std::size_t>(i)];
            if (s.client->isClosedWithin(1) || !s.client->say("a")) {
                slowest = std::max(slowest, s.since.elapsed());
                ++cut;
                begin(s, i); // and come again
            }
        }
        most = std::max(most, memoryInUse() - before);
    }
    go = false;
    honest.join();
    std::sort(took.begin(), took.end());
    const qint64 p99 = took[took.size() * 99 / 100];
    qInfo("%d slow connections for %.0f s, %d cut, the longest after %.1f s; %zu honest calls, p99 %lld ms, %lld refused; memory +%.1f MB", crowd,
        static_cast<double>(total.elapsed()) / 1000, cut, static_cast<double>(slowest) / 1000, took.size(), static_cast<long long>(p99),
        static_cast<long long>(refused.load()), static_cast<double>(most) / 1e6);
    QVERIFY(cut >= crowd);
    QVERIFY2(slowest <= allowed + 1000, qPrintable(QString::number(slowest)));
    QCOMPARE(refused.load(), 0);
    QVERIFY2(p99 < 500, qPrintable(QString::number(p99)));
    QVERIFY2(most < 64'000'000, qPrintable(QString::number(most)));
}

QTEST_GUILESS_MAIN(H4SlowClientsTest)
#include "h4_slow_clients_test.moc"
