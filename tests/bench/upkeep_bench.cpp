// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/templates.h"
#include "tests/bench/bench_profile.h"
#include "tests/bench/benches.h"
#include "tests/bench/target_process.h"
#include "tests/bench/waiting.h"

#include <QElapsedTimer>
#include <cmath>
#include <cstdio>

namespace songda::bench {

namespace {

double seconds(const QElapsedTimer &clock) { return static_cast<double>(clock.nsecsElapsed()) / 1e9; }

/// From a closed profile to the first request on the wire.
void startBench(const std::string &base, int rows) {
    BenchProfile profile(base, 20'000, 64);
    static_cast<void>(profile.engine().importCsv(BenchProfile::importOf(profile.writeCsv(rows))).result());
    profile.close();
    QElapsedTimer clock;
    clock.start();
    profile.open();
    if (const auto started = profile.engine().start(); !started) {
        std::fprintf(stderr, "bench: %s\n", started.error().detail.c_str());
        return;
    }
    waitFor([&] { return profile.engine().snapshot().inFlight > 0 || profile.engine().snapshot().accepted > 0; });
    std::printf("start with %d queued: %.3f s from opening the profile to the first POST\n", rows, seconds(clock));
    stop(profile);
}

/// What an engine costs whose work is all for tomorrow.
void idleBench(const std::string &base, int rows, int lookSeconds) {
    BenchProfile profile(base, 20'000, 64);
    ImportRequest request = BenchProfile::importOf(profile.writeCsv(rows));
    request.at = Engine::wallNow() + std::chrono::hours{24};
    static_cast<void>(profile.engine().importCsv(request).result());
    static_cast<void>(profile.engine().start());
    pass(3000);
    const double before = cpuSeconds();
    QElapsedTimer clock;
    clock.start();
    pass(lookSeconds * 1000);
    std::printf("idle with %d scheduled: %.2f %% of a core over %.0f s, memory %.0f MB\n", rows, 100 * (cpuSeconds() - before) / seconds(clock),
        seconds(clock), residentMb());
    stop(profile);
}

/// Dead letters sent again: all at once, and at a pace.
void requeueBench(const std::string &base, int rows) {
    BenchProfile profile(base, 50'000, 64);
    static_cast<void>(profile.engine().importCsv(BenchProfile::importOf(profile.writeCsv(rows))).result());
    static_cast<void>(profile.engine().start());
    waitFor([&] { return profile.engine().isDrained(); });
    profile.engine().setPaused(true);
    MessageFilter filter;
    filter.states = {MessageState::Dead};
    QElapsedTimer clock;
    clock.start();
    auto resent = profile.engine().resend(filter, "bench", {});
    double accepted = 0;
    waitFor([&] {
        if (accepted == 0) {
            const auto acts = profile.engine().audit(std::nullopt, 1).result();
            if (acts && !acts->empty() && acts->front().act == "message.resend")
                accepted = seconds(clock);
        }
        return resent.isFinished();
    });
    const auto report = resent.result();
    std::printf("requeue: %lld dead letters; the act is on record after %.0f ms, done after %.2f s\n",
        static_cast<long long>(report ? report->resent : 0), accepted * 1000, seconds(clock));
    profile.engine().setPaused(false);
    waitFor([&] { return profile.engine().snapshot().counts[MessageState::Dead] == rows; });
    // Some of them again, at a pace.
    constexpr double pace = 500;
    constexpr int paced = 5000;
    std::vector<MessageId> ids;
    const auto page = profile.engine().page({filter, std::nullopt, paced}).result();
    for (const MessageRow &row : page ? page->rows : std::vector<MessageRow>{})
        filter.ids.push_back(row.id);
    const std::int64_t failedBefore = profile.engine().snapshot().failed;
    clock.restart();
    static_cast<void>(profile.engine().resend(filter, "bench", {.mayArriveTwice = false, .pace = pace}).result());
    waitFor([&] { return profile.engine().snapshot().failed - failedBefore >= static_cast<std::int64_t>(filter.ids.size()); });
    const double took = seconds(clock);
    std::printf("requeue at a pace of %.0f/s: %zu in %.2f s, %.1f/s\n", pace, filter.ids.size(), took, static_cast<double>(filter.ids.size()) / took);
    stop(profile);
}

} // namespace

int upkeepBench(int rows) {
    TargetProcess target;
    if (!target.start(0)) {
        std::fputs("bench: songda-simulator did not start\n", stderr);
        return 1;
    }
    startBench(target.baseUrl().toStdString(), rows);
    idleBench(target.baseUrl().toStdString(), rows, 20);
    TargetProcess refusing;
    if (!refusing.start(0, QStringLiteral("43004=100"))) {
        std::fputs("bench: songda-simulator did not start\n", stderr);
        return 1;
    }
    requeueBench(refusing.baseUrl().toStdString(), std::min(rows, 200'000));
    return 0;
}

int growthBench(int most, int sample) {
    std::printf("%12s %14s %10s %14s\n", "queued", "deliveries/s", "RSS MB", "import rows/s");
    double first = 0;
    for (int queued = 10'000; queued <= most; queued = queued == 1'000'000 ? 5'000'000 : queued * 10) {
        TargetProcess target;
        if (!target.start(0))
            return 1;
        BenchProfile profile(target.baseUrl().toStdString(), 100'000, 64, TransportChoice::Bulk);
        QElapsedTimer clock;
        clock.start();
        static_cast<void>(profile.engine().importCsv(BenchProfile::importOf(profile.writeCsv(queued))).result());
        const double importRate = queued / seconds(clock);
        const int goal = std::min(sample, queued);
        static_cast<void>(profile.engine().start());
        // The first tenth warms connections and pages.
        waitFor([&] { return profile.engine().snapshot().accepted >= goal / 10; });
        const std::int64_t begun = profile.engine().snapshot().accepted;
        clock.restart();
        waitFor([&] { return profile.engine().snapshot().accepted >= goal - goal / 20; });
        const double rate = static_cast<double>(profile.engine().snapshot().accepted - begun) / seconds(clock);
        if (first == 0)
            first = rate;
        std::printf("%12d %14.0f %10.0f %14.0f   %+.0f %%\n", queued, rate, residentMb(), importRate, 100 * (rate / first - 1));
        std::fflush(stdout);
        stop(profile);
    }
    return 0;
}

} // namespace songda::bench
