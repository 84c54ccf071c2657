// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes to many people at once waits for a second person, where the policy wants one.
#include "engine/policy/approval.h"

#include "engine/facade/engine_core.h"
#include "engine/store/accounts_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/message_pages.h"

#include <algorithm>

namespace songda {

namespace {

constexpr int rowsAtOnce = 10'000;

/// How many messages an act would look at, counted no further than one above `most`.
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

Result<std::int64_t> EngineCore::approvalOver(store::Database &db, std::optional<AccountId> account) const {
    const auto policy = policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    const auto accounts = store::readAccounts(db);
    if (!accounts)
        return tl::unexpected(accounts.error());
    std::int64_t least = 0;
    for (const Account &one : *accounts) {
        const std::int64_t over = account && one.id != *account ? 0 : approvalOver(**policy, one.name);
        if (over > 0)
            least = least == 0 ? over : std::min(least, over);
    }
    return least;
}

Result<void> EngineCore::mayResendAlone(const MessageFilter &filter) const {
    return readers
        ->run<bool>([this, &filter](store::Database &db) -> Result<bool> {
            const auto over = approvalOver(db, filter.account);
            if (!over)
                return tl::unexpected(over.error());
            if (*over == 0)
                return true;
            const auto count = countUpTo(db, filter, *over);
            if (!count)
                return tl::unexpected(count.error());
            if (needsSecond(*count, *over))
                return fail(ErrorCode::NotAllowed,
                    "more than " + std::to_string(*over) + " messages at once need a second person; send them again under watch, by a replay, which waits for one");
            return true;
        })
        .result()
        .map([](bool) {});
}

} // namespace songda
