// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/fake_wechat.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <QUrlQuery>
#include <stdexcept>

namespace songda::simulation {

namespace {

std::string field(const QJsonObject &object, const char *name) {
    return object.value(QLatin1String(name)).toString().toStdString();
}

std::string errorBody(std::int64_t code) {
    return "{\"errcode\":" + std::to_string(code) + ",\"errmsg\":\"failed rid: 69a53f1e-0b0c21d1-6a7a8e6f\"}";
}

} // namespace

FakeWeChat::Exchange FakeWeChat::begin(const HttpRequest &request, Micros at) {
    const QUrl url(QString::fromStdString(request.url));
    QJsonParseError error;
    const QJsonObject body
        = QJsonDocument::fromJson(QByteArray::fromStdString(request.body), &error).object();
    if (error.error != QJsonParseError::NoError)
        throw std::logic_error("a request without a JSON body: " + request.body);
    Exchange exchange;
    if (url.path() == QLatin1String("/cgi-bin/stable_token")) {
        exchange.isToken = true;
        exchange.token = {at, body.value(QLatin1String("force_refresh")).toBool(), url.host().toStdString(), static_cast<int>(m_tokenCalls.size()) + 1};
        m_tokenCalls.push_back(exchange.token);
        if (m_tokenScript)
            exchange.behaviour = m_tokenScript(exchange.token);
        return exchange;
    }
    if (url.path() == QLatin1String("/cgi-bin/openapi/quota/get")) {
        exchange.isQuota = true;
        ++m_quotaCalls;
        return exchange;
    }
    if (url.path() != QLatin1String("/cgi-bin/message/template/send"))
        throw std::logic_error("an unknown path: " + request.url);
    SendCall &call = exchange.send;
    call.at = at;
    call.openid = field(body, "touser");
    call.clientMsgId = field(body, "client_msg_id");
    call.templateId = field(body, "template_id");
    call.token = QUrlQuery(url).queryItemValue(QStringLiteral("access_token")).toStdString();
    call.body = request.body;
    call.host = url.host().toStdString();
    call.nth = ++m_begunById[call.clientMsgId];
    const auto [known, fresh] = m_bodyById.emplace(call.clientMsgId, call.body);
    if (!fresh && known->second != call.body)
        m_changedBodies.push_back(call.clientMsgId);
    if (m_sendScript)
        exchange.behaviour = m_sendScript(call);
    return exchange;
}

std::optional<HttpResponse> FakeWeChat::arrive(const Exchange &exchange, Micros at) {
    const Behaviour &behaviour = exchange.behaviour;
    const bool answers = behaviour.ending == Behaviour::Ending::Answers;
    if (exchange.isToken) {
        if (!answers)
            return std::nullopt;
        if (behaviour.errcode != 0 || behaviour.status != 200)
            return answer(behaviour.status, behaviour.errcode != 0 ? errorBody(behaviour.errcode) : "oops", behaviour, at);
        const bool nearlyOver = at + std::chrono::minutes{5} >= m_tokenEnds;
        if (m_token.empty() || (exchange.token.forced && !fixedToken) || alwaysNewToken)
            issueToken(at, false);
        else if (nearlyOver)
            issueToken(at, true);
        const auto left = std::chrono::duration_cast<Seconds>(m_tokenEnds - at);
        return answer(200, "{\"access_token\":\"" + m_token + "\",\"expires_in\":" + std::to_string(left.count()) + "}", behaviour, at);
    }

    turnDay(at);
    if (exchange.isQuota) {
        if (dailyLimit == 0)
            return answer(200, errorBody(76022), behaviour, at);
        return answer(200, "{\"errcode\":0,\"errmsg\":\"ok\",\"quota\":{\"daily_limit\":" + std::to_string(dailyLimit) + ",\"used\":"
                + std::to_string(m_usedToday) + ",\"remain\":" + std::to_string(dailyLimit - m_usedToday) + "}}", behaviour, at);
    }
    m_wire.push_back(exchange.send);
    ++m_wireById[exchange.send.clientMsgId];
    const std::int64_t tokenProblem = checkToken(exchange.send.token, at);
    if (dailyLimit > 0 && tokenProblem == 0 && answers && behaviour.status == 200 && behaviour.errcode == 0) {
        if (m_usedToday >= dailyLimit)
            return answer(200, errorBody(45009), behaviour, at);
        ++m_usedToday;
    }
    std::string msgid;
    if (behaviour.delivers && tokenProblem == 0)
        msgid = deliver(exchange.send, at);
    if (!answers)
        return std::nullopt;
    if (behaviour.status != 200)
        return answer(behaviour.status, "<html>" + std::to_string(behaviour.status) + "</html>", behaviour, at);
    if (tokenProblem != 0)
        return answer(200, errorBody(tokenProblem), behaviour, at);
    if (behaviour.errcode != 0)
        return answer(200, errorBody(behaviour.errcode), behaviour, at);
    const std::string quote = msgid.starts_with('0') ? "\"" : ""; // JSON has no number with a leading zero
    return answer(200, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":" + quote + msgid + quote + "}", behaviour, at);
}

int FakeWeChat::wireCopiesOf(const std::string &clientMsgId) const {
    const auto it = m_wireById.find(clientMsgId);
    return it == m_wireById.end() ? 0 : it->second;
}

int FakeWeChat::userCopies(const std::string &openid) const {
    const auto it = m_userCopies.find(openid);
    return it == m_userCopies.end() ? 0 : it->second;
}

void FakeWeChat::turnDay(Micros at) {
    const WallTime day = calendar ? startOfChinaDay(calendar(at)) : WallTime{};
    if (day != m_quotaDay)
        m_usedToday = 0;
    m_quotaDay = day;
}

void FakeWeChat::issueToken(Micros at, bool keepOld) {
    if (keepOld && !m_token.empty())
        m_oldTokens[m_token] = at + oldTokenLife;
    m_token = "TOKEN_" + std::to_string(++m_tokenNumber);
    m_everIssued.insert(m_token);
    m_tokenEnds = at + tokenLife;
}

std::int64_t FakeWeChat::checkToken(const std::string &token, Micros at) const {
    if (rejectEveryToken)
        return *rejectEveryToken;
    if (!m_everIssued.contains(token))
        return 40014;
    if (token == m_token)
        return at < m_tokenEnds ? 0 : 42001;
    const auto old = m_oldTokens.find(token);
    return old != m_oldTokens.end() && at < old->second ? 0 : 40001;
}

std::string FakeWeChat::deliver(const SendCall &call, Micros at) {
    const std::string key = call.openid + "\n" + call.clientMsgId;
    const auto it = m_ledger.find(key);
    if (it != m_ledger.end() && at - it->second.first < dedupWindow)
        return it->second.msgid;
    m_nextMsgid += 2;
    const std::string msgid = msgidPrefix + std::to_string(m_nextMsgid);
    m_ledger[key] = {at, msgid};
    m_msgids[call.openid].insert(msgid);
    ++m_userCopies[call.openid];
    ++m_allUserCopies;
    if (onShown)
        onShown(call, msgid, at);
    return msgid;
}

HttpResponse FakeWeChat::answer(int status, const std::string &body, const Behaviour &behaviour, Micros at) const {
    HttpResponse response;
    response.phase = WirePhase::Answered;
    response.status = status;
    response.body = body;
    response.contentType = "application/json; encoding=utf-8";
    response.retryAfter = behaviour.retryAfter;
    if (begins)
        response.date = std::chrono::floor<Seconds>(*begins + std::chrono::floor<Millis>(at));
    return response;
}

} // namespace songda::simulation
