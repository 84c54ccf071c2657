// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/forecast.h"

#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_loop.h"
#include "engine/facade/forecast_work.h"
#include "engine/policy/transport.h"
#include "engine/policy/wechat_day.h"
#include "engine/store/load_profile.h"

#include <algorithm>

namespace songda {

namespace {

/// Enough answers to speak of a share of repeats.
constexpr std::int64_t enoughAttempts = 200;

} // namespace

Result<Forecast> forecastOf(EngineCore &core, const ForecastRequest &request) {
    const auto account = core.account(request.account);
    if (!account)
        return tl::unexpected(account.error());
    const auto policy = core.policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    const Policy &own = (*policy)->set.of(account->name);
    const WallTime now = systemNow().wall;
    const auto load = core.readers
                          ->run<store::LoadProfile>([&](store::Database &db) { return store::readLoad(db, account->id, now); })
                          .result();
    if (!load)
        return tl::unexpected(load.error());

    ForecastInput input;
    input.now = now;
    input.rate = account->rate;
    input.burst = account->burst;
    input.connections = account->connections;
    input.latency = assumedLatency;
    input.quietHours = own.quietHours;
    input.quota = own.quota;
    input.quotaUsed = load->acceptedToday;
    input.quotaLimit = own.quota.daily > 0 ? own.quota.daily : noQuota;
    input.refused = request.refused;
    input.loads = load->loads;
    if (load->accepted >= enoughAttempts)
        input.requestsPerMessage = static_cast<double>(load->attempts) / static_cast<double>(load->accepted);
    if (load->accepted >= enoughAttempts && load->latency > Micros{0})
        input.latency = load->latency;
    if (request.messages > 0)
        input.loads.push_back({request.at.value_or(now), request.expiresAt, request.priority, request.messages, false});
    // A running engine knows more: the platform's quota, how fast it is at present, and what is shut.
    if (core.loop) {
        const Snapshot snapshot = core.loop->snapshot();
        const auto live = std::ranges::find(snapshot.accounts, account->id, &AccountSnapshot::id);
        if (live != snapshot.accounts.end()) {
            input.rate = std::min(input.rate, std::max(live->rateLimit, 0.01));
            input.connections = std::max(1, live->concurrencyLimit);
            input.quotaUsed = std::max(input.quotaUsed, live->acceptedToday);
            input.quotaLimit = live->quotaLimit.value_or(input.quotaLimit);
            const bool shut = live->gate == Gate::MinuteThrottle || live->gate == Gate::BreakerOpen || live->gate == Gate::Offline;
            const bool parked = live->gate == Gate::DayQuota && input.quotaLimit == noQuota; // WeChat said so, not the ledger
            if (shut || parked)
                input.closedUntil = live->gateUntil;
        }
    }
    if (account->hold) {
        for (ForecastLoad &l : input.loads)
            l.held = true;
    }
    return forecast(input);
}

QFuture<Result<Forecast>> Engine::forecast(ForecastRequest request) {
    return m_core->work<Forecast>([core = m_core.get(), request = std::move(request)] { return forecastOf(*core, request); });
}

} // namespace songda
