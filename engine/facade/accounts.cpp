// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/quota_answer.h"
#include "engine/channels/wechat/refused_address.h"
#include "engine/channels/wechat/requests.h"
#include "engine/channels/wechat/template_list.h"
#include "engine/engine.h"
#include "engine/facade/api_caller.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/profile.h"
#include "engine/net/proxy_address.h"
#include "engine/policy/utf8.h"
#include "engine/store/accounts_table.h"
#include "engine/store/audit_table.h"

#include <algorithm>

namespace songda {

namespace {

Result<void> checkName(const std::string &name) {
    const auto length = utf8::length(name);
    if (!length || *length < 1 || *length > 64)
        return fail(ErrorCode::InvalidInput, "an account name has 1 to 64 characters");
    if (utf8::printable(name, name.size()) != name || name.find('/') != std::string::npos)
        return fail(ErrorCode::InvalidInput, "an account name has no control characters and no slash");
    return {};
}

Result<void> checkLimits(std::optional<double> rate, std::optional<int> burst, std::optional<int> connections) {
    if (rate && !(*rate >= 0.01 && *rate <= 100'000))
        return fail(ErrorCode::InvalidInput, "the rate must be between 0.01 and 100000 sends a second");
    if (burst && (*burst < 1 || *burst > 100'000))
        return fail(ErrorCode::InvalidInput, "the burst must be between 1 and 100000");
    if (connections && (*connections < 1 || *connections > 480))
        return fail(ErrorCode::InvalidInput, "the connections must be between 1 and 480");
    return {};
}

Result<void> checkCredentials(const std::string &appid, const std::string &secret) {
    const auto plain = [](const std::string &text) {
        return !text.empty() && text.size() <= 128
            && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    };
    if (!plain(appid))
        return fail(ErrorCode::InvalidInput, "the appid is empty or has blanks; it looks like wx0123456789abcdef");
    if (!plain(secret))
        return fail(ErrorCode::InvalidInput, "the secret is empty or has blanks; it has 32 characters");
    return {};
}

Result<void> audited(store::WriteSession &session, const Actor &actor, const std::string &act, const std::string &object) {
    const auto id = store::recordAct(session, actor, act, object, 0, systemNow().wall);
    if (!id)
        return tl::unexpected(id.error());
    return {};
}

/// As it is kept; both are as checkedApiBase() gave them, or the second is empty.
Result<std::string> checkedSecondBase(const std::string &second, const std::string &first) {
    if (second.empty())
        return second;
    auto checked = wechat::checkedApiBase(second);
    if (!checked)
        return tl::unexpected(checked.error());
    if (*checked == first)
        return fail(ErrorCode::InvalidInput, "the second API address is the first one again; give another, or none");
    const auto practice = [](const std::string &base) {
        Account account;
        account.apiBase = base;
        return environmentOf(account) == Environment::Practice;
    };
    if (practice(*checked) != practice(first))
        return fail(ErrorCode::InvalidInput, "both API addresses must be the platform's, or both this machine's: messages of a practice must not reach people");
    return checked;
}

/// As it is kept; empty: none.
Result<std::string> checkedWay(const std::string &proxy) { return proxy.empty() ? Result<std::string>(proxy) : net::checkedProxy(proxy); }

constexpr std::int64_t notInWhitelist = 40164;

AccountTest failedTest(const Outcome &outcome, bool atToken) {
    AccountTest test;
    test.cause = ApiCaller::causeOf(outcome, atToken);
    test.detail = outcome.errmsg;
    if (outcome.errcode == notInWhitelist)
        test.address = wechat::refusedAddress(outcome.errmsg);
    return test;
}

} // namespace

Result<void> Engine::checkApiBase(const std::string &base) {
    const auto checked = wechat::checkedApiBase(base);
    return checked ? Result<void>{} : tl::unexpected(checked.error());
}

Result<void> Engine::checkSecondBase(const std::string &second, const std::string &first) {
    const auto checked = checkedSecondBase(second, wechat::checkedApiBase(first).value_or(first));
    return checked ? Result<void>{} : tl::unexpected(checked.error());
}

Result<void> Engine::checkProxy(const std::string &proxy) {
    const auto checked = checkedWay(proxy);
    return checked ? Result<void>{} : tl::unexpected(checked.error());
}

QFuture<Result<Account>> Engine::addAccount(NewAccount request) {
    SONGDA_MAY(SetUp, Account);
    return m_core->work<Account>([core = m_core.get(), request = std::move(request)]() mutable -> Result<Account> {
        Account &account = request.account;
        SONGDA_TRY(checkName(account.name));
        SONGDA_TRY(checkCredentials(account.appid, request.secret));
        SONGDA_TRY(checkLimits(account.rate, account.burst, account.connections));
        auto base = wechat::checkedApiBase(account.apiBase);
        if (!base)
            return tl::unexpected(base.error());
        account.apiBase = std::move(*base);
        auto second = checkedSecondBase(account.secondBase, account.apiBase);
        if (!second)
            return tl::unexpected(second.error());
        account.secondBase = std::move(*second);
        auto proxy = checkedWay(account.proxy);
        if (!proxy)
            return tl::unexpected(proxy.error());
        account.proxy = std::move(*proxy);
        account.secondSince.reset();
        account.hold.reset();
        account.createdAt = systemNow().wall;
        if (core->account(account.name))
            return fail(ErrorCode::AlreadyExists, "there is already an account named " + account.name);
        // The secret first: an account without one would be held, a secret without an account hurts nobody.
        const auto secrets = core->secretStore();
        if (!secrets)
            return tl::unexpected(secrets.error());
        SONGDA_TRY((*secrets)->put(account.name, request.secret));
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto id = store::insertAccount(session, account);
            if (!id)
                return tl::unexpected(id.error());
            account.id = *id;
            return audited(session, core->actor(), "account.add", account.name);
        }));
        core->accountsChanged();
        return account;
    });
}

QFuture<Result<void>> Engine::changeAccount(std::string name, AccountChange change) {
    SONGDA_MAY(SetUp, void);
    return m_core->work<void>([core = m_core.get(), name = std::move(name), change = std::move(change)]() mutable -> Result<void> {
        SONGDA_TRY(checkLimits(change.rate, change.burst, change.connections));
        if (change.apiBase) {
            auto base = wechat::checkedApiBase(*change.apiBase);
            if (!base)
                return tl::unexpected(base.error());
            change.apiBase = std::move(*base);
        }
        if (change.proxy) {
            auto proxy = checkedWay(*change.proxy);
            if (!proxy)
                return tl::unexpected(proxy.error());
            change.proxy = std::move(*proxy);
        }
        const auto account = core->account(name);
        if (!account)
            return tl::unexpected(account.error());
        if (change.apiBase || change.secondBase) {
            auto second = checkedSecondBase(change.secondBase.value_or(account->secondBase), change.apiBase.value_or(account->apiBase));
            if (!second)
                return tl::unexpected(second.error());
            change.secondBase = std::move(*second);
        }
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            SONGDA_TRY(store::updateAccount(session, account->id, change));
            return audited(session, core->actor(), "account.change", name);
        }));
        core->accountsChanged();
        return {};
    });
}

