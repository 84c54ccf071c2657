// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys of business systems: made here, shown once, kept as their hash.
#include "engine/store/api_keys.h"

#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/utf8.h"
#include "engine/store/audit_table.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <array>

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
        IssuedApiKey issued;
        ApiKey &key = issued.key;
        if (!wish.account.empty()) {
            const auto account = core->account(wish.account);
            if (!account)
                return tl::unexpected(account.error());
            key.account = account->id;
            key.accountName = account->name;
        }
        issued.secret = newSecret();
        key.client = wish.client;
        key.scopes = wish.scopes;
        key.expiresAt = wish.expiresAt;
        key.createdAt = systemNow().wall;
        key.createdBy = core->session().user;
        key.hint = issued.secret.substr(0, hintLength);
        key.hash = QCryptographicHash::hash(QByteArray::fromStdString(issued.secret), QCryptographicHash::Sha256).toHex().toStdString();
        if (key.expiresAt && *key.expiresAt <= key.createdAt)
            return fail(ErrorCode::InvalidInput, "the key would have expired already");
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto id = store::insertApiKey(session, key);
            if (!id)
                return tl::unexpected(id.error());
            key.id = *id;
            const auto audit = store::recordAct(session, core->actor(), "key.add", "key " + std::to_string(*id) + " of " + key.client, 0, key.createdAt);
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
