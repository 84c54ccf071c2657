// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_dialect.h"

#include <algorithm>
#include <array>
#include <vector>

namespace songda::exchange {

namespace {

constexpr std::array candidates{',', ';', '\t', '|'};
constexpr std::size_t linesLookedAt = 20;

/// How often each candidate stands outside quotes, per line.
std::vector<std::array<int, candidates.size()>> countPerLine(std::string_view sample) {
    std::vector<std::array<int, candidates.size()>> lines(1);
    bool quoted = false;
    bool content = false;
    for (const char c : sample) {
        if (c == '"')
            quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r')) {
            if (content) {
                if (lines.size() == linesLookedAt)
                    return lines;
                lines.emplace_back();
                content = false;
            }
            continue;
        }
        content = true;
        if (quoted)
            continue;
        for (std::size_t i = 0; i < candidates.size(); ++i)
            lines.back()[i] += c == candidates[i];
    }
    // The last line may be cut off; it counts only if it is all there is.
    if (lines.size() > 1)
        lines.pop_back();
    return lines;
}

} // namespace

CsvDialect detectDialect(std::string_view sample) {
    CsvDialect dialect;
    if (sample.size() >= 6 && (sample.starts_with("sep=") || sample.starts_with("SEP="))
        && (sample[5] == '\n' || sample[5] == '\r')) {
        dialect.delimiter = sample[4];
        dialect.skip = sample.substr(5).starts_with("\r\n") ? 7 : 6;
        return dialect;
    }
    const auto lines = countPerLine(sample);
    double best = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const int header = lines.front()[i];
        if (header == 0)
            continue;
        const auto same = std::count_if(lines.begin(), lines.end(), [&](const auto &line) { return line[i] == header; });
        // Evenness first, then the number of fields.
        const double score = static_cast<double>(same) / static_cast<double>(lines.size()) + header * 0.001;
        if (score > best) {
            best = score;
            dialect.delimiter = candidates[i];
        }
    }
    return dialect;
}

} // namespace songda::exchange
