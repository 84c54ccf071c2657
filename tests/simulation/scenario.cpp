// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/scenario.h"

#include "tests/simulation/weather.h"
#include "tests/simulation/world.h"

#include <QCryptographicHash>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <sqlite3.h>
#include <utility>

namespace songda::simulation {

namespace {

using namespace std::chrono_literals;

Micros seconds(double s) { return Micros{static_cast<Micros::rep>(s * 1e6)}; }

/// The token bucket's law over every stretch of time: never more than the rate allows and one burst.
bool keepsRate(const std::vector<Micros> &times, double rate, int burst) {
    // level = tokens that would be left if the bucket were full at the first post and always refilled.
    double level = burst;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (i > 0)
            level = std::min<double>(burst, level + rate * std::chrono::duration<double>(times[i] - times[i - 1]).count());
        level -= 1;
        if (level < -1e-6)
            return false;
    }
    return true;
}

WorldOptions optionsFor(std::uint64_t seed, Random &fate) {
    static constexpr int connections[] = {1, 2, 4, 16, 64};
    WorldOptions o;
    o.seed = seed;
    o.rate = std::pow(10.0, 0.7 + 2 * fate.unit()); // 5 to 500 a second
    o.burst = 1 + static_cast<int>(fate.unit() * 30);
    o.connections = connections[static_cast<int>(fate.unit() * 5)];
    o.latencies.longest = Millis{20} + seconds(fate.unit() * fate.unit() * 3);
    o.journalDelays.longest = Millis{1} + seconds(fate.unit() * fate.unit() * 0.3);
    o.thinkTime = fate.unit() < 0.5 ? Micros{0} : Micros{5000};
    return o;
}

FaultyVfs::Loss anyLoss(Random &fate) {
    static constexpr FaultyVfs::Loss losses[] = {FaultyVfs::Loss::All, FaultyVfs::Loss::Scrambled, FaultyVfs::Loss::Torn};
    return losses[fate.next() % 3];
}

class Scenario {
public:
    Scenario(std::uint64_t seed, QString story)
        : m_fate(seed * 2654435761u + 17)
        , m_world(optionsFor(seed, m_fate))
        , m_dice(seed + 1)
        , m_story(story.toStdString()) {}

    ScenarioResult run();

private:
    void prepare();
    void live();
    void endFaults();
    void event();
    void say(const QString &what);
    void look(const QString &when);
    void down(Micros span, bool reboot, FaultyVfs::Loss loss = FaultyVfs::Loss::Nothing);
    void disk();
    void changePolicy();
    void takePolicy(const Policy &policy);
    bool mayHaveArrived(const SendCall &call) const;
    void restart();
    void mendWhatStands();
    void attempt(const std::function<void()> &act);

