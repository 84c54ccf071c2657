// SPDX-License-Identifier: GPL-3.0-or-later
// Written without a look at the engine's reading of the same thing: two readings of one description.
#include "app/simulator/event_report.h"

#include "app/simulator/random.h"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace songda::simulator {

namespace {

constexpr std::string_view originalId = "gh_simulator";
constexpr std::size_t aesKeyLetters = 43;
constexpr std::size_t aesKeyBytes = 32;
constexpr std::size_t padTo = 32;

std::string sha1(const std::string &text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
        constexpr std::string_view digits = "0123456789abcdef";
        hex += digits[digest[i] >> 4];
        hex += digits[digest[i] & 15];
    }
    return hex;
}

std::string signatureOf(std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    std::string all;
    for (const std::string &part : parts) {
        all += part;
    }
    return sha1(all);
}

std::string base64(const std::string &bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()),
        reinterpret_cast<const unsigned char *>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

tl::expected<std::string, std::string> keyOf(const std::string &letters) {
    if (letters.size() != aesKeyLetters) {
        return tl::unexpected(std::string{"an EncodingAESKey has 43 letters and digits"});
    }
    const std::string padded = letters + '=';
    std::string key(padded.size(), '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char *>(key.data()),
        reinterpret_cast<const unsigned char *>(padded.data()), static_cast<int>(padded.size()));
    if (size < static_cast<int>(aesKeyBytes)) {
        return tl::unexpected(std::string{"the EncodingAESKey is no base64"});
    }
    key.resize(aesKeyBytes);
    return key;
}

tl::expected<std::string, std::string> encrypted(
    const std::string &key, std::string_view random, const std::string &message, const std::string &appid) {
    std::string plain{random};
    for (const int shift : {24, 16, 8, 0}) {
        plain += static_cast<char>(message.size() >> shift & 0xff);
    }
    plain += message;
    plain += appid;
    const std::size_t pad = padTo - plain.size() % padTo;
    plain.append(pad, static_cast<char>(pad));

    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
    const auto *bytes = reinterpret_cast<const unsigned char *>(key.data());
    std::string sealed(plain.size() + padTo, '\0');
    int size = 0;
    if (!context || EVP_EncryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, bytes, bytes) != 1
        || EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1
        || EVP_EncryptUpdate(context.get(), reinterpret_cast<unsigned char *>(sealed.data()), &size,
               reinterpret_cast<const unsigned char *>(plain.data()), static_cast<int>(plain.size()))
            != 1) {
        return tl::unexpected(std::string{"the report cannot be encrypted"});
    }
    sealed.resize(static_cast<std::size_t>(size));
    return base64(sealed);
}

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string written(const Fields &fields, bool asJson) {
    if (asJson) {
        nlohmann::ordered_json json;
        for (const auto &[name, value] : fields) {
            json[name] = value;
        }
        return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    std::string xml = "<xml>";
    for (const auto &[name, value] : fields) {
        const bool bare = name == "CreateTime" || name == "MsgID";
        xml += '<' + name + '>' + (bare ? value : "<![CDATA[" + value + "]]>") + "</" + name + ">\n";
    }
    return xml + "</xml>";
}

template <typename Target>
bool take(const nlohmann::json &value, bool fits, Target &target) {
    if (fits) {
        target = value.get<Target>();
    }
    return fits;
}

bool takePercent(const nlohmann::json &value, double &target) {
    return take(value, value.is_number() && value >= 0 && value <= 100, target);
}

/// Whether a value fits its name; false for a name nobody knows.
bool takeField(const std::string &name, const nlohmann::json &value, EventTarget &target) {
    if (name == "url") {
        return take(value, value.is_string(), target.url)
            && (target.url.starts_with("http://") || target.url.starts_with("https://"))
            && target.url.find_first_of("?# \"") == std::string::npos;
    }
    if (name == "token") {
        return take(value, value.is_string() && !value.empty(), target.token);
    }
    if (name == "aes_key") {
        return take(value, value.is_string(), target.aesKey);
    }
    if (name == "mode") {
        target.mode = value == "plain" ? PushMode::Plain
            : value == "compatible"    ? PushMode::Compatible
                                       : PushMode::Secure;
        return value == "plain" || value == "compatible" || value == "secure";
    }
    if (name == "format") {
        target.json = value == "json";
        return value == "json" || value == "xml";
    }
    if (name == "delay_ms") {
        int milliseconds = 0;
        const bool fits = take(value, value.is_number_unsigned() && value <= 86'400'000, milliseconds);
        target.delay = std::chrono::milliseconds{milliseconds};
        return fits;
    }
    if (name == "copies") {
        return take(value, value.is_number_unsigned() && value >= 1 && value <= 1000, target.copies);
    }
    return (name == "blocked" && takePercent(value, target.blocked))
        || (name == "failed" && takePercent(value, target.failed))
        || (name == "lost" && takePercent(value, target.lost));
}

/// A number from 0 to 100 that is the same for the same text.
double lot(std::string_view text, std::uint64_t salt) {
    return 100 * unitInterval(mix64(hash64(text) + salt));
}

} // namespace

