// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/policy_fields.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace songda {

namespace {

#define SONGDA_SLOT(member) [](Policy &p) -> PolicySlot { return &p.member; }

constexpr double hourMs = 3'600'000;
constexpr double dayS = 86'400;

const PolicyField fields[] = {
    {"retry.transient.attempts", 1, 50, "tries of a message that WeChat refuses for now (busy, 5xx), the first included", SONGDA_SLOT(retry.transient.attempts)},
    {"retry.transient.base_ms", 1, hourMs, "milliseconds before the first repeat", SONGDA_SLOT(retry.transient.backOff.base)},
    {"retry.transient.factor", 1, 10, "each repeat waits so many times longer", SONGDA_SLOT(retry.transient.backOff.factor)},
    {"retry.transient.cap_ms", 1, hourMs, "milliseconds no repeat waits beyond", SONGDA_SLOT(retry.transient.backOff.cap)},
    {"retry.transient.jitter", 0, 0, "what part of the wait is drawn by chance", SONGDA_SLOT(retry.transient.backOff.jitter)},
    {"retry.uncertain.attempts", 1, 50, "tries of a message that was written and never answered", SONGDA_SLOT(retry.uncertain.attempts)},
    {"retry.uncertain.base_ms", 1, 120'000, "milliseconds before the first repeat; repeats are safe for eight minutes only", SONGDA_SLOT(retry.uncertain.backOff.base)},
    {"retry.uncertain.factor", 1, 10, "each repeat waits so many times longer", SONGDA_SLOT(retry.uncertain.backOff.factor)},
    {"retry.uncertain.cap_ms", 1, 120'000, "milliseconds no repeat waits beyond", SONGDA_SLOT(retry.uncertain.backOff.cap)},
    {"retry.uncertain.jitter", 0, 0, "what part of the wait is drawn by chance", SONGDA_SLOT(retry.uncertain.backOff.jitter)},
    {"retry.unknown.attempts", 1, 50, "tries of a message with an error code that nobody knows", SONGDA_SLOT(retry.unknown.attempts)},
    {"retry.unknown.base_ms", 1, hourMs, "milliseconds before the first repeat", SONGDA_SLOT(retry.unknown.backOff.base)},
    {"retry.unknown.factor", 1, 10, "each repeat waits so many times longer", SONGDA_SLOT(retry.unknown.backOff.factor)},
    {"retry.unknown.cap_ms", 1, hourMs, "milliseconds no repeat waits beyond", SONGDA_SLOT(retry.unknown.backOff.cap)},
    {"retry.unknown.jitter", 0, 0, "what part of the wait is drawn by chance", SONGDA_SLOT(retry.unknown.backOff.jitter)},
    {"retry.token.base_ms", 100, hourMs, "milliseconds before a failed fetch of the token is repeated", SONGDA_SLOT(retry.token.base)},
    {"retry.token.factor", 1, 10, "each repeat waits so many times longer", SONGDA_SLOT(retry.token.factor)},
    {"retry.token.cap_ms", 100, hourMs, "milliseconds no repeat waits beyond", SONGDA_SLOT(retry.token.cap)},
    {"retry_budget.share", 0, 10, "repeats allowed for each first try", SONGDA_SLOT(budget.share)},
    {"retry_budget.per_second", 0.1, 10'000, "repeats a second that are always allowed", SONGDA_SLOT(budget.perSecond)},
    {"retry_budget.at_most", 1, 1'000'000, "repeats that can be saved up", SONGDA_SLOT(budget.atMost)},
    {"breaker.window_ms", 1000, hourMs, "milliseconds of answers that are looked at", SONGDA_SLOT(breaker.window)},
    {"breaker.minimum_volume", 2, 100'000, "answers in the window below which no share is taken", SONGDA_SLOT(breaker.minimumVolume)},
    {"breaker.failure_share", 0.05, 0.95, "share of failures that stops the account", SONGDA_SLOT(breaker.failureShare)},
    {"breaker.adaptation", 0, 1, "part of the usual share of failures that is added to it", SONGDA_SLOT(breaker.adaptation)},
    {"breaker.in_a_row", 2, 1000, "failures of different messages in a row that stop a quiet account; four times as many stop any", SONGDA_SLOT(breaker.inARow)},
    {"breaker.open_ms", 100, hourMs, "milliseconds of the first pause; doubles with each failed probe", SONGDA_SLOT(breaker.openFor)},
    {"breaker.open_at_most_ms", 100, hourMs, "milliseconds no pause lasts beyond", SONGDA_SLOT(breaker.openForAtMost)},
    {"breaker.probes", 1, 100, "requests at a time after a pause", SONGDA_SLOT(breaker.probes)},
    {"breaker.probes_to_close", 1, 1000, "successes in a row that end the trouble", SONGDA_SLOT(breaker.probesToClose)},
    {"deadline.shortest_ms", 500, 120'000, "milliseconds an answer is waited for when answers come fast", SONGDA_SLOT(deadline.shortest)},
    {"deadline.longest_ms", 500, 120'000, "milliseconds an answer is waited for at most", SONGDA_SLOT(deadline.longest)},
    {"pause.minute_throttle_ms", 1000, hourMs, "milliseconds of pause after 45011 or 429 without a Retry-After", SONGDA_SLOT(pause.minuteThrottle)},
    {"pause.offline_base_ms", 100, hourMs, "milliseconds before the platform is tried again that could not be reached", SONGDA_SLOT(pause.offline.base)},
    {"pause.offline_cap_ms", 100, hourMs, "milliseconds no such wait lasts beyond", SONGDA_SLOT(pause.offline.cap)},
    {"pause.offline_before_hold_ms", 1000, hourMs, "milliseconds without a connection after which the account is shown as held", SONGDA_SLOT(pause.offlineBeforeHold)},
    {"failover.in_a_row", 1, 100, "tries in a row that do not reach the API address before the second one is asked", SONGDA_SLOT(failover.inARow)},
    {"failover.stay_ms", 1000, dayS * 1000, "milliseconds at the second API address before the first is asked again; doubles when the first fails soon after", SONGDA_SLOT(failover.stay)},
    {"failover.stay_at_most_ms", 1000, dayS * 1000, "milliseconds that does not grow beyond", SONGDA_SLOT(failover.stayAtMost)},
    {"failover.probe.base_ms", 1000, hourMs, "milliseconds before an address that does not answer is asked again; doubles", SONGDA_SLOT(failover.probe.base)},
    {"failover.probe.cap_ms", 1000, hourMs, "milliseconds no such wait lasts beyond", SONGDA_SLOT(failover.probe.cap)},
    {"quota.daily", 0, 1e12, "sends a China day; 0: as WeChat says", SONGDA_SLOT(quota.daily)},
    {"quota.kept_for_urgent", 0, 0.9, "share of the day only urgent messages may use", SONGDA_SLOT(quota.keptForUrgent)},
    {"quota.kept_for_normal", 0, 0.9, "share of the day only normal and urgent messages may use", SONGDA_SLOT(quota.keptForNormal)},
    {"quota.ask", 0, 0, "ask WeChat for the day's quota, at start and once an hour", SONGDA_SLOT(quota.ask)},
    {"quiet_hours.from", 0, 0, "China time at which quiet begins", SONGDA_SLOT(quietHours.from)},
    {"quiet_hours.until", 0, 0, "China time at which it ends; the same as from: no quiet hours", SONGDA_SLOT(quietHours.until)},
    {"quiet_hours.urgent_passes", 0, 0, "urgent messages go all the same", SONGDA_SLOT(quietHours.urgentPasses)},
    {"frequency.messages", 0, 100'000, "messages to one person within the window; 0: as many as come", SONGDA_SLOT(frequency.messages)},
    {"frequency.window_s", 60, 30 * dayS, "seconds of that window", SONGDA_SLOT(frequency.window)},
    {"frequency.urgent_passes", 0, 0, "urgent messages go all the same", SONGDA_SLOT(frequency.urgentPasses)},
    {"shares.bulk", 0, 0.5, "share of the sends kept for bulk messages while others wait", SONGDA_SLOT(shares.bulk)},
    {"shares.normal", 0, 0.5, "share of the sends kept for normal messages while urgent ones wait", SONGDA_SLOT(shares.normal)},
    {"concurrency.adaptive", 0, 0, "fewer requests at a time when answers come slower than usual", SONGDA_SLOT(concurrency.adaptive)},
    {"concurrency.at_least", 1, 480, "requests at a time it never goes below", SONGDA_SLOT(concurrency.atLeast)},
    {"concurrency.tolerance", 1, 10, "how many times slower than usual answers may come", SONGDA_SLOT(concurrency.tolerance)},
    {"alerts.failures.above", 0.0001, 1, "share of an account's messages that fail; recipients and contents that are refused do not count", SONGDA_SLOT(alerts.failures.above)},
    {"alerts.failures.minimum", 1, 1e9, "messages within the window below which no share is taken", SONGDA_SLOT(alerts.failures.minimum)},
    {"alerts.failures.window_s", 60, 3600, "seconds of that window", SONGDA_SLOT(alerts.failures.window)},
    {"alerts.failures.for_s", 0, dayS, "seconds it lasts before it is an alert", SONGDA_SLOT(alerts.failures.holdFor)},
    {"alerts.oldest_waiting.above_s", 1, dayS, "seconds the longest waiting message has been due; of all accounts", SONGDA_SLOT(alerts.oldestWaiting.above)},
    {"alerts.oldest_waiting.for_s", 0, dayS, "seconds it lasts before it is an alert; of all accounts", SONGDA_SLOT(alerts.oldestWaiting.holdFor)},
    {"alerts.breaker_open.for_s", 0, dayS, "seconds the breaker is open before it is an alert", SONGDA_SLOT(alerts.breakerOpenFor)},
    {"alerts.account_held.for_s", 0, dayS, "seconds an account is held before it is an alert", SONGDA_SLOT(alerts.accountHeldFor)},
    {"alerts.no_token.for_s", 0, dayS, "seconds without an access token before it is an alert", SONGDA_SLOT(alerts.noTokenFor)},
    {"alerts.quota.above", 0.01, 10, "share of the day's quota that is used", SONGDA_SLOT(alerts.quotaAbove)},
    {"alerts.unknown_code.window_s", 60, 3600, "seconds after which an error code that nobody knows is forgotten", SONGDA_SLOT(alerts.unknownCodeWindow)},
    {"alerts.dead_letters_grow.above", 0, 1e9, "new dead letters within the window", SONGDA_SLOT(alerts.deadLetters.above)},
    {"alerts.dead_letters_grow.window_s", 60, 3600, "seconds of that window", SONGDA_SLOT(alerts.deadLetters.window)},
    {"alerts.reports_silent.minimum", 1, 1e9, "accepted messages within the window without one report", SONGDA_SLOT(alerts.reportsSilent.minimum)},
    {"alerts.reports_silent.window_s", 60, 3600, "seconds of that window", SONGDA_SLOT(alerts.reportsSilent.window)},
    {"alerts.reports_silent.for_s", 0, dayS, "seconds it lasts before it is an alert", SONGDA_SLOT(alerts.reportsSilent.holdFor)},
    {"alerts.disk_low.below_mb", 1, 1e9, "megabytes free on the profile's disk; of all accounts", SONGDA_SLOT(alerts.diskBelowMegabytes)},
    {"alerts.clock.above_s", 1, dayS, "seconds this machine's clock is off WeChat's", SONGDA_SLOT(alerts.clockAbove)},
    {"alerts.second_host.for_s", 0, dayS, "seconds an account goes by its second API address before it is an alert", SONGDA_SLOT(alerts.secondHostFor)},
    {"alerts.hook_backlog.above", 0, 1e9, "outcomes that wait for a business system; of all accounts", SONGDA_SLOT(alerts.hookBacklog.above)},
    {"alerts.hook_backlog.for_s", 0, dayS, "seconds it lasts before it is an alert; of all accounts", SONGDA_SLOT(alerts.hookBacklog.holdFor)},
    {"alerts.recover_after_s", 0, dayS, "seconds all is well before an alert ends; of all accounts", SONGDA_SLOT(alerts.recoverAfter)},
    {"alerts.repeat_after_s", 0, 7 * dayS, "seconds after which an alert that nobody acknowledged is told again; 0: never; of all accounts", SONGDA_SLOT(alerts.repeatAfter)},
    {"alerts.group_within_s", 0, 3600, "seconds within which alerts of a rule are told at once; of all accounts", SONGDA_SLOT(alerts.groupWithin)},
    {"alerts.quiet_hours.from", 0, 0, "China time from which on only critical alerts are told; of all accounts", SONGDA_SLOT(alerts.quiet.from)},
    {"alerts.quiet_hours.until", 0, 0, "China time at which it ends, and the rest is told; the same as from: no quiet hours", SONGDA_SLOT(alerts.quiet.until)},
    {"approval.over", 0, 1e9, "more messages at once than this wait until a second user agrees; 0: never", SONGDA_SLOT(approvalOver)},
    {"suppress_refused", 0, 0, "do not write again to who blocked the account or the template", SONGDA_SLOT(suppressRefused)},
    {"useful_for_s", 0, 365 * dayS, "seconds after which a message without an end of its own is no longer sent; 0: never", SONGDA_SLOT(usefulFor)},
    {"idempotency.keep_days", 1, 3650, "days an idempotency key is remembered at least, also when its message was archived; of all accounts", SONGDA_SLOT(keepKeysDays)},
    {"words_file", 0, 0, "file of sensitive words, one a line, in the profile's folder; messages with one are refused", SONGDA_SLOT(wordsFile)},
};

#undef SONGDA_SLOT

template <class... F> struct Overloaded : F... {
    using F::operator()...;
};
template <class... F> Overloaded(F...) -> Overloaded<F...>; // clang does not make one of an aggregate yet

std::string number(double value) { return nlohmann::json(value).dump(); }

std::string plain(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", value);
    return text;
}

} // namespace

std::span<const PolicyField> policyFields() { return fields; }

std::string policyFieldText(const PolicyField &field, Policy policy) {
    return std::visit(Overloaded{
                          [](bool *v) { return std::string(*v ? "true" : "false"); },
                          [](int *v) { return std::to_string(*v); },
                          [](std::int64_t *v) { return std::to_string(*v); },
                          [](double *v) { return number(*v); },
                          [](Millis *v) { return std::to_string(v->count()); },
                          [](Seconds *v) { return std::to_string(v->count()); },
                          [](std::chrono::minutes *v) {
                              char text[16];
                              std::snprintf(text, sizeof text, "\"%02d:%02d\"", static_cast<int>(v->count() / 60), static_cast<int>(v->count() % 60));
                              return std::string(text);
                          },
                          [](std::string *v) { return nlohmann::json(*v).dump(); },
                          [](Jitter *v) { return nlohmann::json(toString(*v)).dump(); },
                      },
        field.slot(policy));
}

std::string policyFieldRange(const PolicyField &field) {
    Policy policy;
    const std::string range = " from " + plain(field.least) + " to " + plain(field.most);
    return std::visit(Overloaded{
                          [](bool *) { return std::string("true or false"); },
                          [&](double *) { return "a number" + range; },
                          [](std::chrono::minutes *) { return std::string("a time of day such as \"22:30\""); },
                          [](std::string *) { return std::string("the name of a file, without a folder"); },
                          [](Jitter *) { return std::string("\"full\", \"equal\" or \"none\""); },
                          [&](auto *) { return "a whole number" + range; },
                      },
        field.slot(policy));
}

PolicyKind policyFieldKind(const PolicyField &field) {
    Policy policy;
    return std::visit(Overloaded{
                          [](bool *) { return PolicyKind::YesNo; },
                          [](double *) { return PolicyKind::Number; },
                          [](std::chrono::minutes *) { return PolicyKind::TimeOfDay; },
                          [](std::string *) { return PolicyKind::File; },
                          [](Jitter *) { return PolicyKind::Jitter; },
                          [](auto *) { return PolicyKind::Whole; },
                      },
        field.slot(policy));
}

} // namespace songda
