// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/message.h"
#include "engine/model/policy_value.h"
#include "engine/model/suppression.h"
#include "engine/model/quiet_hours.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <string>
#include <vector>

namespace songda::ui {

/// What the policy says about messages to one person.
struct RecipientRules {
    int messages = 0; ///< to one person within the window; 0: as many as come
    Seconds window{86400};
    QuietHours quietHours;

    bool operator==(const RecipientRules &) const;
};

/// Out of the fields of an account's policy; what is missing or unreadable restricts nothing.
RecipientRules rulesOf(const std::vector<PolicyValue> &policy);

struct RecipientFacts {
    WallTime now;
    std::vector<MessageRow> messages; ///< newest first
    std::vector<Suppression> suppressions; ///< those that stand
    RecipientRules rules;
    QString knownTo = {}; ///< other accounts, of somebody this one knows nothing of
    std::function<QString(const std::string &)> causeText = {}; ///< words for a cause; none: as it is
};

/// Is another message to this person today wise?
struct RecipientVerdict {
    enum class Advice { Go, Wait, Leave };
    Advice advice = Advice::Go;
    QStringList reasons; ///< the weightiest first
};

/// Pure, in the present language. The cap counts as the engine does when it claims a message.
RecipientVerdict adviseOn(const RecipientFacts &facts);

struct RecipientSums {
    std::int64_t sent = 0; ///< were on the wire at least once
    std::int64_t accepted = 0; ///< taken by WeChat, and nothing reported yet
    std::int64_t delivered = 0; ///< reported as arrived
    std::int64_t refused = 0; ///< dead letters
    std::int64_t waiting = 0;
};
RecipientSums sumsOf(const std::vector<MessageRow> &messages);

} // namespace songda::ui
