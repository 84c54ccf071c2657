// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/alert_driver.h"

#include "engine/facade/engine_core.h"

#include <algorithm>
#include <utility>

namespace songda {

namespace {

constexpr int mostOpen = 10'000;
constexpr int mostPast = 10'000;
constexpr std::chrono::days keptPast{90};
constexpr std::chrono::hours betweenTrims{1};
constexpr std::chrono::minutes betweenRefreshes{10};
constexpr std::chrono::hours directAgain{1};

} // namespace

AlertDriver::AlertDriver(EngineCore &core, Ports ports)
    : m_core(core)
    , m_ports(std::move(ports))
    , m_calendar(systemNow())
    , m_facts(core)
    , m_outbox(core) {
    m_pool.setMaxThreadCount(1);
}

AlertDriver::~AlertDriver() {
    stop();
    m_pool.waitForDone();
}

void AlertDriver::stop() {
    m_stopping = true;
    m_outbox.stop();
}

void AlertDriver::finish() {
    m_pool.waitForDone();
    m_outbox.finish();
}

AlertCounts AlertDriver::counts() const {
    const std::lock_guard lock(m_mutex);
    return m_counts;
}

void AlertDriver::tick(const Snapshot &snapshot, std::vector<Hook> hooks) {
    if (m_stopping || m_working.exchange(true))
        return;
    m_pool.start([this, snapshot, hooks = std::move(hooks)] {
        work(snapshot, hooks);
        m_working = false;
    });
}

void AlertDriver::work(const Snapshot &snapshot, const std::vector<Hook> &hooks) {
    if (m_look.exchange(false) && !readAgain())
        m_look = true;
    if (!m_loaded)
        return; // what is open is not known: it would begin anew
    m_rules.add(m_facts.sample(snapshot, hooks));
    static_cast<void>(step()); // what could not be written is made again by the next one
    mend(snapshot);
    static_cast<void>(trim());
    static_cast<void>(m_outbox.turn());
}

Result<void> AlertDriver::readAgain() {
    SONGDA_TRY(m_outbox.readSinks());
    const auto wanted = m_loaded ? store::AlertsWanted::Open : store::AlertsWanted::Engine;
    const auto alerts
        = m_core.readers->run<std::vector<Alert>>([wanted](store::Database &db) { return store::readAlerts(db, wanted, mostOpen); }).result();
    if (!alerts)
        return tl::unexpected(alerts.error());
    if (!m_loaded)
        m_book.load(*alerts, systemNow());
    else
        std::ranges::for_each(*alerts, [this](const Alert &alert) { m_book.acknowledge(alert); });
    m_loaded = true;
    const std::lock_guard lock(m_mutex);
    m_counts = m_book.counts();
    return {};
}

Result<void> AlertDriver::step() {
    const auto policies = m_core.policies->current();
    if (!policies)
        return tl::unexpected(policies.error());
    const PolicySet &set = (*policies)->set;
    const Now now = systemNow();
    const auto readings
        = m_rules.judge(now.steady, [&set](const std::string &account) -> const Policy & { return account.empty() ? set.defaults : set.of(account); });
    AlertBook next = m_book;
    const AlertMoves moves = next.step(readings, now, set.defaults.alerts);
    if (!moves.isEmpty()) {
        if (const auto written = write(moves, next); !written) {
            for (const AlertNotice &notice : moves.notices) {
                SteadyTime &told = m_toldDirectly[notice.alerts.front().key];
                if (notice.level != AlertLevel::Critical || notice.kind == AlertNotice::Kind::Recovered
                    || (told != SteadyTime{} && now.steady - told < directAgain))
                    continue;
                told = now.steady;
                m_outbox.tellDirectly(notice);
                m_ports.told(notice);
            }
            return written;
        }
    }
    m_book = std::move(next);
    for (const AlertNotice &notice : moves.notices) {
        // What was told although it could not be written is on the screen already.
        if (m_toldDirectly.erase(notice.alerts.front().key) == 0)
            m_ports.told(notice);
    }
    const std::lock_guard lock(m_mutex);
    m_counts = m_book.counts();
    return {};
}

Result<void> AlertDriver::write(const AlertMoves &moves, AlertBook &book) {
    std::map<AlertKey, std::int64_t> ids;
    SONGDA_TRY(m_core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        ids.clear();
        for (const Alert &alert : moves.fired) {
            const auto id = store::insertAlert(session, alert);
            if (!id)
                return tl::unexpected(id.error());
            ids[alert.key] = *id;
        }
        for (const auto *list : {&moves.changed, &moves.ended}) {
            for (const Alert &alert : *list)
                SONGDA_TRY(store::updateAlert(session, alert));
        }
        for (AlertNotice notice : moves.notices) {
            for (Alert &alert : notice.alerts) {
                if (const auto it = ids.find(alert.key); it != ids.end() && alert.id == 0)
                    alert.id = it->second;
            }
            for (const store::NewTelling &telling : m_outbox.tellingsOf(notice))
                SONGDA_TRY(store::insertTelling(session, telling, systemNow().wall));
        }
        return {};
    }));
    for (const auto &[key, id] : ids)
        book.setId(key, id);
    return {};
}

void AlertDriver::mend(const Snapshot &snapshot) {
    const SteadyTime now = systemNow().steady;
    for (const Alert &alert : m_book.open()) {
        if (alert.key.rule != AlertRule::NoToken)
            continue;
        const auto account = std::ranges::find_if(snapshot.accounts, [&](const AccountSnapshot &a) { return a.name == alert.key.account; });
        const auto last = m_refreshed.find(alert.key.account);
        if (account == snapshot.accounts.end() || (last != m_refreshed.end() && now - last->second < betweenRefreshes))
            continue;
        m_refreshed[alert.key.account] = now;
        m_ports.refreshToken(account->id, "alert " + std::to_string(alert.id) + ": no access token");
    }
}

Result<void> AlertDriver::trim() {
    const SteadyTime now = systemNow().steady;
    if (m_trimmedAt && now - *m_trimmedAt < betweenTrims)
        return {};
    m_trimmedAt = now;
    const auto any = m_core.readers
                         ->run<bool>([](store::Database &db) -> Result<bool> {
                             return store::readAlerts(db, store::AlertsWanted::Past, 1).map([](const auto &past) { return !past.empty(); });
                         })
                         .result();
    if (!any || !*any)
        return {};
    const WallTime before = m_calendar.at(now) - keptPast;
    return m_core.writeAndWait([before](store::WriteSession &session) { return store::trimAlerts(session, before, mostPast); });
}

} // namespace songda
