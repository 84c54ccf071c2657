// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names and units follow Prometheus' conventions: base units, _total on what only grows.
#include "engine/doors/figures.h"

#include <limits>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace songda::doors {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

/// Gathers families in the order they are named.
class Families {
public:
    void gauge(const char *name, const char *help, double value, Labels labels = {}) {
        ClientMetric metric;
        metric.label = std::move(labels);
        metric.gauge.value = value;
        of(name, help, MetricType::Gauge).metric.push_back(std::move(metric));
    }
    void counter(const char *name, const char *help, double value, Labels labels = {}) {
        ClientMetric metric;
        metric.label = std::move(labels);
        metric.counter.value = value;
        of(name, help, MetricType::Counter).metric.push_back(std::move(metric));
    }
    void histogram(const char *name, const char *help, const DurationHistogram &h) {
        ClientMetric metric;
        metric.histogram.sample_count = static_cast<std::uint64_t>(h.count);
        metric.histogram.sample_sum = h.sum;
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < h.counts.size(); ++i) {
            below += static_cast<std::uint64_t>(h.counts[i]);
            const double bound = i < h.bounds.size() ? h.bounds[i] : std::numeric_limits<double>::infinity();
            metric.histogram.bucket.push_back({below, bound});
        }
        of(name, help, MetricType::Histogram).metric.push_back(std::move(metric));
    }
    std::string text() const { return prometheus::TextSerializer().Serialize(m_families); }

private:
    MetricFamily &of(const char *name, const char *help, MetricType type) {
        for (MetricFamily &family : m_families) {
            if (family.name == name)
                return family;
        }
        m_families.push_back({name, help, type, {}});
        return m_families.back();
    }

    std::vector<MetricFamily> m_families;
};

constexpr std::array allGates{Gate::Open, Gate::Idle, Gate::EnginePaused, Gate::EngineStopped, Gate::AccountHeld, Gate::DayQuota, Gate::QuietHours,
    Gate::MinuteThrottle, Gate::BreakerOpen, Gate::Offline, Gate::NoToken, Gate::Rate, Gate::RetryBudget, Gate::FrequencyCap,
    Gate::TemplatesHeld, Gate::JournalBlocked};

void addAccount(Families &out, const AccountSnapshot &a) {
    const Labels account{{"account", a.name}};
    for (const MessageState s : allMessageStates)
        out.gauge("songda_messages", "Messages by state.", static_cast<double>(a.counts[s]), {{"account", a.name}, {"state", toString(s)}});
    out.gauge("songda_queue_messages", "Messages that wait for their turn.", static_cast<double>(a.counts.waiting()), account);
    out.gauge("songda_requests_in_flight", "Requests to WeChat that are under way.", a.inFlight, account);
    out.gauge("songda_requests_in_flight_limit", "Requests to WeChat that are let through at a time at present.", a.concurrencyLimit, account);
    out.gauge("songda_send_rate_limit", "Messages a second that are let through at present.", a.rateLimit, account);
    for (const Gate gate : allGates)
        out.gauge("songda_account_gate", "1 for the first closed gate on the way out, or open or idle.", gate == a.gate ? 1 : 0,
            {{"account", a.name}, {"gate", toString(gate)}});
    const char *const breaker = a.breakerOpen ? "open" : a.breakerProbing ? "half_open" : "closed";
    for (const char *const state : {"closed", "open", "half_open"})
        out.gauge("songda_breaker_state", "1 for the state the circuit breaker is in.", std::string_view(state) == breaker ? 1 : 0,
            {{"account", a.name}, {"state", state}});
    out.gauge("songda_second_host", "1 while the account goes by its second API address.", a.onSecondHost ? 1 : 0, account);
    for (const auto &[outcome, n] : {std::pair{"accepted", a.endedAccepted}, {"failed", a.endedFailed}, {"refused", a.endedRefused}})
        out.counter("songda_messages_ended_total", "Messages that ended: accepted, failed, or refused for their recipient or content.",
            static_cast<double>(n), {{"account", a.name}, {"outcome", outcome}});
    if (a.tokenLife)
        out.gauge("songda_token_life_seconds", "Time until the access token expires.", static_cast<double>(a.tokenLife->count()), account);
    out.gauge("songda_quota_used_messages", "Messages WeChat has accepted this China day.", static_cast<double>(a.acceptedToday), account);
    if (a.quotaLimit)
        out.gauge("songda_quota_limit_messages", "Messages WeChat accepts a day.", static_cast<double>(*a.quotaLimit), account);
    if (a.clockDifference)
        out.gauge("songda_clock_difference_seconds", "How far this machine's clock is ahead of WeChat's.",
            static_cast<double>(a.clockDifference->count()) / 1000, account);
}

} // namespace

