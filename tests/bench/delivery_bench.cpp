// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/templates.h"
#include "tests/bench/bare_loop.h"
#include "tests/bench/bench_profile.h"
#include "tests/bench/benches.h"
#include "tests/bench/target_process.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

namespace songda::bench {

namespace {

/// What one loop or engine did in one round.
struct Round {
    double perSecond = 0;
    double cpuPerThousand = 0; ///< processor seconds of this process
};

/// Delivers a fresh profile's messages durably: from start to the last recorded result.
Round engineRound(const std::string &base, int messages, int connections, TransportChoice transport) {
    BenchProfile profile(base, 100'000, connections, transport);
    const auto report = profile.engine().importCsv(BenchProfile::importOf(profile.writeCsv(messages))).result();
    if (!report || report->queued != messages)
        return {};
    QEventLoop loop;
    QTimer look;
    QElapsedTimer clock;
    qint64 done = 0;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done == 0 && profile.engine().isDrained()) {
            done = clock.nsecsElapsed();
            profile.engine().requestStop();
        }
    });
    QObject::connect(&profile.engine(), &Engine::stopped, &loop, &QEventLoop::quit);
    const double cpu = cpuSeconds();
    clock.start();
    if (!profile.engine().start())
        return {};
    look.start(5);
    loop.exec();
    return {messages / (static_cast<double>(done) / 1e9), (cpuSeconds() - cpu) / messages * 1000};
}

Round bareRound(const QString &url, const QByteArray &bodyStart, int messages, int connections) {
    const double cpu = cpuSeconds();
    const double rate = bareLoop(url, bodyStart, messages, connections, 2);
    return {rate, (cpuSeconds() - cpu) / messages * 1000};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double median(const std::vector<Round> &rounds, double Round::*what) {
    std::vector<double> values;
    for (const Round &round : rounds)
        values.push_back(round.*what);
    return median(std::move(values));
}

} // namespace

int deliveryBench(const DeliveryBench &bench) {
    TargetProcess target;
    if (!target.start(bench.latencyMs)) {
        std::fputs("bench: songda-simulator did not start\n", stderr);
        return 1;
    }
    const QString url = target.baseUrl() + QStringLiteral("/cgi-bin/message/template/send?access_token=") + target.fetchToken();
    const QByteArray bodyStart = "{\"template_id\":\"" + QByteArray::fromStdString(simulator::builtinTemplates().front().id)
        + "\",\"data\":{\"character_string1\":{\"value\":\"SO1\"},\"thing2\":{\"value\":\"商品\"},\"amount3\":{\"value\":\"¥1.50\"},"
          "\"time4\":{\"value\":\"2026-01-31 15:01\"}},";
    const std::string base = target.baseUrl().toStdString();
    struct Contender {
        const char *name;
        std::function<Round()> run;
        std::vector<Round> rounds;
        std::vector<double> ratios;
    };
    Contender bare{"bare QNetworkAccessManager loop", [&] { return bareRound(url, bodyStart, bench.messages, bench.connections); }, {}, {}};
    std::vector<Contender> contenders{
        {"durable delivery, as needed",
            [&] { return engineRound(base, bench.messages, bench.standardConnections, TransportChoice::Auto); }, {}, {}},
        {"durable delivery, standard",
            [&] { return engineRound(base, bench.messages, bench.standardConnections, TransportChoice::Standard); }, {}, {}},
        {"durable delivery, bulk", [&] { return engineRound(base, bench.messages, bench.bulkConnections, TransportChoice::Bulk); }, {}, {}},
    };
    std::printf("%d messages a round, %d ms latency; connections: bare %d, standard %d, bulk %d\n", bench.messages, bench.latencyMs,
        bench.connections, bench.standardConnections, bench.bulkConnections);
    const auto measure = [&](Contender &c) {
        c.rounds.push_back(c.run());
        target.forget();
        return c.rounds.back().perSecond;
    };
    for (int i = 0; i < bench.rounds; ++i) {
        // Machines drift within seconds: each is held against the bare loop just before and just after it.
        double before = measure(bare);
        for (Contender &c : contenders) {
            const double rate = measure(c);
            const double after = measure(bare);
            c.ratios.push_back(rate * 2 / (before + after));
            std::printf("round %d: %-32s %8.0f/s  ratio %.2f  %.3f CPU-s per 1,000 (bare %.0f/s and %.0f/s)\n", i + 1, c.name, rate,
                c.ratios.back(), c.rounds.back().cpuPerThousand, before, after);
            std::fflush(stdout);
            before = after;
        }
    }
    const auto tell = [](const Contender &c, double ratio) {
        std::printf("median:  %-32s %8.0f/s  ratio %.2f  %.3f CPU-s per 1,000\n", c.name, median(c.rounds, &Round::perSecond), ratio,
            median(c.rounds, &Round::cpuPerThousand));
    };
    tell(bare, 1);
    for (const Contender &c : contenders)
        tell(c, median(c.ratios));
    std::printf("highest resident memory %.0f MB\n", peakResidentMb());
    return 0;
}

} // namespace songda::bench
