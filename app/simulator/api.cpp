// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/api.h"

#include "app/simulator/error_text.h"
#include "app/simulator/random.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace songda::simulator {

namespace {

constexpr std::string_view redirectTarget = "/redirected";

constexpr std::string_view htmlPage = "<!DOCTYPE html>\n<html><head><title>Network sign-in</title></head>\n"
                                      "<body><h1>Please sign in to use this network</h1></body></html>\n";

Reply htmlReply(int status, std::string body) {
    Reply reply;
    reply.status = status;
    reply.type = ContentType::Html;
    reply.body = std::move(body);
    return reply;
}

Reply statusPage(int status) {
    const std::string code = std::to_string(status);
    return htmlReply(
        status, "<html><head><title>" + code + "</title></head><body><h1>" + code + "</h1></body></html>\n");
}

/// The path and query of a call as they may be shown: the token and the secret left out.
std::string shownUrl(const Request &request) {
    std::string url{request.path};
    char mark = '?';
    for (const Argument &argument : request.arguments) {
        url += mark;
        url += argument.name;
        url += '=';
        const bool hidden = argument.name == "access_token" || argument.name == "secret";
        url += hidden ? std::string_view{"***"} : argument.value;
        mark = '&';
    }
    return url;
}

/// The name under which a call's faults are scripted; sends are scripted by openid instead.
std::string_view scriptName(Call call) {
    switch (call) {
    case Call::Token:
    case Call::StableToken:
        return "@token";
    case Call::Templates:
        return "@templates";
    case Call::UserGet:
        return "@users";
    case Call::ClearQuota:
    case Call::ClearQuotaV2:
    case Call::QuotaGet:
    case Call::QuotaClear:
        return "@quota";
    case Call::RidGet:
    case Call::Interceptions:
        return "@lookup";
    case Call::Send:
        break;
    }
    return {};
}

/// Bodies of these calls carry the account's secret.
bool carriesSecret(std::string_view path) {
    return path == "/cgi-bin/stable_token" || path == "/cgi-bin/clear_quota/v2";
}

} // namespace

Api::Api(const ApiSettings &settings, TimePoint start)
    : m_tokens(settings.tokens, settings.nonce)
    , m_faults(settings.seed)
    , m_ledger(settings.ledger, start)
    , m_rids(mix64(settings.nonce))
    , m_seed(settings.seed)
    , m_account(std::make_shared<const AccountState>(settings.account)) { }

std::shared_ptr<const AccountState> Api::account() const {
    const std::lock_guard lock{m_accountMutex};
    return m_account;
}

void Api::setAccount(AccountState account) {
    auto next = std::make_shared<const AccountState>(std::move(account));
    const std::lock_guard lock{m_accountMutex};
    m_account = std::move(next);
}

TokenCalls Api::tokenCalls() const {
    return {m_classicCalls, m_stableCalls, m_forcedCalls, m_refusedCalls};
}

void Api::resetTokenCalls() {
    m_classicCalls = 0;
    m_stableCalls = 0;
    m_forcedCalls = 0;
    m_refusedCalls = 0;
    m_followedRedirects = 0;
    m_unansweredSends = 0;
}

Reply Api::handle(const Request &request, TimePoint now) {
    const auto account = this->account();
    Reply reply = dispatch(request, *account, now);
    if (reply.ending == Ending::Answer || reply.ending == Ending::Half || reply.ending == Ending::Drip) {
        reply.delay += latency(*account);
    }
    return reply;
}

Reply Api::dispatch(const Request &request, const AccountState &account, TimePoint now) {
    const auto call = callOfPath(request.path);
    if (!call) {
        m_followedRedirects += request.path == redirectTarget ? 1 : 0;
        return statusPage(404);
    }
    const std::string_view name = scriptName(*call);
    const auto scripted = name.empty() ? std::nullopt : m_faults.nextScripted(name);
    if (!scripted) {
        Reply reply = answer(*call, request, account, now);
        reply.unanswered = *call == Call::Send ? &m_unansweredSends : nullptr;
        return reply;
    }
    Reply reply;
    if (scripted->recorded) {
        reply = answer(*call, request, account, now);
        if (reply.status != 200 || reply.logicRet != 0) {
            return reply; // refused for its own reasons; a fault has nothing to spoil
        }
    } else {
        countTokenCall(*call, false);
    }
    return dressed(request, *scripted, std::move(reply.body), now);
}

