// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/error_catalogue.h"

#include <nlohmann/json.hpp>

namespace songda {

namespace {

using Json = nlohmann::json;

std::string key(std::string_view family, std::string_view api, std::string_view code) {
    std::string k;
    k.reserve(family.size() + api.size() + code.size() + 2);
    k.append(family).append(1, '\n').append(api).append(1, '\n').append(code);
    return k;
}

std::optional<std::string> text(const Json &object, const char *name) {
    const auto it = object.find(name);
    if (it == object.end() || !it->is_string())
        return std::nullopt;
    return it->get<std::string>();
}

std::optional<ErrorClass> classFromName(std::string_view name) {
    for (int n = 0; n <= static_cast<int>(ErrorClass::Unknown); ++n) {
        if (name == toString(static_cast<ErrorClass>(n)))
            return static_cast<ErrorClass>(n);
    }
    return std::nullopt;
}

std::optional<HoldScope> scopeFromName(std::string_view name) {
    if (name == "none")
        return HoldScope::None;
    if (name == "template")
        return HoldScope::Template;
    if (name == "account")
        return HoldScope::Account;
    return std::nullopt;
}

std::optional<CatalogueWords> words(const Json &entry, const char *language) {
    const auto meaning = entry.find("meaning");
    const auto advice = entry.find("advice");
    if (meaning == entry.end() || !meaning->is_object() || advice == entry.end() || !advice->is_object())
        return std::nullopt;
    const auto m = text(*meaning, language);
    const auto a = text(*advice, language);
    if (!m || !a || m->empty())
        return std::nullopt;
    return CatalogueWords{*m, *a};
}

Result<CatalogueEntry> readEntry(const Json &j, std::size_t position) {
    const auto bad = [&](const char *what) {
        return fail(ErrorCode::InvalidInput,
            "error catalogue, entry " + std::to_string(position + 1) + ": " + what + " is missing or not valid");
    };
    if (!j.is_object())
        return bad("the object");
    const auto family = text(j, "family");
    const auto api = text(j, "api");
    const auto code = text(j, "code");
    const auto className = text(j, "class");
    const auto scopeName = text(j, "scope");
    const auto move = text(j, "move");
    if (!family || !api || !code || !className || !scopeName || !move)
        return bad("family, api, code, class, scope or move");
    const auto errorClass = classFromName(*className);
    if (!errorClass)
        return bad("class");
    const auto scope = scopeFromName(*scopeName);
    if (!scope)
        return bad("scope");
    for (const char *name : {"retry_helps", "ambiguous", "alarm"}) {
        if (!j.contains(name) || !j[name].is_boolean())
            return bad(name);
    }
    if (!j.contains("hold_seconds") || !j["hold_seconds"].is_number_integer())
        return bad("hold_seconds");
    SuppressScope suppress = SuppressScope::None;
    if (const auto it = j.find("suppress"); it != j.end()) {
        if (*it != "recipient" && *it != "template")
            return bad("suppress");
        suppress = *it == "recipient" ? SuppressScope::Recipient : SuppressScope::RecipientAndTemplate;
    }
    const auto flag = [&](const char *name) { return j[name].get<bool>(); };
    const auto en = words(j, "en");
    const auto zh = words(j, "zh");
    if (!en || !zh)
        return bad("meaning or advice in en and zh");
    return CatalogueEntry{*family, *api, *code, *errorClass, *scope, *move, flag("retry_helps"),
        flag("ambiguous"), Seconds{j["hold_seconds"].get<std::int64_t>()}, suppress, flag("alarm"), *en, *zh};
}

} // namespace

Result<ErrorCatalogue> ErrorCatalogue::fromJson(std::string_view json) {
    const Json root = Json::parse(json, nullptr, /*allow_exceptions=*/false);
    if (!root.is_object() || !root.contains("entries") || !root["entries"].is_array())
        return fail(ErrorCode::InvalidInput, "error catalogue: not a JSON object with a list of entries");
    ErrorCatalogue catalogue;
    for (const Json &j : root["entries"]) {
        auto entry = readEntry(j, catalogue.m_entries.size());
        if (!entry)
            return tl::unexpected(entry.error());
        auto k = key(entry->family, entry->api, entry->code);
        if (!catalogue.m_index.emplace(std::move(k), catalogue.m_entries.size()).second)
            return fail(ErrorCode::InvalidInput,
                "error catalogue: two entries for " + entry->family + " " + entry->api + " " + entry->code);
        catalogue.m_entries.push_back(std::move(*entry));
    }
    return catalogue;
}

const CatalogueEntry *ErrorCatalogue::find(
    std::string_view family, std::string_view api, std::string_view code) const {
    auto it = m_index.find(key(family, api, code));
    if (it == m_index.end())
        it = m_index.find(key(family, "any", code));
    return it == m_index.end() ? nullptr : &m_entries[it->second];
}

const CatalogueEntry *ErrorCatalogue::findCause(std::string_view cause) const {
    std::string_view api = "send";
    if (cause.starts_with(tokenCausePrefix)) {
        api = "token";
        cause.remove_prefix(tokenCausePrefix.size());
    }
    if (const CatalogueEntry *entry = find("wechat", api, cause))
        return entry;
    if (const CatalogueEntry *entry = find("wechat", "openapi", cause))
        return entry;
    if (const CatalogueEntry *entry = find("transport", "any", cause))
        return entry;
    return cause.starts_with("http_") ? find("transport", "any", "http_other") : nullptr;
}

std::vector<std::pair<ErrorClass, std::string>> ErrorCatalogue::attemptCauses() const {
    std::vector<std::pair<ErrorClass, std::string>> causes{{ErrorClass::Success, ""}};
    for (const CatalogueEntry &entry : m_entries) {
        const bool ofSending = entry.api == "any" && (entry.family == "wechat" || entry.family == "transport");
        if (ofSending && entry.errorClass != ErrorClass::Success)
            causes.emplace_back(entry.errorClass, entry.code);
    }
    return causes;
}

} // namespace songda
