// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/account.h"
#include "app/simulator/faults.h"
#include "app/simulator/http_message.h"
#include "app/simulator/interceptions.h"
#include "app/simulator/ledger.h"
#include "app/simulator/quotas.h"
#include "app/simulator/rid_log.h"
#include "app/simulator/tokens.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace songda::simulator {

struct ApiSettings {
    AccountState account;
    TokenSettings tokens;
    LedgerSettings ledger;
    std::uint64_t seed = 1; ///< of the random mix and the latency
    std::uint64_t nonce = 0; ///< makes tokens and rids of two runs differ
};

/// Token calls since the start.
struct TokenCalls {
    std::uint64_t classic = 0;
    std::uint64_t stable = 0;
    std::uint64_t forced = 0; ///< of the stable ones
    std::uint64_t refused = 0; ///< of both

    std::uint64_t total() const { return classic + stable; }
};

/// The platform's side of every call: a request and the time in, an answer out. Knows nothing of sockets and
/// reads no clock. Thread-safe.
class Api {
public:
    Api(const ApiSettings &settings, TimePoint start);

    Reply handle(const Request &request, TimePoint now);

    std::shared_ptr<const AccountState> account() const;
    /// Replaces the account's state as a whole.
    void setAccount(AccountState account);
    TokenCalls tokenCalls() const;
    void resetTokenCalls();
    /// Requests that followed a redirect; an honest client never does.
    std::uint64_t followedRedirects() const { return m_followedRedirects; }
    /// Sends whose client was gone before it could be answered, as after a crash.
    std::uint64_t unansweredSends() const { return m_unansweredSends; }

    /// Called for each message a person is shown, on serving threads; set before the first request.
    void setOnShown(std::function<void(std::string_view openid, std::uint64_t msgid)> onShown) {
        m_onShown = std::move(onShown);
    }

    Tokens &tokens() { return m_tokens; }
    Quotas &quotas() { return m_quotas; }
    Faults &faults() { return m_faults; }
    Ledger &ledger() { return m_ledger; }

private:
    Reply dispatch(const Request &request, const AccountState &account, TimePoint now);
    /// The call's own answer, before any scripted fault.
    Reply answer(Call call, const Request &request, const AccountState &account, TimePoint now);

    Reply classicToken(const Request &request, const AccountState &account, TimePoint now);
    Reply stableToken(const Request &request, const AccountState &account, TimePoint now);
    void countTokenCall(Call call, bool granted);
    /// The checks both token calls share: 0 and nothing said, or the refusal.
    std::optional<Reply> refuseCredentials(const Request &request, const AccountState &account, Call call,
        std::string_view grantType, std::string_view appid, std::string_view secret, TimePoint now);

    Reply send(const Request &request, const AccountState &account, TimePoint now);
    Reply templateList(const Request &request, const AccountState &account, TimePoint now);
    Reply userGet(const Request &request, const AccountState &account, TimePoint now);
    Reply clearQuota(const Request &request, const AccountState &account, Call call, TimePoint now);
    Reply quotaGet(const Request &request, TimePoint now);
    Reply quotaClear(const Request &request, TimePoint now);
    Reply ridGet(const Request &request, TimePoint now);
    Reply interceptions(const Request &request, TimePoint now);

    /// Errcode of the access token and the call's quota, 0 = go on.
    int admit(const Request &request, Call call, TimePoint now);

    Reply fail(const Request &request, TimePoint now, int errcode, std::string_view text = {});
    /// What an outcome looks like to the sender; `ready` is the good answer.
    Reply dressed(const Request &request, const Outcome &outcome, std::string ready, TimePoint now);
    std::chrono::milliseconds latency(const AccountState &account);

    Tokens m_tokens;
    Quotas m_quotas;
    Faults m_faults;
    Ledger m_ledger;
    RidLog m_rids;
    Interceptions m_interceptions;
    const std::uint64_t m_seed;
    std::function<void(std::string_view, std::uint64_t)> m_onShown;

    std::atomic<std::uint64_t> m_classicCalls{0};
    std::atomic<std::uint64_t> m_stableCalls{0};
    std::atomic<std::uint64_t> m_forcedCalls{0};
    std::atomic<std::uint64_t> m_refusedCalls{0};
    std::atomic<std::uint64_t> m_followedRedirects{0};
    std::atomic<std::uint64_t> m_unansweredSends{0};
    std::atomic<std::uint64_t> m_latencyDraws{0};

    mutable std::mutex m_accountMutex; // guards m_account
    std::shared_ptr<const AccountState> m_account;
};

} // namespace songda::simulator
