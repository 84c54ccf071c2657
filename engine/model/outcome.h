// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace songda {

/// Whose move an answer makes it (wechat-api.md section 9). Stored by number: never renumber.
enum class ErrorClass {
    Success = 0,
    Token = 1, ///< refresh the token, try again at once; never the message's fault
    ThrottleMinute = 2,
    ThrottleDay = 3,
    Transient = 4,
    Recipient = 5, ///< permanent for this recipient
    Content = 6, ///< permanent for this message
    Config = 7, ///< permanent until a person mends the account or the template
    Unknown = 8,
};

/// As printed: success, token, throttle-minute, throttle-day, transient, recipient, content,
/// template/config, unknown.
const char *toString(ErrorClass value);
std::optional<ErrorClass> errorClassFromNumber(long long number);

/// What a Config outcome stops.
enum class HoldScope { None, Template, Account };

/// The graded result of one attempt: computed by one pure function from status, body and failure.
struct Outcome {
    ErrorClass errorClass = ErrorClass::Unknown;
    HoldScope scope = HoldScope::None;
    /// Stable key of the reason: the errcode as text ("43004"), or a word for what is not an errcode
    /// ("http_500", "timeout", "closed"). Empty on success.
    std::string cause;
    std::optional<std::int64_t> errcode; ///< when the body had one
    std::string errmsg; ///< WeChat's words, secrets removed, rid cut off
    std::string rid;
    std::string msgid; ///< decimal digits as sent; a double would lose some
    std::string excerpt; ///< start of a body that could not be understood
    std::optional<Millis> retryAfter;
    /// The message may have reached WeChat although no success is known: a repeat is safe only inside
    /// the de-duplication window (wechat-api.md section 3.2).
    bool ambiguous = false;
    /// An answer of the API itself was understood, even if it was a refusal.
    bool answered = false;
    /// The network, not the message: nothing was written and no attempt is used up.
    bool offline = false;

    bool operator==(const Outcome &) const = default;
};

} // namespace songda
