// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/model/queries.h"

#include <QString>
#include <vector>

namespace songda::ui {

class Directory;

/// One thing a filter asks for.
struct FilterPart {
    QString field; ///< the word of a search for it: "code", "since", ...
    QString text; ///< in the operator's words: "Cause: 43004 · Not a follower"
};

/// In the present language, with the names behind the numbers; in the order of eachFilterField().
std::vector<FilterPart> filterParts(const MessageFilter &filter, const Directory &directory);
/// The whole of it in one line.
QString filterWords(const MessageFilter &filter, const Directory &directory);
/// The filter without the part of this field.
MessageFilter withoutPart(MessageFilter filter, const QString &field);

/// What the engine has written down of a filter ("state:dead account:1"), read again; nothing when it is no such text.
struct WrittenFilter {
    MessageFilter filter;
    bool moreIds = false; ///< only the first of its messages are named
};
std::optional<WrittenFilter> readWritten(const std::string &text);

/// What a replay was about, as the engine wrote it down, in the operator's words.
QString selectionWords(const std::string &selection, const Directory &directory);
/// What an act was done to, in the operator's words; what needs none as it stands there.
QString objectWords(const AuditEntry &act, const Directory &directory);

} // namespace songda::ui
