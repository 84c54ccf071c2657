// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/faults.h"

#include "app/simulator/random.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>

namespace songda::simulator {

namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    return text;
}

tl::expected<Outcome, std::string> outcomeOfJson(const nlohmann::json &json) {
    if (json.is_number_integer()) {
        return parseOutcome(std::to_string(json.get<std::int64_t>()));
    }
    if (!json.is_string()) {
        return tl::unexpected(std::string{"a scripted result must be a word or an errcode"});
    }
    return parseOutcome(json.get_ref<const std::string &>());
}

tl::expected<Script, std::string> scriptOfJson(const nlohmann::json &json) {
    Script script;
    const nlohmann::json *list = &json;
    if (json.is_object()) {
        const auto results = json.find("results");
        if (results == json.end() || !results->is_array()) {
            return tl::unexpected(std::string{"a script object needs a list \"results\""});
        }
        list = &*results;
        if (const auto then = json.find("then"); then != json.end()) {
            if (*then == "repeat") {
                script.then = Script::Then::Repeat;
            } else if (*then != "ok") {
                return tl::unexpected(std::string{"\"then\" of a script is \"ok\" or \"repeat\""});
            }
        }
    }
    if (!list->is_array()) {
        auto outcome = outcomeOfJson(*list);
        if (!outcome) {
            return tl::unexpected(std::move(outcome.error()));
        }
        script.results.push_back(*outcome);
        script.then = Script::Then::Repeat;
        return script;
    }
    for (const auto &item : *list) {
        auto outcome = outcomeOfJson(item);
        if (!outcome) {
            return tl::unexpected(std::move(outcome.error()));
        }
        script.results.push_back(*outcome);
    }
    return script;
}

} // namespace

Outcome Mix::at(double point) const {
    double reached = 0;
    for (const Share &share : shares) {
        reached += share.percent / 100.0;
        if (point < reached) {
            return share.outcome;
        }
    }
    return Outcome::ok();
}

tl::expected<Mix, std::string> parseMix(std::string_view text) {
    Mix mix;
    double total = 0;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view item = trimmed(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
        const std::size_t equals = item.find('=');
        if (equals == std::string_view::npos) {
            return tl::unexpected("\"" + std::string{item} + "\" in the mix is not NAME=PERCENT");
        }
        auto outcome = parseOutcome(trimmed(item.substr(0, equals)));
        if (!outcome) {
            return tl::unexpected(std::move(outcome.error()));
        }
        const std::string_view number = trimmed(item.substr(equals + 1));
        double percent = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), percent);
        // Written so that NaN fails as well.
        if (error != std::errc{} || end != number.data() + number.size()
            || !(percent >= 0 && percent <= 100)) {
            return tl::unexpected("\"" + std::string{number} + "\" in the mix is not a percentage");
        }
        total += percent;
        mix.shares.push_back({*outcome, percent});
    }
    if (total > 100.0001) {
        return tl::unexpected(std::string{"the mix adds up to more than 100 percent"});
    }
    return mix;
}

tl::expected<Scripts, std::string> parseScripts(const nlohmann::json &json) {
    if (!json.is_object()) {
        return tl::unexpected(std::string{"scripts are an object of openid and results"});
    }
    Scripts scripts;
    for (const auto &[openid, value] : json.items()) {
        auto script = scriptOfJson(value);
        if (!script) {
            return tl::unexpected(std::move(script.error()));
        }
        scripts.insert_or_assign(openid, std::move(*script));
    }
    return scripts;
}

void Faults::setSeed(std::uint64_t seed) {
    const std::lock_guard lock{m_mutex};
    m_seed = seed;
    m_draws = 0;
}

void Faults::setMix(Mix mix) {
    const std::lock_guard lock{m_mutex};
    m_mix = std::move(mix);
    m_hasMix = !m_mix.shares.empty();
}

void Faults::setSticky(bool sticky) {
    m_sticky = sticky;
}

void Faults::addScripts(Scripts scripts) {
    const std::lock_guard lock{m_mutex};
    scripts.merge(m_scripts); // keeps the new one where both have one
    m_scripts.swap(scripts);
    m_hasScripts = !m_scripts.empty();
}

void Faults::clearScripts() {
    const std::lock_guard lock{m_mutex};
    m_scripts.clear();
    m_hasScripts = false;
}

std::size_t Faults::scriptCount() const {
    const std::lock_guard lock{m_mutex};
    return m_scripts.size();
}

std::optional<Outcome> Faults::nextScripted(std::string_view name) {
    if (!m_hasScripts.load(std::memory_order_acquire)) {
        return std::nullopt;
    }
    const std::lock_guard lock{m_mutex};
    const auto found = m_scripts.find(name);
    if (found == m_scripts.end()) {
        return std::nullopt;
    }
    Script &script = found->second;
    if (script.used < script.results.size()) {
        return script.results[script.used++];
    }
    if (script.then == Script::Then::Repeat && !script.results.empty()) {
        return script.results.back();
    }
    return Outcome::ok();
}

Outcome Faults::next(std::string_view openid, std::uint64_t attempt) {
    if (const auto scripted = nextScripted(openid)) {
        return *scripted;
    }
    if (!m_hasMix.load(std::memory_order_acquire)) {
        return Outcome::ok();
    }
    const std::lock_guard lock{m_mutex};
    const std::uint64_t draw = m_sticky.load(std::memory_order_relaxed)
        ? mix64(hash64(openid, mix64(m_seed)) + attempt)
        : m_draws.fetch_add(1, std::memory_order_relaxed);
    return m_mix.at(unitInterval(mix64(mix64(m_seed) ^ draw)));
}

} // namespace songda::simulator