tl::expected<EventTarget, std::string> parseEventTarget(const nlohmann::json &json) {
    if (!json.is_object()) {
        return tl::unexpected(std::string{"must be an object with url, token, aes_key, ..., or null"});
    }
    EventTarget target;
    for (const auto &[name, value] : json.items()) {
        if (!takeField(name, value, target)) {
            return tl::unexpected("\"" + name + "\" is no setting of reports, or has a wrong value");
        }
    }
    if (target.url.empty() || target.token.empty()) {
        return tl::unexpected(std::string{"needs url and token"});
    }
    if (target.mode != PushMode::Plain) {
        if (auto key = keyOf(target.aesKey); !key) {
            return tl::unexpected(std::move(key.error()));
        }
    }
    return target;
}

std::string_view statusOf(const EventTarget &target, const EventReport &report) {
    if (lot(report.openid, report.msgid) < target.lost) {
        return {};
    }
    if (lot(report.openid, 1) < target.blocked) {
        return "failed:user block";
    }
    return lot(report.openid, report.msgid + 2) < target.failed ? "failed: system failed" : "success";
}

tl::expected<PushRequest, std::string> writePush(const EventTarget &target, const std::string &appid,
    const EventReport &report, std::string_view status, TimePoint now, const std::string &nonce,
    std::string_view random) {
    const std::string timestamp = std::to_string(unixSeconds(now));
    Fields fields{{"ToUserName", std::string{originalId}}, {"FromUserName", report.openid},
        {"CreateTime", std::to_string(unixSeconds(report.at))}, {"MsgType", "event"},
        {"Event", "TEMPLATESENDJOBFINISH"}, {"MsgID", std::to_string(report.msgid)},
        {"Status", std::string{status}}};
    PushRequest push;
    push.query = "?signature=" + signatureOf({target.token, timestamp, nonce}) + "&timestamp=" + timestamp
        + "&nonce=" + nonce + "&openid=" + report.openid;
    if (target.mode == PushMode::Plain) {
        push.body = written(fields, target.json);
        return push;
    }
    const auto key = keyOf(target.aesKey);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const auto sealed = encrypted(*key, random, written(fields, target.json), appid);
    if (!sealed) {
        return tl::unexpected(sealed.error());
    }
    push.query += "&encrypt_type=aes&msg_signature=" + signatureOf({target.token, timestamp, nonce, *sealed});
    if (target.mode == PushMode::Secure) {
        fields = {{"ToUserName", std::string{originalId}}};
    }
    fields.emplace_back("Encrypt", *sealed);
    push.body = written(fields, target.json);
    return push;
}

} // namespace songda::simulator
