// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/message_state.h"
#include "engine/model/time.h"

#include <initializer_list>
#include <optional>
#include <string>

namespace songda {

/// Which ends of messages a business system is told of. Stored as bits, one for each state's number.
class HookStates {
public:
    constexpr HookStates() = default;
    explicit constexpr HookStates(std::uint64_t bits)
        : m_bits(bits) {}
    constexpr HookStates(std::initializer_list<MessageState> states) {
        for (const MessageState state : states)
            add(state);
    }
    constexpr bool has(MessageState state) const { return (m_bits >> static_cast<unsigned>(state) & 1U) != 0; }
    constexpr void add(MessageState state) { m_bits |= std::uint64_t{1} << static_cast<unsigned>(state); }
    constexpr std::uint64_t bits() const { return m_bits; }
    bool operator==(const HookStates &) const = default;

    static constexpr HookStates all() {
        return {MessageState::Accepted, MessageState::Delivered, MessageState::Undelivered, MessageState::Dead, MessageState::Uncertain,
            MessageState::Cancelled, MessageState::Expired};
    }

private:
    std::uint64_t m_bits = 0;
};

/// How much is kept for a receiver that does not take it.
inline constexpr int defaultHookKeepDays = 30;
inline constexpr int mostHookKeepDays = 365;
inline constexpr std::int64_t defaultHookKeepRows = 1'000'000;
inline constexpr std::int64_t leastHookKeepRows = 1'000;
inline constexpr std::int64_t mostHookKeepRows = 100'000'000;

/// A business system that is told what became of messages. Its secret is kept elsewhere.
struct Hook {
    std::int64_t id = 0;
    std::string url;
    HookStates states = HookStates::all();
    std::optional<AccountId> account; ///< nothing: every account
    std::string accountName;
    bool allowPrivate = false; ///< its host may be on this machine or in a private network: somebody said so
    WallTime createdAt;
    std::string createdBy;
    std::optional<WallTime> stoppedAt; ///< nothing is sent until somebody resumes it; what happens is kept for it
    std::string stoppedWhy;
    std::int64_t delivered = 0;
    std::int64_t failures = 0; ///< tries in vain
    std::int64_t waiting = 0; ///< deliveries that are still to be made
    std::int64_t dead = 0; ///< deliveries that are not tried again by themselves
    int keepDays = defaultHookKeepDays; ///< older deliveries are dropped, waiting or dead
    std::int64_t keepRows = defaultHookKeepRows; ///< and so are the oldest of more
    std::int64_t dropped = 0; ///< so far
    std::optional<WallTime> lastAt; ///< of the last try
    std::string lastDetail; ///< what came of it
    std::int64_t secretNumber = 0; ///< names its secret where that is kept
    std::int64_t formerNumber = 0; ///< of the secret before
    std::optional<WallTime> formerUntil; ///< until then it is signed with the secret before as well
};

struct NewHook {
    std::string url;
    HookStates states = HookStates::all();
    std::string account; ///< empty: every account
    bool allowPrivate = false;
    int keepDays = defaultHookKeepDays;
    std::int64_t keepRows = defaultHookKeepRows;
};

struct IssuedHook {
    Hook hook;
    std::string secret; ///< whsec_...; nobody can show it again
};

/// What came of a delivery that was made for a try.
struct HookTest {
    bool taken = false;
    int status = 0; ///< 0: no answer
    std::string detail;
};

} // namespace songda