void Api::countTokenCall(Call call, bool granted) {
    if (call == Call::Token) {
        ++m_classicCalls;
    } else if (call == Call::StableToken) {
        ++m_stableCalls;
    } else {
        return;
    }
    m_refusedCalls += granted ? 0 : 1;
}

Reply Api::answer(Call call, const Request &request, const AccountState &account, TimePoint now) {
    switch (call) {
    case Call::Send:
        return send(request, account, now);
    case Call::Token:
    case Call::StableToken: {
        Reply reply
            = call == Call::Token ? classicToken(request, account, now) : stableToken(request, account, now);
        countTokenCall(call, reply.status == 200 && reply.logicRet == 0);
        return reply;
    }
    case Call::Templates:
        return templateList(request, account, now);
    case Call::UserGet:
        return userGet(request, account, now);
    case Call::ClearQuota:
    case Call::ClearQuotaV2:
        return clearQuota(request, account, call, now);
    case Call::QuotaGet:
        return quotaGet(request, now);
    case Call::QuotaClear:
        return quotaClear(request, now);
    case Call::RidGet:
        return ridGet(request, now);
    case Call::Interceptions:
        return interceptions(request, now);
    }
    return statusPage(404);
}

int Api::admit(const Request &request, Call call, TimePoint now) {
    const int errcode = m_tokens.check(request.argument("access_token"), now);
    return errcode != 0 ? errcode : m_quotas.take(call, now);
}

Reply Api::fail(const Request &request, TimePoint now, int errcode, std::string_view text) {
    const std::string rid = m_rids.make(now);
    std::string message{text.empty() ? errorText(errcode) : text};
    message += " rid: ";
    message += rid;
    Reply reply;
    reply.logicRet = errcode;
    reply.body = "{\"errcode\":" + std::to_string(errcode) + ",\"errmsg\":"
        + nlohmann::json(message).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "}";
    m_rids.remember(
        {rid, now, shownUrl(request), carriesSecret(request.path) ? std::string{} : std::string{request.body},
            reply.body, std::string{request.peer}});
    return reply;
}

Reply Api::dressed(const Request &request, const Outcome &outcome, std::string ready, TimePoint now) {
    Reply reply;
    reply.body = std::move(ready);
    switch (outcome.kind) {
    case OutcomeKind::Ok:
    case OutcomeKind::Duplicate:
    case OutcomeKind::Intercepted:
        break;
    case OutcomeKind::Errcode:
        return fail(request, now, outcome.code);
    case OutcomeKind::Http:
        reply = statusPage(outcome.code);
        reply.retryAfter = outcome.parameter > 0 ? outcome.parameter : -1;
        break;
    case OutcomeKind::Close:
        reply.ending = Ending::Close;
        break;
    case OutcomeKind::Hang:
        reply.ending = Ending::Hang;
        break;
    case OutcomeKind::Reset:
        reply.ending = Ending::Reset;
        break;
    case OutcomeKind::Half:
        reply.ending = Ending::Half;
        break;
    case OutcomeKind::Html:
        return htmlReply(200, std::string{htmlPage});
    case OutcomeKind::Delay:
        reply.delay = std::chrono::milliseconds{outcome.parameter};
        break;
    case OutcomeKind::Drip:
        reply.ending = Ending::Drip;
        reply.dripPause = std::chrono::milliseconds{outcome.parameter};
        break;
    case OutcomeKind::Redirect:
        reply = statusPage(302);
        reply.location = redirectTarget;
        break;
    }
    return reply;
}

std::chrono::milliseconds Api::latency(const AccountState &account) {
    if (account.latencyJitter.count() <= 0) {
        return account.latency;
    }
    const double draw
        = unitInterval(mix64(m_seed ^ mix64(m_latencyDraws.fetch_add(1, std::memory_order_relaxed))));
    const double shift = (2 * draw - 1) * static_cast<double>(account.latencyJitter.count());
    return std::max(account.latency + std::chrono::milliseconds{static_cast<std::int64_t>(shift)},
        std::chrono::milliseconds{0});
}

} // namespace songda::simulator
