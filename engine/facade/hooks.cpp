// SPDX-License-Identifier: GPL-3.0-or-later
//
// Business systems that are told what became of messages: added, removed, tried.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_loop.h"
#include "engine/facade/hook_driver.h"
#include "engine/net/web_hook_signature.h"
#include "engine/store/audit_table.h"
#include "engine/store/hook_deliveries.h"
#include "engine/store/hooks_table.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QRandomGenerator>
#include <QUrl>
#include <future>
#include <nlohmann/json.hpp>

namespace songda {

namespace {

std::string newSecret() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return net::webHookSecret({reinterpret_cast<const char *>(words.data()), sizeof words});
}

/// What is known of an address when it is entered. Whatever comes of it later, each connection is judged anew.
Result<void> checkTarget(const EngineCore &core, const std::string &address, bool allowPrivate) {
    const QUrl url(QString::fromStdString(address));
    if (url.scheme() == QLatin1String("http") && !allowPrivate)
        return fail(ErrorCode::InvalidInput, "a hook's address begins with https://; http is for one's own network and needs --allow-private");
    for (const QHostAddress &found : QHostInfo::fromName(url.host()).addresses()) {
        const Q_IPV6ADDR bytes = found.toIPv6Address(); // maps IPv4
        IpBytes ip{};
        std::copy(std::begin(bytes.c), std::end(bytes.c), ip.begin());
        const bool good = core.options.hookGuard ? core.options.hookGuard(ip, allowPrivate) : mayBeCalled(kindOf(ip), allowPrivate);
        if (good)
            continue;
        const bool canBeAllowed = mayBeCalled(kindOf(ip), true) && !allowPrivate;
        return fail(ErrorCode::InvalidInput,
            url.host().toStdString() + " is " + found.toString().toStdString() + ", an address that is " + toString(kindOf(ip)) + "; "
                + (canBeAllowed ? "if this very host is meant, say so with --allow-private" : "it cannot be called"));
    }
    return {};
}

Result<AuditId> audited(store::WriteSession &session, const Actor &actor, const char *act, const std::string &what) {
    return store::recordAct(session, actor, act, what, 0, systemNow().wall);
}

/// NotFound when there is none.
Result<Hook> findHook(EngineCore &core, std::int64_t id) {
    auto hooks = core.readers->run<std::vector<Hook>>([](store::Database &db) { return store::readHooks(db); }).result();
    if (!hooks)
        return tl::unexpected(hooks.error());
    const auto hook = std::find_if(hooks->begin(), hooks->end(), [id](const Hook &h) { return h.id == id; });
    if (hook == hooks->end())
        return fail(ErrorCode::NotFound, "there is no hook " + std::to_string(id));
    return std::move(*hook);
}

Result<void> checkBounds(int keepDays, std::int64_t keepRows) {
    if (keepDays < 1 || keepDays > mostHookKeepDays)
        return fail(ErrorCode::InvalidInput, "what a hook is to be told is kept for 1 to " + std::to_string(mostHookKeepDays) + " days");
    if (keepRows < leastHookKeepRows || keepRows > mostHookKeepRows)
        return fail(ErrorCode::InvalidInput,
            "of what a hook is to be told " + std::to_string(leastHookKeepRows) + " to " + std::to_string(mostHookKeepRows) + " are kept");
    return {};
}

/// Its deliveries, then its row: a transaction for each chunk, for sends wait for the commit.
Result<void> deleteHook(EngineCore &core, std::int64_t id) {
    for (bool more = true; more;) {
        SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto deleted = store::deleteDeliveries(session, id);
            if (!deleted)
                return tl::unexpected(deleted.error());
            more = *deleted == store::hookChunk;
            return more ? Result<void>{} : store::deleteHookRow(session, id);
        }));
    }
    return {};
}

void changed(EngineCore &core) {
    if (core.loop)
        core.loop->hooksChanged();
}

} // namespace

