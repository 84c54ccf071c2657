// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QString>
#include <chrono>
#include <functional>
#include <vector>

namespace songda::console {

/// One change of the weather: what the practice platform does from then on.
struct WeatherChange {
    std::chrono::seconds after{0}; ///< the beginning of the drill
    std::string control; ///< JSON as the simulator takes it
    std::function<QString()> said; ///< what the drill tells about it; empty: nothing, one has to see it
};

/// What happened in a drill, by the records of the engine and by what people really received.
struct DrillFacts {
    StateCounts counts; ///< of the drill's own messages
    std::vector<AuditEntry> acts; ///< since the drill began
    std::int64_t shownTwice = 0; ///< messages somebody was shown twice since then
    int answer = -1; ///< to the question; -1: none yet
};

/// Something the drill looks at.
struct DrillGoal {
    std::function<QString()> text;
    int points = 0;
    std::function<bool(const DrillFacts &)> met;
};

/// Trouble that really comes, with what one should do about it.
struct Drill {
    QString id; ///< English and stable
    std::function<QString()> title;
    std::function<QString()> situation;
    std::function<QString()> task;
    int messages = 0;
    std::vector<WeatherChange> weather;
    std::vector<DrillGoal> goals;
    std::function<QString()> question;
    std::vector<std::function<QString()>> answers;
    int rightAnswer = 0;
    std::function<QString()> lesson; ///< said at the end
};

/// Points for the right answer to a drill's question.
inline constexpr int answerPoints = 20;
/// What the weather is outside of drills, as simulator control.
extern const char *const everydayWeather;

const std::vector<Drill> &drills();
int mostPoints(const Drill &drill);
int pointsOf(const Drill &drill, const DrillFacts &facts);

} // namespace songda::console
