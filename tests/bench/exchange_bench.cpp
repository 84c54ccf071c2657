// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bench_profile.h"
#include "tests/bench/benches.h"

#include <QElapsedTimer>
#include <cstdio>

namespace songda::bench {

int exchangeBench(int rows) {
    BenchProfile profile("http://127.0.0.1:9", 20, 10);
    const std::string csv = profile.writeCsv(rows);
    const double before = residentMb();
    QElapsedTimer clock;
    clock.start();
    const auto imported = profile.engine().importCsv(BenchProfile::importOf(csv)).result();
    const double importSeconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    if (!imported) {
        std::fprintf(stderr, "bench: %s\n", imported.error().detail.c_str());
        return 1;
    }
    std::printf("import: %lld rows in %.1f s, %.0f rows/s, memory %.0f MB before, %.0f MB at most\n",
        static_cast<long long>(imported->queued), importSeconds, static_cast<double>(imported->queued) / importSeconds, before, peakResidentMb());
    clock.restart();
    const auto again = profile.engine().importCsv(BenchProfile::importOf(csv)).result();
    if (again)
        std::printf("the same file again: %lld queued, %lld duplicates, %.0f rows/s\n", static_cast<long long>(again->queued),
            static_cast<long long>(again->duplicates), static_cast<double>(again->read) / (static_cast<double>(clock.nsecsElapsed()) / 1e9));
    ExportRequest request;
    request.path = profile.path("report.csv");
    clock.restart();
    const auto exported = profile.engine().exportReport(request).result();
    const double exportSeconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    if (!exported) {
        std::fprintf(stderr, "bench: %s\n", exported.error().detail.c_str());
        return 1;
    }
    std::printf("export: %lld rows in %.1f s, %.0f rows/s, memory %.0f MB at most\n", static_cast<long long>(exported->rows),
        exportSeconds, static_cast<double>(exported->rows) / exportSeconds, peakResidentMb());
    return 0;
}

} // namespace songda::bench
