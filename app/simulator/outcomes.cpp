// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/outcomes.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace songda::simulator {

namespace {

constexpr std::string_view recordedPrefix = "recorded_";
constexpr int defaultDripPause = 50;
constexpr int longestWait = 3'600'000;

constexpr std::array plainNames{
    std::pair{OutcomeKind::Ok, std::string_view{"ok"}},
    std::pair{OutcomeKind::Duplicate, std::string_view{"duplicate"}},
    std::pair{OutcomeKind::Close, std::string_view{"close"}},
    std::pair{OutcomeKind::Hang, std::string_view{"hang"}},
    std::pair{OutcomeKind::Half, std::string_view{"half"}},
    std::pair{OutcomeKind::Html, std::string_view{"html"}},
    std::pair{OutcomeKind::Reset, std::string_view{"reset"}},
    std::pair{OutcomeKind::Delay, std::string_view{"delay"}},
    std::pair{OutcomeKind::Drip, std::string_view{"drip"}},
    std::pair{OutcomeKind::Redirect, std::string_view{"redirect"}},
    std::pair{OutcomeKind::Intercepted, std::string_view{"intercepted"}},
};

/// Endings whose sender may well learn the result: the message is sent without asking for `recorded_`.
bool recordedByNature(OutcomeKind kind) {
    return kind == OutcomeKind::Ok || kind == OutcomeKind::Duplicate || kind == OutcomeKind::Half
        || kind == OutcomeKind::Delay || kind == OutcomeKind::Drip || kind == OutcomeKind::Intercepted;
}

std::optional<int> wholeNumber(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::optional<Outcome> parseHttp(std::string_view text) {
    if (!text.starts_with("http")) {
        return std::nullopt;
    }
    text.remove_prefix(4);
    if (text.starts_with(':')) {
        text.remove_prefix(1);
    }
    const std::size_t colon = text.find(':');
    const auto status = wholeNumber(text.substr(0, colon));
    if (!status || *status < 200 || *status > 599) {
        return std::nullopt;
    }
    if (colon == std::string_view::npos) {
        return Outcome::http(*status);
    }
    const auto retryAfter = wholeNumber(text.substr(colon + 1));
    if (!retryAfter || *retryAfter < 0) {
        return std::nullopt;
    }
    return Outcome::http(*status, *retryAfter);
}

std::optional<Outcome> parsePlain(std::string_view text) {
    const std::size_t colon = text.find(':');
    for (const auto &[kind, name] : plainNames) {
        if (kind == OutcomeKind::Duplicate || name != text.substr(0, colon)) {
            continue;
        }
        Outcome outcome{kind, recordedByNature(kind), 0, 0};
        const bool takesTime = kind == OutcomeKind::Delay || kind == OutcomeKind::Drip;
        if (colon != std::string_view::npos) {
            const auto time = wholeNumber(text.substr(colon + 1));
            if (!takesTime || !time || *time < 0 || *time > longestWait) {
                return std::nullopt;
            }
            outcome.parameter = *time;
        } else if (kind == OutcomeKind::Delay) {
            return std::nullopt;
        } else if (kind == OutcomeKind::Drip) {
            outcome.parameter = defaultDripPause;
        }
        return outcome;
    }
    return std::nullopt;
}

} // namespace

tl::expected<Outcome, std::string> parseOutcome(std::string_view text) {
    std::string_view rest = text;
    const bool recorded = rest.starts_with(recordedPrefix);
    if (recorded) {
        rest.remove_prefix(recordedPrefix.size());
    }
    std::optional<Outcome> outcome;
    if (rest == "busy") {
        outcome = Outcome::errcode(-1);
    } else if (const auto number = wholeNumber(rest)) {
        outcome = *number == 0 ? Outcome::ok() : Outcome::errcode(*number);
    } else if (rest.starts_with("http")) {
        outcome = parseHttp(rest);
    } else {
        outcome = parsePlain(rest);
    }
    if (!outcome) {
        return tl::unexpected("\"" + std::string{text} + "\" is not a result the simulator can give");
    }
    outcome->recorded = outcome->recorded || recorded;
    return *outcome;
}

std::string outcomeName(const Outcome &outcome) {
    std::string name
        = outcome.recorded && !recordedByNature(outcome.kind) ? std::string{recordedPrefix} : std::string{};
    if (outcome.kind == OutcomeKind::Errcode) {
        return name + std::to_string(outcome.code);
    }
    if (outcome.kind == OutcomeKind::Http) {
        return name + "http:" + std::to_string(outcome.code);
    }
    for (const auto &[kind, text] : plainNames) {
        if (kind == outcome.kind) {
            name += text;
        }
    }
    return name;
}

} // namespace songda::simulator
