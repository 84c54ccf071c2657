// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes to many people at once waits for a second person, where the policy wants one.
#include "engine/policy/approval.h"

#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/store/accounts_table.h"
#include "engine/store/approvals.h"
#include "engine/store/batches_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/message_pages.h"

#include <algorithm>

namespace songda {

namespace {

constexpr int rowsAtOnce = 10'000;

/// How many messages sending again would look at, counted no further than one above `most`.
Result<std::int64_t> countUpTo(store::Database &db, MessageFilter filter, std::int64_t most) {
    const auto possible = store::statesFor(store::DeskAct::Resend);
    if (filter.states.empty())
        filter.states = possible;
    std::erase_if(filter.states, [&](MessageState s) { return std::find(possible.begin(), possible.end(), s) == possible.end(); });
    if (filter.states.empty())
        return 0;
    std::int64_t count = 0;
    std::optional<MessageId> before;
    for (;;) {
        const int limit = static_cast<int>(std::min<std::int64_t>(rowsAtOnce, most + 1 - count));
        const auto page = store::readPage(db, {filter, before, limit});
        if (!page)
            return tl::unexpected(page.error());
        count += static_cast<std::int64_t>(page->rows.size());
        if (!page->more || count > most)
            return count;
        before = page->rows.back().id;
    }
}

} // namespace

std::int64_t EngineCore::approvalOver(const LoadedPolicy &policy, const std::string &account) const {
    // Without users one person cannot be told from another.
    return session().role ? policy.set.of(account).approvalOver : 0;
}

Result<std::map<AccountId, std::int64_t>> EngineCore::approvalLimits(store::Database &db, std::optional<AccountId> account) const {
    const auto policy = policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    const auto accounts = store::readAccounts(db);
    if (!accounts)
        return tl::unexpected(accounts.error());
    std::map<AccountId, std::int64_t> limits;
    for (const Account &one : *accounts) {
        const std::int64_t over = account && one.id != *account ? 0 : approvalOver(**policy, one.name);
        if (over > 0)
            limits[one.id] = over;
    }
    return limits;
}

Result<std::int64_t> EngineCore::approvalOver(store::Database &db, AccountId account) const {
    const auto limits = approvalLimits(db, account);
    if (!limits)
        return tl::unexpected(limits.error());
    return limits->empty() ? 0 : limits->begin()->second;
}

Result<std::optional<BatchId>> EngineCore::unagreedAmong(store::Database &db, const MessageFilter &filter) const {
    const auto limits = approvalLimits(db, filter.account);
    if (!limits)
        return tl::unexpected(limits.error());
    if (limits->empty())
        return std::optional<BatchId>{};
    const auto asked = store::askedBatches(db);
    if (!asked)
        return tl::unexpected(asked.error());
    for (const Batch &batch : *asked) {
        const auto over = limits->find(batch.account);
        if (over == limits->end() || !isUnagreed(batch, over->second) || (filter.batch && *filter.batch != batch.id))
            continue;
        MessageFilter of = filter;
        of.batch = batch.id;
        const auto any = countUpTo(db, std::move(of), 0);
        if (!any)
            return tl::unexpected(any.error());
        if (*any > 0)
            return std::optional(batch.id);
    }
    return std::optional<BatchId>{};
}

Result<std::map<AccountId, std::int64_t>> EngineCore::mayResendAlone(const MessageFilter &filter) const {
    using Limits = std::map<AccountId, std::int64_t>;
    return readers
        ->run<Limits>([this, &filter](store::Database &db) -> Result<Limits> {
            const auto limits = approvalLimits(db, filter.account);
            if (!limits)
                return limits;
            for (const auto &[account, over] : *limits) {
                MessageFilter of = filter;
                of.account = account;
                const auto count = countUpTo(db, std::move(of), over);
                if (!count)
                    return tl::unexpected(count.error());
                if (needsSecond(*count, over))
                    return fail(ErrorCode::NotAllowed,
                        "more than " + std::to_string(over) + " messages at once need a second person; send them again under watch, by a replay, which waits for one");
            }
            const auto unagreed = unagreedAmong(db, filter);
            if (!unagreed)
                return tl::unexpected(unagreed.error());
            if (*unagreed)
                return fail(ErrorCode::NotAllowed,
                    "nobody has agreed to batch " + std::to_string((*unagreed)->value)
                        + ", which needs a second person; send its messages again under watch, by a replay, which waits for one");
            return limits;
        })
        .result();
}

Result<bool> EngineCore::replayWaits(store::Database &db, const ReplayPlan &plan, bool mayArriveTwice) const {
    const auto limits = approvalLimits(db, plan.filter.account);
    if (!limits)
        return tl::unexpected(limits.error());
    const auto of = [](const std::map<AccountId, std::int64_t> &counts, AccountId account) {
        const auto count = counts.find(account);
        return count != counts.end() ? count->second : 0;
    };
    for (const auto &[account, over] : *limits) {
        if (needsSecond(of(plan.perAccount, account) + (mayArriveTwice ? of(plan.doubtfulPerAccount, account) : 0), over))
            return true;
    }
    const auto unagreed = unagreedAmong(db, plan.filter);
    if (!unagreed)
        return tl::unexpected(unagreed.error());
    return unagreed->has_value();
}

Result<void> EngineCore::settleImports() {
    const auto policy = policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    const auto accounts = readers->run<std::vector<Account>>([](store::Database &db) { return store::readAccounts(db); }).result();
    if (!accounts)
        return tl::unexpected(accounts.error());
    return writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto unsettled = store::unsettledBatches(session.database());
        if (!unsettled)
            return tl::unexpected(unsettled.error());
        for (const Batch &batch : *unsettled) {
            const auto account = std::find_if(accounts->begin(), accounts->end(), [&](const Account &a) { return a.id == batch.account; });
            // Whoever asked had signed in, whether anybody has by now or not.
            const auto waits = store::settleBatch(session, batch.id, account != accounts->end() ? (*policy)->set.of(account->name).approvalOver : 0);
            if (!waits)
                return tl::unexpected(waits.error());
        }
        return {};
    });
}

MayLetGo Engine::mayLetGo(const Batch &batch, const std::string &account) const {
    const auto policy = m_core->policies->current();
    return songda::mayLetGo(batch, policy ? m_core->approvalOver(**policy, account) : 0, session().user);
}

} // namespace songda
