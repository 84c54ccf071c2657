// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bench_profile.h"
#include "tests/bench/benches.h"

#include <QElapsedTimer>
#include <QString>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>

namespace songda::bench {

namespace {

/// Words of two to six characters, many of which begin as the texts do.
void writeWords(const std::string &file, int words) {
    std::mt19937 random(20260302);
    std::ofstream out(file, std::ios::binary);
    for (int i = 0; i < words; ++i) {
        QString word = random() % 4 == 0 ? QStringLiteral("商品") : random() % 4 == 0 ? QStringLiteral("2026-") : QString();
        for (std::size_t n = 2 + random() % 3; n > 0; --n)
            word += QChar(static_cast<char16_t>(0x4E00 + random() % 3000));
        out << word.toStdString() << "\n";
    }
}

struct Round {
    double seconds = 0;
    double cpu = 0;
};

Round importOnce(int rows, int words) {
    BenchProfile profile("http://127.0.0.1:9", 20, 10);
    if (words > 0) {
        writeWords(profile.path("profile/words.txt"), words);
        std::ofstream policy(profile.path("profile/policy.json"));
        policy << R"({"format": "songda-policy-1", "defaults": {"words_file": "words.txt"}})";
    }
    const std::string csv = profile.writeCsv(rows);
    QElapsedTimer clock;
    clock.start();
    const double cpu = cpuSeconds();
    const auto imported = profile.engine().importCsv(BenchProfile::importOf(csv)).result();
    const Round round{static_cast<double>(clock.nsecsElapsed()) / 1e9, cpuSeconds() - cpu};
    if (!imported || imported->queued != rows) {
        std::fprintf(stderr, "bench: %s\n", imported ? "rows were refused" : imported.error().detail.c_str());
        std::exit(1);
    }
    return round;
}

} // namespace

int screenBench(int rows, int words, int rounds) {
    // Whatever else runs on the machine only adds: the best of each is what counts.
    Round without{1e9, 1e9};
    Round with{1e9, 1e9};
    const auto better = [](Round &best, const Round &round) {
        best.seconds = std::min(best.seconds, round.seconds);
        best.cpu = std::min(best.cpu, round.cpu);
    };
    for (int i = 0; i < rounds; ++i) {
        // Turn about, so that neither always comes second.
        const bool plainFirst = i % 2 == 0;
        const Round first = importOnce(rows, plainFirst ? 0 : words);
        const Round second = importOnce(rows, plainFirst ? words : 0);
        better(without, plainFirst ? first : second);
        better(with, plainFirst ? second : first);
        std::printf("round %d: %.2f s without words, %.2f s with %d words\n", i + 1, (plainFirst ? first : second).seconds,
            (plainFirst ? second : first).seconds, words);
    }
    std::printf("import of %d rows, %.0f rows/s; with a screen of %d words %.3f times as long, %.3f times the processor time\n", rows,
        rows / without.seconds, words, with.seconds / without.seconds, with.cpu / without.cpu);
    return 0;
}

} // namespace songda::bench