std::string metricsText(const MetricsInput &in) {
    Families out;
    const Snapshot &s = in.snapshot;
    out.gauge("songda_engine_running", "1 while this process delivers.", s.running ? 1 : 0);
    out.gauge("songda_engine_paused", "1 while a person has paused the engine.", s.paused ? 1 : 0);
    out.gauge("songda_engine_must_restart", "1 when nothing is sent or taken in until the engine is started anew.", s.mustRestart ? 1 : 0);
    out.gauge("songda_queue_oldest_age_seconds", "How long the longest waiting message has been due.",
        s.oldestDue ? static_cast<double>((s.at - *s.oldestDue).count()) / 1000 : 0);
    for (const AccountSnapshot &a : s.accounts)
        addAccount(out, a);
    for (const AccountSnapshot &a : s.accounts) {
        const auto own = in.meters.attempts.find(a.id);
        if (own == in.meters.attempts.end())
            continue;
        for (const auto &[what, n] : own->second)
            out.counter("songda_attempts_total", "Attempts that ended, by class and code of their outcome.", static_cast<double>(n),
                {{"account", a.name}, {"class", toString(what.first)}, {"code", what.second.empty() ? "0" : what.second}});
    }
    out.histogram("songda_attempt_duration_seconds", "Time from the request to WeChat to its answer.", in.meters.attemptTimes);
    out.histogram("songda_journal_commit_duration_seconds", "Time a commit took, sync included.", in.meters.commitTimes);
    out.counter("songda_journal_commit_failures_total", "Commits that failed.", static_cast<double>(in.meters.failedCommits));
    out.gauge("songda_journal_log_bytes", "Size of the database's write-ahead log.", static_cast<double>(in.meters.logBytes));
    if (in.meters.diskFree)
        out.gauge("songda_disk_free_bytes", "Room left where the profile lies.", static_cast<double>(*in.meters.diskFree));
    out.gauge("songda_intake_pending_messages", "Messages on their way into the database.", static_cast<double>(in.beingTakenIn));
    out.gauge("songda_door_connections", "Open connections to the doors.", static_cast<double>(in.server.connections));
    out.counter("songda_door_connections_cut_total", "Connections ended because they were too slow.", static_cast<double>(in.server.cut));
    out.counter("songda_door_connections_displaced_total", "Connections ended while idle or unfinished because others wanted in.",
        static_cast<double>(in.server.displaced));
    for (const Hook &hook : in.meters.hooks) {
        const Labels labels{{"hook", std::to_string(hook.id)}};
        out.gauge("songda_hook_waiting_deliveries", "Outcomes that a business system is still to be told.", static_cast<double>(hook.waiting), labels);
        out.gauge("songda_hook_dead_deliveries", "Outcomes that are not told again by themselves.", static_cast<double>(hook.dead), labels);
        out.counter("songda_hook_dropped_deliveries_total", "Outcomes that a business system was not told within what is kept for it.", static_cast<double>(hook.dropped), labels);
        out.gauge("songda_hook_stopped", "1 while a hook is told nothing until somebody resumes it.", hook.stoppedAt ? 1 : 0, labels);
        out.counter("songda_hook_deliveries_total", "Tries to tell a business system an outcome.", static_cast<double>(hook.delivered),
            {{"hook", std::to_string(hook.id)}, {"result", "delivered"}});
        out.counter("songda_hook_deliveries_total", "Tries to tell a business system an outcome.", static_cast<double>(hook.failures),
            {{"hook", std::to_string(hook.id)}, {"result", "failed"}});
    }
    for (const auto &[what, n] : in.server.callbacks)
        out.counter("songda_callback_events_total", "Events that platforms reported, by what became of them; refused are whole requests.",
            static_cast<double>(n), {{"account", what.first}, {"result", what.second}});
    for (const auto &[what, n] : in.answers)
        out.counter("songda_door_requests_total", "Requests answered by the doors.", static_cast<double>(n),
            {{"route", what.first}, {"status", std::to_string(what.second)}});
    return out.text();
}

} // namespace songda::doors
