// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/alert_outbox.h"

#include "engine/facade/engine_core.h"
#include "engine/policy/alert_words.h"
#include "engine/policy/hook_schedule.h"

#include <algorithm>
#include <utility>

namespace songda {

namespace {

constexpr int readAtATime = 200;
constexpr int mostTries = 6; ///< over seven and a half hours: older news is none
constexpr int mostDirectTries = 4;
constexpr Seconds betweenDirectTries{15};
constexpr int slowAtATime = 4;

bool goesByWeb(AlertSink::Kind kind) { return kind == AlertSink::Kind::WebHook || kind == AlertSink::Kind::WeCom; }

} // namespace

AlertOutbox::AlertOutbox(EngineCore &core)
    : m_core(core)
    , m_calendar(systemNow())
    , m_random(Random::fromSystem()) {
    m_slow.setMaxThreadCount(slowAtATime);
}

AlertOutbox::~AlertOutbox() {
    m_stopping = true;
    m_slow.waitForDone();
    m_client.reset();
}

void AlertOutbox::finish() {
    m_slow.waitForDone();
    m_client.reset();
    static_cast<void>(writeResults());
}

Result<void> AlertOutbox::readSinks() {
    const auto sinks = m_core.readers->run<std::vector<store::StoredSink>>([](store::Database &db) { return store::readSinks(db); }).result();
    if (!sinks)
        return tl::unexpected(sinks.error());
    if (!sinks->empty() && !m_clamped) {
        SONGDA_TRY(m_core.writeAndWait([now = m_calendar.at(systemNow().steady)](store::WriteSession &session) { return store::clampTellings(session, now); }));
        m_clamped = true;
    }
    std::map<std::int64_t, Line> lines;
    for (const store::StoredSink &stored : *sinks) {
        Line line;
        {
            const std::lock_guard lock(m_mutex);
            if (const auto it = m_lines.find(stored.sink.id); it != m_lines.end())
                line = it->second;
        }
        line.access.stored = stored;
        if (!line.ready && !hasSecret(stored)) {
            line.ready = true;
        } else if (!line.ready) { // a sink's secret never changes
            const auto secrets = m_core.secretStore();
            const auto secret = secrets ? (*secrets)->get(sinkSecretName(stored.sink.id)) : Result<std::string>(tl::unexpected(secrets.error()));
            line.ready = secret.has_value();
            line.access.secret = secret.value_or(std::string());
        }
        lines[stored.sink.id] = std::move(line);
    }
    const std::lock_guard lock(m_mutex);
    for (auto &[id, line] : lines) {
        const auto it = m_lines.find(id);
        line.underWay = it != m_lines.end() && it->second.underWay; // as it is by now
    }
    m_lines = std::move(lines);
    if (!m_lines.empty() && !m_client && !m_stopping)
        m_client = std::make_unique<net::WebClient>(sinkClientOptions(m_core), [this](const net::WebAnswer &answer) { onWebAnswer(answer); });
    return {};
}

std::vector<store::NewTelling> AlertOutbox::tellingsOf(const AlertNotice &notice) {
    std::vector<store::NewTelling> tellings;
    const std::lock_guard lock(m_mutex);
    for (const auto &[id, line] : m_lines) {
        if (notice.level < line.access.stored.sink.least)
            continue;
        store::NewTelling telling{id, line.access.stored.sink.target, "alert_" + std::to_string(m_random.next()), toString(notice.kind), noticeJson(notice), {}};
        for (const Alert &alert : notice.alerts)
            telling.alerts.push_back(alert.id);
        tellings.push_back(std::move(telling));
    }
    return tellings;
}

void AlertOutbox::tellDirectly(const AlertNotice &notice) {
    for (const store::NewTelling &telling : tellingsOf(notice)) {
        const std::lock_guard lock(m_mutex);
        m_direct.push_back({{0, telling.sink, telling.eventId, telling.body, 0}, systemNow().steady});
    }
}

Result<void> AlertOutbox::turn() {
    {
        const std::lock_guard lock(m_mutex);
        const SteadyTime now = systemNow().steady;
        for (Direct &direct : std::exchange(m_direct, {})) {
            const auto it = m_lines.find(direct.telling.sink);
            if (it == m_lines.end() || !it->second.ready)
                continue;
            if (direct.due > now || it->second.underWay || m_stopping)
                m_direct.push_back(std::move(direct));
            else
                begin(it->second, std::move(direct.telling));
        }
    }
    SONGDA_TRY(writeResults());
    return beginDue();
}

Result<void> AlertOutbox::writeResults() {
    std::vector<store::TellingResult> results;
    {
        const std::lock_guard lock(m_mutex);
        results = m_results;
    }
    if (results.empty())
        return {};
    SONGDA_TRY(m_core.writeAndWait([&](store::WriteSession &session) { return store::recordTellings(session, results); }));
    const std::lock_guard lock(m_mutex);
    m_results.erase(m_results.begin(), m_results.begin() + static_cast<std::ptrdiff_t>(results.size()));
    for (const store::TellingResult &result : results)
        m_known.erase(result.id);
    return {};
}

Result<void> AlertOutbox::beginDue() {
    int known = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_lines.empty() || m_stopping)
            return {};
        known = static_cast<int>(m_known.size());
    }
    const auto due = m_core.readers
                         ->run<std::vector<store::DueTelling>>([now = m_calendar.at(systemNow().steady), known](store::Database &db) {
                             return store::dueTellings(db, now, readAtATime + known);
                         })
                         .result();
    if (!due)
        return tl::unexpected(due.error());
    const std::lock_guard lock(m_mutex);
    for (const store::DueTelling &telling : *due) {
        const auto it = m_lines.find(telling.sink);
        if (it != m_lines.end() && it->second.ready && !it->second.underWay && !m_known.contains(telling.id) && !m_stopping)
            begin(it->second, telling);
    }
    return {};
}

