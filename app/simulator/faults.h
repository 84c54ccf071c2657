// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/outcomes.h"

#include <nlohmann/json_fwd.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

/// A random mix of results, in percent of the sends. What is left over is `ok`.
struct Mix {
    struct Share {
        Outcome outcome;
        double percent = 0;
    };
    std::vector<Share> shares;

    /// The result at a point of [0, 1).
    Outcome at(double point) const;
};

/// Reads `busy=2,43004=0.5,http500=0.5`; an empty text is the empty mix.
tl::expected<Mix, std::string> parseMix(std::string_view text);

/// The results one openid gets, in order.
struct Script {
    enum class Then { Ok, Repeat }; ///< when the list is used up: ok, or the last one for ever

    std::vector<Outcome> results;
    Then then = Then::Ok;
    std::size_t used = 0;
};

using Scripts = std::map<std::string, Script, std::less<>>;

/// Reads `{"OPENID": "43004", "OPENID2": ["busy", "ok"], "OPENID3": {"results": [...], "then": "repeat"}}`.
/// A single word is given every time, a list once each and then `ok`. Keys that start with `@` name calls
/// instead of people: `@token`, `@templates`, `@users`, `@quota`, `@lookup`.
tl::expected<Scripts, std::string> parseScripts(const nlohmann::json &json);

/// Chooses the result of each send: by script if the openid has one, else by the mix. Thread-safe.
class Faults {
public:
    explicit Faults(std::uint64_t seed)
        : m_seed(seed) { }

    void setSeed(std::uint64_t seed);
    void setMix(Mix mix);
    void setSticky(bool sticky);
    bool isSticky() const { return m_sticky.load(std::memory_order_relaxed); }

    /// Adds to the scripts there are; an openid named again starts its new script.
    void addScripts(Scripts scripts);
    void clearScripts();
    std::size_t scriptCount() const;

    /// `attempt` counts the earlier POSTs for this openid and is used only by a sticky mix, which depends on
    /// seed, openid and attempt but not on the order in which people are served.
    Outcome next(std::string_view openid, std::uint64_t attempt);

    /// The next scripted result of a name, if it has a script.
    std::optional<Outcome> nextScripted(std::string_view name);

private:
    std::atomic<std::uint64_t> m_draws{0};
    std::atomic<bool> m_sticky{false};
    std::atomic<bool> m_hasScripts{false};
    std::atomic<bool> m_hasMix{false};

    mutable std::mutex m_mutex; // guards all below
    std::uint64_t m_seed;
    Mix m_mix;
    Scripts m_scripts;
};

} // namespace songda::simulator
