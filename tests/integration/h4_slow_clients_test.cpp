// SPDX-License-Identifier: GPL-3.0-or-later
//
// H4: a crowd of connections that say a byte every now and then, at each door, from one address and from many. They are cut in
// time, honest callers of all doors do not notice, memory stays bounded.
#include "tests/full_form.h"
#include "engine/doors/connection_table.h"
#include "tests/integration/callback_fixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <algorithm>
#include <array>
#include <thread>
#include <unistd.h>

using namespace songda;
using namespace songda::testing;

namespace {

using Client = DoorClient;

/// Of an honest caller, who has other work, too.
constexpr std::chrono::milliseconds betweenCalls{5};

/// The crowd shares the address of those who ask honestly, as behind one router, and nothing is set.
constexpr int shared = 0;

/// Descriptors that are open.
qsizetype handlesInUse() { return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System).size(); }

/// Bytes of memory in use.
qint64 memoryInUse() {
    QFile statm(QStringLiteral("/proc/self/statm"));
    return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

/// One slow client: it begins in one of several ways and then says a byte at a time.
struct Slow {
    std::unique_ptr<Client> client;
    QElapsedTimer since;
};

/// An honest caller of one door, who comes with a new connection each time: it must get in.
class Honest {
public:
    /// `ask` makes the n-th call and says whether it was answered as it should be.
    Honest(const CallbackFixture &c, const std::function<bool(Client &, int n)> &ask)
        : m_thread([this, &c, ask] {
            for (int n = 0; m_go; ++n) {
                QElapsedTimer clock;
                clock.start();
                const auto client = c.f.client();
                m_refused += ask(*client, n) ? 0 : 1;
                m_took.push_back(clock.elapsed());
                std::this_thread::sleep_for(betweenCalls);
            }
        }) {}
    ~Honest() { end(); }
    Honest(const Honest &) = delete;
    Honest &operator=(const Honest &) = delete;

    void end() {
        m_go = false;
        if (m_thread.joinable())
            m_thread.join();
        std::sort(m_took.begin(), m_took.end());
    }
    // After end().
    std::size_t calls() const { return m_took.size(); }
    qint64 p99() const { return m_took[m_took.size() * 99 / 100]; }
    int refused() const { return m_refused; }

private:
    std::atomic<bool> m_go{true};
    int m_refused = 0;
    std::vector<qint64> m_took;
    std::thread m_thread;
};

/// How slow ones begin at a door: within the first word, within the head, and as far into a request as the door lets them.
std::array<QByteArray, 3> beginningsAt(const QByteArray &door, const CallbackFixture &c) {
    const QByteArray host = " HTTP/1.1\r\nHost: h\r\n";
    if (door == "intake")
        return {"P", "POST /v1/messages" + host + "X: ", "POST /v1/messages" + host + "Content-Length: 100000\r\n" + c.f.all + c.f.json + "\r\n{\"a"};
    if (door == "callback") {
        const QByteArray query = QByteArray::fromStdString(c.push(c.target(), "oSlow", 1).query);
        return {"P", "POST " + c.path() + query + host + "X: ", "POST " + c.path() + query + host + "Content-Length: 100000\r\n\r\n<xml"};
    }
    return {"G", "GET /metrics" + host + "X: ", "GET /metrics" + host + "\r\nG"}; // one is answered, the next is slow
}

} // namespace

class H4SlowClientsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slowOnesAreCutAndHonestOnesDoNotNotice_data();
    void slowOnesAreCutAndHonestOnesDoNotNotice();
};

void H4SlowClientsTest::slowOnesAreCutAndHonestOnesDoNotNotice_data() {
    QTest::addColumn<QByteArray>("door");
    QTest::addColumn<int>("addresses");
    const auto row = [](const char *door, int addresses) {
        (addresses == shared ? QTest::addRow("%s, from where honest ones are", door) : QTest::addRow("%s, from %d", door, addresses))
            << QByteArray(door) << addresses;
    };
    row("intake", 1);
    row("callback", 200);
    row("metrics", 1);
    row("intake", shared);
    if (inFullForm(1, 0) == 0)
        return;
    row("intake", 200);
    row("callback", 1);
    row("metrics", 200);
    row("callback", shared);
}

