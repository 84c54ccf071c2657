// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <QDateTime>
#include <QString>
#include <optional>
#include <string>
#include <string_view>

namespace songda::ui {

inline QString q(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// 1,234,567 in the language's way.
QString number(std::int64_t n);
/// 98.76 %; "–" when there is nothing to divide by.
QString share(std::int64_t part, std::int64_t whole);
/// China time, as everything on screen.
QDateTime chinaTime(WallTime time);
/// The same for a date and time editor, which knows no zone but the system's and UTC: China's clock, called UTC.
QDateTime forEditor(WallTime time);
WallTime fromEditor(const QDateTime &time);
/// A time to come that an editor proposes: `ahead` from now, up to the next five minutes.
WallTime proposedTime(WallTime now, std::chrono::hours ahead);
/// 11-21 15:03:22; with the year when it is not this one.
QString shortTime(WallTime time);
QString shortTime(std::optional<WallTime> time);
/// 15:03
QString hourText(WallTime time);
/// How long: 850 ms, 12.4 s, 3 min 20 s, 2 h 5 min, 4 d 2 h.
QString span(Millis length);
/// Nothing when there is no moment.
QString ago(std::optional<WallTime> moment, WallTime now);
/// 12.3/s; "–" for what is not known (not a number)
QString rate(double perSecond);

} // namespace songda::ui
