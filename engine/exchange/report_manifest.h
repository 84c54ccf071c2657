// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/exchange/report_writer.h"
#include "engine/model/report_check.h"

#include <functional>

namespace songda::exchange {

/// What the manifest of a report says but its place in the chain, as one line of JSON.
std::string manifestText(const ReportRequest &request, const ReportResult &result);
/// Writes FILE.manifest.json.
Result<void> writeManifest(const std::string &path, const std::string &manifestText, const std::optional<ReportChain> &chain);

/// Looks at a report and its manifest: content, rows, states and link. Needs nothing but the two files. `goOn` is asked now
/// and then with the rows counted so far, and ends it as Cancelled by saying no.
Result<ReportCheck> checkReport(const std::string &path, const std::function<bool(std::int64_t rows)> &goOn = {});
/// Finds what is missing or out of place among reports that were checked one by one; the faults go to the report where
/// they show.
void checkChain(std::vector<ReportCheck> &reports);

} // namespace songda::exchange
