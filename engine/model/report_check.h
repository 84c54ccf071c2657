// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace songda {

/// The place of a report among all reports of its profile. Each link is made of the one before and of what the manifest
/// says. There is no key in it: from the files alone it shows a slip, and a change by somebody who does not make the links
/// anew. Against whoever does, only the links that the profile and its audit keep speak.
struct ReportChain {
    std::int64_t number = 0; ///< 1 is the first
    std::string previous; ///< link of the report before; empty for the first
    std::string link;

    bool operator==(const ReportChain &) const = default;
};

/// What is wrong with a report that was handed over.
enum class ReportFault { NoManifest, NotAManifest, OtherFile, Content, Rows, States, Chain };
const char *toString(ReportFault fault);

struct ReportProblem {
    ReportFault fault;
    std::string detail; ///< one sentence
};

/// A report and its manifest, looked at without the database they came from.
struct ReportCheck {
    std::string file;
    std::int64_t rows = 0;
    std::map<std::string, std::int64_t> rowsPerState;
    std::string sha256;
    std::string createdAt; ///< as the manifest has it
    std::string createdBy;
    std::optional<ReportChain> chain; ///< none: made by somebody who could only look on, or by an older version
    std::vector<ReportProblem> problems; ///< empty: it is what it was
};

} // namespace songda
