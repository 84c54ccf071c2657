// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person asks the platform about one message: whether it was intercepted, and how a refused attempt looked there.
#include "engine/channels/wechat/lookup_answers.h"
#include "engine/channels/wechat/requests.h"
#include "engine/engine.h"
#include "engine/facade/api_caller.h"
#include "engine/facade/engine_core.h"
#include "engine/model/erasure.h"
#include "engine/policy/masking.h"
#include "engine/store/audit_table.h"
#include "engine/store/message_pages.h"

#include <algorithm>

namespace songda {

namespace {

/// The list of one message's interceptions is not expected to have more than one page.
constexpr int mostPages = 10;

/// Questions to the platform of one account. When one is not answered, `cause` and `detail` say why.
class Asking {
public:
    explicit Asking(EngineCore &core)
        : m_core(core)
        , m_caller(core) {}

    /// False when no token was to be had. Fails when the account or its secret cannot be read.
    Result<bool> begin(const std::string &accountName) {
        auto account = m_core.account(accountName);
        if (!account)
            return tl::unexpected(account.error());
        m_account = std::move(*account);
        auto token = m_caller.token(accountName);
        if (!token)
            return tl::unexpected(token.error());
        if (!token->token) {
            refusedBy(token->outcome, true);
            return false;
        }
        m_token = std::move(*token->token);
        return true;
    }
    std::optional<std::string> ask(const std::function<HttpRequest(const Account &account, const std::string &token)> &request) {
        auto answer = m_caller.query(m_account.name, m_token, [&](const std::string &held) { return request(m_account, held); });
        if (answer.outcome.errorClass == ErrorClass::Success)
            return std::move(answer.response.body);
        refusedBy(answer.outcome, false);
        return std::nullopt;
    }

    std::string cause;
    std::string detail;

private:
    void refusedBy(const Outcome &outcome, bool atToken) {
        cause = outcome.cause.empty() ? "no_result" : ApiCaller::causeOf(outcome, atToken);
        detail = outcome.errmsg;
    }

    EngineCore &m_core;
    ApiCaller m_caller;
    Account m_account;
    std::string m_token;
};

std::string nameOf(MessageId id) { return "message " + std::to_string(id.value); }

Result<Message> askedAbout(EngineCore &core, MessageId id) {
    auto message = core.readers->run<Message>([id](store::Database &db) { return store::readMessage(db, id); }).result();
    // The answer would bring back whom it was for and what it said.
    if (message && isErased(message->openid))
        return fail(ErrorCode::InvalidInput, nameOf(id) + " cannot be asked about: its recipient was erased");
    return message;
}

Result<void> record(EngineCore &core, const Message &message, const std::string &act, const std::string &said) {
    return core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto audit = store::recordAct(session, core.actor(), act, nameOf(message.id) + said, 1, systemNow().wall);
        if (!audit)
            return tl::unexpected(audit.error());
        return store::recordTouched(session, *audit, message.id, message.state);
    });
}

/// The interception of this message, page by page. The platform's list may speak of others as well.
Result<std::optional<InterceptedMessage>> findInterception(Asking &asking, const std::string &msgid) {
    std::string after;
    for (int page = 0; page < mostPages; ++page) {
        const auto body = asking.ask(
            [&](const Account &account, const std::string &token) { return wechat::interceptionRequest(account, token, msgid, after); });
        if (!body)
            return std::optional<InterceptedMessage>{};
        auto list = wechat::readInterceptions(*body);
        if (!list)
            return tl::unexpected(list.error());
        const auto it = std::ranges::find_if(*list, [&](const InterceptedMessage &m) { return m.msgid.empty() || m.msgid == msgid; });
        if (it != list->end())
            return std::optional(std::move(*it));
        if (list->size() < wechat::interceptionsAPage || list->back().id == after)
            return std::optional<InterceptedMessage>{};
        after = list->back().id;
    }
    return std::optional<InterceptedMessage>{};
}

} // namespace