QFuture<Result<IssuedHook>> Engine::addHook(NewHook wish) {
    SONGDA_MAY(SetUp, IssuedHook);
    return m_core->work<IssuedHook>([core = m_core.get(), wish = std::move(wish)]() -> Result<IssuedHook> {
        const auto url = net::checkedWebAddress(wish.url);
        if (!url)
            return tl::unexpected(url.error());
        SONGDA_TRY(checkTarget(*core, *url, wish.allowPrivate));
        if ((wish.states.bits() & HookStates::all().bits()) == 0 || (wish.states.bits() & ~HookStates::all().bits()) != 0)
            return fail(ErrorCode::InvalidInput, "a hook is told of one or more ends of messages");
        SONGDA_TRY(checkBounds(wish.keepDays, wish.keepRows));
        IssuedHook issued;
        Hook &hook = issued.hook;
        if (!wish.account.empty()) {
            const auto account = core->account(wish.account);
            if (!account)
                return tl::unexpected(account.error());
            hook.account = account->id;
            hook.accountName = account->name;
        }
        hook.url = *url;
        hook.states = wish.states;
        hook.allowPrivate = wish.allowPrivate;
        hook.keepDays = wish.keepDays;
        hook.keepRows = wish.keepRows;
        hook.createdAt = systemNow().wall;
        hook.createdBy = core->session().user;
        hook.stoppedAt = hook.createdAt; // until its secret, which goes by its number, is kept
        hook.stoppedWhy = "its secret was not kept; remove it and add it again";
        issued.secret = newSecret();
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto id = store::insertHook(session, hook);
            if (!id)
                return tl::unexpected(id.error());
            hook.id = *id;
            const auto audit = audited(session, core->actor(), "hook.add", hookName(hook));
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        if (const auto kept = (*store)->put(hookSecretName(hook.id, hook.secretNumber), issued.secret); !kept) {
            static_cast<void>(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto audit = audited(session, core->actor("its secret could not be kept"), "hook.remove", hookName(hook));
                return audit ? Result<void>{} : tl::unexpected(audit.error());
            }));
            static_cast<void>(deleteHook(*core, hook.id));
            return tl::unexpected(kept.error());
        }
        // An engine elsewhere that saw the first commit looks again, and finds the secret.
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto begun = store::setHookStopped(session, hook.id, std::nullopt, systemNow().wall);
            return begun ? Result<void>{} : tl::unexpected(begun.error());
        }));
        hook.stoppedAt.reset();
        hook.stoppedWhy.clear();
        changed(*core);
        return issued;
    });
}

QFuture<Result<bool>> Engine::removeHook(std::int64_t id, std::string reason) {
    SONGDA_MAY(SetUp, bool);
    return m_core->work<bool>([core = m_core.get(), id, reason = std::move(reason)]() -> Result<bool> {
        const auto hook = findHook(*core, id);
        if (!hook)
            return hook.error().code == ErrorCode::NotFound ? Result<bool>(false) : tl::unexpected(hook.error());
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto begun = store::beginHookRemoval(session, id, systemNow().wall);
            if (!begun)
                return tl::unexpected(begun.error());
            const auto audit = audited(session, core->actor(reason), "hook.remove", hookName(*hook));
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        changed(*core);
        SONGDA_TRY(deleteHook(*core, id));
        changed(*core);
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        if (hook->formerUntil)
            SONGDA_TRY((*store)->remove(hookSecretName(id, hook->formerNumber)));
        SONGDA_TRY((*store)->remove(hookSecretName(id, hook->secretNumber)));
        return true;
    });
}

QFuture<Result<std::int64_t>> Engine::resumeHook(std::int64_t id) {
    SONGDA_MAY(SetUp, std::int64_t);
    return m_core->work<std::int64_t>([core = m_core.get(), id]() -> Result<std::int64_t> {
        const auto hook = findHook(*core, id);
        if (!hook)
            return tl::unexpected(hook.error());
        if (hook->states == HookStates{})
            return fail(ErrorCode::InvalidInput, "hook " + std::to_string(id) + " is being removed; hook remove ends that");
        AuditId audit;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto resumed = store::setHookStopped(session, id, std::nullopt, systemNow().wall);
            if (!resumed)
                return tl::unexpected(resumed.error());
            const auto recorded = audited(session, core->actor(), "hook.resume", hookName(*hook));
            if (!recorded)
                return tl::unexpected(recorded.error());
            audit = *recorded;
            return {};
        }));
        std::int64_t revived = 0;
        for (bool more = true; more;) {
            SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto again = store::reviveDeliveries(session, id);
                if (!again)
                    return tl::unexpected(again.error());
                revived += *again;
                more = *again == store::hookChunk;
                return *again > 0 ? store::setActCount(session, audit, revived) : Result<void>{};
            }));
        }
        changed(*core);
        return revived;
    });
}

