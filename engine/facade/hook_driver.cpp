// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/hook_driver.h"

#include "engine/facade/engine_core.h"
#include "engine/net/web_hook_signature.h"
#include "engine/policy/hook_schedule.h"
#include "engine/store/audit_table.h"
#include "engine/store/hooks_table.h"
#include "engine/store/message_pages.h"

#include <QUrl>
#include <algorithm>
#include <utility>

namespace songda {

namespace {

constexpr int mostUnderWay = 32; ///< requests to one receiver at a time
constexpr int readAheadSize = 512;
constexpr int readAheadAgain = 128;
constexpr int ticksBetweenLooks = 10;
constexpr Micros betweenAgings = std::chrono::minutes{10};
constexpr int mostChunksAtATime = 20;

} // namespace

Result<net::WebRequest> hookRequest(const Hook &hook, const std::vector<std::string> &secrets, const std::string &eventId, const std::string &body,
    const std::string &traceparent, WallTime now) {
    const std::int64_t seconds = toMillis(now) / 1000;
    std::string signatures; // apart by blanks, as Standard Webhooks has it
    for (const std::string &secret : secrets) {
        const auto signature = net::webHookSignature(secret, eventId, seconds, body);
        if (!signature)
            return tl::unexpected(signature.error());
        signatures += (signatures.empty() ? "" : " ") + *signature;
    }
    net::WebRequest request;
    request.url = hook.url;
    request.body = body;
    request.allowPrivate = hook.allowPrivate;
    request.headers = {{"webhook-id", eventId}, {"webhook-timestamp", std::to_string(seconds)}, {"webhook-signature", signatures}};
    if (!traceparent.empty())
        request.headers.emplace_back("traceparent", traceparent);
    return request;
}

std::string hookSecretName(std::int64_t hook, std::int64_t number) {
    return "hook/" + std::to_string(hook) + (number == 0 ? "" : "/" + std::to_string(number));
}

Result<std::vector<std::string>> hookSecrets(secrets::SecretStore &store, const Hook &hook, WallTime now) {
    auto present = store.get(hookSecretName(hook.id, hook.secretNumber));
    if (!present)
        return tl::unexpected(present.error());
    std::vector<std::string> secrets{std::move(*present)};
    if (hook.formerUntil && now < *hook.formerUntil) {
        auto former = store.get(hookSecretName(hook.id, hook.formerNumber));
        if (former)
            secrets.push_back(std::move(*former));
        else if (former.error().code != ErrorCode::NotFound) // somebody may have ended the overlap just now
            return tl::unexpected(former.error());
    }
    return secrets;
}

std::string hookName(const Hook &hook) {
    const QUrl url(QString::fromStdString(hook.url));
    return "hook " + std::to_string(hook.id) + " " + url.toEncoded(QUrl::RemoveQuery | QUrl::RemoveUserInfo | QUrl::RemoveFragment).toStdString()
        + (hook.allowPrivate ? " (private addresses allowed)" : " (public addresses only)");
}

HookDriver::HookDriver(EngineCore &core)
    : m_core(core)
    , m_calendar(systemNow())
    , m_random(Random::fromSystem()) {}

HookDriver::~HookDriver() { m_client.reset(); }

void HookDriver::stop() {
    const std::lock_guard lock(m_startMutex);
    m_stopping = true;
}

void HookDriver::finish() {
    m_client.reset();
    static_cast<void>(writeResults());
}

void HookDriver::tick(std::uint64_t dataVersion) {
    ++m_ticks;
    if (m_stopping)
        return;
    if (m_any && std::exchange(m_seen, dataVersion) != dataVersion)
        m_again = true;
    if (m_look || m_again || (m_any && m_ticks % ticksBetweenLooks == 0)) // what waits for a time
        wakeUp();
}

void HookDriver::wakeUp() {
    if (m_working.exchange(true))
        return;
    const std::lock_guard lock(m_startMutex);
    if (m_stopping)
        return;
    m_core.workers.start([this] {
        work();
        m_working = false;
    });
}

void HookDriver::work() {
    m_again = false;
    auto done = writeResults();
    if (done && (m_look.exchange(false) || std::chrono::steady_clock::now() - m_countedAt > std::chrono::seconds{10})) {
        done = readHooks();
        if (!done)
            m_look = true;
    }
    if (done && m_any)
        done = readAhead();
    const std::lock_guard lock(m_mutex);
    startReady();
    m_busy = !done || m_look || !m_results.empty() || std::any_of(m_lines.begin(), m_lines.end(), [](const auto &entry) {
        const Line &line = entry.second;
        return line.failuresInARow == 0 && (line.underWay > 0 || !line.ready.empty());
    });
}

Result<void> HookDriver::writeResults() {
    std::vector<store::DeliveryResult> results;
    std::vector<std::pair<Hook, std::string>> toStop;
    {
        const std::lock_guard lock(m_mutex);
        results = m_results;
        toStop = m_toStop;
    }
    if (results.empty() && toStop.empty())
        return {};
    const WallTime now = systemNow().wall;
    SONGDA_TRY(m_core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        SONGDA_TRY(store::recordDeliveries(session, results));
        for (const auto &[hook, why] : toStop) {
            const auto stopped = store::setHookStopped(session, hook.id, why, now);
            if (!stopped)
                return tl::unexpected(stopped.error());
            if (!*stopped)
                continue; // it has been told more than once
            const auto audit = store::recordAct(session, Actor{"engine", why}, "hook.stop", hookName(hook), 0, now);
            if (!audit)
                return tl::unexpected(audit.error());
        }
        return {};
    }));
    const std::lock_guard lock(m_mutex);
    m_results.erase(m_results.begin(), m_results.begin() + static_cast<std::ptrdiff_t>(results.size()));
    m_toStop.erase(m_toStop.begin(), m_toStop.begin() + static_cast<std::ptrdiff_t>(toStop.size()));
    for (const store::DeliveryResult &r : results) {
        if (const auto it = m_lines.find(r.hook); it != m_lines.end())
            it->second.known.erase(r.id);
    }
    return {};
}

