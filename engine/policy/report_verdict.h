// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace songda {

/// What the words of a delivery report mean.
enum class ReportVerdict {
    Delivered,
    Blocked, ///< the person refuses messages of this account
    Failed,
    Unknown, ///< words nobody has seen yet: kept, and nothing is concluded from them
};

/// Reads the status of a delivery report. Case and blanks do not count: WeChat itself writes "failed:user block" and
/// "failed: system failed" (wechat-api.md section 4.1).
ReportVerdict verdictOf(std::string_view status);

const char *toString(ReportVerdict verdict);

} // namespace songda