void H4SlowClientsTest::slowOnesAreCutAndHonestOnesDoNotNotice() {
    QFETCH(QByteArray, door);
    QFETCH(int, addresses);
    const int crowd = inFullForm(2000, 300);
    const qint64 duration = inFullForm(60'000, 5'000);
    auto settings = must(doors::readDoorSettings(R"({"enabled": true})", "."));
    settings.server.port = 0;
    if (addresses == 1)
        settings.server.limits.perAddress = 4000; // the crowd shall get in
    if (addresses != shared)
        settings.server.limits.request = std::chrono::milliseconds(inFullForm(10'000, 2'000));
    const qint64 allowed = settings.server.limits.request.count() + 2000;
    CallbackFixture c(CallbackMode::Secure, true, settings);
    const qint64 before = memoryInUse();
    const qsizetype handlesBefore = handlesInUse();

    const auto beginnings = beginningsAt(door, c);
    std::vector<Slow> slow(static_cast<std::size_t>(crowd));
    const auto begin = [&](Slow &s, int i) {
        const std::string from = addresses == shared ? "127.0.0.1" : "127.0.1." + std::to_string(1 + i % addresses);
        s.client = c.f.client(from.c_str());
        s.since.start();
        s.client->say(beginnings[static_cast<std::size_t>(i % 3)]);
    };
    for (int i = 0; i < crowd; ++i)
        begin(slow[static_cast<std::size_t>(i)], i);

    Honest sender(c, [&c](Client &client, int n) {
        const QByteArray key = "Idempotency-Key: k" + QByteArray::number(n) + "\r\n";
        return Client::statusOf(client.ask("POST", "/v1/messages", c.f.bytes(c.f.message("oUser1")), c.f.all + c.f.json + key)) == 202;
    });
    Honest platform(c, [&c](Client &client, int n) {
        return CallbackFixture::isSuccess(c.post(c.push(c.target(), "oUser1", static_cast<std::uint64_t>(1000 + n)), &client));
    });
    Honest watcher(c, [](Client &client, int) { return Client::statusOf(client.ask("GET", "/metrics")) == 200; });
    qint64 most = 0;
    qint64 slowest = 0;
    qsizetype handles = 0;
    int cut = 0;
    QElapsedTimer total;
    total.start();
    qint64 longestTurn = 0; // so late an end may be seen
    while (total.elapsed() < duration) {
        const qint64 turnBegan = total.elapsed();
        for (int i = 0; i < crowd; ++i) {
            Slow &s = slow[static_cast<std::size_t>(i)];
            if (s.client->isClosedWithin(1) || !s.client->say("a")) {
                slowest = std::max(slowest, s.since.elapsed());
                ++cut;
                begin(s, i); // and come again
            }
        }
        longestTurn = std::max(longestTurn, total.elapsed() - turnBegan);
        most = std::max(most, memoryInUse() - before);
        handles = std::max(handles, handlesInUse());
    }
    for (Honest *honest : {&sender, &platform, &watcher})
        honest->end();
    qInfo("%d slow connections at %s for %.0f s, %d cut, the longest after %.1f s; memory +%.1f MB", crowd, door.constData(),
        static_cast<double>(total.elapsed()) / 1000, cut, static_cast<double>(slowest) / 1000, static_cast<double>(most) / 1e6);
    // Those who share the honest ones' address are cut when others come, else in time.
    QVERIFY(cut >= (addresses == shared ? crowd - static_cast<int>(settings.server.limits.perAddress) : crowd));
    QVERIFY2(slowest <= allowed + longestTurn, qPrintable(QStringLiteral("%1, seen each %2 ms").arg(slowest).arg(longestTurn)));
    const std::array<std::pair<const char *, const Honest *>, 3> honest{{{"intake", &sender}, {"callback", &platform}, {"metrics", &watcher}}};
    for (const auto &[name, caller] : honest) {
        qInfo("  %s: %zu honest calls, p99 %lld ms, %d refused", name, caller->calls(), static_cast<long long>(caller->p99()), caller->refused());
        QCOMPARE(caller->refused(), 0);
        QVERIFY2(caller->p99() < 500, qPrintable(QString::number(caller->p99())));
    }
    QVERIFY2(most < 64'000'000, qPrintable(QString::number(most)));
    // Both ends are in this process. A crowd that is cut comes again at once, while its old connections are being closed: the
    // doors' own are bounded by what the settings allow.
    const auto doors = static_cast<qsizetype>(settings.server.limits.total + doors::ConnectionTable::leaving);
    QVERIFY2(handles <= handlesBefore + crowd + doors + 200, qPrintable(QString::number(handles)));
}

QTEST_GUILESS_MAIN(H4SlowClientsTest)
#include "h4_slow_clients_test.moc"
