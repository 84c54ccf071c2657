// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/alert.h"

namespace songda {

namespace {

template <class Value, class List> std::optional<Value> fromName(const List &all, std::string_view name) {
    for (const Value value : all) {
        if (name == toString(value))
            return value;
    }
    return std::nullopt;
}

} // namespace

const char *toString(AlertLevel level) {
    switch (level) {
    case AlertLevel::Warning: return "warning";
    case AlertLevel::Minor: return "minor";
    case AlertLevel::Major: return "major";
    case AlertLevel::Critical: return "critical";
    }
    return "?";
}

std::optional<AlertLevel> alertLevelFromString(std::string_view name) { return fromName<AlertLevel>(allAlertLevels, name); }

const char *toString(AlertRule rule) {
    switch (rule) {
    case AlertRule::MustRestart: return "must_restart";
    case AlertRule::CommitsFail: return "commits_fail";
    case AlertRule::OldestWaiting: return "oldest_waiting";
    case AlertRule::Failures: return "failures";
    case AlertRule::UnknownCode: return "unknown_code";
    case AlertRule::BreakerOpen: return "breaker_open";
    case AlertRule::AccountHeld: return "account_held";
    case AlertRule::NoToken: return "no_token";
    case AlertRule::Quota: return "quota";
    case AlertRule::DeadLettersGrow: return "dead_letters_grow";
    case AlertRule::ReportsSilent: return "reports_silent";
    case AlertRule::DiskLow: return "disk_low";
    case AlertRule::Clock: return "clock";
    case AlertRule::SecondHost: return "second_host";
    case AlertRule::HookStopped: return "hook_stopped";
    case AlertRule::HookDead: return "hook_dead";
    case AlertRule::HookBacklog: return "hook_backlog";
    }
    return "?";
}

std::optional<AlertRule> alertRuleFromString(std::string_view name) { return fromName<AlertRule>(allAlertRules, name); }

AlertLevel levelOf(AlertRule rule) {
    switch (rule) {
    case AlertRule::MustRestart:
    case AlertRule::CommitsFail: return AlertLevel::Critical;
    case AlertRule::OldestWaiting:
    case AlertRule::BreakerOpen:
    case AlertRule::AccountHeld:
    case AlertRule::NoToken:
    case AlertRule::ReportsSilent:
    case AlertRule::DiskLow:
    case AlertRule::HookStopped:
    case AlertRule::HookDead: return AlertLevel::Major;
    case AlertRule::Failures:
    case AlertRule::DeadLettersGrow:
    case AlertRule::HookBacklog: return AlertLevel::Minor;
    case AlertRule::UnknownCode:
    case AlertRule::Quota:
    case AlertRule::SecondHost:
    case AlertRule::Clock: return AlertLevel::Warning;
    }
    return AlertLevel::Warning;
}

const char *toString(AlertNotice::Kind kind) {
    switch (kind) {
    case AlertNotice::Kind::Fired: return "fired";
    case AlertNotice::Kind::Again: return "again";
    case AlertNotice::Kind::Recovered: return "recovered";
    case AlertNotice::Kind::Summary: return "summary";
    case AlertNotice::Kind::Test: return "test";
    }
    return "?";
}

const char *toString(AlertSink::Kind kind) {
    switch (kind) {
    case AlertSink::Kind::WebHook: return "webhook";
    case AlertSink::Kind::WeCom: return "wecom";
    case AlertSink::Kind::Mail: return "mail";
    case AlertSink::Kind::Command: return "command";
    }
    return "?";
}

std::optional<AlertSink::Kind> alertSinkKindFromString(std::string_view name) {
    return fromName<AlertSink::Kind>(std::array{AlertSink::Kind::WebHook, AlertSink::Kind::WeCom, AlertSink::Kind::Mail, AlertSink::Kind::Command}, name);
}

const char *toString(MailServer::Tls tls) {
    switch (tls) {
    case MailServer::Tls::Required: return "required";
    case MailServer::Tls::Implicit: return "implicit";
    case MailServer::Tls::Off: return "off";
    }
    return "?";
}

std::optional<MailServer::Tls> mailTlsFromString(std::string_view name) {
    return fromName<MailServer::Tls>(std::array{MailServer::Tls::Required, MailServer::Tls::Implicit, MailServer::Tls::Off}, name);
}

} // namespace songda