Result<void> HookDriver::readHooks() {
    m_countedAt = std::chrono::steady_clock::now();
    auto hooks = m_core.readers->run<std::vector<Hook>>([](store::Database &db) { return store::readHooks(db); }).result();
    if (!hooks)
        return tl::unexpected(hooks.error());
    if (!hooks->empty() && !m_clamped) {
        SONGDA_TRY(m_core.writeAndWait(
            [now = m_calendar.at(systemNow().steady)](store::WriteSession &session) { return store::clampDeliveries(session, now); }));
        m_clamped = true;
    }
    SONGDA_TRY(keepBounds(*hooks));
    std::map<std::int64_t, std::pair<std::vector<std::string>, std::string>> secrets; // and what is wrong with them
    for (Hook &hook : *hooks) {
        SONGDA_TRY(endOverlap(hook));
        {
            const std::lock_guard lock(m_mutex);
            const auto it = m_lines.find(hook.id);
            if (it != m_lines.end() && !it->second.secrets.empty() && it->second.hook.secretNumber == hook.secretNumber
                && it->second.hook.formerUntil == hook.formerUntil)
                continue;
        }
        const auto store = m_core.secretStore();
        auto read = store ? hookSecrets(**store, hook, systemNow().wall) : Result<std::vector<std::string>>(tl::unexpected(store.error()));
        secrets[hook.id] = read ? std::pair{std::move(*read), std::string()} : std::pair{std::vector<std::string>(), read.error().detail};
    }
    const std::lock_guard lock(m_mutex);
    std::map<std::int64_t, Line> lines;
    for (const Hook &hook : *hooks) {
        Line &line = lines[hook.id];
        if (const auto it = m_lines.find(hook.id); it != m_lines.end())
            line = std::move(it->second);
        const bool resumed = line.hook.stoppedAt && !hook.stoppedAt;
        line.hook = hook;
        if (const auto it = secrets.find(hook.id); it != secrets.end()) {
            line.secrets = it->second.first;
            line.problem = it->second.second;
        }
        if (!line.problem.empty() && line.hook.lastDetail.empty())
            line.hook.lastDetail = line.problem;
        if (resumed) {
            line.failuresInARow = 0;
            line.restSince = {};
            line.restUntil = {};
        }
    }
    m_lines = std::move(lines);
    m_any = !m_lines.empty();
    if (m_any && !m_client && !m_stopping) {
        net::WebClient::Options options;
        options.extraRootsPem = m_core.options.extraRootsPem.toStdString();
        options.guard = m_core.options.hookGuard;
        options.names = m_core.options.hookNames;
        m_client = std::make_unique<net::WebClient>(std::move(options), [this](const net::WebAnswer &answer) { onFinished(answer); });
    }
    return {};
}

