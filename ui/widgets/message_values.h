// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/wechat_card.h"

namespace songda::ui {

/// What a stored content says.
struct MessageValues {
    TemplateData data;
    std::string url;
};
MessageValues valuesOf(const std::string &content);

/// An attempt, of whatever life, was written and never answered.
bool mayHaveArrived(const MessageDetail &detail);
/// In a state from which a person may send it again.
bool mayBeResent(MessageState state);
/// The states of what did not get through by itself. Sending a selection again means these; what a person cancelled or
/// put away is not among them.
const std::vector<MessageState> &failedStates();
bool hasFailed(MessageState state);

} // namespace songda::ui
