// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/alert.h"
#include "engine/model/queries.h"
#include "ui/widgets/colours.h"

#include <QString>
#include <optional>
#include <vector>

namespace songda::ui {

namespace words {
QString alertLevel(AlertLevel level);
Tone tone(AlertLevel level);
QString sinkKind(AlertSink::Kind kind);
QString noticeKind(AlertNotice::Kind kind);
} // namespace words

/// The alerts of one rule.
struct AlertGroup {
    AlertRule rule = AlertRule::MustRestart;
    AlertLevel level = AlertLevel::Warning;
    int count = 0;
    WallTime since; ///< of the oldest
    int unseen = 0; ///< nobody has acknowledged them

    bool operator==(const AlertGroup &) const = default;
};
/// Highest level first, oldest first. Each alert is in exactly one.
std::vector<AlertGroup> groupsOf(const std::vector<Alert> &alerts);

/// What leads to the thing an alert is about.
struct AlertStep {
    QString button; ///< empty: there is no page for it
    QString page;
    std::optional<MessageFilter> messages; ///< instead of a page
};
AlertStep nextStep(const Alert &alert);

} // namespace songda::ui
