// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/account.h"
#include "app/simulator/control.h"
#include "app/simulator/event_report.h"
#include "app/simulator/faults.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace songda::simulator {

/// A control request that was understood in full; unset = leave as it is.
struct ControlChange {
    std::optional<std::string> mix; ///< a valid mix
    std::optional<bool> mixSticky;
    std::optional<std::uint64_t> seed;
    std::optional<Latency> latency;
    std::optional<Scripts> script;
    bool clearScript = false;

    std::optional<std::uint64_t> dailyLimit;
    std::optional<std::uint64_t> minuteLimit;
    std::optional<std::chrono::seconds> tokenLife;
    std::optional<std::chrono::seconds> tokenOverlap;
    bool expireTokens = false;
    bool invalidateTokens = false;

    std::optional<bool> whitelistRefuses;
    std::optional<int> tokenError;
    std::optional<std::vector<MessageTemplate>> templates;
    std::optional<std::string> appid;
    std::optional<std::string> secret;
    std::optional<std::uint64_t> followers;
    std::optional<bool> followersOnly;
    std::optional<ValueCheck> valueCheck;
    std::optional<DuplicateAnswer> duplicateAnswer;

    std::optional<EventTarget> events;
    bool noEvents = false;

    std::optional<bool> accepting;
    std::chrono::milliseconds refuseFor{0};
    bool resetLedger = false;
    bool resetQuotas = false;
};

/// Reads a control request; an unknown key or a wrong value is an error that names the key.
tl::expected<ControlChange, std::string> parseControl(std::string_view json);

} // namespace songda::simulator
