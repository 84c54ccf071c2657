// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/alert_rules.h"

#include <map>
#include <vector>

namespace songda {

/// What a step of the book changed; to be written down before the book that made it takes the old one's place.
struct AlertMoves {
    std::vector<Alert> fired; ///< new ones, without an id
    std::vector<Alert> changed; ///< open ones: value, told
    std::vector<Alert> ended; ///< recovered just now, or told of just now
    std::vector<AlertNotice> notices; ///< of alerts that are in the lists above as well

    bool isEmpty() const { return fired.empty() && changed.empty() && ended.empty() && notices.empty(); }
};

/// The alerts there are and how each came to be one: good -> pending (bad, but not for long enough) -> open -> recovered.
/// A thing that is bad has one alert however often it is looked at; one that flaps stays open until it was good for a
/// while. Says what is to be told: what begins together is one notice, nothing twice, in quiet hours only what is critical.
///
/// Pure, and a value: a step is made on a copy, which counts when it was written down. Spans go by the steady clock;
/// the calendar says only what people read, and when it is quiet.
class AlertBook {
public:
    /// After a start: what was open, and what had ended and was not told of yet.
    void load(const std::vector<Alert> &alerts, Now now);
    AlertMoves step(const std::vector<AlertReading> &readings, Now now, const AlertPolicy &policy);

    /// The ids that the new ones got in the database.
    void setId(const AlertKey &key, std::int64_t id);
    /// What somebody wrote in the database.
    void acknowledge(const Alert &written);
    std::vector<Alert> open() const;
    AlertCounts counts() const;

private:
    struct Watch {
        bool isOpen = false;
        SteadyTime since{}; ///< bad since
        std::optional<SteadyTime> goodSince;
        Alert alert; ///< of an open one
        SteadyTime firedAt{};
        std::optional<SteadyTime> toldAt;
        SteadyTime writtenAt{};
        bool heldBack = false; ///< it was not told because it was quiet
    };
    struct Ended {
        Alert alert;
        SteadyTime at{};
        bool heldBack = false;
    };

    void look(Watch &watch, const AlertReading *reading, Now now, const AlertPolicy &policy, AlertMoves &moves);
    void tell(Now now, const AlertPolicy &policy, AlertMoves &moves);

    std::map<AlertKey, Watch> m_watches;
    std::vector<Ended> m_ended; ///< not told of yet
    std::optional<SteadyTime> m_lastStep;
};

} // namespace songda
