// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/control.h"

#include "app/simulator/control_change.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace songda::simulator {

namespace {

using Json = nlohmann::ordered_json;

void changeAccount(Api &api, ControlChange &change) {
    AccountState account = *api.account();
    account.appid = change.appid.value_or(account.appid);
    account.secret = change.secret.value_or(account.secret);
    account.followers = change.followers.value_or(account.followers);
    account.followersOnly = change.followersOnly.value_or(account.followersOnly);
    account.valueCheck = change.valueCheck.value_or(account.valueCheck);
    account.duplicateAnswer = change.duplicateAnswer.value_or(account.duplicateAnswer);
    account.whitelistRefuses = change.whitelistRefuses.value_or(account.whitelistRefuses);
    account.tokenError = change.tokenError.value_or(account.tokenError);
    if (change.latency) {
        account.latency = change.latency->mean;
        account.latencyJitter = change.latency->jitter;
    }
    if (change.templates) {
        account.templates = std::make_shared<const TemplateBook>(std::move(*change.templates));
    }
    api.setAccount(std::move(account));
}

void changeTokens(Api &api, const ControlChange &change, TimePoint now) {
    if (change.tokenLife || change.tokenOverlap) {
        TokenSettings settings = api.tokens().settings();
        settings.life = change.tokenLife.value_or(settings.life);
        settings.overlap = change.tokenOverlap ? change.tokenOverlap : settings.overlap;
        api.tokens().setSettings(settings);
    }
    if (change.expireTokens) {
        api.tokens().expireAll(now);
    }
    if (change.invalidateTokens) {
        api.tokens().invalidateAll();
    }
}

void changeQuotas(Api &api, const ControlChange &change) {
    CallLimit limit = api.quotas().limit(Call::Send);
    limit.perDay = change.dailyLimit.value_or(limit.perDay);
    limit.perMinute = change.minuteLimit.value_or(limit.perMinute);
    api.quotas().setLimit(Call::Send, limit);
    if (change.resetQuotas) {
        api.quotas().reset();
    }
}

void changeFaults(Api &api, ControlChange &change) {
    if (change.seed) {
        api.faults().setSeed(*change.seed);
    }
    if (change.mix) {
        api.faults().setMix(parseMix(*change.mix).value_or(Mix{}));
    }
    if (change.mixSticky) {
        api.faults().setSticky(*change.mixSticky);
    }
    if (change.clearScript) {
        api.faults().clearScripts();
    }
    if (change.script) {
        api.faults().addScripts(std::move(*change.script));
    }
}

} // namespace

Control::Control(Api &api, EventPusher &events, SetAccepting setAccepting, IsAccepting isAccepting)
    : m_api(api)
    , m_events(events)
    , m_setAccepting(std::move(setAccepting))
    , m_isAccepting(std::move(isAccepting)) { }

tl::expected<void, std::string> Control::apply(std::string_view json, TimePoint now) {
    auto change = parseControl(json);
    if (!change) {
        return tl::unexpected(std::move(change.error()));
    }
    const std::lock_guard lock{m_mutex};
    if (change->mix) {
        m_mixText = *change->mix;
    }
    changeAccount(m_api, *change);
    changeTokens(m_api, *change, now);
    changeQuotas(m_api, *change);
    changeFaults(m_api, *change);
    if (change->resetLedger) {
        m_api.ledger().reset();
        m_api.resetTokenCalls();
    }
    if (change->events || change->noEvents) {
        m_events.setTarget(std::move(change->events));
    }
    if (change->accepting) {
        return m_setAccepting(*change->accepting, change->refuseFor);
    }
    return {};
}

std::string Control::stateJson(TimePoint now) const {
    const auto account = m_api.account();
    const TokenSettings tokens = m_api.tokens().settings();
    const CallUsage sends = m_api.quotas().usage(Call::Send, now);
    const TokenCalls calls = m_api.tokenCalls();
    Json json;
    json["appid"] = account->appid;
    json["accepting"] = m_isAccepting();
    json["followers"] = account->followers;
    json["followers_only"] = account->followersOnly;
    json["strict_values"] = account->valueCheck == ValueCheck::Strict;
    json["duplicate_answer"] = account->duplicateAnswer == DuplicateAnswer::Ok ? Json("ok") : Json(45065);
    json["whitelist"] = account->whitelistRefuses ? "refuse" : "accept";
    json["token_error"] = account->tokenError;
    json["token_life"] = tokens.life.count();
    json["token_overlap"] = tokens.overlap ? Json(tokens.overlap->count()) : Json(nullptr);
    json["token_requests"] = {{"classic", calls.classic}, {"stable", calls.stable}, {"forced", calls.forced},
        {"refused", calls.refused}};
    json["daily_limit"] = sends.limit.perDay;
    json["minute_limit"] = sends.limit.perMinute;
    json["sends_today"] = sends.usedToday;
    json["latency"]
        = std::to_string(account->latency.count()) + ":" + std::to_string(account->latencyJitter.count());
    {
        const std::lock_guard lock{m_mutex};
        json["mix"] = m_mixText;
    }
    json["mix_sticky"] = m_api.faults().isSticky();
    json["scripted_openids"] = m_api.faults().scriptCount();
    json["followed_redirects"] = m_api.followedRedirects();
    const PushCounts pushes = m_events.counts();
    json["reports"] = {{"due", pushes.due}, {"answered", pushes.answered}, {"tries", pushes.tries},
        {"given_up", pushes.givenUp}, {"dropped", pushes.dropped}, {"waiting", pushes.waiting}};
    json["templates"] = Json::array();
    for (const MessageTemplate &item : account->templates->templates()) {
        json["templates"].push_back({{"template_id", item.id}, {"title", item.title}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace songda::simulator
