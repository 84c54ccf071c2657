// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace songda::simulation {

/// How one exchange with the platform goes.
struct Behaviour {
    enum class Ending {
        Answers,
        Closes, ///< reads the whole request and closes without a word
        Hangs, ///< reads the whole request and is silent until the caller gives up
        Refuses, ///< no connection: the request never leaves
    };

    Ending ending = Ending::Answers;
    int status = 200;
    std::int64_t errcode = 0;
    bool delivers = true; ///< the message reaches its reader although the answer may say otherwise
    std::optional<std::string> retryAfter;

    static Behaviour ok() { return {}; }
    static Behaviour answer(std::int64_t code) { return {Ending::Answers, 200, code, false, {}}; }
    static Behaviour busy(bool delivered = false) { return {Ending::Answers, 200, -1, delivered, {}}; }
    static Behaviour http(int status, bool delivered = false) { return {Ending::Answers, status, 0, delivered, {}}; }
    static Behaviour recordedThenClosed() { return {Ending::Closes, 0, 0, true, {}}; }
    static Behaviour closed() { return {Ending::Closes, 0, 0, false, {}}; }
    static Behaviour hang(bool delivered = true) { return {Ending::Hangs, 0, 0, delivered, {}}; }
    static Behaviour refused() { return {Ending::Refuses, 0, 0, false, {}}; }
};

/// A send as the platform sees it.
struct SendCall {
    Micros at{0}; ///< true time of its start
    std::string openid;
    std::string clientMsgId;
    std::string templateId;
    std::string token;
    std::string body;
    std::string host; ///< it goes by
    int nth = 1; ///< which request with this client_msg_id it is
};

struct TokenCall {
    Micros at{0};
    bool forced = false;
    std::string host; ///< it goes by
    int nth = 1;
};

/// The platform as a double on virtual time: tokens with an end, de-duplication for exactly ten minutes from
/// the first copy, scripted misbehaviour, and a record of every copy on the wire and every copy a person got.
class FakeWeChat {
public:
    using SendScript = std::function<Behaviour(const SendCall &)>;
    using TokenScript = std::function<Behaviour(const TokenCall &)>;

    static constexpr Micros dedupWindow = std::chrono::minutes{10};
    static constexpr Micros oldTokenLife = std::chrono::minutes{5};

    void setSendScript(SendScript script) { m_sendScript = std::move(script); }
    void setTokenScript(TokenScript script) { m_tokenScript = std::move(script); }

    /// What openapi/quota/get says is allowed a day; 0: the account may not ask. Enforced: 45009 beyond it.
    std::int64_t dailyLimit = 0;
    /// Says the time of the platform's calendar, for its days.
    std::function<WallTime(Micros at)> calendar;
    int quotaCalls() const { return m_quotaCalls; }

    struct Exchange {
        bool isToken = false;
        bool isQuota = false;
        bool isSend() const { return !isToken && !isQuota; }
        SendCall send;
        TokenCall token;
        Behaviour behaviour;
    };
    /// A request leaves, or would leave: decides how it will go. Refused ones never arrive.
    Exchange begin(const HttpRequest &request, Micros at);
    /// The whole request has arrived. The answer, if there will be one.
    std::optional<HttpResponse> arrive(const Exchange &exchange, Micros at);

    // Tokens
    Seconds tokenLife{7200};
    /// Every normal request gets a new token too, and the one before ends at once: another party's habit.
    bool alwaysNewToken = false;
    /// A forced request brings the token there is, until its end.
    bool fixedToken = false;
    /// Whatever token a send carries is refused.
    std::optional<std::int64_t> rejectEveryToken;
    /// Somebody else fetches a token by force: ours is invalid from now on.
    void stealToken(Micros at) { issueToken(at, false); }
    /// The held token ends now.
    void expireToken(Micros at) { m_tokenEnds = at; }
    const std::vector<TokenCall> &tokenCalls() const { return m_tokenCalls; }
    const std::string &currentToken() const { return m_token; }

    /// Calendar time at the platform when the world begins: its answers bear a Date.
    std::optional<WallTime> begins;

    // The record
    const std::vector<SendCall> &wireCopies() const { return m_wire; }
    int wireCopiesOf(const std::string &clientMsgId) const;
    int userCopies(const std::string &openid) const;
    int userCopies() const { return m_allUserCopies; }
    /// Whether a message of this person really has this msgid.
    bool gaveMsgid(const std::string &openid, const std::string &msgid) const {
        const auto it = m_msgids.find(openid);
        return it != m_msgids.end() && it->second.contains(msgid);
    }
    /// Called when a person is shown a message: from then on its delivery report may come.
    std::function<void(const SendCall &, const std::string &msgid, Micros at)> onShown;
    /// Before each msgid; digits of it make ids that no 64 bits hold.
    std::string msgidPrefix;
    /// client_msg_ids that came with two different bodies: must stay empty.
    const std::vector<std::string> &changedBodies() const { return m_changedBodies; }

private:
    struct Delivered {
        Micros first{0};
        std::string msgid;
    };

    void turnDay(Micros at);
    void issueToken(Micros at, bool keepOld);
    std::int64_t checkToken(const std::string &token, Micros at) const;
    std::string deliver(const SendCall &call, Micros at);
    HttpResponse answer(int status, const std::string &body, const Behaviour &behaviour, Micros at) const;

    SendScript m_sendScript;
    TokenScript m_tokenScript;

    std::string m_token;
    Micros m_tokenEnds{0};
    std::map<std::string, Micros> m_oldTokens; ///< still accepted until then
    std::set<std::string> m_everIssued;
    int m_tokenNumber = 0;
    std::vector<TokenCall> m_tokenCalls;

    std::vector<SendCall> m_wire;
    std::map<std::string, int> m_wireById;
    std::map<std::string, int> m_begunById;
    std::map<std::string, std::string> m_bodyById;
    std::vector<std::string> m_changedBodies;
    std::map<std::string, Delivered> m_ledger; ///< openid and client_msg_id
    std::map<std::string, int> m_userCopies;
    std::map<std::string, std::set<std::string>> m_msgids;
    int m_allUserCopies = 0;
    int m_quotaCalls = 0;
    WallTime m_quotaDay{};
    std::int64_t m_usedToday = 0;
    std::int64_t m_nextMsgid = 3564882607550627845;
};

} // namespace songda::simulation