void AlertOutbox::begin(Line &line, store::DueTelling telling) {
    UnderWay next{telling.sink, line.access.stored.sink.kind, std::move(telling)};
    ++next.telling.tries;
    if (next.telling.id != 0)
        m_known.insert(next.telling.id);
    line.underWay = true;
    if (!goesByWeb(next.kind)) {
        m_slow.start([this, access = line.access, next] { onEnd(next, handOver(m_core, access, next.telling.eventId, next.telling.body, m_stopping)); });
        return;
    }
    auto request = sinkRequest(line.access, next.telling.eventId, next.telling.body, systemNow().wall);
    if (!request) {
        m_slow.start([this, next, why = request.error().detail] { onEnd(next, {0, why, {}}); });
        return;
    }
    request->id = m_nextId++;
    m_underWay[request->id] = next;
    m_client->start(std::move(*request));
}

void AlertOutbox::onWebAnswer(const net::WebAnswer &answer) {
    UnderWay was;
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_underWay.find(answer.id);
        if (it == m_underWay.end())
            return;
        was = std::move(it->second);
        m_underWay.erase(it);
    }
    onEnd(was, readAnswer(was.kind, answer));
}

void AlertOutbox::onEnd(const UnderWay &was, const SinkAnswer &answer) {
    const Now now = systemNow();
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_lines.find(was.sink); it != m_lines.end())
        it->second.underWay = false;
    if (m_stopping && answer.status == 0)
        return; // ended by us: the next run tries again
    const HookStep step = afterHookTry(answer.status, was.telling.tries, answer.retryAfter, m_random.unit());
    const bool taken = step.what == HookStep::What::Delivered;
    if (was.telling.id == 0) {
        if (!taken && was.telling.tries < mostDirectTries)
            m_direct.push_back({was.telling, now.steady + betweenDirectTries});
        return;
    }
    store::TellingResult result;
    result.id = was.telling.id;
    result.sink = was.sink;
    result.tries = was.telling.tries;
    result.taken = taken;
    result.dead = !taken && (step.what != HookStep::What::Again || was.telling.tries >= mostTries);
    result.at = now.wall;
    result.dueAt = m_calendar.at(now.steady) + step.wait;
    result.detail = answer.detail;
    m_results.push_back(std::move(result));
}

} // namespace songda
