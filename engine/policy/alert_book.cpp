// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/alert_book.h"

#include <algorithm>
#include <set>

namespace songda {

namespace {

using Verdict = AlertReading::Verdict;

constexpr Seconds betweenWrites{30}; ///< of a value that changes
constexpr Seconds longestGap{90}; ///< between steps; over a longer one nobody knows what was

/// How long ago a stored time was, whatever became of the calendar since.
Micros ageOf(WallTime stored, WallTime now, Micros most) { return std::clamp<Micros>(now - stored, Micros{0}, most); }

} // namespace

void AlertBook::load(const std::vector<Alert> &alerts, Now now) {
    constexpr std::chrono::hours most{24};
    for (const Alert &alert : alerts) {
        if (alert.recoveredAt) {
            m_ended.push_back({alert, now.steady - ageOf(*alert.recoveredAt, now.wall, most), false});
            continue;
        }
        Watch watch;
        watch.isOpen = true;
        watch.alert = alert;
        watch.since = now.steady - ageOf(alert.since, now.wall, most);
        watch.firedAt = now.steady - ageOf(alert.firedAt, now.wall, most);
        watch.writtenAt = now.steady;
        if (alert.toldAt)
            watch.toldAt = now.steady - ageOf(*alert.toldAt, now.wall, most);
        m_watches[alert.key] = std::move(watch);
    }
}

void AlertBook::look(Watch &watch, const AlertReading *reading, Now now, const AlertPolicy &policy, AlertMoves &moves) {
    // What is not looked at any more, as an account that is gone, is nobody's trouble.
    const Verdict verdict = reading ? reading->verdict : Verdict::Good;
    if (!watch.isOpen) {
        if (verdict != Verdict::Bad || now.steady - watch.since < reading->holdFor)
            return;
        watch.isOpen = true;
        watch.firedAt = now.steady;
        watch.writtenAt = now.steady;
        watch.alert.key = reading->key;
        watch.alert.level = levelOf(reading->key.rule);
        watch.alert.firedAt = now.wall;
        watch.alert.since = now.wall - std::chrono::floor<Millis>(now.steady - watch.since);
        watch.alert.lastAt = now.wall;
        watch.alert.value = reading->value;
        watch.alert.threshold = reading->threshold;
        moves.fired.push_back(watch.alert);
        return;
    }
    if (verdict == Verdict::Good) {
        if (!watch.goodSince)
            watch.goodSince = now.steady;
        if (now.steady - *watch.goodSince < policy.recoverAfter)
            return;
        watch.alert.recoveredAt = now.wall;
        moves.ended.push_back(watch.alert);
        m_ended.push_back({watch.alert, now.steady, watch.heldBack});
        return;
    }
    watch.goodSince.reset();
    if (verdict == Verdict::Unknown || (watch.alert.value == reading->value && watch.alert.threshold == reading->threshold))
        return;
    watch.alert.value = reading->value;
    watch.alert.threshold = reading->threshold;
    watch.alert.lastAt = now.wall;
    if (now.steady - watch.writtenAt >= betweenWrites) {
        watch.writtenAt = now.steady;
        moves.changed.push_back(watch.alert);
    }
}

AlertMoves AlertBook::step(const std::vector<AlertReading> &readings, Now now, const AlertPolicy &policy) {
    AlertMoves moves;
    std::map<AlertKey, const AlertReading *> byKey;
    for (const AlertReading &reading : readings)
        byKey[reading.key] = &reading;
    // The machine slept, or nobody looked: whether it was bad all the while is not known.
    const bool gap = m_lastStep && now.steady - *m_lastStep > longestGap;
    m_lastStep = now.steady;
    for (auto &[key, watch] : m_watches) {
        if (gap && !watch.isOpen)
            watch.since = now.steady;
        if (gap)
            watch.goodSince.reset();
    }
    for (const auto &[key, reading] : byKey) {
        if (reading->verdict == Verdict::Bad && !m_watches.contains(key))
            m_watches[key].since = now.steady;
    }
    for (auto it = m_watches.begin(); it != m_watches.end();) {
        const auto found = byKey.find(it->first);
        const AlertReading *reading = found == byKey.end() ? nullptr : found->second;
        look(it->second, reading, now, policy, moves);
        const bool lasts = reading && reading->verdict != Verdict::Good;
        const bool over = it->second.isOpen ? it->second.alert.recoveredAt.has_value() : !lasts;
        it = over ? m_watches.erase(it) : std::next(it);
    }
    tell(now, policy, moves);
    return moves;
}

void AlertBook::tell(Now now, const AlertPolicy &policy, AlertMoves &moves) {
    const bool quiet = quietUntil(policy.quiet, now.wall).has_value();
    struct Due {
        std::vector<Watch *> begun;
        std::vector<Watch *> again;
        std::vector<std::size_t> ended; ///< in m_ended
        bool fired = false; ///< the first that is to be told has waited long enough for others
        bool recovered = false;
    };
    std::map<AlertRule, Due> due;
    const auto waited = [&](AlertLevel level, SteadyTime since) { return level == AlertLevel::Critical || now.steady - since >= policy.groupWithin; };
    bool afterQuiet = false;
    for (auto &[key, watch] : m_watches) {
        if (!watch.isOpen)
            continue;
        const bool hold = quiet && watch.alert.level != AlertLevel::Critical;
        Due &rule = due[key.rule];
        if (!watch.toldAt) {
            watch.heldBack = watch.heldBack || hold;
            afterQuiet = afterQuiet || (watch.heldBack && !hold);
            if (hold)
                continue;
            rule.begun.push_back(&watch);
            rule.fired = rule.fired || waited(watch.alert.level, watch.firedAt);
        } else if (!hold && watch.alert.acknowledgedBy.empty() && policy.repeatAfter > Seconds{0} && now.steady - *watch.toldAt >= policy.repeatAfter) {
            rule.again.push_back(&watch);
        }
    }
    for (std::size_t i = 0; i < m_ended.size(); ++i) {
        Ended &ended = m_ended[i];
        const bool hold = quiet && ended.alert.level != AlertLevel::Critical;
        ended.heldBack = ended.heldBack || hold;
        afterQuiet = afterQuiet || (ended.heldBack && !hold);
        if (hold)
            continue;
        Due &rule = due[ended.alert.key.rule];
        rule.ended.push_back(i);
        rule.recovered = rule.recovered || waited(ended.alert.level, ended.at);
    }

    std::set<std::size_t> told;
    const auto changed = [&](const Alert &alert) {
        for (auto *list : {&moves.fired, &moves.changed}) {
            for (Alert &listed : *list) {
                if (listed.key == alert.key) {
                    listed = alert;
                    return;
                }
            }
        }
        moves.changed.push_back(alert);
    };
    const auto takeBegun = [&](const std::vector<Watch *> &watches, AlertNotice &notice) {
        for (Watch *watch : watches) {
            watch->toldAt = now.steady;
            watch->heldBack = false;
            watch->alert.toldAt = now.wall;
            changed(watch->alert);
            notice.level = std::max(notice.level, watch->alert.level);
            notice.alerts.push_back(watch->alert);
        }
    };
    const auto takeEnded = [&](const std::vector<std::size_t> &indices, AlertNotice &notice) {
        for (const std::size_t i : indices) {
            if (!told.insert(i).second)
                continue;
            Alert &alert = m_ended[i].alert;
            alert.recoveryToldAt = now.wall;
            const auto listed = std::ranges::find_if(moves.ended, [&](const Alert &a) { return a.key == alert.key && a.firedAt == alert.firedAt; });
            if (listed != moves.ended.end())
                *listed = alert;
            else
                moves.ended.push_back(alert);
            notice.level = std::max(notice.level, alert.level);
            notice.alerts.push_back(alert);
        }
    };
    const auto emit = [&](AlertNotice notice) {
        if (!notice.alerts.empty())
            moves.notices.push_back(std::move(notice));
    };
    if (afterQuiet) {
        AlertNotice summary{AlertNotice::Kind::Summary, AlertLevel::Warning, now.wall, {}};
        for (auto &[rule, list] : due) {
            std::vector<Watch *> held;
            std::erase_if(list.begun, [&](Watch *watch) { return watch->heldBack && (held.push_back(watch), true); });
            takeBegun(held, summary);
            std::vector<std::size_t> heldEnds;
            std::erase_if(list.ended, [&](std::size_t i) { return m_ended[i].heldBack && (heldEnds.push_back(i), true); });
            takeEnded(heldEnds, summary);
        }
        emit(std::move(summary));
    }
    for (auto &[rule, list] : due) {
        AlertNotice fired{AlertNotice::Kind::Fired, AlertLevel::Warning, now.wall, {}};
        if (list.fired)
            takeBegun(list.begun, fired);
        emit(std::move(fired));
        AlertNotice again{AlertNotice::Kind::Again, AlertLevel::Warning, now.wall, {}};
        takeBegun(list.again, again);
        emit(std::move(again));
        AlertNotice recovered{AlertNotice::Kind::Recovered, AlertLevel::Warning, now.wall, {}};
        if (list.recovered)
            takeEnded(list.ended, recovered);
        emit(std::move(recovered));
    }
    std::vector<Ended> left;
    for (std::size_t i = 0; i < m_ended.size(); ++i) {
        if (!told.contains(i))
            left.push_back(std::move(m_ended[i]));
    }
    m_ended = std::move(left);
}

void AlertBook::setId(const AlertKey &key, std::int64_t id) {
    if (const auto it = m_watches.find(key); it != m_watches.end() && it->second.isOpen)
        it->second.alert.id = id;
    for (Ended &ended : m_ended) {
        if (ended.alert.key == key && ended.alert.id == 0)
            ended.alert.id = id;
    }
}

void AlertBook::acknowledge(const Alert &written) {
    const auto it = m_watches.find(written.key);
    if (it == m_watches.end() || it->second.alert.id != written.id)
        return;
    it->second.alert.acknowledgedBy = written.acknowledgedBy;
    it->second.alert.acknowledgedAt = written.acknowledgedAt;
    it->second.alert.note = written.note;
}

std::vector<Alert> AlertBook::open() const {
    std::vector<Alert> alerts;
    for (const auto &[key, watch] : m_watches) {
        if (watch.isOpen)
            alerts.push_back(watch.alert);
    }
    return alerts;
}

AlertCounts AlertBook::counts() const {
    AlertCounts counts{};
    for (const auto &[key, watch] : m_watches) {
        if (watch.isOpen)
            ++counts[static_cast<std::size_t>(watch.alert.level)];
    }
    return counts;
}

} // namespace songda
