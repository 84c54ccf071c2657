// SPDX-License-Identifier: GPL-3.0-or-later
//
// `songda-cli serve` is killed again and again while callers hand messages over by HTTP and while it delivers. Whatever
// was answered 2xx is in the database afterwards; each key gives the same message, and nobody is notified twice.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/open_doors.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"
#include "tests/integration/door_client.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

using namespace songda::testing;

namespace {

constexpr std::size_t callers = 16;

/// What the callers know: which key was answered with which message.
struct Answers {
    std::mutex mutex;
    std::map<int, qint64> ids;
    std::atomic<int> next{0};
    std::atomic<int> changed{0}; ///< keys that were answered with another message later
    std::atomic<bool> go{true};

    void note(int key, qint64 id) {
        const std::lock_guard lock(mutex);
        const auto [it, fresh] = ids.emplace(key, id);
        changed += !fresh && it->second != id ? 1 : 0;
    }
    std::size_t count() {
        const std::lock_guard lock(mutex);
        return ids.size();
    }
};

QByteArray requestFor(int key, const QByteArray &authorization) {
    const QByteArray n = QByteArray::number(key);
    const QByteArray body = "{\"account\":\"practice\",\"template\":\"" + Console::templateTitle().toUtf8() + "\",\"openid\":\"oUser" + n
        + "\",\"data\":{\"character_string1\":\"SO" + n + "\",\"thing2\":\"tea\",\"amount3\":\"¥1.00\",\"time4\":\"2026-01-31 15:01\"}}";
    return DoorClient::request(
        "POST", "/v1/messages", body, authorization + "Content-Type: application/json\r\nIdempotency-Key: order-" + n + "\r\n");
}

/// Hands messages over until told to stop; one whose answer did not come is handed over again, as a careful system does.
void call(quint16 port, const QByteArray &authorization, Answers &answers) {
    while (answers.go) {
        const int key = answers.next++;
        while (answers.go) {
            DoorClient client(port);
            const QByteArray answer = client.isOpen() && client.say(requestFor(key, authorization)) ? client.answer(10'000) : QByteArray();
            if (DoorClient::statusOf(answer) == 202) {
                answers.note(key, QJsonDocument::fromJson(DoorClient::bodyOf(answer)).object().value(QLatin1String("message_id")).toInteger());
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
}

/// The callers' threads; they end with this, whatever ends the test.
class Callers {
public:
    explicit Callers(Answers &answers)
        : m_answers(answers) {}
    ~Callers() { end(); }
    Callers(const Callers &) = delete;
    Callers &operator=(const Callers &) = delete;

    void begin(quint16 port, const QByteArray &authorization) {
        while (m_threads.size() < callers)
            m_threads.emplace_back([this, port, authorization] { call(port, authorization, m_answers); });
    }
    void end() {
        m_answers.go = false;
        for (std::thread &t : m_threads)
            t.join();
        m_threads.clear();
    }

private:
    Answers &m_answers;
    std::vector<std::thread> m_threads;
};

} // namespace

class IntakeKillTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasAnsweredIsThere();
};

void IntakeKillTest::whatWasAnsweredIsThere() {
    const Scale scale = Scale::fromEnvironment();
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start(QString(), scale.seed));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), 2000, 100, 16));
    const CommandResult key = console.run(words("key add --client orders --scope send read"));
    QVERIFY2(key.exitCode == 0, key.output.constData());
    const QByteArray authorization = "Authorization: Bearer " + key.json().value(QLatin1String("key")).toString().toUtf8() + "\r\n";
    const quint16 port = freePort();
    QVERIFY(port != 0 && setDoors(console, port));

    Answers answers;
    Callers threads(answers);
    QRandomGenerator random(scale.seed);
    const QStringList serve{QStringLiteral("serve")};
    for (int kill = 0; kill < scale.kills; ++kill) {
        const auto engine = console.start(serve);
        QVERIFY(engine && waitForDoors(port));
        threads.begin(port, authorization);
        const std::size_t before = answers.count();
        const std::size_t more = random.bounded(1, 200);
        QTRY_VERIFY_WITH_TIMEOUT(answers.count() >= before + more, 30'000);
        QVERIFY(engine->killNow());
    }
    const auto engine = console.start(serve);
    QVERIFY(engine && waitForDoors(port));
    threads.end();
    QCOMPARE(answers.changed.load(), 0);
    DoorClient client(port);
    for (const auto &[n, id] : answers.ids) {
        QVERIFY(client.say(requestFor(n, authorization)));
        const QByteArray answer = client.answer();
        QCOMPARE(DoorClient::statusOf(answer), 202);
        QCOMPARE(QJsonDocument::fromJson(DoorClient::bodyOf(answer)).object().value(QLatin1String("message_id")).toInteger(), id);
    }
    engine->terminate();
    QVERIFY(engine->waitForEnd(30'000));
    QCOMPARE(engine->exitCode(), 0);
    const auto state = readJournalState(console.databaseFile());
    QVERIFY(state);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    // One message a key: those answered, and at most one of each caller whose answer was lost at the end.
    QVERIFY(state->total() >= static_cast<qint64>(answers.ids.size()));
    QVERIFY(state->total() <= static_cast<qint64>(answers.ids.size() + callers));
    QVERIFY(console.run(runCommand()).exitCode != -1);
    QCOMPARE(console.verify().exitCode, 0);
    const auto sums = simulator.sums();
    QVERIFY(sums);
    QCOMPARE(sums->notifiedTwice, 0);
    QCOMPARE(sums->openidsWithMoreThanOne, 0);
    qInfo("%d kills, seed %u: %zu messages answered, %lld stored, %lld shown to people, 0 lost, 0 twice", scale.kills, scale.seed, answers.ids.size(),
        static_cast<long long>(state->total()), static_cast<long long>(sums->userCopies));
}

SONGDA_CRASH_MAIN(IntakeKillTest)
#include "intake_kill_test.moc"
