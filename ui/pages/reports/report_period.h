// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <QDate>
#include <optional>

namespace songda::ui {

/// Which days a report is about. All but the first and the last are counted from the day it is made on, so that a saved
/// report stays right.
enum class ReportPeriod { Everything, Today, Yesterday, LastSevenDays, ThisMonth, LastMonth, Days };

/// From the beginning of the first day to the beginning of the day after the last one, in China.
struct ReportSpan {
    std::optional<WallTime> from;
    std::optional<WallTime> to;

    bool operator==(const ReportSpan &) const = default;
};

/// `first` and `last` are used by Days only. Pure.
ReportSpan spanOf(ReportPeriod period, QDate first, QDate last, WallTime now);

} // namespace songda::ui
