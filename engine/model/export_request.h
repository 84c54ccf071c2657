// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/job_control.h"
#include "engine/model/queries.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace songda {

struct ExportRequest {
    std::string path;
    MessageFilter filter;
    bool chineseHeader = false;
    std::shared_ptr<JobControl> control;
};

struct ExportReport {
    std::int64_t rows = 0;
    std::map<std::string, std::int64_t> rowsPerState;
    std::string sha256;
    std::string manifestPath;
};

} // namespace songda
