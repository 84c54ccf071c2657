// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the platforms of accounts report to, and the secrets by which they are known.
#include "engine/store/callbacks.h"

#include "engine/channels/wechat/callback_crypto.h"
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/store/accounts_table.h"
#include "engine/store/audit_table.h"

#include <QRandomGenerator>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace songda {

namespace {

using Json = nlohmann::json;

constexpr std::size_t madeTokenLength = 32;
constexpr std::size_t aesKeyLength = 43;
constexpr std::size_t longestPath = 64;
constexpr Seconds longestOverlap = std::chrono::days{30};

/// No account can have this name: names have no slash.
std::string secretName(const std::string &account) { return account + "/callback"; }

bool isLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string randomLetters(std::size_t n) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string text;
    for (std::size_t i = 0; i < n; ++i)
        text += letters[QRandomGenerator::system()->bounded(static_cast<quint32>(letters.size()))];
    return text;
}

Result<void> checkPath(const std::string &path) {
    const bool plain = !path.empty() && path.size() <= longestPath && path != "." && path != ".."
        && std::all_of(path.begin(), path.end(), [](char c) { return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'; });
    return plain ? Result<void>{} : fail(ErrorCode::InvalidInput, "the path has 1 to 64 letters, digits, dots, dashes and underlines");
}

Result<void> checkToken(const std::string &token) {
    const bool plain = token.size() >= 3 && token.size() <= 32 && std::all_of(token.begin(), token.end(), isLetterOrDigit);
    return plain ? Result<void>{} : fail(ErrorCode::InvalidInput, "the Token of a callback has 3 to 32 letters and digits");
}

std::string toText(const CallbackSecrets &secrets) {
    Json json{{"token", secrets.token}, {"aes_key", secrets.encodingAesKey}};
    if (secrets.formerUntil) {
        json["former_aes_key"] = secrets.formerAesKey;
        json["former_until"] = toMillis(*secrets.formerUntil);
    }
    return json.dump();
}

/// Nothing when it is damaged.
std::optional<CallbackSecrets> secretsOf(const std::string &text) {
    const Json json = Json::parse(text, nullptr, false);
    const auto textOf = [&json](const char *name) {
        return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
    };
    CallbackSecrets secrets{textOf("token"), textOf("aes_key"), textOf("former_aes_key"), std::nullopt};
    if (secrets.token.empty() || secrets.encodingAesKey.empty())
        return std::nullopt;
    if (!secrets.formerAesKey.empty() && json.contains("former_until") && json["former_until"].is_number_integer())
        secrets.formerUntil = fromMillis(json["former_until"].get<std::int64_t>());
    return secrets;
}

Result<CallbackSecrets> readSecrets(secrets::SecretStore &store, const std::string &account) {
    const auto text = store.get(secretName(account));
    if (!text)
        return tl::unexpected(text.error());
    auto secrets = secretsOf(*text);
    if (!secrets)
        return fail(ErrorCode::Secret, "what is kept of the callback of account " + account + " is damaged; set it anew");
    return std::move(*secrets);
}

/// What is kept now, readable or not; nothing when there is nothing. A store that cannot answer has not lost anything.
Result<std::optional<std::string>> keptText(secrets::SecretStore &store, const std::string &account) {
    auto text = store.get(secretName(account));
    if (text)
        return std::optional(std::move(*text));
    return text.error().code == ErrorCode::NotFound ? Result<std::optional<std::string>>(std::nullopt) : tl::unexpected(text.error());
}

/// The secrets as they shall be, from what there is and what is wished for.
Result<CallbackSecrets> nextSecrets(const std::optional<CallbackSecrets> &before, const CallbackWish &wish, WallTime now) {
    CallbackSecrets next = before.value_or(CallbackSecrets{});
    if (next.formerUntil && *next.formerUntil <= now) {
        next.formerAesKey.clear();
        next.formerUntil.reset();
    }
    if (wish.token) {
        SONGDA_TRY(checkToken(*wish.token));
        next.token = *wish.token;
    } else if (!before || wish.newToken) {
        next.token = randomLetters(madeTokenLength);
    }
    std::optional<std::string> key = wish.encodingAesKey;
    if (!key && (!before || wish.newAesKey))
        key = randomLetters(aesKeyLength);
    if (key && *key != next.encodingAesKey) {
        const auto readable = wechat::CallbackKey::fromText(*key);
        if (!readable)
            return tl::unexpected(readable.error());
        if (before && wish.overlap > Seconds{0}) {
            next.formerAesKey = before->encodingAesKey;
            next.formerUntil = now + wish.overlap;
        }
        next.encodingAesKey = *key;
    }
    return next;
}

Result<void> audited(store::WriteSession &session, const Actor &actor, const char *act, const std::string &account, WallTime now) {
    const auto id = store::recordAct(session, actor, act, account, 0, now);
    return id ? Result<void>{} : tl::unexpected(id.error());
}

} // namespace

QFuture<Result<CallbackSetup>> Engine::setCallback(CallbackWish wish) {
    SONGDA_MAY(SetUp, CallbackSetup);
    return m_core->work<CallbackSetup>([core = m_core.get(), wish = std::move(wish)]() -> Result<CallbackSetup> {
        if (!core->writer)
            return tl::unexpected(EngineCore::viewerOnly());
        if (wish.overlap < Seconds{0} || wish.overlap > longestOverlap)
            return fail(ErrorCode::InvalidInput, "a replaced EncodingAESKey can be taken on for 0 seconds to 30 days");
        const auto account = core->account(wish.account);
        if (!account)
            return tl::unexpected(account.error());
        const auto all = core->readers->run<std::vector<Callback>>([](store::Database &db) { return store::readCallbacks(db); }).result();
        if (!all)
            return tl::unexpected(all.error());
        const auto before = std::find_if(all->begin(), all->end(), [&](const Callback &c) { return c.account == account->id; });
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        const auto textBefore = keptText(**store, account->name);
        if (!textBefore)
            return tl::unexpected(textBefore.error());
        std::optional<CallbackSecrets> secretsBefore;
        if (before != all->end() && *textBefore)
            secretsBefore = secretsOf(**textBefore); // what is lost or damaged is made anew
        CallbackSetup setup;
        Callback &callback = setup.callback;
        callback = before != all->end() ? *before : Callback{account->id, account->name, account->appid, account->appid, {}, 0, {}, {}};
        callback.mode = wish.mode.value_or(before != all->end() ? before->mode : CallbackMode::Secure);
        callback.path = wish.path.value_or(callback.path);
        callback.changedAt = systemNow().wall;
        callback.changedBy = core->session().user;
        SONGDA_TRY(checkPath(callback.path));
        for (const Callback &other : *all) {
            if (other.account != account->id && other.path == callback.path)
                return tl::unexpected(store::pathTaken(other.path, other.accountName));
        }
        auto secrets = nextSecrets(secretsBefore, wish, callback.changedAt);
        if (!secrets)
            return tl::unexpected(secrets.error());
        setup.secrets = std::move(*secrets);
        // The secrets first: who sees the new revision reads them anew.
        SONGDA_TRY((*store)->put(secretName(account->name), toText(setup.secrets)));
        const auto written = core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            SONGDA_TRY(store::putCallback(session, callback));
            return audited(session, core->actor(), "callback.set", account->name, callback.changedAt);
        });
        if (!written) {
            const std::string name = secretName(account->name);
            const auto restored = *textBefore ? (*store)->put(name, **textBefore) : (*store)->remove(name);
            if (!restored)
                return fail(written.error().code,
                    written.error().detail + "; and the secrets from before could not be put back (" + restored.error().detail + "): set the callback anew");
            return tl::unexpected(written.error());
        }
        return setup;
    });
}

