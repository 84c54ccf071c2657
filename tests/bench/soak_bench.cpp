// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bench_profile.h"
#include "tests/bench/benches.h"
#include "tests/bench/process_watch.h"
#include "tests/bench/target_process.h"
#include "tests/bench/waiting.h"

#include <QElapsedTimer>
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace songda::bench {

namespace {

constexpr int rowsPerFile = 50'000;
/// Those who refused once are put on a list; so many people that enough are left.
constexpr std::int64_t people = 1'000'000;
constexpr int archiveEvery = 3; ///< phases
constexpr int retryDeadEvery = 4;
constexpr int cancelEvery = 7;
/// The engine begins a checkpoint at 64 MB; what comes while it is written, and while a long reader is in the way, is behind that.
constexpr double mostLogMb = 128;
/// Shorter runs still fill their caches in what would be compared.
constexpr double minutesToJudgeMemory = 20;
constexpr qint64 drainWithinMs = 15 * 60'000;

/// What the platform does for a phase.
struct Weather {
    const char *name;
    const char *control;
};
constexpr Weather fair{"fair", R"({"mix":"","latency":"0"})"};
constexpr std::array weathers{
    fair,
    Weather{"busy", R"({"mix":"busy=10"})"},
    Weather{"http 500", R"({"mix":"http500=10"})"},
    Weather{"cut", R"({"mix":"recorded_close=3"})"},
    Weather{"hang", R"({"mix":"hang=0.05"})"},
    Weather{"slow", R"({"mix":"","latency":"30:25"})"},
    Weather{"refused", R"({"mix":"43004=3","latency":"0"})"},
    Weather{"token", R"({"mix":"","invalidate_tokens":true})"},
    Weather{"closed", R"({"refuse_ms":4000})"},
    Weather{"mixed", R"({"mix":"busy=2,http500=2,recorded_close=1,recorded_reset=1,half=1,43004=1,47003=0.5"})"},
};

class Soak {
public:
    explicit Soak(const SoakBench &bench, const TargetProcess &target)
        : m_bench(bench)
        , m_target(target)
        , m_profile(target.baseUrl().toStdString(), bench.rate, bench.bulk ? 64 : 24, bench.bulk ? TransportChoice::Bulk : TransportChoice::Standard)
        , m_watch(m_profile.path("profile/songda.db"), static_cast<int>(bench.minutes * 60) + 100) {}

    int run();

private:
    Engine &engine() { return m_profile.engine(); }
    void runPhase(int phase, qint64 milliseconds);
    void beginActs(int phase);
    void feed();
    void settleActs();
    void archive(std::chrono::milliseconds age);
    /// The sums of the engine against what was fed and archived.
    bool addsUp();
    void report(int phase, const char *weather, double seconds);
    bool drain();
    void judgeMemory();
    void judgeEnd();
    void check(bool holds, const std::string &what);

    const SoakBench m_bench;
    const TargetProcess &m_target;
    BenchProfile m_profile;
    ProcessWatch m_watch;
    bool m_failed = false;
    std::int64_t m_written = 0; ///< rows of all files
    std::int64_t m_fed = 0; ///< rows the engine has taken
    std::int64_t m_archived = 0; ///< by archives that are done
    std::int64_t m_acceptedBefore = 0;
    std::chrono::milliseconds m_phase{0};
    BatchId m_lastBatch;
    std::optional<QFuture<Result<ImportReport>>> m_import;
    std::optional<QFuture<Result<ArchiveReport>>> m_archive;
    std::shared_ptr<JobControl> m_archiveControl;
    std::optional<QFuture<Result<ResendReport>>> m_resend;
    std::optional<QFuture<Result<bool>>> m_cancel;
};

void Soak::check(bool holds, const std::string &what) {
    if (holds)
        return;
    m_failed = true;
    std::printf("FAILED: %s\n", what.c_str());
    std::fflush(stdout);
}

void Soak::feed() {
    if (m_import || engine().snapshot().counts.waiting() >= rowsPerFile)
        return;
    m_import = engine().importCsv(BenchProfile::importOf(m_profile.writeCsv(rowsPerFile, m_written, people)));
    m_written += rowsPerFile;
}

void Soak::archive(std::chrono::milliseconds age) {
    m_archiveControl = std::make_shared<JobControl>();
    m_archive = engine().archive({m_profile.path("archive.db"), Engine::wallNow() - age, m_archiveControl});
}

/// Takes the answers that have come.
void Soak::settleActs() {
    if (m_import && m_import->isFinished()) {
        const auto report = m_import->result();
        check(report.has_value() && report->queued == rowsPerFile,
            "an import: " + (report ? std::to_string(report->queued) + " queued" : report.error().detail));
        m_fed += report ? report->queued : 0;
        m_lastBatch = report ? report->batch : BatchId{};
        m_import.reset();
        std::filesystem::remove(m_profile.path("rows.csv"));
    }
    if (m_archive && m_archive->isFinished()) {
        const auto report = m_archive->result();
        check(report.has_value(), "an archive: " + (report ? std::string() : report.error().detail));
        m_archived += report ? report->deleted : 0;
        m_archive.reset();
        std::filesystem::remove(m_profile.path("archive.db"));
    }
    if (m_resend && m_resend->isFinished()) {
        const auto report = m_resend->result();
        check(report.has_value(), "retrying dead ones: " + (report ? std::string() : report.error().detail));
        m_resend.reset();
    }
    if (m_cancel && m_cancel->isFinished()) {
        const auto done = m_cancel->result();
        check(done.has_value(), "cancelling a batch: " + (done ? std::string() : done.error().detail));
        m_cancel.reset();
    }
}

void Soak::beginActs(int phase) {
    if (phase % archiveEvery == archiveEvery - 1 && !m_archive)
        archive(m_phase);
    if (phase % retryDeadEvery == retryDeadEvery - 1 && !m_resend) {
        MessageFilter dead;
        dead.states = {MessageState::Dead};
        m_resend = engine().resend(dead, "soak", {});
    }
    if (phase % cancelEvery == cancelEvery - 1 && !m_cancel)
        m_cancel = engine().setBatchState(m_lastBatch, BatchState::Cancelled, "soak");
}

void Soak::runPhase(int phase, qint64 milliseconds) {
    const Weather &weather = weathers[static_cast<std::size_t>(phase) % weathers.size()];
    check(m_target.control(weather.control), std::string("the simulator did not take the weather ") + weather.name);
    beginActs(phase);
    QElapsedTimer clock;
    clock.start();
    qint64 nextLook = 0;
    while (clock.elapsed() < milliseconds) {
        pass(50);
        settleActs();
        feed();
        if (clock.elapsed() >= nextLook) {
            m_watch.look();
            nextLook += 1000;
        }
    }
    report(phase, weather.name, static_cast<double>(clock.elapsed()) / 1000);
}

bool Soak::addsUp() {
    // The file that is being read is taken whole first; an archive may go on deleting meanwhile.
    while (m_import) {
        pass(10);
        settleActs();
    }
    const auto deleted = [this] { return m_archived + (m_archive ? m_archiveControl->rows.load() : 0); };
    constexpr std::int64_t deletedAtATime = 500; // an archive tells of a step after its commit
    const std::int64_t most = m_fed - deleted();
    const auto counts = engine().counts().result();
    const std::int64_t least = m_fed - deleted() - (m_archive ? deletedAtATime : 0);
    const bool holds = counts && least <= counts->total() && counts->total() <= most;
    check(holds, "the sums: " + (counts ? std::to_string(counts->total()) : counts.error().detail) + " messages instead of "
            + std::to_string(least) + " to " + std::to_string(most));
    return holds;
}

void Soak::report(int phase, const char *weather, double seconds) {
    const bool sums = addsUp();
    const Snapshot now = engine().snapshot();
    const Footprint &print = m_watch.last();
    const std::int64_t accepted = now.accepted - m_acceptedBefore;
    m_acceptedBefore = now.accepted;
    const auto in = [&](MessageState state) { return static_cast<long long>(now.counts[state]); };
    std::printf("%5.1f %-8s %9lld %8.0f %8lld %9lld %8lld %8lld %7.0f %7.0f %7.0f %5.0f  %s%s\n",
        static_cast<double>((phase + 1) * m_phase.count()) / 60'000, weather, static_cast<long long>(accepted),
        static_cast<double>(accepted) / seconds, in(MessageState::Dead), in(MessageState::Uncertain),
        static_cast<long long>(now.counts.waiting()), static_cast<long long>(now.counts.total()), print.residentMb, print.databaseMb, print.logMb,
        print.descriptors, sums ? "add up" : "WRONG", m_archive ? ", archiving" : "");
    std::fflush(stdout);
    check(now.problem.empty(), "the engine says: " + now.problem);
}

bool Soak::drain() {
    static_cast<void>(m_target.control(fair.control));
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < drainWithinMs) {
        pass(50);
        settleActs();
        if (!m_import && !m_archive && !m_resend && !m_cancel && engine().isDrained() && engine().snapshot().counts.waiting() == 0) {
            std::printf("drained in %.1f s\n", static_cast<double>(clock.elapsed()) / 1000);
            return true;
        }
    }
    return false;
}

void Soak::judgeMemory() {
    const double before = m_watch.medianOfQuarter(1, &Footprint::residentMb);
    const double after = m_watch.medianOfQuarter(3, &Footprint::residentMb);
    const bool judged = m_bench.minutes >= minutesToJudgeMemory;
    std::printf("resident memory: median of the second quarter %.1f MB, of the last %.1f MB, highest %.1f MB%s\n", before, after,
        m_watch.most(&Footprint::residentMb), judged ? "" : " (too short to be judged)");
    const double filesBefore = m_watch.medianOfQuarter(1, &Footprint::descriptors);
    const double filesAfter = m_watch.medianOfQuarter(3, &Footprint::descriptors);
    std::printf("descriptors: median of the second quarter %.0f, of the last %.0f, most %.0f\n", filesBefore, filesAfter,
        m_watch.most(&Footprint::descriptors));
    std::printf("database: highest %.0f MB; log: highest %.0f MB\n", m_watch.most(&Footprint::databaseMb), m_watch.most(&Footprint::logMb));
    if (judged) {
        check(after <= before * 1.05 + 8, "resident memory grew");
        check(filesAfter <= filesBefore + 16, "descriptors grew");
    }
    check(m_watch.most(&Footprint::logMb) <= mostLogMb, "the log grew beyond " + std::to_string(static_cast<int>(mostLogMb)) + " MB");
}

void Soak::judgeEnd() {
    static_cast<void>(addsUp());
    const auto violations = engine().verify().result();
    check(violations.has_value(), "verify: " + (violations ? std::string() : violations.error().detail));
    for (const Violation &violation : violations.value_or(std::vector<Violation>{}))
        check(false, violation.invariant + ": " + violation.detail);
    const Snapshot end = engine().snapshot();
    const QJsonObject ledger = m_target.ledger();
    const auto figure = [&](const char *name) { return static_cast<long long>(ledger.value(QLatin1String(name)).toDouble(-1)); };
    std::printf("queued %lld, accepted %lld, archived %lld; the simulator received %lld, showed %lld, dropped %lld repeats; notified twice %lld\n",
        static_cast<long long>(m_fed), static_cast<long long>(end.accepted), static_cast<long long>(m_archived), figure("wire_copies"),
        figure("user_copies"), figure("duplicates_dropped"), figure("notified_twice_count"));
    check(figure("notified_twice_count") == 0, "people were notified twice");
    check(figure("body_mismatch") == 0, "repeats had other bytes");
    check(figure("user_copies") >= end.accepted, "more was accepted than shown");
}

int Soak::run() {
    if (const auto started = engine().start(); !started) {
        std::fprintf(stderr, "bench: %s\n", started.error().detail.c_str());
        return 1;
    }
    const int phases = std::max(static_cast<int>(m_bench.minutes), static_cast<int>(weathers.size()));
    m_phase = std::chrono::milliseconds{static_cast<std::int64_t>(m_bench.minutes * 60'000 / phases)};
    std::printf("%5s %-8s %9s %8s %8s %9s %8s %8s %7s %7s %7s %5s  %s\n", "min", "weather", "accepted", "/s", "dead", "uncertain", "waiting", "kept",
        "RSS MB", "DB MB", "WAL MB", "fds", "sums");
    for (int phase = 0; phase < phases; ++phase)
        runPhase(phase, m_phase.count());
    check(drain(), "it did not drain");
    judgeMemory();
    judgeEnd();
    stop(m_profile);
    std::puts(m_failed ? "FAILED" : "passed");
    return m_failed ? 1 : 0;
}

} // namespace

int soakBench(const SoakBench &bench) {
    TargetProcess target;
    if (!target.start(0)) {
        std::fputs("bench: songda-simulator did not start\n", stderr);
        return 1;
    }
    return Soak(bench, target).run();
}

} // namespace songda::bench
