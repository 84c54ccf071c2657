// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/callback_desk.h"

#include "engine/channels/wechat/callback_events.h"
#include "engine/channels/wechat/callback_fields.h"
#include "engine/doors/problem.h"
#include "engine/when_done.h"

#include <algorithm>

namespace songda::doors {

namespace {

/// WeChat ends the connection after five seconds and comes again (wechat-api.md section 4.5).
constexpr std::chrono::milliseconds patience{4000};
constexpr std::size_t mostUnderWay = 2048;
constexpr std::size_t mostRemembered = 65'536;
constexpr std::chrono::seconds betweenFailures{10};

Response success() { return {200, "text/plain; charset=utf-8", "success", {}, false}; }

Response notNow(const char *why) { return unavailable("not_now", why, 5); }

wechat::CallbackQuery queryOf(const Request &request) {
    // A + is one here: none of these has blanks, and Base64 does have it.
    const Query query = parseQuery(request.queryText, false).value_or(Query());
    const auto argument = [&query](const char *name) { return std::string(argumentOf(query, name).value_or(std::string_view())); };
    return {argument("signature"), argument("timestamp"), argument("nonce"), argument("echostr"), argument("encrypt_type"), argument("msg_signature")};
}

} // namespace

// A push may be dated ahead by the whole window, and is good for as long after that, the last moment included.
CallbackDesk::Line::Memory::Memory()
    : seen(mostRemembered, 2 * wechat::CallbackSecurity{}.window + Seconds{1}) {}

wechat::CallbackSecurity CallbackDesk::Line::securityAt(WallTime now) const {
    wechat::CallbackSecurity s = security;
    if (formerKey && now < formerUntil)
        s.keys.push_back(*formerKey);
    return s;
}

CallbackDesk::CallbackDesk(Engine &engine, QObject *context, Clock clock, Warn warn)
    : m_engine(engine)
    , m_context(context)
    , m_clock(std::move(clock))
    , m_warn(std::move(warn))
    , m_answers(context, patience) {}

void CallbackDesk::refresh() {
    if (m_reading) {
        if (!m_reading->isFinished())
            return;
        const auto setups = m_reading->result();
        m_reading.reset();
        if (setups)
            setLines(*setups);
        else
            tryAgainLater();
    }
    const auto now = std::chrono::steady_clock::now();
    const std::uint64_t version = m_engine.snapshot().dataVersion;
    if ((m_seen == version && m_readOnce) || now < m_tryAgain)
        return;
    const auto callbacks = m_engine.callbacks().result();
    if (!callbacks)
        return; // tried again at the next look
    m_seen = version;
    if (*callbacks == m_known && m_readOnce)
        return;
    m_known = *callbacks;
    if (m_known.empty()) {
        setLines({});
    } else {
        m_reading = m_engine.callbackSetups();
        if (!m_readOnce) { // who is answered from now on is known
            m_reading->waitForFinished();
            m_readOnce = true;
            refresh();
        }
    }
    m_readOnce = true;
}

void CallbackDesk::setLines(const std::vector<CallbackSetup> &setups) {
    std::map<std::string, LinePtr, std::less<>> lines;
    std::map<std::string, LinePtr, std::less<>> before;
    {
        const std::lock_guard lock(m_mutex);
        before = m_lines;
    }
    bool failed = false;
    for (const CallbackSetup &setup : setups) {
        Line line;
        line.account = setup.callback.accountName;
        line.problem = setup.problem;
        const auto it = std::find_if(before.begin(), before.end(), [&](const auto &entry) { return entry.second->account == line.account; });
        line.memory = it != before.end() ? it->second->memory : std::make_shared<Line::Memory>();
        line.security.token = setup.secrets.token;
        line.security.appid = setup.callback.appid;
        line.security.onlyEncrypted = setup.callback.mode != CallbackMode::Plain;
        if (line.problem.empty()) {
            const auto key = wechat::CallbackKey::fromText(setup.secrets.encodingAesKey);
            if (key)
                line.security.keys.push_back(*key);
            else
                line.problem = key.error().detail;
        }
        if (setup.secrets.formerUntil) {
            if (const auto former = wechat::CallbackKey::fromText(setup.secrets.formerAesKey)) {
                line.formerKey = *former;
                line.formerUntil = *setup.secrets.formerUntil;
            }
        }
        if (!line.problem.empty()) {
            failed = true;
            if (m_warn && (it == before.end() || it->second->problem != line.problem))
                m_warn("the callback of account " + line.account + " takes nothing: " + line.problem);
        }
        lines[setup.callback.path] = std::make_shared<const Line>(std::move(line));
    }
    if (failed) // a key store that was locked may be open by then
        tryAgainLater();
    const std::lock_guard lock(m_mutex);
    m_lines = std::move(lines);
}

void CallbackDesk::tryAgainLater() {
    m_known.clear();
    m_seen.reset();
    m_tryAgain = std::chrono::steady_clock::now() + betweenFailures;
}

CallbackDesk::LinePtr CallbackDesk::find(const Request &request) const {
    if (request.parameters.empty())
        return nullptr;
    const std::lock_guard lock(m_mutex);
    const auto it = m_lines.find(request.parameters.front());
    return it == m_lines.end() ? nullptr : it->second;
}

Response CallbackDesk::refuse(const Line &line, int status, const char *code, const std::string &why) const {
    {
        const std::lock_guard lock(m_mutex);
        ++m_tally[{line.account, "refused"}];
    }
    return problem(status, code, why);
}

std::optional<Response> CallbackDesk::admit(const Request &request) const {
    const LinePtr line = find(request);
    if (!line)
        return problem(404, "not_found", "No account is reported on here.");
    if (!line->problem.empty())
        return notNow("What this callback is known by cannot be read at present. The operator sees why.");
    const auto given = [&request](const char *name) { return request.argument(name).has_value(); };
    if (!given("timestamp") || !given("nonce") || (!given("signature") && !given("msg_signature")))
        return refuse(*line, 400, "bad_query", "A callback has timestamp, nonce and signature.");
    if (request.method != "POST")
        return std::nullopt;
    const WallTime now = m_clock().wall;
    if (const auto admitted = wechat::admitPush(line->securityAt(now), queryOf(request), now); !admitted)
        return refuse(*line, 403, "callback_refused", admitted.error().detail);
    if (m_answers.underWay() >= mostUnderWay)
        return notNow("More is reported at once than can be stored.");
    return std::nullopt;
}

Answer CallbackDesk::verify(const Request &request) const {
    const LinePtr line = find(request);
    if (!line)
        return problem(404, "not_found", "No account is reported on here.");
    auto echo = wechat::answerVerification(line->securityAt(m_clock().wall), queryOf(request));
    if (!echo)
        return refuse(*line, 403, "callback_refused", echo.error().detail);
    return Response{200, "text/plain; charset=utf-8", std::move(*echo), {}, false};
}

Answer CallbackDesk::take(const Request &request) {
    const LinePtr line = find(request);
    if (!line)
        return problem(404, "not_found", "No account is reported on here.");
    const Now now = m_clock();
    const wechat::CallbackQuery query = queryOf(request);
    const auto clear = wechat::openPush(line->securityAt(now.wall), query, request.body, now.wall);
    if (!clear)
        return refuse(*line, 403, "callback_refused", clear.error().detail);
    const auto key = wechat::requestDigest(query, request.body);
    {
        const std::lock_guard lock(line->memory->mutex);
        if (line->memory->seen.contains(key, now.steady))
            return success();
    }
    auto read = wechat::readCallbackEvents(*clear);
    if (!read)
        return refuse(*line, 400, "bad_body", read.error().detail);
    if (read->events.empty()) // a person's words, or an event nothing here depends on
        return success();
    auto recorded = m_engine.recordEvents(line->account, std::move(read->events));
    auto answer = chained(recorded, m_context, [self = shared_from_this(), line, key, steady = now.steady](const Result<EventReceipt> &receipt) {
        if (!receipt)
            return problem(receipt.error());
        {
            const std::lock_guard lock(line->memory->mutex);
            line->memory->seen.remember(key, steady);
        }
        self->count(line->account, *receipt);
        return success();
    });
    return m_answers.inTime(answer, notNow("It is not stored yet. Report it again."));
}

void CallbackDesk::count(const std::string &account, const EventReceipt &receipt) {
    const std::lock_guard lock(m_mutex);
    const auto add = [&](const char *what, std::int64_t n) {
        if (n > 0)
            m_tally[{account, what}] += n;
    };
    add("delivered", receipt.delivered);
    add("undelivered", receipt.undelivered);
    add("waiting", receipt.waiting + receipt.withoutMsgid);
    add("noted", receipt.noted);
    add("repeated", receipt.repeated);
    add("consent", receipt.consents + receipt.unknownTemplates);
}

CallbackDesk::Tally CallbackDesk::tally() const {
    const std::lock_guard lock(m_mutex);
    Tally tally = m_tally;
    // Nothing reported is a figure, too: a watcher must see that a callback is there and silent.
    for (const auto &[path, line] : m_lines) {
        for (const char *what : {"delivered", "undelivered", "waiting", "noted", "repeated", "consent", "refused"})
            tally.try_emplace({line->account, what}, 0);
    }
    return tally;
}

void addCallbackRoutes(Router &router, const std::shared_ptr<CallbackDesk> &desk) {
    const auto admit = [desk](Request &request) { return desk->admit(request); };
    router.add({"GET", "/wechat/{callback}", 0, admit, [desk](Request &request) { return desk->verify(request); }});
    router.add({"POST", "/wechat/{callback}", wechat::callbackBytes, admit, [desk](Request &request) { return desk->take(request); }});
}

} // namespace songda::doors
