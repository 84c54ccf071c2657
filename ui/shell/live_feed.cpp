// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/live_feed.h"

#include "engine/when_done.h"

namespace songda::ui {

namespace {

constexpr std::chrono::seconds pollInterval{2};
constexpr std::chrono::seconds calmInterval{1};

} // namespace

LiveFeed::LiveFeed(Engine &engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine) {
    m_calm.setInterval(calmInterval);
    connect(&m_calm, &QTimer::timeout, this, [this] {
        if (m_latest.dataVersion == m_toldVersion)
            return;
        m_toldVersion = m_latest.dataVersion;
        Q_EMIT dataChanged();
    });
    m_calm.start();
    if (engine.role() == EngineOptions::Role::Engine) {
        m_latest = engine.snapshot();
        connect(&engine, &Engine::snapshotChanged, this, &LiveFeed::take);
        return;
    }
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &LiveFeed::look);
    m_poll.start();
    look();
}

void LiveFeed::take(const Snapshot &next) {
    m_latest = next;
    Q_EMIT snapshot(m_latest);
}

void LiveFeed::look() {
    whenDone(m_engine.accounts(), this, [this](Result<std::vector<Account>> accounts) {
        if (!accounts)
            return;
        m_latest.accounts.clear();
        for (const Account &account : *accounts) {
            AccountSnapshot one;
            one.id = account.id;
            one.name = account.name;
            one.environment = environmentOf(account);
            one.hold = account.hold;
            one.gate = account.hold ? Gate::AccountHeld : Gate::EngineStopped;
            one.rateLimit = account.rate;
            one.onSecondHost = account.secondSince.has_value();
            m_latest.accounts.push_back(std::move(one));
        }
    });
    whenDone(m_engine.alerts({}), this, [this](const Result<std::vector<Alert>> &alerts) {
        if (!alerts)
            return;
        m_latest.openAlerts = {};
        for (const Alert &alert : *alerts)
            ++m_latest.openAlerts[static_cast<std::size_t>(alert.level)];
    });
    whenDone(m_engine.counts(), this, [this](Result<StateCounts> counts) {
        m_latest.at = Engine::wallNow();
        m_latest.elsewhere = m_engine.isDelivered();
        if (!counts) {
            m_latest.problem = counts.error().detail;
        } else {
            m_latest.problem.clear();
            m_latest.counts = *counts;
            ++m_latest.dataVersion;
        }
        Q_EMIT snapshot(m_latest);
    });
}

} // namespace songda::ui
