// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/send_request.h"
#include "app/simulator/templates.h"

#include <string>

namespace songda::simulator {

/// Whether the values of `data` are checked (wechat-api.md section 14 leaves open how strict the platform
/// is).
enum class ValueCheck { Strict, Off };

/// Why a send is refused; errcode 0 = it is not.
struct SendVerdict {
    int errcode = 0;
    std::string text; ///< errmsg when it is not the usual one of the code, such as the key of 47003

    bool operator==(const SendVerdict &) const = default;
};

/// Longest openid and client_msg_id taken, in bytes. The platform's own limits are not documented.
inline constexpr std::size_t longestOpenid = 128;
inline constexpr std::size_t longestClientMsgId = 64;
/// Longest url taken, in bytes; longer ones give 40039. The platform's own limit is not documented.
inline constexpr std::size_t longestUrl = 2048;

/// Everything about a send that can be judged from its body and the account's templates: openid, template,
/// url, mini program and values (wechat-api.md sections 3.1 and 3.4).
SendVerdict checkSend(const SendRequest &request, const TemplateBook &templates, ValueCheck check);

} // namespace songda::simulator
