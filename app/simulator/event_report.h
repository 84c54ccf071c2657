// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/clock.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

namespace songda::simulator {

enum class PushMode { Plain, Compatible, Secure };

/// Where and how the platform reports what became of messages (wechat-api.md sections 4.1, 4.5 and 4.6).
struct EventTarget {
    std::string url; ///< http:// or https://, without a query
    std::string token;
    std::string aesKey; ///< EncodingAESKey; needed unless the mode is plain
    PushMode mode = PushMode::Secure;
    bool json = false; ///< instead of XML
    std::chrono::milliseconds delay{0}; ///< after the message was taken; 0 may come before its sender is answered
    int copies = 1; ///< of each report, one after another
    double blocked = 0; ///< percent of people who refuse messages of this account
    double failed = 0; ///< percent of messages that the platform loses
    double lost = 0; ///< percent of reports that never come
};

/// Reads a target; the error is a finished sentence.
tl::expected<EventTarget, std::string> parseEventTarget(const nlohmann::json &json);

/// One report before it is written down.
struct EventReport {
    std::string openid;
    std::uint64_t msgid = 0;
    TimePoint at;
};

/// Which of the three words becomes of a message; empty: no report comes. The same for the same person and message.
std::string_view statusOf(const EventTarget &target, const EventReport &report);

/// A push as it goes over the wire.
struct PushRequest {
    std::string query; ///< with the question mark
    std::string body;
};
/// `random` is 16 bytes; `nonce` digits.
tl::expected<PushRequest, std::string> writePush(const EventTarget &target, const std::string &appid,
    const EventReport &report, std::string_view status, TimePoint now, const std::string &nonce,
    std::string_view random);

} // namespace songda::simulator
