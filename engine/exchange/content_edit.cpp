// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/content_edit.h"

#include <QCryptographicHash>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace songda::exchange {

namespace {

using Json = nlohmann::ordered_json;

std::string hashOf(const std::string &value) {
    if (value.empty())
        return {};
    const QByteArray digest = QCryptographicHash::hash(QByteArrayView(value.data(), static_cast<qsizetype>(value.size())), QCryptographicHash::Sha256);
    return digest.toHex().left(12).toStdString();
}

std::string valueOf(const Json &entry) {
    const Json &value = entry.is_object() && entry.contains("value") ? entry["value"] : entry;
    return value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace

Result<EditedContent> editContent(const std::string &stored, const std::vector<std::string> &templateKeys, const ContentValues &values,
    const std::optional<std::string> &url) {
    Json json = Json::parse(stored, nullptr, false);
    if (!json.is_object())
        return fail(ErrorCode::Corrupt, "the stored content of the message cannot be read");
    if (!json.contains("data") || !json["data"].is_object())
        json["data"] = Json::object();
    Json &data = json["data"];
    EditedContent edited;
    const auto change = [&](const std::string &key, const std::string &old, const std::string &now) {
        if (old != now)
            edited.changes.push_back({key, hashOf(old), now});
    };
    for (const auto &[key, value] : values) {
        const std::string old = data.contains(key) ? valueOf(data[key]) : std::string();
        change(key, old, value);
        if (value.empty())
            data.erase(key);
        else if (old != value && data.contains(key) && data[key].is_object())
            data[key]["value"] = value;
        else if (old != value)
            data[key] = Json{{"value", value}};
    }
    std::vector<std::string> gone;
    for (const auto &[key, entry] : data.items()) {
        if (std::find(templateKeys.begin(), templateKeys.end(), key) == templateKeys.end() && !values.contains(key))
            gone.push_back(key);
        else
            edited.data[key] = valueOf(entry);
    }
    for (const std::string &key : gone) {
        change(key, valueOf(data[key]), {});
        data.erase(key);
    }
    edited.url = json.contains("url") && json["url"].is_string() ? json["url"].get<std::string>() : std::string();
    if (url && *url != edited.url) {
        change("url", edited.url, *url);
        edited.url = *url;
        if (url->empty())
            json.erase("url");
        else
            json["url"] = *url;
    }
    edited.content = edited.changes.empty() ? stored : json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return edited;
}

} // namespace songda::exchange