Result<void> HookDriver::endOverlap(Hook &hook) {
    const WallTime now = systemNow().wall;
    if (!hook.formerUntil || now < *hook.formerUntil)
        return {};
    hook.formerUntil.reset(); // nothing is signed with the old secret any more, whatever becomes of it
    // The secret first: what stands in the database says that there may still be one. A key store that is locked or cannot
    // be written is asked again at the next look.
    const auto secretStore = m_core.secretStore();
    if (!secretStore)
        return {};
    const auto removed = (*secretStore)->remove(hookSecretName(hook.id, hook.formerNumber));
    if (!removed && removed.error().code != ErrorCode::NotFound)
        return {};
    SONGDA_TRY(m_core.writeAndWait([&](store::WriteSession &session) { return store::endHookOverlap(session, hook); }));
    return {};
}

/// Forgets what a receiver did not take for too long, in small transactions: sends wait for their commits.
Result<void> HookDriver::keepBounds(const std::vector<Hook> &hooks) {
    const SteadyTime now = systemNow().steady;
    const WallTime at = m_calendar.at(now); // a calendar that jumps ahead makes nothing old
    const bool aging = !m_agedAt || now - *m_agedAt >= betweenAgings;
    int chunks = 0;
    for (const Hook &hook : hooks) {
        std::int64_t tooMany = hook.waiting + hook.dead - hook.keepRows;
        for (bool more = aging || tooMany > 0; more;) {
            if (m_stopping || ++chunks > mostChunksAtATime) {
                m_look = !m_stopping;
                return {};
            }
            std::int64_t old = 0;
            std::int64_t oldest = 0;
            SONGDA_TRY(m_core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto aged = store::dropOldDeliveries(session, hook.id, at - std::chrono::days{hook.keepDays});
                if (!aged)
                    return tl::unexpected(aged.error());
                old = *aged;
                const auto excess = std::min<std::int64_t>(tooMany - old, store::hookChunk - old);
                if (excess <= 0)
                    return {};
                const auto dropped = store::dropDeliveries(session, hook.id, static_cast<int>(excess));
                if (!dropped)
                    return tl::unexpected(dropped.error());
                oldest = *dropped;
                return {};
            }));
            tooMany -= old + oldest;
            more = old >= store::hookChunk || (tooMany > 0 && old + oldest > 0);
        }
    }
    if (aging)
        m_agedAt = now;
    return {};
}

Result<void> HookDriver::readAhead() {
    std::map<std::int64_t, std::set<std::int64_t>> wanted; // and what is known of it
    const Now now = systemNow();
    {
        const std::lock_guard lock(m_mutex);
        for (auto &[id, line] : m_lines) {
            const bool silent = line.hook.stoppedAt || line.secrets.empty() || now.steady < line.restUntil;
            if (!silent && static_cast<int>(line.ready.size()) < readAheadAgain)
                wanted[id] = line.known;
        }
    }
    for (const auto &[id, known] : wanted) {
        const auto due = m_core.readers
                             ->run<std::vector<store::DueDelivery>>([id = id, at = m_calendar.at(now.steady), known = known](store::Database &db) {
                                 return store::dueDeliveries(db, id, at, readAheadSize, known);
                             })
                             .result();
        if (!due)
            return tl::unexpected(due.error());
        const std::lock_guard lock(m_mutex);
        const auto it = m_lines.find(id);
        if (it == m_lines.end())
            continue;
        for (const store::DueDelivery &delivery : *due) {
            if (it->second.known.insert(delivery.id).second)
                it->second.ready.push_back(delivery);
        }
        it->second.moreWaits = !due->empty();
    }
    return {};
}