QFuture<Result<Hook>> Engine::setHookBounds(std::int64_t id, std::optional<int> keepDays, std::optional<std::int64_t> keepRows) {
    SONGDA_MAY(SetUp, Hook);
    return m_core->work<Hook>([core = m_core.get(), id, keepDays, keepRows]() -> Result<Hook> {
        auto hook = findHook(*core, id);
        if (!hook)
            return hook;
        hook->keepDays = keepDays.value_or(hook->keepDays);
        hook->keepRows = keepRows.value_or(hook->keepRows);
        SONGDA_TRY(checkBounds(hook->keepDays, hook->keepRows));
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            SONGDA_TRY(store::setHookBounds(session, id, hook->keepDays, hook->keepRows));
            const auto audit = audited(session, core->actor(), "hook.set",
                hookName(*hook) + " keeps " + std::to_string(hook->keepDays) + " days and " + std::to_string(hook->keepRows) + " outcomes");
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        changed(*core);
        return hook;
    });
}

QFuture<Result<IssuedHook>> Engine::rotateHook(std::int64_t id, Seconds overlap, std::string reason) {
    SONGDA_MAY(SetUp, IssuedHook);
    return m_core->work<IssuedHook>([core = m_core.get(), id, overlap, reason = std::move(reason)]() -> Result<IssuedHook> {
        if (overlap < Seconds{0} || overlap > longestKeyOverlap)
            return fail(ErrorCode::InvalidInput, "the secret before is signed with for 0 to 30 days more");
        const auto found = findHook(*core, id);
        if (!found)
            return tl::unexpected(found.error());
        if (found->states == HookStates{})
            return fail(ErrorCode::InvalidInput, "hook " + std::to_string(id) + " is being removed");
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        IssuedHook issued{*found, newSecret()};
        Hook &hook = issued.hook;
        const WallTime now = systemNow().wall;
        hook.formerNumber = found->secretNumber;
        hook.secretNumber = static_cast<std::int64_t>(QRandomGenerator::system()->bounded(1U, UINT32_MAX));
        hook.formerUntil = now + overlap;
        // Under a name of its own: nothing is signed with it before the commit.
        SONGDA_TRY((*store)->put(hookSecretName(id, hook.secretNumber), issued.secret));
        const auto set = core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto first = store::setHookSecret(session, hook);
            if (!first)
                return tl::unexpected(first.error());
            if (!*first)
                return fail(ErrorCode::InUse, "somebody else gave hook " + std::to_string(id) + " another secret just now");
            const auto audit = audited(session, core->actor(reason), "hook.rotate",
                hookName(hook) + ": another secret; the one before is signed with until " + toIso8601(*hook.formerUntil));
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        });
        if (!set) {
            if (set.error().code == ErrorCode::InUse)
                static_cast<void>((*store)->remove(hookSecretName(id, hook.secretNumber)));
            return tl::unexpected(set.error());
        }
        // Of three the oldest does no more. Whatever becomes of it, the new one counts by now and must be told.
        if (found->formerUntil)
            static_cast<void>((*store)->remove(hookSecretName(id, found->formerNumber)));
        changed(*core);
        return issued;
    });
}

QFuture<Result<std::vector<Hook>>> Engine::hooks() {
    return m_core->readers->run<std::vector<Hook>>([](store::Database &db) { return store::readHooks(db); });
}

QFuture<Result<HookTest>> Engine::testHook(std::int64_t id) {
    SONGDA_MAY(SetUp, HookTest);
    return m_core->work<HookTest>([core = m_core.get(), id]() -> Result<HookTest> {
        const auto hook = findHook(*core, id);
        if (!hook)
            return tl::unexpected(hook.error());
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        const WallTime now = systemNow().wall;
        const auto secrets = hookSecrets(**store, *hook, now);
        if (!secrets)
            return tl::unexpected(secrets.error());
        auto random = Random::fromSystem();
        const nlohmann::ordered_json body{{"type", "hook.test"}, {"timestamp", toIso8601(now)}, {"data", {{"hook", id}}}};
        auto request = hookRequest(*hook, *secrets, "test_" + std::to_string(random.next()), body.dump(), {}, now);
        if (!request)
            return tl::unexpected(request.error());
        std::promise<net::WebAnswer> promise;
        auto answer = promise.get_future();
        net::WebClient::Options options;
        options.extraRootsPem = core->options.extraRootsPem.toStdString();
        options.guard = core->options.hookGuard;
        options.names = core->options.hookNames;
        net::WebClient client(std::move(options), [&promise](net::WebAnswer given) { promise.set_value(std::move(given)); });
        client.start(std::move(*request));
        const net::WebAnswer given = answer.get();
        return HookTest{given.status >= 200 && given.status < 300, given.status, given.detail};
    });
}

} // namespace songda
