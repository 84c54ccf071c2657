// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/classify.h"

#include "engine/model/breakage.h"

#include "engine/policy/named_secrets.h"
#include "engine/policy/utf8.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace songda {

namespace {

/// Collects the top-level fields; gives up on deep nesting. SAX, because it hands over the raw digits of
/// numbers that fit no integer type and never builds a tree from a hostile body.
class EnvelopeReader : public nlohmann::json_sax<nlohmann::json> {
public:
    ApiEnvelope result;
    bool rootIsObject = false;

    bool null() override { return unreadable(); }
    bool boolean(bool) override { return unreadable(); }
    bool number_integer(number_integer_t value) override {
        return number(std::to_string(value), value);
    }
    bool number_unsigned(number_unsigned_t value) override {
        const bool fits = value <= static_cast<number_unsigned_t>(INT64_MAX);
        return number(std::to_string(value),
            fits ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt);
    }
    bool number_float(number_float_t, const string_t &raw) override { return number(raw, std::nullopt); }
    bool string(string_t &value) override {
        if (m_depth != 1)
            return true;
        if (m_key == "errmsg")
            result.errmsg = value;
        else if (m_key == "access_token")
            result.accessToken = value;
        else if (m_key == "msgid" && isDigits(value))
            result.msgid = value;
        else if (m_key == "errcode")
            readDecimal(value);
        else if (m_key == "expires_in")
            result.expiresIn = lifeOf(value);
        return true;
    }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return enter(true); }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override {
        if (m_depth == 1)
            result.hasList = true;
        return enter(false);
    }
    bool end_array() override { return leave(); }
    bool key(string_t &name) override {
        if (m_depth == 1)
            m_key = name;
        return true;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override {
        return false;
    }

private:
    static constexpr int maxDepth = 64;

    static bool isDigits(std::string_view s) {
        return !s.empty() && s.size() <= 32 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
    }
    bool number(std::string digits, std::optional<std::int64_t> value) {
        if (m_depth != 1)
            return true;
        if (m_key == "errcode") {
            result.errcode = value;
            result.errcodeUnreadable = !value;
        } else if (m_key == "expires_in")
            result.expiresIn = lifeOf(digits);
        else if (m_key == "msgid" && isDigits(digits))
            result.msgid = std::move(digits);
        return true;
    }
    void readDecimal(const std::string &value) {
        std::int64_t n = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
        if (error != std::errc{} || end != value.data() + value.size()) {
            unreadable();
            return;
        }
        result.errcode = n;
    }
    /// The whole seconds of a number however it is written; what makes no sense is cut to 0 .. 1 day.
    static std::int64_t lifeOf(std::string_view digits) {
        constexpr double longest = 86'400;
        double seconds = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
        const bool readable = error == std::errc{} && end == digits.data() + digits.size() && seconds > 0;
        return readable ? static_cast<std::int64_t>(std::min(seconds, longest)) : 0;
    }
    bool unreadable() {
        if (m_depth == 1 && m_key == "errcode")
            result.errcodeUnreadable = true;
        return true;
    }
    bool enter(bool object) {
        unreadable();
        if (m_depth == 0)
            rootIsObject = object;
        return ++m_depth <= maxDepth;
    }
    bool leave() {
        --m_depth;
        return true;
    }

    int m_depth = 0;
    std::string m_key;
};

/// The trailing " rid: 8hex-8hex-8hex" of errmsg, split off (section 1).
void splitRid(std::string &errmsg, std::string &rid) {
    const auto at = errmsg.rfind("rid: ");
    if (at == std::string::npos)
        return;
    std::string tail = errmsg.substr(at + 5);
    while (!tail.empty() && (tail.back() == ' ' || tail.back() == '\n' || tail.back() == '\r'))
        tail.pop_back();
    const bool plausible = !tail.empty() && tail.size() <= 40
        && std::all_of(tail.begin(), tail.end(), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) || c == '-'; });
    if (!plausible)
        return;
    rid = std::move(tail);
    errmsg.resize(at);
    while (!errmsg.empty() && errmsg.back() == ' ')
        errmsg.pop_back();
}

