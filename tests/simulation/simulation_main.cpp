// SPDX-License-Identifier: GPL-3.0-or-later
//
// songda-simulation: the real dispatcher, policy, channel and store through random days on virtual time.
#include "engine/model/breakage.h"
#include "tests/simulation/scenario.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <cstdio>
#include <utility>

using namespace songda::simulation;

namespace {

#ifdef SONGDA_BREAKAGES
/// Each deliberate fault of one part in its turn, until a seed from `first` on catches it. False when one was not caught.
bool catchBrokenVariants(quint64 first, quint64 most, int part, int parts) {
    using enum songda::Breakage;
    const std::pair<songda::Breakage, const char *> variants[] = {{NoAttemptRow, "write-ahead without the attempt row"},
        {DoubleClaim, "a message claimed twice"}, {FreshIdOnRepeat, "a fresh client_msg_id on each repeat"},
        {BodyChangesOnRepeat, "other bytes on a repeat"}, {NoSafeWindow, "repeats at any age"},
        {WindowByCalendar, "the safe window by the calendar"}, {AmbiguityForgotten, "an unknown end taken for a known one"},
        {RecoveryForgets, "no look at what was in flight at a crash"}, {NoRecipientOrder, "two requests to one person at a time"},
        {RateIgnored, "the rate ignored"}, {ConnectionsIgnored, "twice the connections"},
        {ResultsLost, "results dropped when the disk is full"}, {ReleaseKeepsAttempt, "an attempt row left by a claim given back"},
        {WakeLost, "nobody wakes for the next repeat"}, {BusyIsSuccess, "busy taken for accepted"}, {SumsDrift, "a sum that misses a move"}};
    bool all = true;
    int number = 0;
    for (const auto &[variant, words] : variants) {
        if (number++ % parts != part)
            continue;
        songda::activeBreakage = variant;
        quint64 seed = first;
        QString violations;
        while (seed < first + most && (violations = runScenario(seed).violations).isEmpty())
            ++seed;
        if (seed == first + most) {
            all = false;
            std::printf("NOT CAUGHT in %llu seeds: %s\n", static_cast<unsigned long long>(most), words);
        } else {
            std::printf("caught by seed %4llu, after %3llu: %-48s %s\n", static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(seed - first + 1), words, qPrintable(violations.left(110)));
        }
        std::fflush(stdout);
    }
    songda::activeBreakage = None;
    return all;
}
#endif

} // namespace

int main(int argc, char **argv) {
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("seed"), QStringLiteral("run this seed, twice, and compare"), QStringLiteral("n")},
        {QStringLiteral("story"), QStringLiteral("with --seed: tell the life of this recipient's messages, such as o0_3"), QStringLiteral("openid")},
        {QStringLiteral("seeds"), QStringLiteral("run so many seeds"), QStringLiteral("n"), QStringLiteral("300")},
        {QStringLiteral("first"), QStringLiteral("with --seeds: the first one"), QStringLiteral("n"), QStringLiteral("1")},
    });
#ifdef SONGDA_BREAKAGES
    const QCommandLineOption broken(QStringLiteral("broken-variants"), QStringLiteral("show that each deliberate fault is caught, within --seeds"));
    parser.addOption(broken);
    parser.addOptions({{QStringLiteral("parts"), QStringLiteral("with --broken-variants: in how many parts"), QStringLiteral("n"), QStringLiteral("1")},
        {QStringLiteral("part"), QStringLiteral("which of them, from 0"), QStringLiteral("n"), QStringLiteral("0")}});
#endif
    parser.process(app);
#ifdef SONGDA_BREAKAGES
    if (parser.isSet(broken)) {
        const bool caught = catchBrokenVariants(parser.value(QStringLiteral("first")).toULongLong(), parser.value(QStringLiteral("seeds")).toULongLong(),
            parser.value(QStringLiteral("part")).toInt(), qMax(1, parser.value(QStringLiteral("parts")).toInt()));
        return caught ? 0 : 1;
    }
#endif

    if (parser.isSet(QStringLiteral("seed"))) {
        const quint64 seed = parser.value(QStringLiteral("seed")).toULongLong();
        const ScenarioResult result = runScenario(seed, parser.value(QStringLiteral("story")));
        const ScenarioResult again = runScenario(seed);
        std::printf("seed %llu: %d messages, %d posts, %d crashes, %lld simulated seconds, fingerprint %016llx\n",
            static_cast<unsigned long long>(seed), result.messages, result.posts, result.crashes,
            static_cast<long long>(result.simulatedSeconds), static_cast<unsigned long long>(result.fingerprint));
        if (result.fingerprint != again.fingerprint) {
            std::printf("NOT REPEATABLE: the second run has fingerprint %016llx\n", static_cast<unsigned long long>(again.fingerprint));
            return 1;
        }
        std::printf("%s\n", result.violations.isEmpty() ? "every law held" : qPrintable(QStringLiteral("VIOLATED: ") + result.violations));
        return result.violations.isEmpty() ? 0 : 1;
    }

    const quint64 first = parser.value(QStringLiteral("first")).toULongLong();
    const quint64 count = parser.value(QStringLiteral("seeds")).toULongLong();
    quint64 violated = 0;
    quint64 posts = 0;
    quint64 crashes = 0;
    quint64 simulated = 0;
    QElapsedTimer clock;
    clock.start();
    for (quint64 seed = first; seed < first + count; ++seed) {
        const ScenarioResult result = runScenario(seed);
        posts += static_cast<quint64>(result.posts);
        crashes += static_cast<quint64>(result.crashes);
        simulated += static_cast<quint64>(result.simulatedSeconds);
        if (result.violations.isEmpty())
            continue;
        ++violated;
        std::printf("seed %llu: %s\n  replay: songda-simulation --seed %llu --story OPENID\n", static_cast<unsigned long long>(seed),
            qPrintable(result.violations), static_cast<unsigned long long>(seed));
        std::fflush(stdout);
    }
    std::printf("%llu seeds, %llu violated; %llu posts, %llu crashes, %.1f simulated days in %.0f s\n",
        static_cast<unsigned long long>(count), static_cast<unsigned long long>(violated), static_cast<unsigned long long>(posts),
        static_cast<unsigned long long>(crashes), static_cast<double>(simulated) / 86400, static_cast<double>(clock.elapsed()) / 1000);
    return violated == 0 ? 0 : 1;
}
