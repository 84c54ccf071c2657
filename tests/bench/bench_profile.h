// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QTemporaryDir>
#include <cstdint>
#include <memory>
#include <string>

namespace songda::bench {

/// A throw-away profile with one account and one template, and a CSV file of rows for it.
class BenchProfile {
public:
    BenchProfile(
        const std::string &apiBase, double rate, int connections, TransportChoice transport = TransportChoice::Auto);

    Engine &engine() { return *m_engine; }
    /// As when the program ends, and begins again.
    void close();
    void open();
    /// Writes `rows` rows, counted on from `first`, and returns the path. The recipients begin again after `people`.
    std::string writeCsv(int rows, std::int64_t first = 0, std::int64_t people = 1'000'000'000) const;
    std::string path(const char *file) const { return m_dir.path().toStdString() + "/" + file; }
    static ImportRequest importOf(const std::string &csv);

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Engine> m_engine;
};

/// Processor seconds this process has used.
double cpuSeconds();
/// Resident memory of this process in MB: now, and the highest so far.
double residentMb();
double peakResidentMb();

} // namespace songda::bench