QFuture<Result<void>> Engine::changeSecret(std::string name, std::string secret) {
    SONGDA_MAY(SetUp, void);
    return m_core->work<void>([core = m_core.get(), name = std::move(name), secret = std::move(secret)]() -> Result<void> {
        const auto account = core->account(name);
        if (!account)
            return tl::unexpected(account.error());
        SONGDA_TRY(checkCredentials(account->appid, secret));
        const auto secrets = core->secretStore();
        if (!secrets)
            return tl::unexpected(secrets.error());
        SONGDA_TRY((*secrets)->put(name, secret));
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) { return audited(session, core->actor(), "account.secret", name); }));
        core->accountsChanged();
        return {};
    });
}

QFuture<Result<bool>> Engine::holdAccount(std::string name, std::string reason) {
    SONGDA_MAY(Steer, bool);
    return m_core->work<bool>([core = m_core.get(), name = std::move(name), reason = std::move(reason)]() -> Result<bool> {
        const auto account = core->account(name);
        if (!account)
            return tl::unexpected(account.error());
        bool changed = false;
        const Hold hold{"operator", reason, core->session().user, systemNow().wall};
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::setAccountHold(session, account->id, hold);
            if (!done)
                return tl::unexpected(done.error());
            changed = *done;
            return changed ? audited(session, core->actor(reason), "account.hold", name) : Result<void>{};
        }));
        core->accountsChanged();
        return changed;
    });
}

QFuture<Result<bool>> Engine::resumeAccount(std::string name) {
    SONGDA_MAY(Steer, bool);
    return m_core->work<bool>([core = m_core.get(), name = std::move(name)]() -> Result<bool> {
        const auto account = core->account(name);
        if (!account)
            return tl::unexpected(account.error());
        bool changed = false;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::setAccountHold(session, account->id, std::nullopt);
            if (!done)
                return tl::unexpected(done.error());
            changed = *done;
            return changed ? audited(session, core->actor(), "account.resume", name) : Result<void>{};
        }));
        core->accountsChanged();
        core->workChanged();
        return changed;
    });
}

QFuture<Result<AccountTest>> Engine::testAccount(std::string name) {
    SONGDA_MAY(Steer, AccountTest);
    return m_core->work<AccountTest>([core = m_core.get(), name = std::move(name)]() -> Result<AccountTest> {
        ApiCaller caller(*core);
        auto token = caller.token(name);
        if (!token)
            return tl::unexpected(token.error());
        if (!token->token)
            return failedTest(token->outcome, true);
        const auto account = core->account(name);
        if (!account)
            return tl::unexpected(account.error());
        AccountTest test;
        test.token = true;
        test.tokenLife = token->life;
        const auto [response, outcome]
            = caller.query(name, *token->token, [&](const std::string &held) { return wechat::templateListRequest(*account, held); });
        const auto list = wechat::readTemplateList(response.body, account->id, systemNow().wall);
        if (outcome.errorClass != ErrorClass::Success || !list) {
            test.cause = outcome.cause.empty() ? "no_result" : outcome.cause;
            test.detail = outcome.errmsg;
            return test;
        }
        test.templates = static_cast<int>(list->size());
        // Not every account may ask for it (48001); that is no fault of the connection.
        const auto asked = caller.query(name, *token->token, [&](const std::string &held) { return wechat::quotaRequest(*account, held); });
        if (const auto reading = wechat::readQuota(asked.response.body, systemNow().wall)) {
            test.quota = reading->dailyLimit;
            test.quotaUsed = reading->used;
        }
        return test;
    });
}

} // namespace songda