void applyEntry(Outcome &outcome, const CatalogueEntry *entry) {
    if (!entry)
        return; // stays Unknown: bounded retries, flagged, never a success
    outcome.errorClass = entry->errorClass;
    outcome.scope = entry->scope;
    outcome.ambiguous = entry->ambiguous;
    if (!outcome.retryAfter && entry->hold.count() > 0
        && (entry->errorClass == ErrorClass::ThrottleMinute || entry->errorClass == ErrorClass::Transient || entry->scope == HoldScope::Account))
        outcome.retryAfter = entry->hold;
}

const char *failureCause(HttpFailure failure) {
    switch (failure) {
    case HttpFailure::NameLookup: return "name_lookup";
    case HttpFailure::ConnectionRefused: return "connection_refused";
    case HttpFailure::ConnectTimeout: return "connect_timeout";
    case HttpFailure::Unreachable: return "unreachable";
    case HttpFailure::Proxy: return "proxy";
    case HttpFailure::ProxyLogin: return "proxy_login";
    case HttpFailure::TlsHandshake: return "tls_handshake";
    case HttpFailure::TlsUntrusted: return "tls_untrusted";
    case HttpFailure::Timeout: return "timeout";
    case HttpFailure::BrokenBody: return "broken_body";
    case HttpFailure::TooLarge: return "too_large";
    case HttpFailure::None:
    case HttpFailure::Closed:
    case HttpFailure::Cancelled:
    case HttpFailure::Other: return "closed";
    }
    return "closed";
}

std::string excerptOf(const HttpResponse &response) {
    return utf8::printable(withoutNamedSecrets(std::string_view(response.body).substr(0, HttpLimits::keptExcerpt)), HttpLimits::keptExcerpt);
}

Outcome gradeFailure(const HttpResponse &response, const ErrorCatalogue &catalogue) {
    Outcome outcome;
    outcome.cause = failureCause(response.failure);
    outcome.excerpt = excerptOf(response);
    const bool written = response.phase != WirePhase::NotWritten;
    if (response.failure == HttpFailure::TlsUntrusted || response.failure == HttpFailure::ProxyLogin) {
        applyEntry(outcome, catalogue.find("transport", "any", outcome.cause));
        outcome.ambiguous = false;
        return outcome;
    }
    if (!written && (outcome.cause == "closed" || outcome.cause == "timeout" || outcome.cause == "broken_body"))
        outcome.cause = outcome.cause == "timeout" ? "connect_timeout" : "not_written";
    applyEntry(outcome, catalogue.find("transport", "any", outcome.cause));
    outcome.errorClass = ErrorClass::Transient;
    outcome.ambiguous = written;
    outcome.offline = !written;
    return outcome;
}

bool hasResult(const ApiEnvelope &envelope, ApiKind api) {
    switch (api) {
    case ApiKind::Token: return !envelope.accessToken.empty();
    case ApiKind::Send: return !envelope.msgid.empty();
    case ApiKind::Query: return envelope.errcode.has_value() || envelope.hasList;
    }
    return false;
}

Outcome gradeErrcode(
    const ApiEnvelope &envelope, ApiKind api, const ErrorCatalogue &catalogue, std::optional<Millis> retryAfter) {
    Outcome outcome;
    outcome.answered = true;
    outcome.errcode = envelope.errcode;
    outcome.errmsg = envelope.errmsg;
    splitRid(outcome.errmsg, outcome.rid);
    outcome.errmsg = utf8::printable(withoutNamedSecrets(std::string_view(outcome.errmsg).substr(0, 4096)), 512);
    outcome.retryAfter = retryAfter;
    outcome.msgid = envelope.msgid;
    if (!envelope.errcode || *envelope.errcode == 0) {
        if (!envelope.errcodeUnreadable && hasResult(envelope, api)) {
            outcome.errorClass = ErrorClass::Success;
            return outcome;
        }
        outcome.cause = "no_result";
        outcome.answered = false;
        applyEntry(outcome, catalogue.find("transport", "any", outcome.cause));
        outcome.ambiguous = true;
        return outcome;
    }
    if (isBroken(Breakage::BusyIsSuccess) && *envelope.errcode == -1) {
        outcome.errorClass = ErrorClass::Success;
        return outcome;
    }
    outcome.cause = std::to_string(*envelope.errcode);
    applyEntry(outcome, catalogue.find("wechat", toString(api), outcome.cause));
    // Section 3.2: a duplicate that names the first message's id is that message's success. Without the id the platform has it,
    // and what became of it is not known.
    if (outcome.errorClass == ErrorClass::Success && !hasResult(envelope, api)) {
        outcome.errorClass = ErrorClass::Unknown;
        outcome.ambiguous = true;
        outcome.answered = false;
    }
    return outcome;
}

