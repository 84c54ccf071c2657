// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/job_control.h"
#include "engine/model/row_problem.h"
#include "engine/model/time.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace songda {

/// People who may get a seed: one person's word sends it to all of them at once.
inline constexpr std::size_t mostSeeds = 20;

struct ImportRequest {
    std::string path;
    std::string encoding; ///< one of csvEncodings(); empty: found by what stands in the file
    std::string account;
    std::string templateId;
    std::string openidColumn;
    std::string keyColumn;
    std::string urlColumn;
    std::map<std::string, std::string> keyColumns; ///< template key -> column
    std::string batchName; ///< empty: the file's name, and sameness is by content alone
    std::string rejectsPath; ///< empty: no rejects file
    bool chineseRejects = false; ///< language of that file
    std::optional<WallTime> at;
    std::optional<WallTime> expiresAt; ///< nothing: as the policy says
    int priority = 1; ///< of a new batch: 0 bulk, 1 normal, 2 urgent
    Seconds recall{0}; ///< nothing goes before this has passed, also after somebody let it go: time to cancel a mistake
    std::vector<std::string> seeds; ///< openids that get the first row's message first, at most mostSeeds; the batch then waits for a person
    bool dryRun = false;
    std::string expectedDigest; ///< ImportReport::fileDigest of the run that checked it: another file is not queued; empty: any
    std::shared_ptr<JobControl> control; ///< may be empty
};

struct ImportReport {
    std::int64_t read = 0;
    std::int64_t queued = 0; ///< with dryRun: would be
    std::int64_t duplicates = 0; ///< the same message is queued or was sent already
    std::int64_t rejected = 0;
    std::int64_t optedOut = 0; ///< of the rejected: people who asked for no more messages
    std::int64_t suppressed = 0; ///< of the rest: people on the list, whose messages are refused when their turn comes
    std::vector<RowProblem> firstRejects; ///< at most 100, duplicates included
    std::int64_t doubtful = 0; ///< of the rows taken: with a number that a spreadsheet program seems to have rounded
    std::vector<RowProblem> firstDoubts; ///< at most 100
    std::vector<std::string> ignoredColumns;
    std::string encoding;
    std::string delimiter;
    std::string batchName;
    std::string fileDigest; ///< SHA-256 of the file's bytes as read, in hex; empty when it was cancelled
    BatchId batch;
    std::optional<BatchId> seedBatch; ///< of the messages to ImportRequest::seeds; `batch` is paused until somebody resumes it
    bool waitsForSecond = false; ///< `batch` is larger than one person may let go: paused until another user resumes it
    bool cancelled = false;
};

/// The head of a file as the send page shows it before anything is queued.
struct CsvPreview {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows; ///< at most the number asked for
    std::string encoding;
    std::string delimiter;
};

} // namespace songda
