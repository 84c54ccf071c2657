// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/process_watch.h"

#include "tests/bench/bench_profile.h"

#include <algorithm>
#include <filesystem>

namespace songda::bench {

namespace {

namespace fs = std::filesystem;

constexpr double bytesPerMb = 1024 * 1024;

double fileMb(const std::string &file) {
    std::error_code gone;
    const auto size = fs::file_size(file, gone);
    return gone ? 0 : static_cast<double>(size) / bytesPerMb;
}

double openDescriptors() {
    std::error_code ignored;
    const auto list = fs::directory_iterator("/proc/self/fd", ignored);
    return static_cast<double>(std::distance(begin(list), end(list)) - 1); // but for the one that lists
}

} // namespace

ProcessWatch::ProcessWatch(std::string database, int looks)
    : m_database(std::move(database)) {
    m_looks.reserve(static_cast<std::size_t>(looks));
    look();
}

void ProcessWatch::look() {
    m_looks.push_back({residentMb(), fileMb(m_database), fileMb(m_database + "-wal"), openDescriptors()});
}

double ProcessWatch::most(double Footprint::*what) const {
    return (*std::max_element(m_looks.begin(), m_looks.end(), [&](const auto &a, const auto &b) { return a.*what < b.*what; })).*what;
}

double ProcessWatch::medianOfQuarter(int quarter, double Footprint::*what) const {
    const std::size_t n = m_looks.size();
    const auto q = static_cast<std::size_t>(quarter);
    std::vector<double> values;
    for (std::size_t i = n * q / 4; i < std::max(n * (q + 1) / 4, n * q / 4 + 1) && i < n; ++i)
        values.push_back(m_looks[i].*what);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace songda::bench
