// SPDX-License-Identifier: GPL-3.0-or-later
// The template send (wechat-api.md section 3.1).
#include "app/simulator/api.h"

#include "app/simulator/followers.h"
#include "app/simulator/random.h"

namespace songda::simulator {

namespace {

std::string okJson(std::uint64_t msgid) {
    std::string body = "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":";
    body += std::to_string(msgid);
    body += '}';
    return body;
}

Reply refusedUnread(int status) {
    Reply reply;
    reply.status = status;
    reply.type = ContentType::None;
    return reply;
}

bool isFollower(std::string_view openid, std::size_t followers) {
    const auto index = followerIndex(openid);
    return index && *index < followers;
}

Interception intercepted(
    const SendRequest &message, const TemplateBook &templates, std::uint64_t msgid, TimePoint now) {
    Interception interception{0, msgid, {}, {}, message.touser, now};
    for (const MessageTemplate &one : templates.templates()) {
        if (one.id == message.templateId) {
            interception.title = one.title;
        }
    }
    for (const SendValue &value : message.data) {
        interception.content += (interception.content.empty() ? "" : "\n") + value.key + ": " + value.text;
    }
    return interception;
}

/// What a repeat inside the window meets. Only the plain good answer changes; a connection that was to be cut
/// is cut all the same.
Outcome ifRepeated(const Outcome &outcome, DuplicateAnswer answer) {
    if (outcome.kind != OutcomeKind::Ok && outcome.kind != OutcomeKind::Intercepted) {
        return outcome;
    }
    if (answer == DuplicateAnswer::Errcode45065) {
        return Outcome::errcode(45065);
    }
    return {OutcomeKind::Duplicate, true, 0, 0};
}

} // namespace

Reply Api::send(const Request &request, const AccountState &account, TimePoint now) {
    if (request.method != Method::Post) {
        return fail(request, now, 43002);
    }
    // Read before anything is judged, so that even a refused copy is on record under its openid.
    std::optional<SendRequest> message;
    if (!request.body.empty() && !request.tooLarge) {
        message = parseSendRequest(request.body);
    }
    LedgerEntry entry;
    if (message && message->touser.size() <= longestOpenid
        && message->clientMsgId.size() <= longestClientMsgId) {
        entry.openid = message->touser;
        entry.clientMsgId = message->clientMsgId;
    }
    entry.bodyHash = hash64(request.body);
    const auto refuse = [&](int errcode, std::string_view text = {}) {
        entry.outcome = Outcome::errcode(errcode);
        m_ledger.add(entry, now);
        return fail(request, now, errcode, text);
    };
    if (request.chunked || request.tooLarge) {
        const int status = request.chunked ? 412 : 413;
        entry.outcome = Outcome::http(status);
        m_ledger.add(entry, now);
        return refusedUnread(status);
    }
    if (const int errcode = m_tokens.check(request.argument("access_token"), now); errcode != 0) {
        return refuse(errcode);
    }
    if (request.body.empty()) {
        return refuse(44002);
    }
    if (!message) {
        return refuse(47001);
    }
    if (const int errcode = m_quotas.take(Call::Send, now); errcode != 0) {
        return refuse(errcode);
    }
    if (const SendVerdict verdict = checkSend(*message, *account.templates, account.valueCheck);
        verdict.errcode != 0) {
        return refuse(verdict.errcode, verdict.text);
    }
    if (account.followersOnly && !isFollower(message->touser, account.followers)) {
        return refuse(43004);
    }

    const std::uint64_t attempt = m_faults.isSticky() ? m_ledger.wireCopiesOf(message->touser) : 0;
    entry.outcome = m_faults.next(message->touser, attempt);
    entry.ifDuplicate = ifRepeated(entry.outcome, account.duplicateAnswer);
    const LedgerVerdict verdict = m_ledger.add(entry, now);
    if (!verdict.duplicate) {
        if (entry.outcome.kind == OutcomeKind::Intercepted) {
            m_interceptions.add(intercepted(*message, *account.templates, verdict.msgid, now));
        } else if (verdict.msgid != 0 && m_onShown) {
            m_onShown(entry.openid, verdict.msgid);
        }
        return dressed(request, entry.outcome, okJson(verdict.msgid), now);
    }
    Reply reply = dressed(request, entry.ifDuplicate, okJson(verdict.msgid), now);
    if (entry.ifDuplicate.kind == OutcomeKind::Errcode && entry.ifDuplicate.code == 45065) {
        reply.body.insert(reply.body.size() - 1, ",\"msgid\":" + std::to_string(verdict.msgid));
    }
    return reply;
}

} // namespace songda::simulator
