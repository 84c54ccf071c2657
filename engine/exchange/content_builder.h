// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace songda::exchange {

/// Appends a JSON string literal: raw UTF-8, only what JSON demands is escaped (wechat-api.md section 1:
/// \u escapes for Chinese are refused with 40033).
void appendJsonString(std::string &out, std::string_view text);

/// The part of a send request that belongs to the message: {"url":..,"data":{KEY:{"value":..}}}. Same
/// input, same bytes.
std::string buildContent(const std::vector<std::pair<std::string_view, std::string_view>> &data, std::string_view url);

/// The key under which a message without one of its own is recognised as the same: account aside, the same
/// template, recipient and content in the same named batch is the same message, so that importing a file
/// twice, or again after mending its bad rows, notifies nobody twice.
std::string contentKey(TemplateRef templateRef, std::string_view batchName, std::string_view openid, std::string_view content);

} // namespace songda::exchange
