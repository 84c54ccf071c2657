// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the platform took and did not report on.
#include "engine/policy/radar.h"

#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/masking.h"
#include "engine/store/accounts_table.h"
#include "engine/store/callbacks.h"
#include "engine/store/unconfirmed.h"

#include <algorithm>

namespace songda {

namespace {

Result<RadarReport> reportOf(
    EngineCore &core, const Account &account, std::optional<WallTime> setUpSince, std::vector<store::SentMessage> sent, WallTime now, int first) {
    const auto last
        = core.readers->run<std::optional<WallTime>>([id = account.id](store::Database &db) { return store::readLastReport(db, id); }).result();
    if (!last)
        return tl::unexpected(last.error());
    std::vector<RadarSighting> sightings;
    sightings.reserve(sent.size());
    for (const store::SentMessage &message : sent)
        sightings.push_back({message.acceptedAt, message.reportedAt});
    const RadarVerdict verdict = judgeReports(sightings, last->has_value(), now, setUpSince);
    std::vector<store::SentMessage> unheard;
    for (auto it = verdict.missingOnes.rbegin(); it != verdict.missingOnes.rend() && static_cast<int>(unheard.size()) < first; ++it)
        unheard.push_back(sent[*it]);
    auto named = core.readers
                     ->run<std::vector<UnconfirmedMessage>>([unheard = std::move(unheard)](store::Database &db) { return store::readUnconfirmed(db, unheard); })
                     .result();
    if (!named)
        return tl::unexpected(named.error());
    RadarReport report;
    report.account = account.name;
    report.state = verdict.state;
    report.usual = verdict.usual;
    report.considered = verdict.considered;
    report.missing = verdict.missing;
    report.unheard = verdict.unheard;
    report.silentSince = verdict.silentSince;
    report.lastReport = *last;
    report.first = std::move(*named);
    if (core.masksPeople()) {
        for (UnconfirmedMessage &message : report.first)
            message.openid = maskedOpenid(message.openid);
    }
    return report;
}

} // namespace

QFuture<Result<std::vector<RadarReport>>> Engine::radar(std::string account, WallTime since, int first) {
    SONGDA_MAY(Look, std::vector<RadarReport>);
    return m_core->work<std::vector<RadarReport>>(
        [core = m_core.get(), account = std::move(account), since, first]() -> Result<std::vector<RadarReport>> {
            auto accounts = core->readers->run<std::vector<Account>>([](store::Database &db) { return store::readAccounts(db); }).result();
            if (!accounts)
                return tl::unexpected(accounts.error());
            if (!account.empty()) {
                auto one = core->account(account);
                if (!one)
                    return tl::unexpected(one.error());
                *accounts = {std::move(*one)};
            }
            std::vector<AccountId> ids;
            for (const Account &a : *accounts)
                ids.push_back(a.id);
            store::SentScan scan(ids, since);
            for (bool more = true; more;) {
                const auto read = core->readers->run<bool>([&scan](store::Database &db) { return scan.readOn(db); }).result();
                if (!read)
                    return tl::unexpected(read.error());
                more = *read && !core->closing;
            }
            const auto callbacks = core->readers->run<std::vector<Callback>>([](store::Database &db) { return store::readCallbacks(db); }).result();
            if (!callbacks)
                return tl::unexpected(callbacks.error());
            std::vector<RadarReport> reports;
            for (const Account &a : *accounts) {
                const auto callback = std::ranges::find(*callbacks, a.id, &Callback::account);
                const auto setUpSince = callback == callbacks->end() ? std::nullopt : std::optional(callback->changedAt);
                auto report = reportOf(*core, a, setUpSince, scan.of(a.id), wallNow(), first);
                if (!report)
                    return tl::unexpected(report.error());
                reports.push_back(std::move(*report));
            }
            return reports;
        });
}

} // namespace songda
