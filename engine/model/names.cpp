// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/account.h"
#include "engine/model/attempt.h"
#include "engine/model/console_user.h"
#include "engine/model/forecast.h"
#include "engine/model/snapshot.h"

namespace songda {

const char *toString(Environment environment) {
    switch (environment) {
    case Environment::Production: return "production";
    case Environment::TestAccount: return "test-account";
    case Environment::Practice: return "practice";
    }
    return "production";
}

const char *toString(UserRole role) {
    switch (role) {
    case UserRole::Operator: return "operator";
    case UserRole::Support: return "support";
    case UserRole::Auditor: return "auditor";
    case UserRole::Admin: return "admin";
    }
    return "?";
}

std::optional<UserRole> userRoleFrom(std::string_view name) {
    for (const UserRole role : {UserRole::Operator, UserRole::Support, UserRole::Auditor, UserRole::Admin}) {
        if (name == toString(role))
            return role;
    }
    return std::nullopt;
}

const char *toString(TransportChoice choice) {
    switch (choice) {
    case TransportChoice::Auto: return "auto";
    case TransportChoice::Standard: return "standard";
    case TransportChoice::Bulk: return "bulk";
    }
    return "?";
}

Environment environmentOf(const Account &account) {
    std::string_view host = account.apiBase;
    if (const auto scheme = host.find("://"); scheme != std::string_view::npos)
        host.remove_prefix(scheme + 3);
    host = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find_first_of(":/"));
    const bool digitsOnly = host.find_first_not_of("0123456789.") == std::string_view::npos;
    if ((host.starts_with("127.") && digitsOnly) || host == "localhost" || host == "[::1]")
        return Environment::Practice;
    return account.testAccount ? Environment::TestAccount : Environment::Production;
}

const char *toString(AttemptPhase phase) {
    switch (phase) {
    case AttemptPhase::Started: return "started";
    case AttemptPhase::NotWritten: return "not-written";
    case AttemptPhase::Written: return "written";
    case AttemptPhase::Answered: return "answered";
    case AttemptPhase::Interrupted: return "interrupted";
    }
    return "started";
}

const char *toString(Gate gate) {
    switch (gate) {
    case Gate::Open: return "open";
    case Gate::Idle: return "idle";
    case Gate::EnginePaused: return "engine-paused";
    case Gate::EngineStopped: return "engine-stopped";
    case Gate::AccountHeld: return "account-held";
    case Gate::DayQuota: return "day-quota";
    case Gate::QuietHours: return "quiet-hours";
    case Gate::MinuteThrottle: return "minute-throttle";
    case Gate::BreakerOpen: return "breaker-open";
    case Gate::Offline: return "offline";
    case Gate::NoToken: return "no-token";
    case Gate::Rate: return "rate";
    case Gate::RetryBudget: return "retry-budget";
    case Gate::FrequencyCap: return "frequency-cap";
    case Gate::TemplatesHeld: return "templates-held";
    case Gate::JournalBlocked: return "journal-blocked";
    case Gate::Elsewhere: return "elsewhere";
    }
    return "idle";
}

const char *toString(ForecastStop::Why why) {
    switch (why) {
    case ForecastStop::Why::Closed: return "closed";
    case ForecastStop::Why::Quiet: return "quiet-hours";
    case ForecastStop::Why::Quota: return "day-quota";
    }
    return "closed";
}

} // namespace songda
