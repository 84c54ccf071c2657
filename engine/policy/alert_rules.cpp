// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/alert_rules.h"

#include <algorithm>
#include <cmath>

namespace songda {

namespace {

using Verdict = AlertReading::Verdict;

constexpr std::chrono::hours longestWindow{2};
constexpr Seconds spacing{10}; ///< between remembered samples
/// An open alert ends when the value is this much better than where it began, so that one on the line does not flap.
constexpr double slack = 0.1;
constexpr double megabyte = 1024.0 * 1024.0;

Verdict above(double value, double threshold) {
    if (value > threshold)
        return Verdict::Bad;
    return value > threshold * (1 - slack) ? Verdict::Between : Verdict::Good;
}

/// Whether so many failures are more than bad luck, where `expected` would be in order: beyond three standard deviations of
/// a Poisson count, and never fewer than three. Few messages need a large share, many a small one.
bool isNoChance(double failures, double expected) { return failures >= 3 && failures > expected + 3 * std::sqrt(expected); }

Verdict yes(bool bad) { return bad ? Verdict::Bad : Verdict::Good; }

double secondsOf(Millis span) { return static_cast<double>(span.count()) / 1000; }

const AccountFacts *find(const AlertSample &sample, const std::string &account) {
    const auto it = std::ranges::find_if(sample.accounts, [&](const AccountFacts &a) { return a.name == account; });
    return it == sample.accounts.end() ? nullptr : &*it;
}

} // namespace

void AlertRules::add(AlertSample sample) {
    // The newest is always kept; of the ones before it, one each ten seconds is enough.
    if (m_samples.size() >= 2 && m_samples.back().at - m_samples[m_samples.size() - 2].at < spacing)
        m_samples.pop_back();
    m_samples.push_back(std::move(sample));
    while (m_samples.size() > 2 && m_samples.back().at - m_samples[1].at > longestWindow)
        m_samples.pop_front();
}

AlertRules::Increase AlertRules::increase(
    SteadyTime now, Seconds window, const std::function<std::optional<std::int64_t>(const AlertSample &)> &count) const {
    if (m_samples.empty())
        return {};
    const auto last = count(m_samples.back());
    if (!last)
        return {};
    // The last sample before the window, or the first there is.
    const AlertSample *start = &m_samples.front();
    bool whole = false;
    for (const AlertSample &sample : m_samples) {
        if (now - sample.at < window)
            break;
        start = &sample;
        whole = true;
    }
    return {*last - count(*start).value_or(*last), whole};
}

AlertRules::Increase AlertRules::increaseOf(
    SteadyTime now, Seconds window, const std::string &account, const std::function<std::int64_t(const AccountFacts &)> &count) const {
    return increase(now, window, [&](const AlertSample &sample) -> std::optional<std::int64_t> {
        const AccountFacts *facts = find(sample, account);
        return facts ? std::optional(count(*facts)) : std::nullopt;
    });
}

void AlertRules::judgeAccount(const AccountFacts &account, SteadyTime now, const AlertPolicy &policy, std::vector<AlertReading> &out) const {
    const auto add = [&](AlertRule rule, Verdict verdict, double value, double threshold, Seconds holdFor, std::string object = {}) {
        out.push_back({{rule, account.name, std::move(object)}, verdict, value, threshold, holdFor});
    };
    const auto gate = [&](Gate bad, bool between) { return account.gate == bad ? Verdict::Bad : between ? Verdict::Between : Verdict::Good; };
    // Between two pauses a probe is under way, and whether it helps is not known yet.
    add(AlertRule::BreakerOpen, account.breakerOpen ? Verdict::Bad : account.breakerProbing ? Verdict::Between : Verdict::Good, 1, 0, policy.breakerOpenFor);
    add(AlertRule::AccountHeld, gate(Gate::AccountHeld, false), 1, 0, policy.accountHeldFor);
    add(AlertRule::NoToken, gate(Gate::NoToken, account.gate == Gate::Offline), 1, 0, policy.noTokenFor);

    // Judged by what becomes of messages: a try that fails and is followed by one that succeeds is no failure. What waits for
    // its repeat is one as long as tries fail, or an outage in which nothing ends would look well.
    const auto ended = increaseOf(now, policy.failures.window, account.name, [](const AccountFacts &a) { return a.ended; });
    const auto lost = increaseOf(now, policy.failures.window, account.name, [](const AccountFacts &a) { return a.lost; });
    const auto failures = increaseOf(now, policy.failures.window, account.name, [](const AccountFacts &a) { return a.failures; });
    const std::int64_t inTrouble = failures.n > 0 ? account.retrying : 0;
    const auto all = static_cast<double>(ended.n + inTrouble);
    const auto failed = static_cast<double>(lost.n + inTrouble);
    const double share = all > 0 ? failed / all : 0;
    const bool enough = ended.n + inTrouble >= policy.failures.minimum;
    const Verdict failing = enough && share > policy.failures.above ? (isNoChance(failed, all * policy.failures.above) ? Verdict::Bad : Verdict::Between)
        : enough                                                    ? above(share, policy.failures.above)
        : failures.whole && failures.n == 0 && lost.n == 0          ? Verdict::Good
                                                                    : Verdict::Unknown;
    add(AlertRule::Failures, failing, share, policy.failures.above, policy.failures.holdFor);

    for (const auto &[code, n] : account.unknownCodes) {
        const auto seen = increaseOf(now, policy.unknownCodeWindow, account.name, [&code = code](const AccountFacts &a) {
            const auto it = a.unknownCodes.find(code);
            return it == a.unknownCodes.end() ? 0 : it->second;
        });
        add(AlertRule::UnknownCode, yes(seen.n > 0), static_cast<double>(seen.n), 0, Seconds{0}, code);
    }

    if (account.quotaLimit && *account.quotaLimit > 0) {
        const double used = static_cast<double>(account.acceptedToday) / static_cast<double>(*account.quotaLimit);
        add(AlertRule::Quota, above(used, policy.quotaAbove), used, policy.quotaAbove, Seconds{0});
    }

    const auto dead = increaseOf(now, policy.deadLetters.window, account.name, [](const AccountFacts &a) { return a.dead; });
    const auto most = static_cast<double>(policy.deadLetters.above);
    add(AlertRule::DeadLettersGrow, above(static_cast<double>(dead.n), most), static_cast<double>(dead.n), most, Seconds{0});

    if (account.reportsExpected) {
        const auto accepted = increaseOf(now, policy.reportsSilent.window, account.name, [](const AccountFacts &a) { return a.accepted; });
        const auto reports = increaseOf(now, policy.reportsSilent.window, account.name, [](const AccountFacts &a) { return a.reports; });
        const Verdict silent = reports.n > 0                   ? Verdict::Good
            : accepted.n > policy.reportsSilent.minimum ? Verdict::Bad
            : accepted.whole && accepted.n == 0         ? Verdict::Good
                                                        : Verdict::Unknown;
        add(AlertRule::ReportsSilent, silent, static_cast<double>(accepted.n), static_cast<double>(policy.reportsSilent.minimum), policy.reportsSilent.holdFor);
    }

    const double off = account.clockDifference ? std::abs(secondsOf(*account.clockDifference)) : 0;
    const double mostOff = secondsOf(policy.clockAbove);
    add(AlertRule::Clock, above(off, mostOff), off, mostOff, Seconds{0});
    add(AlertRule::SecondHost, yes(account.onSecondHost), 1, 0, policy.secondHostFor);
}

std::vector<AlertReading> AlertRules::judge(SteadyTime now, const PolicyOf &policyOf) const {
    std::vector<AlertReading> out;
    if (m_samples.empty())
        return out;
    const AlertSample &last = m_samples.back();
    const AlertPolicy &policy = policyOf({}).alerts;
    const auto add = [&](AlertRule rule, Verdict verdict, double value, double threshold, Seconds holdFor, std::string object = {}) {
        out.push_back({{rule, {}, std::move(object)}, verdict, value, threshold, holdFor});
    };
    add(AlertRule::MustRestart, yes(last.mustRestart), 1, 0, Seconds{0});
    constexpr Seconds commitsWindow{300};
    const auto commits = increase(now, commitsWindow, [](const AlertSample &s) { return std::optional(s.failedCommits); });
    add(AlertRule::CommitsFail, yes(commits.n > 0), static_cast<double>(commits.n), 0, Seconds{0});
    // It waits on although nothing new is heard.
    const double age = last.oldestAge ? secondsOf(*last.oldestAge + std::chrono::floor<Millis>(now - last.at)) : 0;
    const double oldest = secondsOf(policy.oldestWaiting.above);
    add(AlertRule::OldestWaiting, last.paused ? Verdict::Good : above(age, oldest), age, oldest, policy.oldestWaiting.holdFor);
    if (last.diskFree) {
        const double free = static_cast<double>(*last.diskFree) / megabyte;
        const auto least = static_cast<double>(policy.diskBelowMegabytes);
        add(AlertRule::DiskLow, free < least ? Verdict::Bad : free < least * (1 + slack) ? Verdict::Between : Verdict::Good, free, least, Seconds{0});
    }
    for (const HookFacts &hook : last.hooks) {
        const std::string id = std::to_string(hook.id);
        add(AlertRule::HookStopped, yes(hook.stopped), 1, 0, Seconds{0}, id);
        add(AlertRule::HookDead, yes(hook.dead > 0), static_cast<double>(hook.dead), 0, Seconds{0}, id);
        const auto most = static_cast<double>(policy.hookBacklog.above);
        add(AlertRule::HookBacklog, above(static_cast<double>(hook.waiting), most), static_cast<double>(hook.waiting), most, policy.hookBacklog.holdFor, id);
    }
    for (const AccountFacts &account : last.accounts)
        judgeAccount(account, now, policyOf(account.name).alerts, out);
    return out;
}

} // namespace songda