Outcome gradeStatus(const HttpResponse &response, const ErrorCatalogue &catalogue, std::optional<Millis> retryAfter) {
    Outcome outcome;
    const int status = response.status;
    if (status >= 300 && status < 400)
        outcome.cause = "http_redirect";
    else if (status >= 200 && status < 300)
        outcome.cause = "bad_body";
    else
        outcome.cause = "http_" + std::to_string(status);
    outcome.retryAfter = retryAfter;
    applyEntry(outcome, catalogue.findCause(outcome.cause));
    outcome.excerpt = excerptOf(response);
    return outcome;
}

} // namespace

const char *toString(ApiKind api) {
    switch (api) {
    case ApiKind::Token: return "token";
    case ApiKind::Send: return "send";
    case ApiKind::Query: return "query";
    }
    return "any";
}

std::optional<ApiEnvelope> readEnvelope(std::string_view body) {
    // Raw control characters inside strings occur (section 1) and stand for nothing: blank them. Outside
    // strings the only legal ones are white space anyway.
    std::string cleaned(body);
    std::replace_if(cleaned.begin(), cleaned.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    EnvelopeReader reader;
    if (!nlohmann::json::sax_parse(cleaned, &reader, nlohmann::json::input_format_t::json, /*strict=*/true)
        || !reader.rootIsObject)
        return std::nullopt;
    return reader.result;
}

Outcome classify(const HttpResponse &response, ApiKind api, const ErrorCatalogue &catalogue, WallTime wall) {
    return classify(response, response.body.empty() ? std::nullopt : readEnvelope(response.body), api, catalogue, wall);
}

Outcome classify(const HttpResponse &response, const std::optional<ApiEnvelope> &envelope, ApiKind api,
    const ErrorCatalogue &catalogue, WallTime wall) {
    const auto retryAfter = response.retryAfter ? parseRetryAfter(*response.retryAfter, wall) : std::nullopt;
    // A refusal is told by its status: what follows it adds nothing, and may be cut off or packed as nobody asked for.
    const bool brokenBehindTheStatus = response.failure == HttpFailure::BrokenBody || response.failure == HttpFailure::TooLarge;
    if (brokenBehindTheStatus && response.phase == WirePhase::Answered && response.status >= 400)
        return gradeStatus(response, catalogue, retryAfter);
    if (response.failure != HttpFailure::None || response.status == 0)
        return gradeFailure(response, catalogue);
    // A body with a valid errcode wins over the HTTP status (section 10). Without one, a 200 with the
    // expected field is the success of a GET-style call, and any other status speaks for itself.
    const bool ok = response.status >= 200 && response.status < 300;
    if (envelope && (envelope->errcode || envelope->errcodeUnreadable || ok))
        return gradeErrcode(*envelope, api, catalogue, retryAfter);
    return gradeStatus(response, catalogue, retryAfter);
}

std::optional<Millis> parseRetryAfter(std::string_view value, WallTime wall) {
    constexpr Millis longest = std::chrono::hours{24};
    while (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    while (!value.empty() && value.back() == ' ')
        value.remove_suffix(1);
    long long seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error == std::errc{} && end == value.data() + value.size())
        return seconds < 0 ? Millis{0} : seconds > 86400 ? longest : Millis{Seconds{seconds}};
    if (error == std::errc::result_out_of_range && end == value.data() + value.size())
        return value.front() == '-' ? Millis{0} : longest;
    const auto at = parseHttpDate(value);
    if (!at)
        return std::nullopt;
    return std::clamp(*at - wall, Millis{0}, longest);
}

} // namespace songda
