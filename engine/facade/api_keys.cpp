// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys of business systems: made here, shown once, kept as their hash.
#include "engine/store/api_keys.h"

#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/utf8.h"
#include "engine/store/accounts_table.h"
#include "engine/store/audit_table.h"
#include "engine/store/templates_table.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <algorithm>
#include <array>
#include <set>

namespace songda {

namespace {

constexpr std::size_t longestName = 64;
constexpr std::size_t hintLength = 11; ///< "songda_" and four more: of 256 bits 232 stay unknown

std::string newSecret() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof words);
    return "songda_" + bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
}

struct Limits {
    std::vector<std::string> accounts;
    std::vector<std::string> templates; ///< ids
};

/// What a key is to be limited to. InvalidInput or NotFound for what there is not: nobody would notice a misspelt limit.
Result<Limits> limitsOf(store::Database &db, const NewApiKey &wish) {
    Limits limits;
    std::set<AccountId> ids;
    for (const std::string &name : wish.accounts) {
        const auto account = store::findAccount(db, name);
        if (!account)
            return tl::unexpected(account.error());
        if (ids.insert(account->id).second)
            limits.accounts.push_back(account->name);
    }
    const auto templates = store::readTemplates(db, std::nullopt);
    if (!templates)
        return tl::unexpected(templates.error());
    for (const std::string &name : wish.templates) {
        std::set<std::string> byId;
        std::set<std::string> byTitle;
        for (const Template &t : *templates) {
            if (!ids.empty() && !ids.contains(t.account))
                continue;
            if (t.templateId == name)
                byId.insert(t.templateId);
            else if (t.title == name)
                byTitle.insert(t.templateId);
        }
        const auto &found = byId.empty() ? byTitle : byId;
        if (found.size() != 1)
            return fail(ErrorCode::InvalidInput, "there is no template \"" + name + "\" in the key's accounts, or more than one of that title");
        limits.templates.push_back(*found.begin());
    }
    return limits;
}

/// With a new secret, by the present user, now; without a number yet.
IssuedApiKey issue(const EngineCore &core, ApiKey key) {
    IssuedApiKey issued{std::move(key), newSecret()};
    issued.key.createdAt = systemNow().wall;
    issued.key.createdBy = core.session().user;
    issued.key.hint = issued.secret.substr(0, hintLength);
    issued.key.hash = QCryptographicHash::hash(QByteArray::fromStdString(issued.secret), QCryptographicHash::Sha256).toHex().toStdString();
    return issued;
}

Result<void> insert(store::WriteSession &session, ApiKey &key) {
    const auto id = store::insertApiKey(session, key);
    if (!id)
        return tl::unexpected(id.error());
    key.id = *id;
    return {};
}

std::string named(const ApiKey &key) { return "key " + std::to_string(key.id) + " of " + key.client; }

} // namespace

QFuture<Result<IssuedApiKey>> Engine::addApiKey(NewApiKey wish) {
    SONGDA_MAY(SetUp, IssuedApiKey);
    return m_core->work<IssuedApiKey>([core = m_core.get(), wish = std::move(wish)]() -> Result<IssuedApiKey> {
        // With an @ are the subjects of tokens, see doors/jwt.h: nobody shall pass for the other.
        if (wish.client.empty() || wish.client.size() > longestName || utf8::printable(wish.client, longestName) != wish.client
            || wish.client.find('@') != std::string::npos)
            return fail(ErrorCode::InvalidInput, "a client's name is 1 to 64 bytes of text without control characters and @");
        if (wish.scopes.bits() == 0)
            return fail(ErrorCode::InvalidInput, "a key needs at least one of the scopes send, read and manage");
        const auto limits = core->readers->run<Limits>([&wish](store::Database &db) { return limitsOf(db, wish); }).result();
        if (!limits)
            return tl::unexpected(limits.error());
        ApiKey key;
        key.client = wish.client;
        key.scopes = wish.scopes;
        key.accounts = limits->accounts;
        key.templates = limits->templates;
        key.expiresAt = wish.expiresAt;
        if (key.expiresAt && *key.expiresAt <= systemNow().wall)
            return fail(ErrorCode::InvalidInput, "the key would have expired already");
        IssuedApiKey issued = issue(*core, std::move(key));
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            SONGDA_TRY(insert(session, issued.key));
            const auto audit = store::recordAct(session, core->actor(), "key.add", named(issued.key), 0, issued.key.createdAt);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        return issued;
    });
}

QFuture<Result<IssuedApiKey>> Engine::rotateApiKey(std::int64_t id, Seconds overlap, std::string reason) {
    SONGDA_MAY(SetUp, IssuedApiKey);
    return m_core->work<IssuedApiKey>([core = m_core.get(), id, overlap, reason = std::move(reason)]() -> Result<IssuedApiKey> {
        if (overlap < Seconds{0} || overlap > longestKeyOverlap)
            return fail(ErrorCode::InvalidInput, "the key before is taken for 0 to 30 days more");
        auto keys = core->readers->run<std::vector<ApiKey>>([](store::Database &db) { return store::readApiKeys(db); }).result();
        if (!keys)
            return tl::unexpected(keys.error());
        const auto old = std::ranges::find(*keys, id, &ApiKey::id);
        if (old == keys->end())
            return fail(ErrorCode::NotFound, "there is no API key " + std::to_string(id));
        const WallTime now = systemNow().wall;
        if (!old->isGood(now) || old->revokedAt)
            return fail(ErrorCode::InvalidInput, "key " + std::to_string(id) + " is not taken any more, or another is in its place already; make a new one");
        ApiKey key;
        key.client = old->client;
        key.scopes = old->scopes;
        key.accounts = old->accounts;
        key.templates = old->templates;
        key.expiresAt = old->expiresAt;
        IssuedApiKey issued = issue(*core, std::move(key));
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const Actor actor = core->actor(reason);
            const auto revoked = store::revokeApiKey(session, id, actor.who, now + overlap);
            if (!revoked)
                return tl::unexpected(revoked.error());
            if (!*revoked)
                return fail(ErrorCode::InvalidInput, "key " + std::to_string(id) + " was revoked meanwhile");
            SONGDA_TRY(insert(session, issued.key));
            const auto audit = store::recordAct(session, actor, "key.rotate",
                named(issued.key) + " in place of key " + std::to_string(id) + ", which is taken until " + toIso8601(now + overlap), 0, now);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        return issued;
    });
}

QFuture<Result<bool>> Engine::revokeApiKey(std::int64_t id, std::string reason) {
    SONGDA_MAY(SetUp, bool);
    return m_core->write<bool>([actor = m_core->actor(reason), id](store::WriteSession &session) -> Result<bool> {
        const WallTime now = systemNow().wall;
        const auto revoked = store::revokeApiKey(session, id, actor.who, now);
        if (!revoked || !*revoked)
            return revoked;
        const auto audit = store::recordAct(session, actor, "key.revoke", "key " + std::to_string(id), 0, now);
        if (!audit)
            return tl::unexpected(audit.error());
        return true;
    });
}

} // namespace songda
