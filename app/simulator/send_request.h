// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

/// One entry of `data`.
struct SendValue {
    enum class Kind { Missing, Text, OtherType };

    std::string key;
    std::string text;
    Kind kind = Kind::Missing;
};

/// The body of a template send (wechat-api.md section 3.1). Fields of a wrong JSON type stay empty, as if
/// they were missing.
struct SendRequest {
    std::string touser;
    std::string templateId;
    std::string url;
    std::string clientMsgId;
    std::string miniprogramAppid;
    bool hasMiniprogram = false;
    bool hasData = false;
    std::vector<SendValue> data;

    const SendValue *value(std::string_view key) const;
};

/// Nothing if the body is not a JSON object in valid UTF-8 (answer 47001). Reads event by event, without
/// building a document, because this is the one parser on the path of every send.
std::optional<SendRequest> parseSendRequest(std::string_view body);

} // namespace songda::simulator
