// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/alert.h"
#include "engine/policy/alert_policy.h"

#include <string>

namespace songda {

/// What an alert says and what to do about it, for people.
AlertWords alertWords(const Alert &alert, bool chinese);
std::string alertTitle(AlertRule rule, bool chinese);
std::string alertLevelWord(AlertLevel level, bool chinese);
/// When a rule makes an alert, with the figures in force.
AlertRuleInfo alertRuleInfo(AlertRule rule, const AlertPolicy &policy, bool chinese);

/// A notice as one line for a head, and as lines of plain text.
std::string noticeTitle(const AlertNotice &notice, bool chinese);
std::string noticeText(const AlertNotice &notice, bool chinese);
/// The same in the Markdown that WeCom's group robots read; nothing of it comes from outside as markup.
std::string noticeMarkdown(const AlertNotice &notice, bool chinese);
/// JSON for programs: {"type": "alert.fired", "timestamp": ..., "data": {...}}.
std::string noticeJson(const AlertNotice &notice);
/// What noticeJson() wrote.
std::optional<AlertNotice> noticeFromJson(std::string_view text);

} // namespace songda
