// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/priority_shares.h"

#include "tests/unit/printing.h"

#include <cmath>
#include <numeric>
#include <random>

using namespace songda;

namespace {

const std::vector<int> all{2, 1, 0};
const PriorityShares builtIn;

/// Slots kept for each of `all` over claims of one size whose turns are `first`, `first + step`, ...
std::vector<std::int64_t> keptOver(const PriorityShares &shares, int slots, int claims, int first, int step) {
    std::vector<std::int64_t> sum(all.size(), 0);
    for (int i = 0; i < claims; ++i) {
        const std::vector<int> kept = keptSlots(shares, all, slots, first + static_cast<std::int64_t>(i) * step);
        for (std::size_t p = 0; p < kept.size(); ++p)
            sum[p] += kept[p];
    }
    return sum;
}

bool isNear(std::int64_t have, double want, double allowed) { return std::abs(static_cast<double>(have) - want) <= allowed; }

} // namespace

class PolicyPrioritySharesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theHighestGetsNone();
    void whatIsKeptFitsIntoTheClaim();
    void eachGetsItsShareWhateverTheSizeOfClaims();
    void mixedSizesComeOutRightToo();
    void accountsThatClaimInTurnsStarveNobody();
    void nobodyWaitsLongForASlot();
    void sharesOfNothingKeepNothing();
    void onlyWhoWaitsCounts();
    void senselessNumbersKeepNothing();
};

void PolicyPrioritySharesTest::theHighestGetsNone() {
    for (const std::vector<int> &priorities : {std::vector{2, 1, 0}, std::vector{1, 0}, std::vector{2, 0}, std::vector{0}, std::vector{2}}) {
        for (int turn = 0; turn < 100; ++turn)
            QCOMPARE(keptSlots(builtIn, priorities, 300, turn).front(), 0);
    }
    QVERIFY(keptSlots(builtIn, {}, 300, 1).empty());
}

void PolicyPrioritySharesTest::whatIsKeptFitsIntoTheClaim() {
    std::mt19937_64 random(4);
    for (int round = 0; round < 100'000; ++round) {
        const PriorityShares shares{static_cast<double>(random() % 501) / 1000, static_cast<double>(random() % 401) / 1000};
        const int slots = static_cast<int>(random() % 301);
        const std::vector<int> kept = keptSlots(shares, all, slots, static_cast<std::int64_t>(random() % 3'000'000));
        int sum = 0;
        for (const int k : kept) {
            QVERIFY(k >= 0);
            sum += k;
        }
        QVERIFY(sum <= slots);
        // Never more than its share, rounded up.
        QVERIFY(kept[1] <= std::ceil(shares.normal * slots + 1e-9));
        QVERIFY(kept[2] <= std::ceil(shares.bulk * slots + 1e-9));
    }
}

void PolicyPrioritySharesTest::eachGetsItsShareWhateverTheSizeOfClaims() {
    for (const PriorityShares &shares : {builtIn, PriorityShares{0.5, 0.4}, PriorityShares{0.45, 0.45}, PriorityShares{0.01, 0.02}}) {
        for (int slots = 1; slots <= 300; ++slots) {
            constexpr int claims = 2000;
            const auto sum = keptOver(shares, slots, claims, 17, 1);
            QVERIFY2(isNear(sum[1], shares.normal * slots * claims, 8), qPrintable(QStringLiteral("normal, claims of %1").arg(slots)));
            QVERIFY2(isNear(sum[2], shares.bulk * slots * claims, 8), qPrintable(QStringLiteral("bulk, claims of %1").arg(slots)));
        }
    }
}

void PolicyPrioritySharesTest::mixedSizesComeOutRightToo() {
    std::mt19937_64 random(5);
    std::int64_t slotsInAll = 0;
    std::vector<std::int64_t> sum(3, 0);
    for (int turn = 0; turn < 100'000; ++turn) {
        const int slots = 1 + static_cast<int>(random() % 300);
        slotsInAll += slots;
        const std::vector<int> kept = keptSlots(builtIn, all, slots, turn);
        for (std::size_t p = 0; p < 3; ++p)
            sum[p] += kept[p];
    }
    const auto whole = static_cast<double>(slotsInAll);
    QVERIFY(isNear(sum[1], builtIn.normal * whole, builtIn.normal * whole / 1000));
    QVERIFY(isNear(sum[2], builtIn.bulk * whole, builtIn.bulk * whole / 1000));
}

void PolicyPrioritySharesTest::accountsThatClaimInTurnsStarveNobody() {
    // One count of turns for all accounts: with n of them each sees every n-th.
    constexpr int claims = 4000;
    for (const PriorityShares &shares : {builtIn, PriorityShares{0.5, 0.25}, PriorityShares{0.1, 0.4}}) {
        for (int accounts = 1; accounts <= 40; ++accounts) {
            for (const int slots : {1, 2, 4, 5, 7, 20}) {
                const int first = accounts / 2;
                const auto sum = keptOver(shares, slots, claims, first, accounts);
                const QByteArray which = QByteArray::number(accounts) + " accounts, claims of " + QByteArray::number(slots);
                QVERIFY2(isNear(sum[1], shares.normal * slots * claims, 0.02 * claims), which.constData());
                QVERIFY2(isNear(sum[2], shares.bulk * slots * claims, 0.02 * claims), which.constData());
            }
        }
    }
}

void PolicyPrioritySharesTest::nobodyWaitsLongForASlot() {
    // Claims of one slot, a twentieth of them for bulk messages.
    int since = 0;
    for (int turn = 0; turn < 2'100'000; ++turn) { // beyond where the count of turns is cut off
        const std::vector<int> kept = keptSlots(builtIn, all, 1, turn);
        since = kept[2] > 0 ? 0 : since + 1;
        QVERIFY2(since <= 60, qPrintable(QStringLiteral("none in %1 claims before turn %2").arg(since).arg(turn)));
    }
}

void PolicyPrioritySharesTest::sharesOfNothingKeepNothing() {
    for (int turn = 0; turn < 10'000; ++turn) {
        for (const int slots : {1, 17, 300}) {
            const std::vector<int> kept = keptSlots({0, 0}, all, slots, turn);
            QCOMPARE(std::accumulate(kept.begin(), kept.end(), 0), 0);
            QCOMPARE(keptSlots({0, 0.2}, all, slots, turn)[2], 0);
            QCOMPARE(keptSlots({0.2, 0}, all, slots, turn)[1], 0);
        }
    }
}

void PolicyPrioritySharesTest::onlyWhoWaitsCounts() {
    std::int64_t bulk = 0;
    std::int64_t normal = 0;
    for (int turn = 0; turn < 1000; ++turn) {
        bulk += keptSlots(builtIn, {1, 0}, 10, turn)[1]; // normal is the highest here
        normal += keptSlots(builtIn, {2, 1}, 10, turn)[1];
    }
    QVERIFY(isNear(bulk, 500, 3));
    QVERIFY(isNear(normal, 2000, 3));
}

void PolicyPrioritySharesTest::senselessNumbersKeepNothing() {
    for (int turn = 0; turn < 100; ++turn) {
        QCOMPARE(keptSlots(builtIn, all, 0, turn), std::vector<int>(3, 0));
        QCOMPARE(keptSlots(builtIn, all, -5, turn), std::vector<int>(3, 0));
    }
    const std::vector<int> kept = keptSlots({0.9, 0.9}, all, 10, 3); // never more than the claim has
    QVERIFY(kept[1] + kept[2] <= 10);
}

QTEST_GUILESS_MAIN(PolicyPrioritySharesTest)
#include "policy_priority_shares_test.moc"
