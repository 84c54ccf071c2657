// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/reports/report_period.h"

#include "ui/widgets/format.h"

namespace songda::ui {

namespace {

WallTime beginOf(QDate day) {
    return fromEditor(QDateTime(day, QTime(0, 0), Qt::UTC));
}

} // namespace

ReportSpan spanOf(ReportPeriod period, QDate first, QDate last, WallTime now) {
    const QDate today = chinaTime(now).date();
    const QDate month(today.year(), today.month(), 1);
    switch (period) {
    case ReportPeriod::Everything: return {};
    case ReportPeriod::Today: return {beginOf(today), beginOf(today.addDays(1))};
    case ReportPeriod::Yesterday: return {beginOf(today.addDays(-1)), beginOf(today)};
    case ReportPeriod::LastSevenDays: return {beginOf(today.addDays(-6)), beginOf(today.addDays(1))};
    case ReportPeriod::ThisMonth: return {beginOf(month), beginOf(month.addMonths(1))};
    case ReportPeriod::LastMonth: return {beginOf(month.addMonths(-1)), beginOf(month)};
    case ReportPeriod::Days: return {beginOf(first), beginOf(last.addDays(1))};
    }
    return {};
}

} // namespace songda::ui
