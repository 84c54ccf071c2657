// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/job_control.h"
#include "engine/model/time.h"

#include <cstdint>
#include <memory>
#include <string>

namespace songda {

struct ArchiveRequest {
    std::string path; ///< a SQLite file to make, with everything that is deleted
    WallTime before; ///< messages that ended before this
    std::shared_ptr<JobControl> control;
};

struct ArchiveReport {
    std::int64_t archived = 0;
    std::int64_t deleted = 0; ///< fewer when somebody resent some meanwhile, or the job was cancelled
};

} // namespace songda
