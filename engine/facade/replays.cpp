// SPDX-License-Identifier: GPL-3.0-or-later
//
// A selection that is frozen first and then sent again under watch.
#include "engine/engine.h"
#include "engine/facade/desk_work.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_loop.h"
#include "engine/facade/forecast_work.h"
#include "engine/policy/masking.h"
#include "engine/store/accounts_table.h"
#include "engine/store/migrations.h"
#include "engine/store/replays.h"

#include <algorithm>
#include <functional>

namespace songda {

namespace {

bool isBlank(const std::string &text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

Result<void> check(const ReplayPlan &plan, const ReplayOptions &options) {
    const auto wrong = [](const char *what) { return fail(ErrorCode::InvalidInput, what); };
    if (plan.size() == 0)
        return wrong("nothing matches; there is nothing to send again");
    if (isBlank(options.reason))
        return wrong("a replay needs a reason, for the audit");
    if (options.pace != 0 && !(options.pace >= 0.01 && options.pace <= 100'000))
        return wrong("the pace is 0.01 to 100000 messages a second");
    const LadderRules &ladder = options.ladder;
    if (ladder.steps.size() > 50 || std::any_of(ladder.steps.begin(), ladder.steps.end(), [](int size) { return size < 1 || size > 100'000; }))
        return wrong("a ladder has up to 50 steps of 1 to 100000 messages each");
    if (!(ladder.failShare >= 0 && ladder.failShare <= 1) || ladder.failLeast < 1)
        return wrong("the line of failures is a share of 0 to 1 and at least one message");
    return {};
}

/// Writes, and tells the engine once it is written: told before, it could look too early and not again.
Result<ReplayRun> changeReplay(EngineCore &core, const std::function<Result<ReplayId>(store::WriteSession &)> &write) {
    ReplayRun run;
    SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto id = write(session);
        if (!id)
            return tl::unexpected(id.error());
        auto read = store::readReplay(session.database(), *id);
        if (!read)
            return tl::unexpected(read.error());
        run = std::move(*read);
        return {};
    }));
    if (core.loop)
        core.loop->replaysChanged();
    return run;
}

} // namespace

QFuture<Result<ReplayPlan>> Engine::planReplay(MessageFilter filter, std::shared_ptr<JobControl> control) {
    return m_core->work<ReplayPlan>([core = m_core.get(), filter = std::move(filter), control]() -> Result<ReplayPlan> {
        // A connection of its own: short queries shall not wait for it.
        auto database = store::Database::open(core->path("songda.db"), store::Database::Mode::ReadOnly, store::newestSchemaVersion());
        if (!database)
            return tl::unexpected(database.error());
        const RunId run = core->loop ? core->loop->run() : RunId{};
        auto plan = store::freeze(*database, filter, systemNow(), run, bootId(), control ? &control->cancelled : &core->closing);
        if (!plan)
            return plan;
        const auto accounts = store::readAccounts(*database);
        if (!accounts)
            return tl::unexpected(accounts.error());
        for (const Account &account : *accounts) {
            const auto count = plan->perAccount.find(account.id);
            if (count == plan->perAccount.end())
                continue;
            ForecastRequest request;
            request.account = account.name;
            request.messages = count->second;
            const auto forecast = forecastOf(*core, request);
            if (!forecast)
                return tl::unexpected(forecast.error());
            if (forecast->endsAt)
                plan->endsAt = std::max(plan->endsAt.value_or(*forecast->endsAt), *forecast->endsAt);
        }
        return plan;
    });
}

QFuture<Result<ReplayRun>> Engine::startReplay(ReplayPlan plan, ReplayOptions options) {
    SONGDA_MAY(HandleFailed, ReplayRun);
    if (const auto checked = check(plan, options); !checked)
        return readyFuture<ReplayRun>(tl::unexpected(checked.error()));
    return m_core->work<ReplayRun>([core = m_core.get(), plan = std::move(plan), options = std::move(options)]() mutable {
        return changeReplay(*core, [&](store::WriteSession &session) -> Result<ReplayId> {
            const auto waits = core->replayWaits(session.database(), plan, options.mayArriveTwice);
            if (!waits)
                return tl::unexpected(waits.error());
            options.waits = *waits;
            return store::insertReplay(session, plan, describe(plan.filter), options, core->actor(options.reason), systemNow().wall);
        });
    });
}

QFuture<Result<ReplayRun>> Engine::setReplayState(ReplayId id, ReplayState state, std::string reason) {
    SONGDA_MAY(HandleFailed, ReplayRun);
    if (state != ReplayState::Running && state != ReplayState::Paused && state != ReplayState::Cancelled)
        return readyFuture<ReplayRun>(fail(ErrorCode::InvalidInput, "a replay is paused, resumed or cancelled"));
    return m_core->work<ReplayRun>([core = m_core.get(), id, state, reason = std::move(reason)] {
        return changeReplay(*core, [&](store::WriteSession &session) -> Result<ReplayId> {
            SONGDA_TRY(store::setReplayState(session, id, state, core->actor(reason), systemNow().wall));
            return id;
        });
    });
}

QFuture<Result<std::vector<ReplayRun>>> Engine::replays(int limit, std::optional<ReplayId> before) {
    SONGDA_MAY(Look, std::vector<ReplayRun>);
    return m_core->readers->run<std::vector<ReplayRun>>([limit, before, masked = m_core->masksPeople()](store::Database &db) {
        auto runs = store::readReplays(db, limit, before);
        if (runs && masked) {
            for (ReplayRun &run : *runs)
                run.selection = withMaskedOpenids(run.selection);
        }
        return runs;
    });
}

} // namespace songda
