// SPDX-License-Identifier: GPL-3.0-or-later
//
// songda-simulation: the real dispatcher, policy, channel and store through random days on virtual time.
#include "tests/simulation/scenario.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <cstdio>

using namespace songda::simulation;

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
    parser.process(app);

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
