// SPDX-License-Identifier: GPL-3.0-or-later
//
// The power goes while the disk is at work: what was not synced is lost, reordered or torn. SONGDA_POWER_CUTS asks
// for another number of cuts, SONGDA_SEED for the worlds of a failure.
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;
using Loss = FaultyVfs::Loss;

namespace {

constexpr int cutsPerWorld = 5;

std::uint64_t fromEnvironment(const char *name, std::uint64_t usual) {
    bool ok = false;
    const auto value = qEnvironmentVariable(name).toULongLong(&ok);
    return ok ? value : usual;
}

Loss anyLoss(Random &fate) {
    static constexpr Loss losses[] = {Loss::All, Loss::Scrambled, Loss::Torn};
    return losses[fate.next() % 3];
}

} // namespace

class C3PowerLossTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedIsThereAfterACut();

private:
    /// The engine is at work, and people hand in more, until the power goes.
    static void workUntilTheCut(World &world, Random &fate);
    static void startDespiteCuts(World &world, Random &fate, int &cuts);
};

void C3PowerLossTest::workUntilTheCut(World &world, Random &fate) {
    const Loss loss = anyLoss(fate);
    world.crashAt(1 + static_cast<std::int64_t>(fate.unit() * fate.unit() * 400), loss);
    for (int i = 0; i < 20 && !world.disk.isDead() && world.isRunning(); ++i) {
        try {
            world.enqueue(4, "o" + std::to_string(fate.next() % 100'000) + "_");
            if (fate.unit() < 0.2)
                static_cast<void>(world.checkpoint());
        } catch (const std::runtime_error &) {
            // The cut came during the intake: its caller got no answer.
        }
        world.runUntil([&] { return !world.isRunning(); }, 300ms);
    }
    if (world.isRunning())
        world.crash(loss);
}

void C3PowerLossTest::startDespiteCuts(World &world, Random &fate, int &cuts) {
    world.reboot();
    if (fate.unit() < 0.5) {
        const Loss loss = anyLoss(fate);
        world.halt(loss); // nobody looks before the engine does
        world.disk.dieAt(1 + static_cast<std::int64_t>(fate.unit() * 40));
        if (world.tryStart() && !world.disk.isDead()) {
            world.disk.dieAt(0);
            return;
        }
        world.crash(anyLoss(fate));
        world.reboot();
        ++cuts;
    }
    world.start();
}

void C3PowerLossTest::whatWasAcknowledgedIsThereAfterACut() {
    const auto wanted = static_cast<int>(fromEnvironment("SONGDA_POWER_CUTS", 500));
    std::uint64_t seed = fromEnvironment("SONGDA_SEED", 1);
    int cuts = 0;
    std::int64_t posts = 0;
    for (; cuts < wanted; ++seed) {
        World world({.seed = seed, .connections = 8});
        Random fate(seed * 31 + 5);
        world.enqueue(20, "oFirst");
        world.start();
        for (int i = 0; i < cutsPerWorld; ++i) {
            workUntilTheCut(world, fate);
            ++cuts;
            VERIFY_WORLD(world);
            world.runFor(Micros{static_cast<Micros::rep>(fate.unit() * 20e6)});
            startDespiteCuts(world, fate, cuts);
        }
        QVERIFY2(world.drain(20min), qPrintable(world.name()));
        VERIFY_WORLD(world);
        posts += world.transport.posts();
    }
    qInfo("%d power cuts, %lld posts, last seed %llu", cuts, static_cast<long long>(posts), static_cast<unsigned long long>(seed - 1));
}

QTEST_GUILESS_MAIN(C3PowerLossTest)
#include "c3_power_loss_test.moc"
