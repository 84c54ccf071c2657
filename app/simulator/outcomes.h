// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace songda::simulator {

/// What the simulator does with one send that has passed every check.
enum class OutcomeKind : unsigned char {
    Ok,
    Duplicate, ///< answered errcode 0 with the first msgid; never asked for, only found
    Errcode,
    Http,
    Close,
    Hang,
    Half,
    Html,
    Reset,
    Delay,
    Drip,
    Redirect,
    Intercepted, ///< answered like ok, and then kept from the person; queryblocktmplmsg tells of it
};

/// One scripted, drawn or given result. Its text form is the one word used in scripts, mixes and the ledger:
/// `ok`, `busy`, an errcode such as `43004`, `http:503`, `http:429:RETRY_AFTER_SECONDS`, `close`, `hang`,
/// `half`, `html`, `reset`, `delay:MS`, `drip`, `drip:MS_PER_BYTE`, `redirect`, `intercepted`; the prefix `recorded_` makes
/// the person receive the message although the sender is not told so (wechat-api.md section 10).
struct Outcome {
    OutcomeKind kind = OutcomeKind::Ok;
    bool recorded = true; ///< accepted: the person receives the message, unless it is intercepted
    int code = 0; ///< errcode or HTTP status
    int parameter = 0; ///< seconds of Retry-After, or milliseconds of Delay and Drip

    bool operator==(const Outcome &) const = default;

    static Outcome ok() { return {}; }
    static Outcome errcode(int code) { return {OutcomeKind::Errcode, false, code, 0}; }
    static Outcome http(int status, int retryAfter = 0) {
        return {OutcomeKind::Http, false, status, retryAfter};
    }
};

/// Reads the text form; the error is a finished sentence.
tl::expected<Outcome, std::string> parseOutcome(std::string_view text);

/// The text form without parameters, as it is counted in the ledger.
std::string outcomeName(const Outcome &outcome);

} // namespace songda::simulator
