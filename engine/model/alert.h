// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda {

/// How much it matters. Stored by number: never renumber.
enum class AlertLevel { Warning = 0, Minor = 1, Major = 2, Critical = 3 };
inline constexpr std::array allAlertLevels{AlertLevel::Warning, AlertLevel::Minor, AlertLevel::Major, AlertLevel::Critical};
const char *toString(AlertLevel level);
std::optional<AlertLevel> alertLevelFromString(std::string_view name);

/// What is watched. Stored by name; the names are those of resources/prometheus-alerts.yml.
enum class AlertRule {
    MustRestart,
    CommitsFail,
    OldestWaiting,
    Failures,
    UnknownCode,
    BreakerOpen,
    AccountHeld,
    NoToken,
    Quota,
    DeadLettersGrow,
    ReportsSilent,
    DiskLow,
    Clock,
    SecondHost,
    HookStopped,
    HookDead,
    HookBacklog,
};
inline constexpr std::array allAlertRules{AlertRule::MustRestart, AlertRule::CommitsFail, AlertRule::OldestWaiting, AlertRule::Failures, AlertRule::UnknownCode,
    AlertRule::BreakerOpen, AlertRule::AccountHeld, AlertRule::NoToken, AlertRule::Quota, AlertRule::DeadLettersGrow, AlertRule::ReportsSilent, AlertRule::DiskLow,
    AlertRule::Clock, AlertRule::SecondHost, AlertRule::HookStopped, AlertRule::HookDead, AlertRule::HookBacklog};
const char *toString(AlertRule rule);
std::optional<AlertRule> alertRuleFromString(std::string_view name);
AlertLevel levelOf(AlertRule rule);

/// What one alert is about: the same thing never has two open ones.
struct AlertKey {
    AlertRule rule = AlertRule::MustRestart;
    std::string account; ///< name; empty: the whole profile
    std::string object; ///< an error code, the number of a hook; empty when the rule needs none

    auto operator<=>(const AlertKey &) const = default;
};

/// One alert, open or past.
struct Alert {
    std::int64_t id = 0;
    AlertKey key;
    AlertLevel level = AlertLevel::Warning;
    WallTime since; ///< the condition came true
    WallTime firedAt; ///< it had been true for long enough
    WallTime lastAt; ///< `value` is of then
    double value = 0;
    double threshold = 0;
    std::optional<WallTime> recoveredAt; ///< nothing: it is open
    std::string acknowledgedBy; ///< empty: nobody has
    std::optional<WallTime> acknowledgedAt;
    std::string note; ///< of who acknowledged it
    std::optional<WallTime> toldAt; ///< the last notice of it
    std::optional<WallTime> recoveryToldAt;

    bool operator==(const Alert &) const = default;
};

/// What is told at once: the alerts of one rule that began, or ended, about the same time.
struct AlertNotice {
    enum class Kind {
        Fired,
        Again, ///< still there, and nobody has acknowledged it
        Recovered,
        Summary, ///< what happened in the quiet hours, of all rules
        Test, ///< of a sink: no alert
    };
    Kind kind = Kind::Fired;
    AlertLevel level = AlertLevel::Warning; ///< the highest
    WallTime at;
    std::vector<Alert> alerts;
};
const char *toString(AlertNotice::Kind kind);

/// Where notices go to.
struct AlertSink {
    enum class Kind { WebHook, WeCom, Mail, Command };
    std::int64_t id = 0;
    Kind kind = Kind::WebHook;
    std::string target; ///< for people, without what is secret: an address, a mail address, a program
    AlertLevel least = AlertLevel::Warning; ///< nothing below this
    bool chinese = false; ///< language of the sentences
    bool allowPrivate = false; ///< its host may be on this machine or in a private network
    WallTime createdAt;
    std::string createdBy;
    std::int64_t taken = 0;
    std::int64_t failures = 0; ///< tries in vain
    std::int64_t waiting = 0; ///< notices that are still to be told
    std::int64_t dead = 0; ///< notices that were given up
    std::optional<WallTime> lastAt;
    std::string lastDetail;

    bool operator==(const AlertSink &) const = default;
};
const char *toString(AlertSink::Kind kind);
std::optional<AlertSink::Kind> alertSinkKindFromString(std::string_view name);

/// How mail is handed over.
struct MailServer {
    enum class Tls { Required, Implicit, Off };
    std::string host;
    int port = 587;
    Tls tls = Tls::Required; ///< Required: STARTTLS or no mail; Implicit: from the first byte on
    std::string user; ///< empty: without signing in
    std::string from;
    std::vector<std::string> to;
};
const char *toString(MailServer::Tls tls);
std::optional<MailServer::Tls> mailTlsFromString(std::string_view name);

struct NewAlertSink {
    AlertSink::Kind kind = AlertSink::Kind::WebHook;
    std::string url; ///< of a web hook or a group robot
    MailServer mail;
    std::vector<std::string> command; ///< program and arguments; no shell looks at it
    std::string password; ///< of the mail server
    AlertLevel least = AlertLevel::Warning;
    bool chinese = false;
    bool allowPrivate = false;
};

struct IssuedAlertSink {
    AlertSink sink;
    std::string secret; ///< of a web hook: whsec_..., shown once; empty for the others
};

/// What came of a notice for one sink.
struct AlertTelling {
    std::int64_t sink = 0;
    std::string target; ///< as it was; the sink may be gone
    AlertNotice::Kind kind = AlertNotice::Kind::Fired;
    WallTime at;
    int tries = 0;
    bool taken = false;
    bool dead = false;
    std::string detail;
};

struct AlertFilter {
    bool past = false; ///< those that are over, instead of the open ones
    int limit = 1000;
};

/// Words about an alert in one language.
struct AlertWords {
    std::string title; ///< of the rule
    std::string sentence; ///< what this one says
    std::string advice; ///< what to do
};

/// A rule as it is in force for an account.
struct AlertRuleInfo {
    AlertRule rule = AlertRule::MustRestart;
    AlertLevel level = AlertLevel::Warning;
    double threshold = 0; ///< 0 for a rule that is a plain yes or no
    Seconds holdFor{0};
    std::string title;
    std::string condition; ///< with the figures
};

/// How many are open, by level.
using AlertCounts = std::array<int, allAlertLevels.size()>;
inline int total(const AlertCounts &counts) {
    int n = 0;
    for (const int each : counts)
        n += each;
    return n;
}

} // namespace songda
