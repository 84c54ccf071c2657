// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/report_check.h"
#include "engine/store/write_session.h"

#include <set>
#include <string>

namespace songda::store {

/// The place of the newest report of the profile, without what stood before it; number 0 before the first.
Result<ReportChain> readChainEnd(Database &database);
Result<void> setChainEnd(WriteSession &session, const ReportChain &chain);

/// How a link is written down in the audit, at the end of what an export acted on.
std::string chainMark(const ReportChain &chain);
/// The marks of all reports that the audit knows.
Result<std::set<std::string>> readChainMarks(Database &database);

} // namespace songda::store
