// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/alert.h"
#include "engine/model/ids.h"
#include "engine/store/write_session.h"

#include <map>
#include <set>
#include <vector>

namespace songda::store {

/// Writes a new alert; answers its id.
Result<std::int64_t> insertAlert(WriteSession &session, const Alert &alert);
/// What the engine says of it; what a person wrote stays.
Result<void> updateAlert(WriteSession &session, const Alert &alert);
/// False when it is acknowledged already, or over.
Result<bool> acknowledgeAlert(WriteSession &session, std::int64_t id, const std::string &by, const std::string &note, WallTime now);
/// Deletes what ended before, and of the rest what is beyond the bound; with the notices.
Result<void> trimAlerts(WriteSession &session, WallTime before, int most);

enum class AlertsWanted {
    Open,
    Past,
    Engine, ///< open, or ended and not told of yet
};
/// Highest level first, oldest first; past ones newest first.
Result<std::vector<Alert>> readAlerts(Database &database, AlertsWanted wanted, int limit);
/// What was told of an alert to whom, newest first.
Result<std::vector<AlertTelling>> readTellings(Database &database, std::int64_t alert);

/// A sink with what it takes to reach it.
struct StoredSink {
    AlertSink sink;
    std::string settings;
};
Result<std::int64_t> insertSink(WriteSession &session, const StoredSink &sink);
/// With what it was still to be told. False when there is none.
Result<bool> removeSink(WriteSession &session, std::int64_t id);
Result<std::vector<StoredSink>> readSinks(Database &database);

struct NewTelling {
    std::int64_t sink = 0;
    std::string target;
    std::string eventId;
    std::string kind;
    std::string body;
    std::vector<std::int64_t> alerts;
};
Result<void> insertTelling(WriteSession &session, const NewTelling &telling, WallTime now);

struct DueTelling {
    std::int64_t id = 0;
    std::int64_t sink = 0;
    std::string eventId;
    std::string body;
    int tries = 0;
};
/// Oldest first; what is at work already is left out by the caller.
Result<std::vector<DueTelling>> dueTellings(Database &database, WallTime now, int limit);
/// After a start: nothing waits longer than the longest wait, whatever became of the calendar.
Result<void> clampTellings(WriteSession &session, WallTime now);

struct TellingResult {
    std::int64_t id = 0;
    std::int64_t sink = 0;
    int tries = 0;
    bool taken = false;
    bool dead = false;
    WallTime at;
    WallTime dueAt; ///< of the next try
    std::string detail;
};
Result<void> recordTellings(WriteSession &session, const std::vector<TellingResult> &results);

// What the rules look at, beside the snapshot.
/// Ends of attempts in an hour, by account and cause: only grow while the hour lasts.
struct AttemptSum {
    std::int64_t hour = 0;
    AccountId account;
    std::string cause;
    std::int64_t errorClass = 0;
    std::int64_t n = 0;
};
Result<std::vector<AttemptSum>> readAttemptSums(Database &database, WallTime since);
struct ReportSum {
    std::map<AccountId, std::int64_t> reports;
    std::int64_t last = 0; ///< where to go on next time
};
/// Row of the delivery report that came last; 0 when none ever came.
Result<std::int64_t> newestReport(Database &database);
/// Delivery reports that came after a row of them.
Result<ReportSum> readReportSum(Database &database, std::int64_t after);
/// Accounts whose platform reports to us.
Result<std::set<AccountId>> readReporting(Database &database);

} // namespace songda::store
