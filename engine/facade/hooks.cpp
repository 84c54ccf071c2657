// SPDX-License-Identifier: GPL-3.0-or-later
//
// Business systems that are told what became of messages: added, removed, tried.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_loop.h"
#include "engine/facade/hook_driver.h"
#include "engine/net/web_hook_signature.h"
#include "engine/policy/utf8.h"
#include "engine/store/audit_table.h"
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

Result<void> audited(store::WriteSession &session, const Actor &actor, const char *act, std::int64_t id) {
    const auto audit = store::recordAct(session, actor, act, "hook " + std::to_string(id), 0, systemNow().wall);
    return audit ? Result<void>{} : tl::unexpected(audit.error());
}

Error noSuchHook(std::int64_t id) { return {ErrorCode::NotFound, "there is no hook " + std::to_string(id)}; }

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
        hook.createdAt = systemNow().wall;
        hook.createdBy = core->session().user;
        issued.secret = newSecret();
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto id = store::insertHook(session, hook);
            if (!id)
                return tl::unexpected(id.error());
            hook.id = *id;
            return {};
        }));
        if (const auto kept = (*store)->put(hookSecretName(hook.id), issued.secret); !kept) {
            static_cast<void>(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto removed = store::removeHook(session, hook.id);
                return removed ? Result<void>{} : tl::unexpected(removed.error());
            }));
            return tl::unexpected(kept.error());
        }
        // A second commit: an engine that saw the first one looks again, and finds the secret.
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) { return audited(session, core->actor(), "hook.add", hook.id); }));
        changed(*core);
        return issued;
    });
}

QFuture<Result<bool>> Engine::removeHook(std::int64_t id, std::string reason) {
    SONGDA_MAY(SetUp, bool);
    return m_core->work<bool>([core = m_core.get(), id, reason = std::move(reason)]() -> Result<bool> {
        bool removed = false;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::removeHook(session, id);
            if (!done)
                return tl::unexpected(done.error());
            removed = *done;
            return removed ? audited(session, core->actor(reason), "hook.remove", id) : Result<void>{};
        }));
        changed(*core);
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        SONGDA_TRY((*store)->remove(hookSecretName(id)));
        return removed;
    });
}

QFuture<Result<std::int64_t>> Engine::resumeHook(std::int64_t id) {
    SONGDA_MAY(SetUp, std::int64_t);
    return m_core->work<std::int64_t>([core = m_core.get(), id]() -> Result<std::int64_t> {
        std::int64_t revived = 0;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const WallTime now = systemNow().wall;
            const auto known = store::readHooks(session.database());
            if (!known)
                return tl::unexpected(known.error());
            if (std::none_of(known->begin(), known->end(), [id](const Hook &hook) { return hook.id == id; }))
                return tl::unexpected(noSuchHook(id));
            const auto resumed = store::setHookStopped(session, id, std::nullopt, now);
            const auto again = store::reviveDeliveries(session, id, now);
            if (!resumed || !again)
                return tl::unexpected(!resumed ? resumed.error() : again.error());
            revived = *again;
            return audited(session, core->actor(), "hook.resume", id);
        }));
        changed(*core);
        return revived;
    });
}

QFuture<Result<std::vector<Hook>>> Engine::hooks() {
    return m_core->readers->run<std::vector<Hook>>([](store::Database &db) { return store::readHooks(db); });
}

QFuture<Result<HookTest>> Engine::testHook(std::int64_t id) {
    SONGDA_MAY(SetUp, HookTest);
    return m_core->work<HookTest>([core = m_core.get(), id]() -> Result<HookTest> {
        const auto hooks = core->readers->run<std::vector<Hook>>([](store::Database &db) { return store::readHooks(db); }).result();
        if (!hooks)
            return tl::unexpected(hooks.error());
        const auto hook = std::find_if(hooks->begin(), hooks->end(), [id](const Hook &h) { return h.id == id; });
        if (hook == hooks->end())
            return tl::unexpected(noSuchHook(id));
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        const auto secret = (*store)->get(hookSecretName(id));
        if (!secret)
            return tl::unexpected(secret.error());
        const WallTime now = systemNow().wall;
        auto random = Random::fromSystem();
        const nlohmann::ordered_json body{{"type", "hook.test"}, {"timestamp", toIso8601(now)}, {"data", {{"hook", id}}}};
        auto request = hookRequest(*hook, *secret, "test_" + std::to_string(random.next()), body.dump(), {}, now);
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
