// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/weather.h"

namespace songda::simulation {

namespace {

Behaviour withRetryAfter(Behaviour behaviour, const char *value) {
    behaviour.retryAfter = value;
    return behaviour;
}

const std::vector<Behaviour> &sendTroubles() {
    static const std::vector<Behaviour> all{
        Behaviour::busy(), Behaviour::busy(true), Behaviour::http(500), Behaviour::http(502, true), Behaviour::http(504, true),
        withRetryAfter(Behaviour::http(503), "7"), withRetryAfter(Behaviour::http(429), "5"), Behaviour::http(403), Behaviour::http(404),
        Behaviour::recordedThenClosed(), Behaviour::closed(), Behaviour::hang(), Behaviour::hang(false), Behaviour::refused(),
        Behaviour::answer(43004), Behaviour::answer(40003), Behaviour::answer(47003), Behaviour::answer(45011),
        Behaviour::answer(999999), // an errcode nobody knows
    };
    return all;
}

/// Such as stop a whole account or template, until a person acts.
const std::vector<Behaviour> &stoppers() {
    static const std::vector<Behaviour> all{
        Behaviour::answer(40037), Behaviour::answer(48001), Behaviour::answer(40164), Behaviour::answer(50001)};
    return all;
}

const std::vector<Behaviour> &tokenTroubles() {
    static const std::vector<Behaviour> all{Behaviour::busy(), Behaviour::refused(), Behaviour::hang(false), Behaviour::http(502),
        Behaviour::closed(), Behaviour::answer(40164), Behaviour::answer(40125)};
    return all;
}

const Behaviour &oneOf(const std::vector<Behaviour> &all, Random &dice) {
    return all[static_cast<std::size_t>(dice.unit() * static_cast<double>(all.size()))];
}

} // namespace

Weather Weather::random(Random &dice) {
    Weather weather;
    const int kinds = static_cast<int>(dice.unit() * 5);
    const double severity = dice.unit() < 0.2 ? 1.0 : dice.unit() * 0.4;
    for (int i = 0; i < kinds; ++i)
        weather.m_sends.push_back({severity * dice.unit() / kinds * (i == 0 ? 2 : 1), oneOf(sendTroubles(), dice)});
    if (dice.unit() < 0.1)
        weather.m_sends.push_back({0.02, oneOf(stoppers(), dice)});
    if (dice.unit() < 0.1) // an outage: nothing gets through
        weather.m_sends = {{1.0, oneOf(sendTroubles(), dice)}};
    if (dice.unit() < 0.3)
        weather.m_tokens.push_back({dice.unit(), oneOf(tokenTroubles(), dice)});
    return weather;
}

Behaviour Weather::pick(const std::vector<Share> &shares, Random &dice) {
    double at = dice.unit();
    for (const Share &share : shares) {
        if (at < share.share)
            return share.behaviour;
        at -= share.share;
    }
    return Behaviour::ok();
}

} // namespace songda::simulation