QFuture<Result<InterceptionLookup>> Engine::lookUpInterception(MessageId id) {
    SONGDA_MAY(HandleFailed, InterceptionLookup);
    if (!m_core->writer)
        return readyFuture<InterceptionLookup>(tl::unexpected(EngineCore::viewerOnly()));
    return m_core->work<InterceptionLookup>([core = m_core.get(), id]() -> Result<InterceptionLookup> {
        const auto message = askedAbout(*core, id);
        if (!message)
            return tl::unexpected(message.error());
        if (message->msgid.empty())
            return fail(ErrorCode::InvalidInput, nameOf(id) + " was not accepted, so WeChat cannot have intercepted it");
        Asking asking(*core);
        const auto begun = asking.begin(message->accountName);
        if (!begun)
            return tl::unexpected(begun.error());
        InterceptionLookup lookup;
        if (*begun) {
            auto found = findInterception(asking, message->msgid);
            if (!found)
                return tl::unexpected(found.error());
            lookup.found = std::move(*found);
        }
        lookup.cause = asking.cause;
        lookup.detail = asking.detail;
        if (lookup.found)
            SONGDA_TRY(record(*core, *message, "message.intercepted", ": accepted, but intercepted by the platform"));
        else if (lookup.cause.empty())
            SONGDA_TRY(record(*core, *message, "message.not_intercepted", ": not intercepted by the platform"));
        else
            SONGDA_TRY(record(*core, *message, "message.ask", ": whether it was intercepted was not answered, " + lookup.cause));
        if (lookup.found && core->masksPeople()) {
            lookup.found->openid = maskedOpenid(lookup.found->openid);
            lookup.found->content.clear();
        }
        return lookup;
    });
}

QFuture<Result<FailureLookup>> Engine::lookUpFailure(MessageId id, int attempt) {
    SONGDA_MAY(HandleFailed, FailureLookup);
    if (!m_core->writer)
        return readyFuture<FailureLookup>(tl::unexpected(EngineCore::viewerOnly()));
    return m_core->work<FailureLookup>([core = m_core.get(), id, attempt]() -> Result<FailureLookup> {
        const auto message = askedAbout(*core, id);
        if (!message)
            return tl::unexpected(message.error());
        const auto attempts = core->readers->run<std::vector<Attempt>>([id](store::Database &db) { return store::readAttempts(db, id); }).result();
        if (!attempts)
            return tl::unexpected(attempts.error());
        const auto it = std::ranges::find(*attempts, attempt, &Attempt::number);
        const std::string name = "attempt " + std::to_string(attempt);
        if (it == attempts->end())
            return fail(ErrorCode::NotFound, nameOf(id) + " has no " + name);
        if (it->rid.empty())
            return fail(ErrorCode::InvalidInput, name + " of " + nameOf(id) + " has no rid; WeChat gives one only with what it refuses");
        Asking asking(*core);
        const auto begun = asking.begin(message->accountName);
        if (!begun)
            return tl::unexpected(begun.error());
        FailureLookup lookup;
        lookup.rid = it->rid;
        const auto request = [&](const Account &account, const std::string &token) { return wechat::failedCallRequest(account, token, it->rid); };
        const auto body = *begun ? asking.ask(request) : std::nullopt;
        lookup.cause = asking.cause;
        lookup.detail = asking.detail;
        if (body) {
            auto call = wechat::readFailedCall(*body);
            if (!call)
                return tl::unexpected(call.error());
            lookup.call = std::move(*call);
        }
        SONGDA_TRY(record(*core, *message, "attempt.ask", " " + name + " rid " + it->rid + (lookup.call ? "" : ": not answered, " + lookup.cause)));
        if (lookup.call && core->masksPeople()) {
            lookup.call->url = withMaskedOpenids(lookup.call->url);
            lookup.call->requestBody.clear();
            lookup.call->responseBody = withMaskedOpenids(lookup.call->responseBody);
        }
        return lookup;
    });
}

} // namespace songda
