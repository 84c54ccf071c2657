// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/api_caller.h"

#include "engine/channels/wechat/requests.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/classify.h"
#include "engine/policy/named_secrets.h"

#include <chrono>
#include <utility>

namespace songda {

ApiCaller::ApiCaller(EngineCore &core, const std::atomic<bool> *cancelled)
    : m_core(core)
    , m_cancelled(cancelled)
    , m_lanes({1, core.options.extraRootsPem}, [this](std::vector<net::Finished> finished) {
        const std::lock_guard lock(m_mutex);
        for (net::Finished &f : finished)
            m_answer.set_value(std::move(f.response));
    }) {}

ApiCaller::~ApiCaller() = default;

HttpResponse ApiCaller::call(HttpRequest request) {
    std::future<HttpResponse> answer;
    {
        const std::lock_guard lock(m_mutex);
        m_answer = {};
        answer = m_answer.get_future();
    }
    m_lanes.start(net::PeerKey{1}, ++m_lastId, std::move(request));
    if (m_cancelled != nullptr) {
        constexpr std::chrono::milliseconds lookEvery{50};
        bool asked = false;
        while (answer.wait_for(lookEvery) != std::future_status::ready) {
            if (*m_cancelled && !std::exchange(asked, true))
                m_lanes.cancel(m_lastId);
        }
    }
    return answer.get(); // ends within the request's deadline: the port promises it
}

std::string ApiCaller::causeOf(const Outcome &outcome, bool atToken) {
    return atToken && outcome.errcode ? std::string(tokenCausePrefix) + outcome.cause : outcome.cause;
}

Result<ApiCaller::Token> ApiCaller::token(const std::string &accountName) {
    const auto account = m_core.account(accountName);
    if (!account)
        return tl::unexpected(account.error());
    const auto secrets = m_core.secretStore();
    if (!secrets)
        return tl::unexpected(secrets.error());
    const auto secret = (*secrets)->get(accountName);
    if (!secret)
        return tl::unexpected(secret.error());
    const HttpResponse response = call(wechat::tokenRequest(*account, *secret, /*forced=*/false));
    const auto envelope = readEnvelope(response.body);
    Token token;
    token.outcome = classify(response, envelope, ApiKind::Token, m_core.catalogue, systemNow().wall);
    hideSecrets(token.outcome, {*secret, envelope ? std::string_view(envelope->accessToken) : std::string_view()});
    if (token.outcome.errorClass == ErrorClass::Success) {
        token.token = envelope->accessToken;
        token.life = Seconds{envelope->expiresIn};
    }
    return token;
}

ApiCaller::Answer ApiCaller::query(
    const std::string &accountName, std::string &held, const std::function<HttpRequest(const std::string &token)> &request) {
    Answer answer = askOnce(request(held), held);
    if (answer.outcome.errorClass != ErrorClass::Token)
        return answer;
    auto fresh = token(accountName);
    if (!fresh || !fresh->token)
        return answer;
    held = std::move(*fresh->token);
    return askOnce(request(held), held);
}

ApiCaller::Answer ApiCaller::askOnce(HttpRequest request, const std::string &held) {
    Answer answer;
    answer.response = call(std::move(request));
    answer.outcome = classify(answer.response, ApiKind::Query, m_core.catalogue, systemNow().wall);
    hideSecrets(answer.outcome, {held});
    return answer;
}

} // namespace songda
