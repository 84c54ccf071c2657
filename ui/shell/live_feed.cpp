// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/live_feed.h"

#include "engine/when_done.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"

#include <algorithm>
#include <limits>

namespace songda::ui {

namespace {

constexpr std::chrono::seconds pollInterval{2};
constexpr std::chrono::seconds calmInterval{1};
/// A rate is that of so long: shorter it jumps with every look.
constexpr std::chrono::seconds rateSpan{10};
constexpr double notKnown = std::numeric_limits<double>::quiet_NaN();

const LookOn::OfAccount *find(const std::vector<LookOn::OfAccount> &accounts, AccountId id) {
    const auto found = std::find_if(accounts.begin(), accounts.end(), [id](const auto &one) { return one.id == id; });
    return found == accounts.end() ? nullptr : &*found;
}

std::int64_t answered(const LookOn::OfAccount *account) { return account == nullptr ? 0 : account->acceptedToday + account->failedToday; }

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
        take(engine.snapshot());
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
    // An engine that was not started has no picture; that it does not run is known all the same.
    if (m_latest.at == WallTime{})
        m_latest.at = Engine::wallNow();
    m_latest.problem = engineWords(next.problem).toStdString();
    m_latest.policyProblem = engineWords(next.policyProblem).toStdString();
    Q_EMIT snapshot(m_latest);
}

double LiveFeed::rateOf(AccountId account) const {
    if (m_looks.size() < 2)
        return notKnown;
    const Look &first = m_looks.front();
    const Look &last = m_looks.back();
    const std::int64_t sent = answered(find(last.accounts, account)) - answered(find(first.accounts, account));
    const double seconds = static_cast<double>((last.at - first.at).count()) / 1000;
    return seconds > 0 && sent >= 0 ? static_cast<double>(sent) / seconds : notKnown;
}

void LiveFeed::fill(const std::vector<Account> &accounts, const LookOn &seen) {
    const WallTime now = m_latest.at;
    // A new day, or a clock that was set, begins the sums anew.
    if (!m_looks.empty() && (now <= m_looks.back().at || startOfChinaDay(now) != startOfChinaDay(m_looks.back().at)))
        m_looks.clear();
    for (const LookOn::OfAccount &one : seen.accounts) {
        const LookOn::OfAccount *before = m_looks.empty() ? nullptr : find(m_looks.back().accounts, one.id);
        m_accepted += before == nullptr ? 0 : std::max<std::int64_t>(0, one.acceptedToday - before->acceptedToday);
        m_failed += before == nullptr ? 0 : std::max<std::int64_t>(0, one.failedToday - before->failedToday);
    }
    m_looks.push_back({now, seen.accounts});
    while (m_looks.size() > 2 && m_looks[1].at <= now - rateSpan)
        m_looks.pop_front();

    m_latest.elsewhere = seen.engineRuns;
    m_latest.oldestDue = seen.oldestDue;
    m_latest.accepted = m_accepted;
    m_latest.failed = m_failed;
    m_latest.inFlight = 0;
    m_latest.ratePerSecond = m_looks.size() < 2 ? notKnown : 0;
    m_latest.accounts.clear();
    for (const Account &account : accounts) {
        AccountSnapshot one;
        one.id = account.id;
        one.name = account.name;
        one.environment = environmentOf(account);
        one.hold = account.hold;
        one.rateLimit = account.rate;
        one.onSecondHost = account.secondSince.has_value();
        one.ratePerSecond = rateOf(account.id);
        if (const LookOn::OfAccount *sums = find(seen.accounts, account.id)) {
            one.counts = sums->counts;
            one.acceptedToday = sums->acceptedToday;
            one.inFlight = static_cast<int>(sums->counts[MessageState::Sending]);
        }
        one.gate = account.hold ? Gate::AccountHeld : seen.engineRuns ? Gate::Elsewhere : Gate::EngineStopped;
        m_latest.inFlight += one.inFlight;
        m_latest.ratePerSecond += one.ratePerSecond;
        m_latest.accounts.push_back(std::move(one));
    }
}

void LiveFeed::look() {
    whenDone(m_engine.alerts({}), this, [this](const Result<std::vector<Alert>> &alerts) {
        if (!alerts)
            return;
        m_latest.openAlerts = {};
        for (const Alert &alert : *alerts)
            ++m_latest.openAlerts[static_cast<std::size_t>(alert.level)];
    });
    whenDone(m_engine.counts(), this, [this](const Result<StateCounts> &counts) {
        if (!counts) {
            say(counts.error());
            return;
        }
        m_latest.counts = *counts;
        ++m_latest.dataVersion;
        whenDone(m_engine.accounts(), this, [this](const Result<std::vector<Account>> &accounts) {
            if (!accounts) {
                say(accounts.error());
                return;
            }
            whenDone(m_engine.lookOn(), this, [this, accounts = *accounts](const Result<LookOn> &seen) {
                if (!seen) {
                    say(seen.error());
                    return;
                }
                m_latest.problem.clear();
                m_latest.at = Engine::wallNow(); // not before all of it is seen: who has it knows by that
                fill(accounts, *seen);
                Q_EMIT snapshot(m_latest);
            });
        });
    });
}

void LiveFeed::say(const Error &problem) {
    m_latest.problem = engineWords(problem.detail).toStdString();
    Q_EMIT snapshot(m_latest);
}

} // namespace songda::ui
