// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/content_builder.h"

#include <QCryptographicHash>
#include <cstdio>

namespace songda::exchange {

void appendJsonString(std::string &out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                char escape[8];
                std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
                out += escape;
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

std::string buildContent(const std::vector<std::pair<std::string_view, std::string_view>> &data, std::string_view url) {
    std::string out = "{";
    if (!url.empty()) {
        out += "\"url\":";
        appendJsonString(out, url);
        out += ',';
    }
    out += "\"data\":{";
    bool first = true;
    for (const auto &[key, value] : data) {
        if (!first)
            out += ',';
        first = false;
        appendJsonString(out, key);
        out += ":{\"value\":";
        appendJsonString(out, value);
        out += '}';
    }
    out += "}}";
    return out;
}

std::string contentKey(TemplateRef templateRef, std::string_view batchName, std::string_view openid, std::string_view content) {
    QCryptographicHash hash(QCryptographicHash::Sha1);
    const auto add = [&](std::string_view part) {
        // Length first, so that no two different lists of parts run together into the same bytes.
        const std::string size = std::to_string(part.size()) + ":";
        hash.addData(QByteArrayView(size.data(), static_cast<qsizetype>(size.size())));
        hash.addData(QByteArrayView(part.data(), static_cast<qsizetype>(part.size())));
    };
    add(std::to_string(templateRef.value));
    add(batchName);
    add(openid);
    add(content);
    const QByteArray digest = hash.result().left(15).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return "c." + digest.toStdString();
}

} // namespace songda::exchange
