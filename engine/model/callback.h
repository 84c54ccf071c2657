// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <optional>
#include <string>

namespace songda {

/// How the platform writes what it reports (wechat-api.md section 4.5). The numbers are stored: never renumber.
enum class CallbackMode {
    Plain = 0, ///< in clear; a signature covers the time alone
    Compatible = 1, ///< in clear and encrypted; the encrypted part is believed
    Secure = 2, ///< encrypted
};

inline const char *toString(CallbackMode mode) {
    switch (mode) {
    case CallbackMode::Plain: return "plain";
    case CallbackMode::Compatible: return "compatible";
    case CallbackMode::Secure: return "secure";
    }
    return "secure";
}

/// Where the platform of an account reports to; its secrets are kept elsewhere.
struct Callback {
    AccountId account;
    std::string accountName;
    std::string appid;
    std::string path; ///< last part of its address
    CallbackMode mode = CallbackMode::Secure;
    std::int64_t revision = 0; ///< another number after each change, of the secrets too
    WallTime changedAt;
    std::string changedBy;

    bool operator==(const Callback &) const = default;
};

struct CallbackSecrets {
    std::string token;
    std::string encodingAesKey;
    std::string formerAesKey; ///< taken beside the present one until `formerUntil`; empty: none
    std::optional<WallTime> formerUntil;
};

struct CallbackSetup {
    Callback callback;
    CallbackSecrets secrets;
    std::string problem; ///< why the secrets cannot be read; empty when they can
};

/// What is not named stays as it is; what was never there is made up.
struct CallbackWish {
    std::string account;
    std::optional<CallbackMode> mode;
    std::optional<std::string> path;
    std::optional<std::string> token;
    std::optional<std::string> encodingAesKey;
    bool newToken = false;
    bool newAesKey = false;
    Seconds overlap{3600}; ///< how long a replaced EncodingAESKey is taken on
};

} // namespace songda
