// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/control_change.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace songda::simulator {

namespace {

using Json = nlohmann::json;
using Result = tl::expected<void, std::string>;

Result wrong(const std::string &expected) {
    return tl::unexpected("must be " + expected);
}

template <typename Target> Result flag(const Json &json, Target &target) {
    if (!json.is_boolean()) {
        return wrong("true or false");
    }
    target = json.get<bool>();
    return {};
}

template <typename Target>
Result whole(
    const Json &json, Target &target, std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
    if (!json.is_number_unsigned() || json.get<std::uint64_t>() > most) {
        return wrong("a whole number that is not negative");
    }
    target = json.get<std::uint64_t>();
    return {};
}

Result text(const Json &json, std::optional<std::string> &target) {
    if (!json.is_string() || json.get_ref<const std::string &>().empty()) {
        return wrong("a text");
    }
    target = json.get<std::string>();
    return {};
}

Result seconds(const Json &json, std::optional<std::chrono::seconds> &target) {
    std::optional<std::uint64_t> number;
    constexpr std::uint64_t most = 10ULL * 365 * 86'400;
    auto read = whole(json, number, most);
    if (read) {
        target = std::chrono::seconds{static_cast<std::int64_t>(*number)};
    }
    return read;
}

Result mix(const Json &json, ControlChange &change) {
    std::string words;
    if (json.is_string()) {
        words = json.get<std::string>();
    } else if (json.is_object()) {
        for (const auto &[name, percent] : json.items()) {
            words += (words.empty() ? "" : ",") + name + '=' + percent.dump();
        }
    } else {
        return wrong("a text such as \"busy=2,43004=0.5\" or an object of name and percent");
    }
    if (auto parsed = parseMix(words); !parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    change.mix = std::move(words);
    return {};
}

Result latency(const Json &json, ControlChange &change) {
    std::string words;
    if (json.is_string()) {
        words = json.get<std::string>();
    } else if (json.is_number_unsigned()) {
        words = json.dump();
    }
    auto parsed = parseLatency(words);
    if (!parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    change.latency = *parsed;
    return {};
}

Result script(const Json &json, ControlChange &change) {
    auto parsed = parseScripts(json);
    if (!parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    change.script = std::move(*parsed);
    return {};
}

Result templates(const Json &json, ControlChange &change) {
    if (json == "builtin") {
        change.templates = builtinTemplates();
        return {};
    }
    auto parsed = parseTemplates(json);
    if (!parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    change.templates = std::move(*parsed);
    return {};
}

Result events(const Json &json, ControlChange &change) {
    if (json.is_null()) {
        change.noEvents = true;
        return {};
    }
    auto parsed = parseEventTarget(json);
    if (!parsed) {
        return tl::unexpected(std::move(parsed.error()));
    }
    change.events = std::move(*parsed);
    return {};
}

Result whitelist(const Json &json, ControlChange &change) {
    if (json != "accept" && json != "refuse") {
        return wrong("\"accept\" or \"refuse\"");
    }
    change.whitelistRefuses = json == "refuse";
    return {};
}

Result strictValues(const Json &json, ControlChange &change) {
    bool strict = true;
    auto read = flag(json, strict);
    change.valueCheck = strict ? ValueCheck::Strict : ValueCheck::Off;
    return read;
}

Result duplicateAnswer(const Json &json, ControlChange &change) {
    if (json == "ok" || json == 0) {
        change.duplicateAnswer = DuplicateAnswer::Ok;
    } else if (json == "45065" || json == 45065) {
        change.duplicateAnswer = DuplicateAnswer::Errcode45065;
    } else {
        return wrong("\"ok\" or 45065");
    }
    return {};
}

Result tokenError(const Json &json, ControlChange &change) {
    if (!json.is_number_integer() || json.get<std::int64_t>() < std::numeric_limits<int>::min()
        || json.get<std::int64_t>() > std::numeric_limits<int>::max()) {
        return wrong("an errcode, or 0 for none");
    }
    change.tokenError = json.get<int>();
    return {};
}

Result refuseFor(const Json &json, ControlChange &change) {
    std::uint64_t milliseconds = 0;
    auto read = whole(json, milliseconds, 86'400'000);
    change.refuseFor = std::chrono::milliseconds{static_cast<std::int64_t>(milliseconds)};
    if (read && milliseconds > 0) {
        change.accepting = false;
    }
    return read;
}

struct Key {
    std::string_view name;
    Result (*read)(const Json &, ControlChange &);
};

constexpr std::array keys{
    Key{"mix", mix},
    Key{"mix_sticky", [](const Json &json, ControlChange &change) { return flag(json, change.mixSticky); }},
    Key{"seed", [](const Json &json, ControlChange &change) { return whole(json, change.seed); }},
    Key{"latency", latency},
    Key{"script", script},
    Key{"clear_script",
        [](const Json &json, ControlChange &change) { return flag(json, change.clearScript); }},
    Key{"daily_limit",
        [](const Json &json, ControlChange &change) { return whole(json, change.dailyLimit); }},
    Key{"minute_limit",
        [](const Json &json, ControlChange &change) { return whole(json, change.minuteLimit); }},
    Key{"token_life",
        [](const Json &json, ControlChange &change) { return seconds(json, change.tokenLife); }},
    Key{"token_overlap",
        [](const Json &json, ControlChange &change) { return seconds(json, change.tokenOverlap); }},
    Key{"expire_tokens",
        [](const Json &json, ControlChange &change) { return flag(json, change.expireTokens); }},
    Key{"invalidate_tokens",
        [](const Json &json, ControlChange &change) { return flag(json, change.invalidateTokens); }},
    Key{"whitelist", whitelist},
    Key{"token_error", tokenError},
    Key{"templates", templates},
    Key{"appid", [](const Json &json, ControlChange &change) { return text(json, change.appid); }},
    Key{"secret", [](const Json &json, ControlChange &change) { return text(json, change.secret); }},
    Key{"followers",
        [](const Json &json, ControlChange &change) { return whole(json, change.followers, 100'000'000); }},
    Key{"followers_only",
        [](const Json &json, ControlChange &change) { return flag(json, change.followersOnly); }},
    Key{"strict_values", strictValues},
    Key{"duplicate_answer", duplicateAnswer},
    Key{"events", events},
    Key{"accepting", [](const Json &json, ControlChange &change) { return flag(json, change.accepting); }},
    Key{"refuse_ms", refuseFor},
    Key{"reset_ledger",
        [](const Json &json, ControlChange &change) { return flag(json, change.resetLedger); }},
    Key{"reset_quotas",
        [](const Json &json, ControlChange &change) { return flag(json, change.resetQuotas); }},
};

} // namespace

tl::expected<Latency, std::string> parseLatency(std::string_view text) {
    constexpr int longest = 3'600'000;
    std::array<int, 2> values{0, 0};
    std::size_t count = 0;
    const char *at = text.data();
    const char *const end = text.data() + text.size();
    while (count < values.size()) {
        const auto [next, error] = std::from_chars(at, end, values[count]);
        if (error != std::errc{} || values[count] < 0 || values[count] > longest) {
            break;
        }
        ++count;
        if (next == end) {
            return Latency{std::chrono::milliseconds{values[0]}, std::chrono::milliseconds{values[1]}};
        }
        if (*next != ':') {
            break;
        }
        at = next + 1;
    }
    return tl::unexpected("latency \"" + std::string{text} + "\" is not MS or MS:JITTER");
}

tl::expected<ControlChange, std::string> parseControl(std::string_view json) {
    const Json request = Json::parse(json, nullptr, false);
    if (!request.is_object()) {
        return tl::unexpected(std::string{"a control request is a JSON object"});
    }
    ControlChange change;
    for (const auto &[name, value] : request.items()) {
        const Key *known = nullptr;
        for (const Key &key : keys) {
            known = key.name == name ? &key : known;
        }
        if (!known) {
            return tl::unexpected("\"" + name + "\" is not a control key");
        }
        if (auto read = known->read(value, change); !read) {
            return tl::unexpected("\"" + name + "\": " + read.error());
        }
    }
    return change;
}

} // namespace songda::simulator