    Random m_fate; ///< decides what happens
    World m_world;
    Random m_dice; ///< decides how each request goes
    Weather m_weather = Weather::fair();
    const std::string m_story;
    std::vector<BatchId> m_batches;
    std::vector<TemplateRef> m_templates;
    QString m_violations;
    int m_messages = 0;
    int m_crashes = 0;
    std::size_t m_told = 0; ///< wire copies already in the story
};

void Scenario::say(const QString &what) {
    if (m_story.empty())
        return;
    const auto at = std::chrono::duration<double>(m_world.clock.elapsed()).count();
    std::printf("%10.3f s  %s\n", at, qPrintable(what));
}

void Scenario::look(const QString &when) {
    if (!m_story.empty()) {
        const auto &wire = m_world.wechat.wireCopies();
        for (; m_told < wire.size(); ++m_told) {
            if (wire[m_told].openid == m_story)
                std::printf("%10.3f s  on the wire: %s, copy %d\n", std::chrono::duration<double>(wire[m_told].at).count(),
                    wire[m_told].clientMsgId.c_str(), wire[m_told].nth);
        }
    }
    if (!m_violations.isEmpty())
        return;
    const QString found = m_world.violations();
    if (!found.isEmpty())
        m_violations = when + QStringLiteral(": ") + found;
}

void Scenario::prepare() {
    m_world.wechat.setSendScript([this](const SendCall &call) {
        const bool quiet = quietUntil(m_world.policy.quietHours, m_world.clock.now().wall).has_value();
        if (quiet && m_violations.isEmpty() && !mayHaveArrived(call))
            m_violations = QString::fromStdString(call.openid) + QStringLiteral(" was written to in quiet hours");
        return m_weather.ofSend(m_dice);
    });
    m_world.wechat.setTokenScript([this](const TokenCall &) { return m_weather.ofToken(m_dice); });
    m_templates.push_back(m_world.templateRef);
    m_batches.push_back(m_world.batch);
    if (m_fate.unit() < 0.5)
        m_templates.push_back(m_world.addTemplate('b'));
    for (int i = static_cast<int>(m_fate.unit() * 3); i > 0; --i)
        m_batches.push_back(m_world.addBatch(m_templates[m_fate.next() % m_templates.size()], static_cast<int>(m_fate.unit() * 3)));
    for (std::size_t i = 0; i < m_batches.size(); ++i) {
        const int n = 10 + static_cast<int>(m_fate.unit() * 60);
        const Millis dueIn = m_fate.unit() < 0.2 ? Millis{static_cast<Millis::rep>(m_fate.unit() * 300'000)} : Millis{0};
        // Letters differ by batch, so that most recipients are written to once and some several times.
        m_world.enqueue(m_batches[i], n, m_fate.unit() < 0.2 ? "o" : "o" + std::to_string(i) + "_", dueIn);
        m_messages += n;
    }
    if (m_fate.unit() < 0.3) {
        m_world.enqueueForOne(5, "oOften");
        m_messages += 5;
    }
}

/// What a person or another program wants written; the journal may refuse it.
void Scenario::attempt(const std::function<void()> &act) {
    try {
        act();
    } catch (const std::runtime_error &e) {
        say(QStringLiteral("refused: ") + QString::fromUtf8(e.what()));
    }
}

void Scenario::down(Micros span, bool reboot, FaultyVfs::Loss loss) {
    ++m_crashes;
    m_world.crash(loss);
    m_world.runFor(span);
    if (reboot)
        m_world.reboot();
    look(QStringLiteral("after a death"));
    restart();
}

/// Again and again, as whoever watches over it would, until the disk lets it.
void Scenario::restart() {
    for (Result<void> started = m_world.tryStart(); !started; started = m_world.tryStart()) {
        say(QStringLiteral("no start: ") + QString::fromStdString(started.error().detail));
        if (m_world.disk.isDead())
            m_world.crash(FaultyVfs::Loss::All);
        m_world.runFor(5s);
        if (m_fate.unit() < 0.5)
            m_world.disk.heal();
    }
}

void Scenario::disk() {
    using Call = FaultyVfs::Call;
    const double what = m_fate.unit();
    const auto nth = 1 + static_cast<std::int64_t>(m_fate.unit() * m_fate.unit() * 300);
    if (what < 0.35) {
        const auto loss = anyLoss(m_fate);
        if (m_fate.unit() < 0.3) {
            say(QStringLiteral("the power goes"));
            down(seconds(m_fate.unit() * 60), true, loss);
        } else {
            say(QStringLiteral("the power will go at write %1").arg(nth));
            m_world.crashAt(nth, loss);
        }
    } else if (what < 0.55) {
        say(QStringLiteral("the disk is full from write %1 on").arg(nth));
        m_world.disk.fail(Call::Write, nth, SQLITE_FULL, true);
    } else if (what < 0.70) {
        const bool lasting = m_fate.unit() < 0.5;
        say(QStringLiteral("write %1 fails").arg(nth));
        m_world.disk.fail(Call::Write, nth, SQLITE_IOERR_WRITE, lasting);
    } else if (what < 0.80) {
        const bool lasting = m_fate.unit() < 0.5;
        say(QStringLiteral("read %1 fails").arg(1 + nth / 10));
        m_world.disk.fail(Call::Read, 1 + nth / 10, SQLITE_IOERR_READ, lasting);
    } else {
        say(QStringLiteral("sync %1 fails").arg(1 + nth / 10));
        m_world.disk.fail(Call::Sync, 1 + nth / 10, SQLITE_IOERR_FSYNC, m_fate.unit() < 0.5);
    }
}

/// Hands a policy over; the old one stays if that fails.
void Scenario::takePolicy(const Policy &policy) {
    const Policy before = std::exchange(m_world.policy, policy);
    bool taken = false;
    attempt([&] {
        m_world.reloadAccounts();
        taken = true;
    });
    if (!taken)
        m_world.policy = before;
}

/// By what is on record: it was under way once, and nobody knows how that ended.
bool Scenario::mayHaveArrived(const SendCall &call) const {
    return m_world.number("SELECT count(*) FROM message WHERE client_msg_id = '" + call.clientMsgId + "' AND ambiguous_wall IS NOT NULL") > 0;
}

void Scenario::changePolicy() {
    say(QStringLiteral("the policy changes"));
    Policy policy;
    if (m_fate.unit() < 0.4) {
        // Around now, so that it begins or ends while things happen; for all, so that a law can be looked at.
        const WallTime now = m_world.clock.now().wall;
        const auto day = std::chrono::floor<std::chrono::minutes>(now - startOfChinaDay(now));
        const auto upTo = [&](double most) { return std::chrono::minutes{static_cast<int>(m_fate.unit() * most)}; };
        policy.quietHours = {(day + 24h - 5min + upTo(6)) % 24h, (day + upTo(10)) % 24h, false};
    }
    if (m_fate.unit() < 0.3)
        policy.frequency = {1 + static_cast<int>(m_fate.unit() * 3), Seconds{60 + static_cast<int>(m_fate.unit() * 600)}, m_fate.unit() < 0.5};
    if (m_fate.unit() < 0.5) {
        policy.retry.transient.attempts = 1 + static_cast<int>(m_fate.unit() * 12);
        policy.retry.transient.backOff.base = Millis{1 + static_cast<int>(m_fate.unit() * 3000)};
        policy.retry.uncertain.attempts = 1 + static_cast<int>(m_fate.unit() * 12);
        policy.retry.unknown.backOff.base = Millis{1 + static_cast<int>(m_fate.unit() * 20'000)};
        policy.budget = {m_fate.unit(), 0.1 + m_fate.unit() * 10, 1 + m_fate.unit() * 100};
    }
    if (m_fate.unit() < 0.2)
        policy.quota.daily = 1 + static_cast<int>(m_fate.unit() * 200);
    if (m_fate.unit() < 0.2)
        policy.shares = {m_fate.unit() / 2, m_fate.unit() / 2};
    policy.suppressRefused = m_fate.unit() < 0.5;
    takePolicy(policy);
}

void Scenario::event() {
    const double what = m_fate.unit();
    if (what < 0.31) {
        m_weather = Weather::random(m_fate);
        say(QStringLiteral("other weather"));
    } else if (what < 0.35) {
        changePolicy();
    } else if (what < 0.50) {
        const double d = m_fate.unit();
        const Micros span = seconds(d < 0.8 ? d * 20 : d * 900);
        const bool reboot = m_fate.unit() < 0.2;
        say(QStringLiteral("the process dies for %1 s%2").arg(std::chrono::duration<double>(span).count()).arg(reboot ? QStringLiteral(", reboot") : QString()));
        down(span, reboot, reboot ? anyLoss(m_fate) : FaultyVfs::Loss::Nothing);
    } else if (what < 0.57) {
        const double hours = (m_fate.unit() - 0.5) * 50;
        say(QStringLiteral("the calendar is set by %1 h").arg(hours));
        m_world.clock.jumpWall(Millis{static_cast<Millis::rep>(hours * 3.6e6)});
    } else if (what < 0.64) {
        say(QStringLiteral("the token is stolen"));
        m_world.wechat.stealToken(m_world.clock.elapsed());
    } else if (what < 0.66) {
        say(QStringLiteral("the token ends"));
        m_world.wechat.expireToken(m_world.clock.elapsed());
    } else if (what < 0.735) {
        if (m_world.disk.hasFailed()) {
            say(QStringLiteral("the disk works again"));
            m_world.disk.heal();
        } else {
            disk();
        }
    } else if (what < 0.76) {
        const bool broken = m_world.journal.failure.has_value();
        say(broken ? QStringLiteral("the disk can be written again") : QStringLiteral("the disk cannot be written"));
        if (broken)
            m_world.journal.failure.reset();
        else
            m_world.journal.failure = Error{ErrorCode::Storage, "no space left on device"};
    } else if (what < 0.82) {
        const bool pause = m_fate.unit() < 0.5;
        say(pause ? QStringLiteral("the engine is paused") : QStringLiteral("the engine goes on"));
        m_world.dispatcher->setPaused(pause);
    } else if (what < 0.88) {
        const BatchId batch = m_batches[m_fate.next() % m_batches.size()];
        const bool pause = m_fate.unit() < 0.5;
        say(QStringLiteral("batch %1 is %2").arg(batch.value).arg(pause ? QStringLiteral("paused") : QStringLiteral("resumed")));
        attempt([&] { m_world.setBatchState(batch, pause ? BatchState::Paused : BatchState::Active); });
    } else if (what < 0.94) {
        say(QStringLiteral("a person releases every hold"));
        attempt([&] {
            m_world.releaseAccount();
            for (const TemplateRef ref : m_templates)
                m_world.releaseTemplate(ref);
        });
    } else if (what < 0.97) {
        const int n = 1 + static_cast<int>(m_fate.unit() * 20);
        say(QStringLiteral("%1 more messages").arg(n));
        attempt([&] { m_world.enqueue(m_batches[m_fate.next() % m_batches.size()], n, "oLate" + std::to_string(m_messages) + "_"); });
        m_messages += n;
    } else {
        say(QStringLiteral("the engine stops and starts again"));
        m_world.dispatcher->stop();
        const auto ended = [this] { return !m_world.isRunning() || m_world.dispatcher->isStopped(); };
        m_world.runUntil(ended, 30s);
        if (!ended() && !m_world.journal.failure && !m_world.disk.hasFailed() && m_violations.isEmpty()) {
            m_world.dispatcher->cancelInFlight();
            if (!m_world.runUntil(ended, 3s) && !m_world.disk.hasFailed())
                m_violations = QStringLiteral("a graceful stop did not end");
        }
        down(seconds(m_fate.unit() * 10), false);
        --m_crashes;
    }
}

/// After a cut the machine is started again, after a sync that failed the program.
void Scenario::mendWhatStands() {
    m_world.runFor(0s); // a cut in the middle of the last act
    if (!m_world.isRunning()) {
        ++m_crashes;
        say(QStringLiteral("the power has gone; the machine starts again"));
        look(QStringLiteral("after a power cut"));
        m_world.reboot();
        restart();
    } else if (m_world.writer->failure()) {
        say(QStringLiteral("a sync has failed; the program is started again"));
        down(seconds(m_fate.unit() * 10), false);
    }
}

void Scenario::live() {
    m_world.start();
    const int events = 3 + static_cast<int>(m_fate.unit() * 25);
    for (int i = 0; i < events; ++i) {
        const double gap = m_fate.unit();
        m_world.runFor(seconds(gap < 0.9 ? gap * gap * 30 : gap * 200));
        mendWhatStands();
        event();
    }
    mendWhatStands();
    look(QStringLiteral("at the end of the faults"));
}

void Scenario::endFaults() {
    say(QStringLiteral("the faults end"));
    m_weather = Weather::fair();
    m_world.journal.failure.reset();
    m_world.disk.heal();
    m_world.disk.dieAt(0);
    mendWhatStands();
    m_world.dispatcher->setPaused(false);
    takePolicy({});
    for (const BatchId batch : m_batches)
        m_world.setBatchState(batch, BatchState::Active);
    for (const TemplateRef ref : m_templates)
        m_world.releaseTemplate(ref);
    m_world.releaseAccount();
    // A template may still be held by an answer that was on its way.
    m_world.runFor(20s);
    for (const TemplateRef ref : m_templates)
        m_world.releaseTemplate(ref);
    m_world.releaseAccount();
}

ScenarioResult Scenario::run() {
    prepare();
    live();
    endFaults();
    // Ten minutes, and what the rate needs. A calendar set back makes those wait that somebody scheduled.
    const Micros needed = seconds(m_messages / m_world.options.rate);
    const auto last = m_world.number("SELECT coalesce(max(due_at * scheduled), 0) FROM message WHERE state = 1");
    const Micros scheduled = std::max<Micros>(Micros{0}, fromMillis(last) - m_world.clock.now().wall);
    const bool drained = m_world.drain(10min + needed + scheduled);
    look(QStringLiteral("at the end"));
    if (!drained && m_violations.isEmpty())
        m_violations = QStringLiteral("not drained ten minutes after the faults: %1 wait, %2 are being sent, gate %3")
                           .arg(m_world.counts().waiting())
                           .arg(m_world.counts()[MessageState::Sending])
                           .arg(QString::fromLatin1(toString(m_world.gate())));
    if (!keepsRate(m_world.transport.postTimes(), m_world.options.rate, m_world.options.burst) && m_violations.isEmpty() && m_crashes == 0)
        m_violations = QStringLiteral("the rate was not kept");

    QCryptographicHash hash(QCryptographicHash::Md5);
    for (const SendCall &call : m_world.wechat.wireCopies()) {
        hash.addData(QByteArray::number(static_cast<qlonglong>(call.at.count())));
        hash.addData(QByteArray::fromStdString(call.openid + call.clientMsgId + call.token + call.body));
    }
    for (const MessageFacts &f : m_world.facts()) {
        hash.addData(QByteArray::fromStdString(f.openid + f.cause + f.msgid));
        hash.addData(QByteArray::number(static_cast<int>(f.state)) + ' ' + QByteArray::number(f.attempts) + ' ' + QByteArray::number(f.tries));
        if (f.openid == m_story)
            say(QStringLiteral("message %1 ends %2 %3 after %4 attempts, %5 of them counted")
                    .arg(f.id.value)
                    .arg(QString::fromLatin1(toString(f.state)), QString::fromStdString(f.cause))
                    .arg(f.attempts)
                    .arg(f.tries));
    }
    ScenarioResult result;
    result.violations = m_violations;
    result.fingerprint = hash.result().toHex().left(16).toULongLong(nullptr, 16);
    result.messages = m_messages;
    result.posts = m_world.transport.posts();
    result.crashes = m_crashes;
    result.simulatedSeconds = std::chrono::duration_cast<Seconds>(m_world.clock.elapsed()).count();
    return result;
}

} // namespace

ScenarioResult runScenario(std::uint64_t seed, const QString &story) { return Scenario(seed, story).run(); }

} // namespace songda::simulation
