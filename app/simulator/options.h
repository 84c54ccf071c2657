// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/account.h"
#include "app/simulator/clock.h"
#include "app/simulator/identity.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace songda::simulator {

/// How a simulator is started. Whatever is given as text has the form of the command line option or of the
/// JSON file of the same name; a mistake in it is reported by Simulator::start.
struct Options {
    // The door
    std::string bindAddress = "127.0.0.1"; ///< an IP address
    std::uint16_t port = 0; ///< 0 = any free one
    unsigned threads = 1; ///< serving threads
    std::string tlsCertificate; ///< PEM text; empty = plain HTTP
    std::string tlsKey; ///< PEM text
    std::chrono::seconds idleTimeout{60}; ///< kept connections are closed after this; 0 = never
    std::size_t mostHung = 2048; ///< connections left hanging at a time

    // The account
    std::string appid{practiceAppId};
    std::string secret{practiceSecret};
    std::size_t followers = 0; ///< openids user/get lists: followerOpenid(0) to followerOpenid(followers - 1)
    bool followersOnly = false; ///< sends to anyone else give 43004
    std::string templates; ///< JSON list; empty = the built-in ones
    ValueCheck valueCheck = ValueCheck::Strict;
    DuplicateAnswer duplicateAnswer = DuplicateAnswer::Ok;
    std::chrono::seconds dedupWindow{600}; ///< wechat-api.md section 3.2

    // Tokens and quotas
    std::chrono::seconds tokenLife{7200};
    std::optional<std::chrono::seconds> tokenOverlap; ///< unset: 300 s or half the life, the shorter
    std::uint64_t dailyLimit = 100'000; ///< sends a China day, wechat-api.md section 3.3; 0 = no limit
    std::uint64_t minuteLimit = 0; ///< sends a minute; 0 = no limit

    // Faults
    std::uint64_t seed = 1;
    std::string mix; ///< such as `busy=2,43004=0.5`
    bool mixSticky = false; ///< the mix depends on openid and attempt instead of the order of the sends
    std::chrono::milliseconds latency{0};
    std::chrono::milliseconds latencyJitter{0};
    std::string script; ///< JSON object of openid and results
    std::string events; ///< JSON object of where to report what became of messages; empty = nowhere

    /// Wire copies kept one by one in the ledger; later ones are only counted.
    std::size_t keptCopies = 10'000'000;
    /// Tells the time; unset = the machine's clock, read once and then counted on steadily. Called on serving
    /// threads.
    std::function<TimePoint()> clock;
};

} // namespace songda::simulator
