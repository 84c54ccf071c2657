// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace songda::wechat {

/// The IP address of ours that the words of errcode 40164 name: "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in
/// whitelist". Empty when none is in them. Words of errors are not to be relied on: this is a hint for a person.
std::string refusedAddress(std::string_view errmsg);

} // namespace songda::wechat