QFuture<Result<bool>> Engine::removeCallback(std::string name) {
    SONGDA_MAY(SetUp, bool);
    return m_core->work<bool>([core = m_core.get(), name = std::move(name)]() -> Result<bool> {
        const auto account = core->account(name);
        if (!account)
            return tl::unexpected(account.error());
        bool removed = false;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::removeCallback(session, account->id);
            if (!done)
                return tl::unexpected(done.error());
            removed = *done;
            return removed ? audited(session, core->actor(), "callback.remove", name, systemNow().wall) : Result<void>{};
        }));
        const auto store = core->secretStore();
        if (!store)
            return tl::unexpected(store.error());
        SONGDA_TRY((*store)->remove(secretName(name)));
        return removed;
    });
}

QFuture<Result<std::vector<Callback>>> Engine::callbacks() {
    return m_core->readers->run<std::vector<Callback>>([](store::Database &db) { return store::readCallbacks(db); });
}

QFuture<Result<std::vector<CallbackSetup>>> Engine::callbackSetups() {
    SONGDA_MAY(SetUp, std::vector<CallbackSetup>);
    return m_core->work<std::vector<CallbackSetup>>([core = m_core.get()]() -> Result<std::vector<CallbackSetup>> {
        auto all = core->readers->run<std::vector<Callback>>([](store::Database &db) { return store::readCallbacks(db); }).result();
        if (!all)
            return tl::unexpected(all.error());
        std::vector<CallbackSetup> setups;
        const auto store = all->empty() ? Result<secrets::SecretStore *>(nullptr) : core->secretStore();
        for (Callback &callback : *all) {
            CallbackSetup setup;
            auto read = store ? readSecrets(**store, callback.accountName) : Result<CallbackSecrets>(tl::unexpected(store.error()));
            if (read)
                setup.secrets = std::move(*read);
            else
                setup.problem = read.error().detail;
            setup.callback = std::move(callback);
            setups.push_back(std::move(setup));
        }
        return setups;
    });
}

} // namespace songda
