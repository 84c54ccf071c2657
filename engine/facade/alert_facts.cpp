// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/alert_facts.h"

#include "engine/facade/engine_core.h"
#include "engine/facade/profile.h"

namespace songda {

namespace {

constexpr Seconds betweenReads{2};
constexpr std::chrono::hours readBack{1};
constexpr std::int64_t hoursRemembered = 48;
constexpr std::size_t mostCodes = 50; ///< of an account; what a platform may invent is bounded

bool isFailure(ErrorClass value) {
    // Recipients who left and refused contents are not the engine's failures.
    return value != ErrorClass::Success && value != ErrorClass::Recipient && value != ErrorClass::Content;
}

} // namespace

void AlertFacts::addAttempts(const std::vector<store::AttemptSum> &sums, std::int64_t hour) {
    for (const store::AttemptSum &sum : sums) {
        std::int64_t &counted = m_counted[{sum.hour, sum.account, sum.cause, sum.errorClass}];
        const std::int64_t more = m_begun ? sum.n - counted : 0;
        counted = sum.n;
        const auto errorClass = errorClassFromNumber(sum.errorClass).value_or(ErrorClass::Unknown);
        Sums &account = m_sums[sum.account];
        // A code that is known from the hour before is one to watch, too.
        if (errorClass == ErrorClass::Unknown && (account.unknownCodes.size() < mostCodes || account.unknownCodes.contains(sum.cause)))
            account.unknownCodes[sum.cause] += more;
        account.failures += isFailure(errorClass) ? more : 0;
        account.accepted += errorClass == ErrorClass::Success ? more : 0;
    }
    m_begun = true;
    std::erase_if(m_counted, [hour](const auto &entry) { return std::get<0>(entry.first) < hour - hoursRemembered; });
}

void AlertFacts::readSums(const Snapshot &snapshot) {
    const SteadyTime now = systemNow().steady;
    if (m_readAt && (now - *m_readAt < betweenReads || snapshot.dataVersion == m_seen))
        return;
    struct Read {
        std::vector<store::AttemptSum> attempts;
        store::ReportSum reports;
        std::set<AccountId> reporting;
    };
    const auto read = m_core.readers
                          ->run<Read>([since = snapshot.at - readBack, after = m_lastReport](store::Database &db) -> Result<Read> {
                              auto attempts = store::readAttemptSums(db, since);
                              if (!attempts)
                                  return tl::unexpected(attempts.error());
                              const auto start = after ? Result<std::int64_t>(*after) : store::newestReport(db);
                              if (!start)
                                  return tl::unexpected(start.error());
                              auto reports = store::readReportSum(db, *start);
                              auto reporting = store::readReporting(db);
                              if (!reports || !reporting)
                                  return tl::unexpected(!reports ? reports.error() : reporting.error());
                              return Read{std::move(*attempts), std::move(*reports), std::move(*reporting)};
                          })
                          .result();
    if (!read)
        return; // what was known stands; a database that cannot be read shows elsewhere
    m_readAt = now;
    m_seen = snapshot.dataVersion;
    addAttempts(read->attempts, std::chrono::floor<std::chrono::hours>(snapshot.at.time_since_epoch()).count());
    for (const auto &[account, n] : read->reports.reports)
        m_sums[account].reports += n;
    m_lastReport = read->reports.last;
    m_reporting = read->reporting;
}

AlertSample AlertFacts::sample(const Snapshot &snapshot, const std::vector<Hook> &hooks) {
    readSums(snapshot);
    const Now now = systemNow();
    AlertSample sample;
    sample.at = now.steady;
    sample.paused = snapshot.paused;
    sample.mustRestart = snapshot.mustRestart;
    if (snapshot.oldestDue && snapshot.counts.waiting() > 0)
        sample.oldestAge = std::max(Millis{0}, snapshot.at - *snapshot.oldestDue);
    sample.failedCommits = m_core.writer->failedCommits();
    sample.diskFree = profile::diskFree(m_core.options.profileDir);
    for (const Hook &hook : hooks)
        sample.hooks.push_back({hook.id, hook.stoppedAt.has_value(), hook.dead, hook.waiting});
    for (const AccountSnapshot &a : snapshot.accounts) {
        AccountFacts facts;
        facts.name = a.name;
        facts.gate = a.gate;
        facts.breakerOpen = a.breakerOpen;
        facts.breakerProbing = a.breakerProbing;
        facts.onSecondHost = a.onSecondHost;
        facts.retrying = a.counts[MessageState::Retrying];
        facts.ended = a.endedAccepted + a.endedFailed + a.endedRefused;
        facts.lost = a.endedFailed;
        facts.dead = a.counts[MessageState::Dead] + a.counts[MessageState::Uncertain];
        facts.acceptedToday = a.acceptedToday;
        facts.quotaLimit = a.quotaLimit;
        facts.clockDifference = a.clockDifference;
        facts.reportsExpected = m_reporting.contains(a.id);
        const Sums &sums = m_sums[a.id];
        facts.failures = sums.failures;
        facts.accepted = sums.accepted;
        facts.reports = sums.reports;
        facts.unknownCodes = sums.unknownCodes;
        sample.accounts.push_back(std::move(facts));
    }
    return sample;
}

} // namespace songda
