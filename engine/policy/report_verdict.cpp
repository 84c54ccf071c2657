// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/report_verdict.h"

#include <string>

namespace songda {

ReportVerdict verdictOf(std::string_view status) {
    std::string letters;
    for (const char c : status) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (letters == "success")
        return ReportVerdict::Delivered;
    if (!letters.starts_with("failed"))
        return ReportVerdict::Unknown;
    return letters.find("block") != std::string::npos ? ReportVerdict::Blocked : ReportVerdict::Failed;
}

const char *toString(ReportVerdict verdict) {
    switch (verdict) {
    case ReportVerdict::Delivered: return "delivered";
    case ReportVerdict::Blocked: return "blocked";
    case ReportVerdict::Failed: return "failed";
    case ReportVerdict::Unknown: return "unknown";
    }
    return "unknown";
}

} // namespace songda
