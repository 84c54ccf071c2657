// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/model/queries.h"
#include "engine/store/database.h"

#include <atomic>
#include <functional>
#include <map>
#include <string>

namespace songda::exchange {

struct ReportRequest {
    std::string path;
    MessageFilter filter;
    bool chineseHeader = false;
    std::string by; ///< who exports, for the manifest
    WallTime at;
    bool masked = false; ///< people and keys are not for whoever exports
    AuditHead audit = {}; ///< when it was written down, for the manifest
};

struct ReportResult {
    std::int64_t rows = 0;
    std::map<std::string, std::int64_t> rowsPerState;
    std::string sha256;
    std::string manifestPath;
};

/// Writes the audit report: the columns of the command-line contract, one row a message in id order, in
/// one snapshot of the database. What the manifest beside it needs is in the result, see report_manifest.h. Cancelling leaves
/// no file. `progress` gets now and then the rows written and about which share (0 .. 1) of the messages was looked through.
Result<ReportResult> writeReport(store::Database &database, const ReportRequest &request,
    const std::function<void(std::int64_t rows, double share)> &progress, const std::atomic<bool> &cancelled);

} // namespace songda::exchange
