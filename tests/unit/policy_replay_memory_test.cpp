// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/replay_memory.h"
#include "engine/model/random.h"

#include <QTest>
#include <map>

using namespace songda;
using namespace std::chrono_literals;

namespace {

ReplayMemory::Key key(std::uint64_t number) {
    ReplayMemory::Key k{};
    std::memcpy(k.data(), &number, sizeof number);
    return k;
}

constexpr SteadyTime start{1h};

} // namespace

class PolicyReplayMemoryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatWasRememberedIsKnown();
    void theWindowEndsOnTheDot();
    void theOldestIsForgottenWhenThereAreTooMany();
    void rememberingAgainProlongsNothing();
    void anEmptyMemoryKnowsNothing();
    void neverMoreThanItsBound();
};

void PolicyReplayMemoryTest::onlyWhatWasRememberedIsKnown() {
    ReplayMemory memory(10, 10min);
    QVERIFY(!memory.contains(key(1), start));
    QVERIFY(!memory.contains(key(1), start)); // looking is not remembering: the request may fail yet
    memory.remember(key(1), start);
    QVERIFY(memory.contains(key(1), start));
    QVERIFY(!memory.contains(key(2), start));
}

void PolicyReplayMemoryTest::theWindowEndsOnTheDot() {
    ReplayMemory memory(10, 10min);
    memory.remember(key(1), start);
    QVERIFY(memory.contains(key(1), start + 10min - 1us));
    QVERIFY(!memory.contains(key(1), start + 10min));
    QCOMPARE(memory.size(), 0U);
}

void PolicyReplayMemoryTest::theOldestIsForgottenWhenThereAreTooMany() {
    ReplayMemory memory(3, 10min);
    for (std::uint64_t i = 0; i < 5; ++i)
        memory.remember(key(i), start + Micros{static_cast<Micros::rep>(i)});
    for (std::uint64_t i = 0; i < 5; ++i)
        QCOMPARE(memory.contains(key(i), start + 1s), i >= 2);
}

void PolicyReplayMemoryTest::rememberingAgainProlongsNothing() {
    ReplayMemory memory(10, 10min);
    memory.remember(key(1), start);
    memory.remember(key(1), start + 9min);
    QCOMPARE(memory.size(), 1U);
    QVERIFY(!memory.contains(key(1), start + 10min));
}

void PolicyReplayMemoryTest::anEmptyMemoryKnowsNothing() {
    ReplayMemory memory(0, 10min);
    memory.remember(key(1), start);
    QVERIFY(!memory.contains(key(1), start));
    QCOMPARE(memory.size(), 0U);
}

void PolicyReplayMemoryTest::neverMoreThanItsBound() {
    constexpr std::size_t most = 1000;
    ReplayMemory memory(most, 600s);
    std::map<std::uint64_t, SteadyTime> seen; // a plain model of the window
    Random random(5);
    SteadyTime now = start;
    int known = 0;
    for (int i = 0; i < 50'000; ++i) {
        now += Micros{static_cast<Micros::rep>(random.unit() * 1.2e6)};
        const auto number = static_cast<std::uint64_t>(random.unit() * 3000);
        const auto it = seen.find(number);
        const bool inWindow = it != seen.end() && now - it->second < 600s;
        const bool contained = memory.contains(key(number), now);
        QVERIFY2(!contained || inWindow, "known beyond its time");
        known += contained ? 1 : 0;
        if (!contained) {
            memory.remember(key(number), now);
            seen[number] = now;
        }
        QVERIFY(memory.size() <= most);
    }
    QVERIFY(known > 1000);
}

QTEST_GUILESS_MAIN(PolicyReplayMemoryTest)
#include "policy_replay_memory_test.moc"
