// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/model/platform_event.h"

#include <string>
#include <string_view>
#include <vector>

namespace songda::wechat {

/// The clear text of one push.
struct CallbackEvents {
    std::string event; ///< its name as it came; empty for an ordinary message
    std::string toUserName; ///< original id of the account
    std::vector<PlatformEvent> events; ///< none when the push is of no interest: it is answered "success" all the same
};

/// Reads TEMPLATESENDJOBFINISH, the subscribe-message events and (un)subscribe (wechat-api.md sections 4.1 to 4.3), in XML
/// or JSON, with one entry or a list of them. Refused is only what cannot be read.
Result<CallbackEvents> readCallbackEvents(std::string_view body);

} // namespace songda::wechat