void HookDriver::startReady() {
    if (m_stopping || !m_client)
        return;
    const SteadyTime now = systemNow().steady;
    for (auto &[id, line] : m_lines) {
        if (line.hook.stoppedAt || now < line.restUntil) {
            for (const store::DueDelivery &delivery : std::exchange(line.ready, {}))
                line.known.erase(delivery.id); // read again when its time has come
            continue;
        }
        // One asks whether a receiver that failed is back, before all others come with it.
        const int most = line.failuresInARow > 0 ? 1 : mostUnderWay;
        while (!line.ready.empty() && line.underWay < most) {
            store::DueDelivery delivery = std::move(line.ready.front());
            line.ready.pop_front();
            begin(line, std::move(delivery));
        }
        if (line.moreWaits && static_cast<int>(line.ready.size()) < readAheadAgain)
            m_again = true;
    }
}

void HookDriver::begin(Line &line, store::DueDelivery delivery) {
    auto request = hookRequest(line.hook, line.secrets, delivery.eventId, delivery.body, delivery.traceparent, systemNow().wall);
    if (!request) {
        line.problem = request.error().detail;
        line.hook.lastDetail = line.problem;
        line.secrets.clear(); // nothing more goes out until it can be read
        line.known.erase(delivery.id);
        return;
    }
    request->id = m_nextId++;
    m_underWay[request->id] = {line.hook.id, delivery.id, delivery.message, delivery.tries + 1, systemNow().steady};
    ++line.underWay;
    m_client->start(std::move(*request));
}

void HookDriver::onFinished(const net::WebAnswer &answer) {
    const Now now = systemNow();
    bool write = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_underWay.find(answer.id);
        if (it == m_underWay.end())
            return;
        const UnderWay was = it->second;
        m_underWay.erase(it);
        const HookStep step = afterHookTry(answer.status, was.tries, answer.retryAfter, m_random.unit());
        store::DeliveryResult result;
        result.id = was.delivery;
        result.hook = was.hook;
        result.tries = was.tries;
        result.delivered = step.what == HookStep::What::Delivered;
        result.dead = step.what == HookStep::What::Dead;
        result.at = now.wall;
        result.dueAt = m_calendar.at(now.steady) + step.wait;
        result.detail = answer.detail;
        const auto level = result.delivered ? log::Level::Debug : log::Level::Info;
        if (m_core.log && m_core.log->wants(log::Category::Hooks, level))
            m_core.log->write(log::Category::Hooks, level, result.delivered ? "delivery.taken" : result.dead ? "delivery.given_up" : "delivery.failed",
                {{"trace", store::traceIdOf(m_core.nonce, was.message)}, {"message", was.message.value}, {"hook", was.hook}, {"delivery", was.delivery}, {"tries", std::int64_t{was.tries}}, {"http", std::int64_t{answer.status}}, {"cause", answer.detail}});
        if (step.what == HookStep::What::Stop)
            result.tries = was.tries - 1; // it is the receiver's end, not this delivery's
        m_results.push_back(std::move(result));
        if (const auto found = m_lines.find(was.hook); found != m_lines.end()) {
            Line &line = found->second;
            --line.underWay;
            if (step.what == HookStep::What::Stop && !line.hook.stoppedAt) {
                m_toStop.emplace_back(line.hook, "the receiver says that it is gone (HTTP 410)");
                line.hook.stoppedAt = now.wall;
            }
            if (!step.receiverFails)
                line.failuresInARow = 0;
            else if (was.since > line.restSince)
                ++line.failuresInARow;
            const Millis rest = hookRest(line.failuresInARow, m_random.unit());
            if (rest > Millis{0} && was.since > line.restSince) {
                line.restSince = now.steady;
                line.restUntil = now.steady + rest;
            }
        }
        startReady();
        write = m_results.size() >= readAheadAgain || m_underWay.empty();
    }
    m_again = true;
    if (write && !m_stopping)
        wakeUp();
}

std::vector<Hook> HookDriver::hooks() const {
    const std::lock_guard lock(m_mutex);
    std::vector<Hook> hooks;
    for (const auto &[id, line] : m_lines)
        hooks.push_back(line.hook);
    return hooks;
}

} // namespace songda
