// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_request.h"

#include "engine/channels/wechat/callback_fields.h"

#include <algorithm>
#include <charconv>
#include <openssl/evp.h>

namespace songda::wechat {

namespace {

constexpr std::size_t longestEcho = 512;
constexpr std::size_t longestNonce = 128;

/// Only digits, so that a time has one spelling.
std::optional<WallTime> readTimestamp(const std::string &text) {
    std::int64_t seconds = 0;
    const bool digits = !text.empty() && text.size() <= 11 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return WallTime{Seconds{seconds}};
}

/// Anybody could sign with an empty token.
Result<void> checkSetUp(const CallbackSecurity &security) {
    return security.token.empty() ? fail(ErrorCode::InvalidInput, "the account has no callback token") : Result<void>{};
}

std::string withoutBlanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return text;
}

bool isEncrypted(const CallbackQuery &query) { return query.encryptType == "aes" || !query.msgSignature.empty(); }

/// Whatever is encrypted, under the present key or one that still counts.
Result<std::string> opened(const CallbackSecurity &security, const std::string &encrypt) {
    for (const CallbackKey &key : security.keys) {
        auto clear = key.open(encrypt, security.appid);
        if (clear)
            return clear;
    }
    return fail(ErrorCode::Refused, "the callback cannot be decrypted with this key");
}

Result<std::string> openEncrypted(const CallbackSecurity &security, const CallbackQuery &query, std::string_view body) {
    const auto fields = readCallbackFields(body);
    if (!fields)
        return tl::unexpected(fields.error());
    auto encrypt = fields->textOf("Encrypt");
    if (!encrypt)
        return encrypt;
    *encrypt = withoutBlanks(std::move(*encrypt));
    if (encrypt->empty() || !isSignature(query.msgSignature, callbackSignature({security.token, query.timestamp, query.nonce, *encrypt})))
        return fail(ErrorCode::Refused, "the signature of the encrypted callback is wrong");
    return opened(security, *encrypt);
}

/// Only what cannot be markup or another header goes back.
Result<std::string> harmlessEcho(std::string echo) {
    const bool harmless = !echo.empty() && echo.size() <= longestEcho && std::all_of(echo.begin(), echo.end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '&' && c != '"' && c != '\'';
    });
    return harmless ? Result<std::string>(std::move(echo)) : fail(ErrorCode::Refused, "the callback's echostr is none");
}

} // namespace

Result<std::string> answerVerification(const CallbackSecurity &security, const CallbackQuery &query) {
    SONGDA_TRY(checkSetUp(security));
    // Encrypted, the echo itself is signed, and what it says is the answer. Something on its way may have read its + as blanks.
    std::string echo = query.echostr;
    std::replace(echo.begin(), echo.end(), ' ', '+');
    if (!query.msgSignature.empty() && isSignature(query.msgSignature, callbackSignature({security.token, query.timestamp, query.nonce, echo}))) {
        auto clear = opened(security, echo);
        return clear ? harmlessEcho(std::move(*clear)) : clear;
    }
    if (!isSignature(query.signature, callbackSignature({security.token, query.timestamp, query.nonce})))
        return fail(ErrorCode::Refused, "the signature of the callback is wrong");
    return harmlessEcho(query.echostr);
}

Result<void> admitPush(const CallbackSecurity &security, const CallbackQuery &query, WallTime now) {
    SONGDA_TRY(checkSetUp(security));
    const auto sent = readTimestamp(query.timestamp);
    if (!sent || query.nonce.size() > longestNonce)
        return fail(ErrorCode::Refused, "the callback is no push of the platform");
    if (*sent < now - security.window || *sent > now + security.window)
        return fail(ErrorCode::Refused, "the callback is too old, or a clock is wrong");
    const bool encrypted = isEncrypted(query);
    if (!encrypted && security.onlyEncrypted)
        return fail(ErrorCode::Refused, "the callback is not encrypted, and the account takes only encrypted ones");
    // Of an encrypted push the other signature decides, which covers its body; but one that is given must be right.
    if (encrypted && query.signature.empty())
        return {};
    if (!isSignature(query.signature, callbackSignature({security.token, query.timestamp, query.nonce})))
        return fail(ErrorCode::Refused, "the signature of the callback is wrong");
    return {};
}

Result<std::string> openPush(const CallbackSecurity &security, const CallbackQuery &query, std::string_view body, WallTime now) {
    SONGDA_TRY(admitPush(security, query, now));
    if (body.size() > callbackBytes)
        return fail(ErrorCode::Refused, "the callback is no push of the platform");
    return isEncrypted(query) ? openEncrypted(security, query, body) : std::string(body);
}

std::array<unsigned char, 16> requestDigest(const CallbackQuery &query, std::string_view body) {
    std::string all;
    // Each part with its length: no two requests read the same.
    for (const std::string_view part : {std::string_view(query.timestamp), std::string_view(query.nonce), body})
        all.append(std::to_string(part.size())).append(1, ':').append(part);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    EVP_Digest(all.data(), all.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    std::array<unsigned char, 16> key{};
    std::copy_n(digest.begin(), key.size(), key.begin());
    return key;
}

Result<std::string> sealAnswer(
    const CallbackSecurity &security, std::string_view message, const std::string &timestamp, const std::string &nonce, std::string_view random) {
    SONGDA_TRY(checkSetUp(security));
    if (security.keys.empty())
        return fail(ErrorCode::InvalidInput, "the account has no EncodingAESKey");
    const bool plain = readTimestamp(timestamp) && std::all_of(nonce.begin(), nonce.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (!plain)
        return fail(ErrorCode::Internal, "a callback answer has no such time or nonce");
    const auto encrypt = security.keys.front().seal(message, security.appid, random);
    if (!encrypt)
        return encrypt;
    return "<xml><Encrypt><![CDATA[" + *encrypt + "]]></Encrypt><MsgSignature><![CDATA["
        + callbackSignature({security.token, timestamp, nonce, *encrypt}) + "]]></MsgSignature><TimeStamp>" + timestamp
        + "</TimeStamp><Nonce><![CDATA[" + nonce + "]]></Nonce></xml>";
}

} // namespace songda::wechat
