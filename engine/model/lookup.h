// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <optional>
#include <string>

namespace songda {

/// A message that the platform had accepted and then kept from its recipient (wechat-api.md section 3.5).
struct InterceptedMessage {
    std::string id; ///< of the interception; digits
    std::string msgid;
    std::string title;
    std::string content;
    std::string openid;
    std::optional<WallTime> sentAt;

    bool operator==(const InterceptedMessage &) const = default;
};

/// What the platform says of an accepted message.
struct InterceptionLookup {
    std::optional<InterceptedMessage> found; ///< nothing, and no cause: it was not intercepted
    std::string cause; ///< why the platform did not say, key into the catalogue; empty: it did
    std::string detail; ///< its words
};

/// A refused call as the platform remembers it for seven days (section 6.1). Without secrets.
struct FailedCall {
    std::optional<WallTime> at;
    std::optional<Millis> took; ///< there
    std::string url;
    std::string requestBody;
    std::string responseBody;
    std::string clientIp; ///< ours, as it came there

    bool operator==(const FailedCall &) const = default;
};

struct FailureLookup {
    std::string rid;
    std::optional<FailedCall> call; ///< nothing only with a cause
    std::string cause; ///< why the platform did not say, key into the catalogue; empty: it did
    std::string detail; ///< its words
};

} // namespace songda
