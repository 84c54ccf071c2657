// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/colours.h"

#include <QString>
#include <functional>
#include <vector>

namespace songda::ui {

/// One thing that happened to a message.
struct HistoryRow {
    QString key; ///< the same after every refresh
    WallTime at;
    int life = 1;
    QString what;
    QString who; ///< a person, the engine, or the computer that sent it
    QString more; ///< WeChat's words, a reason
    Tone tone = Tone::Neutral;

    bool operator==(const HistoryRow &) const = default;
};

/// All that is recorded about a message in the order of time, newest first: its intake, each attempt, each act of a
/// person, WeChat's report, its end. Each belongs to a life; a person's act of sending again begins the next one.
/// `causeText` gives a cause its words. Pure, in the language that is set.
std::vector<HistoryRow> historyOf(const MessageDetail &detail, const std::function<QString(const std::string &)> &causeText);

/// The message with its history as plain text, to be pasted into a ticket.
QString messageAsText(const MessageDetail &detail, const std::function<QString(const std::string &)> &causeText);

} // namespace songda::ui
