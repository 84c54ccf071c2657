// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/hook.h"
#include "engine/policy/alert_rules.h"
#include "engine/store/alerts_table.h"

#include <map>
#include <set>
#include <string>

namespace songda {

class EngineCore;

/// Gathers what the alert rules look at: the engine's picture of itself, and sums from the database, read a few seconds
/// apart and only when something was written. On one thread, which may wait.
class AlertFacts {
public:
    explicit AlertFacts(EngineCore &core)
        : m_core(core) {}

    AlertSample sample(const Snapshot &snapshot, const std::vector<Hook> &hooks);

private:
    struct Sums {
        std::int64_t failures = 0;
        std::int64_t accepted = 0;
        std::int64_t reports = 0;
        std::map<std::string, std::int64_t> unknownCodes;
    };
    void readSums(const Snapshot &snapshot);
    void addAttempts(const std::vector<store::AttemptSum> &sums, std::int64_t hour);

    EngineCore &m_core;
    std::map<AccountId, Sums> m_sums;
    /// What was counted already, by hour, account, cause and class.
    std::map<std::tuple<std::int64_t, AccountId, std::string, std::int64_t>, std::int64_t> m_counted;
    bool m_begun = false;
    std::optional<std::int64_t> m_lastReport;
    std::set<AccountId> m_reporting;
    std::uint64_t m_seen = 0; ///< data version
    std::optional<SteadyTime> m_readAt;
};

} // namespace songda
