// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/setting_words.h"

#include "ui/widgets/format.h"
#include "ui/widgets/json_value.h"

#include <QCoreApplication>
#include <QLocale>

namespace songda::ui::words {

namespace {

struct Settings {
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

struct Words {
    const char *path;
    const char *title;
    const char *explanation;
};

const Words parts[]{
    {"retry.transient", QT_TRANSLATE_NOOP("Settings", "Repeats after a passing fault"), nullptr},
    {"retry.uncertain", QT_TRANSLATE_NOOP("Settings", "Repeats after no answer"), nullptr},
    {"retry.unknown", QT_TRANSLATE_NOOP("Settings", "Repeats after an unknown code"), nullptr},
    {"retry.token", QT_TRANSLATE_NOOP("Settings", "Repeats for a token"), nullptr},
    {"retry_budget", QT_TRANSLATE_NOOP("Settings", "Repeats in all"), nullptr},
    {"breaker", QT_TRANSLATE_NOOP("Settings", "Stop when WeChat keeps failing"), nullptr},
    {"deadline", QT_TRANSLATE_NOOP("Settings", "Waiting for an answer"), nullptr},
    {"pause", QT_TRANSLATE_NOOP("Settings", "Pauses"), nullptr},
    {"failover", QT_TRANSLATE_NOOP("Settings", "The second API address"), nullptr},
    {"failover.probe", QT_TRANSLATE_NOOP("Settings", "Asking an address that does not answer"), nullptr},
    {"quota", QT_TRANSLATE_NOOP("Settings", "Quota of the day"), nullptr},
    {"quiet_hours", QT_TRANSLATE_NOOP("Settings", "Quiet hours"), nullptr},
    {"frequency", QT_TRANSLATE_NOOP("Settings", "Messages to one person"), nullptr},
    {"shares", QT_TRANSLATE_NOOP("Settings", "Shares of the sends"), nullptr},
    {"concurrency", QT_TRANSLATE_NOOP("Settings", "Requests at a time"), nullptr},
    {"alerts", QT_TRANSLATE_NOOP("Settings", "Alerts"), nullptr},
    {"approval", QT_TRANSLATE_NOOP("Settings", "A second person"), nullptr},
    {"suppress_refused", QT_TRANSLATE_NOOP("Settings", "People"), nullptr},
    {"useful_for_s", QT_TRANSLATE_NOOP("Settings", "Messages"), nullptr},
    {"idempotency", QT_TRANSLATE_NOOP("Settings", "Messages"), nullptr},
    {"words_file", QT_TRANSLATE_NOOP("Settings", "Messages"), nullptr},
};

const Words fields[]{
    {"retry_budget.share", QT_TRANSLATE_NOOP("Settings", "Repeats for each first try"),
        QT_TRANSLATE_NOOP("Settings", "How many repeats each first try earns. Less keeps an outage from becoming a storm of repeats; too little lets messages wait longer after it.")},
    {"retry_budget.per_second", QT_TRANSLATE_NOOP("Settings", "Repeats that are always allowed"),
        QT_TRANSLATE_NOOP("Settings", "A second, whatever was earned. It keeps a quiet account moving.")},
    {"retry_budget.at_most", QT_TRANSLATE_NOOP("Settings", "Repeats that can be saved up"),
        QT_TRANSLATE_NOOP("Settings", "The most that may come at once after a quiet time.")},
    {"breaker.window_ms", QT_TRANSLATE_NOOP("Settings", "Time that is looked at"),
        QT_TRANSLATE_NOOP("Settings", "Failures older than this are forgotten. A longer time reacts more slowly and more surely.")},
    {"breaker.minimum_volume", QT_TRANSLATE_NOOP("Settings", "Answers before a share is taken"),
        QT_TRANSLATE_NOOP("Settings", "With fewer answers than this no share is taken, so that two failures at night stop nothing.")},
    {"breaker.failure_share", QT_TRANSLATE_NOOP("Settings", "Share of failures that stops the account"),
        QT_TRANSLATE_NOOP("Settings", "A lower share stops earlier, also when WeChat only stumbles.")},
    {"breaker.adaptation", QT_TRANSLATE_NOOP("Settings", "Usual failures that are added to it"),
        QT_TRANSLATE_NOOP("Settings", "An account that always has some failures is not stopped by its usual ones.")},
    {"breaker.in_a_row", QT_TRANSLATE_NOOP("Settings", "Failures in a row that stop it"),
        QT_TRANSLATE_NOOP("Settings", "Of different messages, on a quiet account; four times as many stop any account.")},
    {"breaker.open_ms", QT_TRANSLATE_NOOP("Settings", "First pause"),
        QT_TRANSLATE_NOOP("Settings", "How long nothing is sent after too many failures. It doubles with each probe that fails.")},
    {"breaker.open_at_most_ms", QT_TRANSLATE_NOOP("Settings", "Longest pause"),
        QT_TRANSLATE_NOOP("Settings", "No pause lasts longer, however often a probe failed.")},
    {"breaker.probes", QT_TRANSLATE_NOOP("Settings", "Probes at a time"),
        QT_TRANSLATE_NOOP("Settings", "How many messages try the way after a pause.")},
    {"breaker.probes_to_close", QT_TRANSLATE_NOOP("Settings", "Successes that end the trouble"),
        QT_TRANSLATE_NOOP("Settings", "So many probes must pass in a row before everything goes again.")},
    {"deadline.shortest_ms", QT_TRANSLATE_NOOP("Settings", "Shortest wait for an answer"),
        QT_TRANSLATE_NOOP("Settings", "When answers come fast, a request is given up after this at the earliest. Too short makes uncertain messages out of slow ones.")},
    {"deadline.longest_ms", QT_TRANSLATE_NOOP("Settings", "Longest wait for an answer"),
        QT_TRANSLATE_NOOP("Settings", "No request is waited for longer. What was written and not answered becomes uncertain.")},
    {"pause.minute_throttle_ms", QT_TRANSLATE_NOOP("Settings", "Pause when WeChat says slow down"),
        QT_TRANSLATE_NOOP("Settings", "Used when WeChat does not say itself how long.")},
    {"pause.offline_base_ms", QT_TRANSLATE_NOOP("Settings", "First wait when WeChat cannot be reached"),
        QT_TRANSLATE_NOOP("Settings", "After it the connection is tried again.")},
    {"pause.offline_cap_ms", QT_TRANSLATE_NOOP("Settings", "Longest wait when WeChat cannot be reached"),
        QT_TRANSLATE_NOOP("Settings", "The waits grow up to this.")},
    {"pause.offline_before_hold_ms", QT_TRANSLATE_NOOP("Settings", "Time without a connection until the account is shown as held"),
        QT_TRANSLATE_NOOP("Settings", "Sending goes on by itself as soon as there is a connection again.")},
    {"failover.in_a_row", QT_TRANSLATE_NOOP("Settings", "Tries that do not reach the API address"),
        QT_TRANSLATE_NOOP("Settings", "After so many in a row the second address is asked, and used when it answers. Only for accounts that have one.")},
    {"failover.stay_ms", QT_TRANSLATE_NOOP("Settings", "Time at the second address"),
        QT_TRANSLATE_NOOP("Settings", "Then the first is asked again, and gone back to when it answers. Doubles when the first fails soon after.")},
    {"failover.stay_at_most_ms", QT_TRANSLATE_NOOP("Settings", "Longest time at the second address"),
        QT_TRANSLATE_NOOP("Settings", "However often the first failed soon after.")},
    {"failover.probe.base_ms", QT_TRANSLATE_NOOP("Settings", "First wait before an address is asked again"),
        QT_TRANSLATE_NOOP("Settings", "The waits double.")},
    {"failover.probe.cap_ms", QT_TRANSLATE_NOOP("Settings", "Longest wait before an address is asked again"),
        QT_TRANSLATE_NOOP("Settings", "The waits grow up to this.")},
    {"quota.daily", QT_TRANSLATE_NOOP("Settings", "Messages a day"),
        QT_TRANSLATE_NOOP("Settings", "Of this account, counted from 00:00 China time. 0: as WeChat says. What is beyond waits until the next day.")},
    {"quota.kept_for_urgent", QT_TRANSLATE_NOOP("Settings", "Of the day, kept for urgent messages"),
        QT_TRANSLATE_NOOP("Settings", "A batch stops before it has used up the day, so that a code for signing in still goes.")},
    {"quota.kept_for_normal", QT_TRANSLATE_NOOP("Settings", "Of the day, kept for normal messages"),
        QT_TRANSLATE_NOOP("Settings", "Bulk messages stop before they have used up the day.")},
    {"quota.ask", QT_TRANSLATE_NOOP("Settings", "Ask WeChat for the quota"),
        QT_TRANSLATE_NOOP("Settings", "At the start and once an hour.")},
    {"quiet_hours.from", QT_TRANSLATE_NOOP("Settings", "Quiet from"),
        QT_TRANSLATE_NOOP("Settings", "China time. Nothing is sent from then on but what may pass; it waits and is not lost.")},
    {"quiet_hours.until", QT_TRANSLATE_NOOP("Settings", "Quiet until"),
        QT_TRANSLATE_NOOP("Settings", "The same time as the beginning: no quiet hours.")},
    {"quiet_hours.urgent_passes", QT_TRANSLATE_NOOP("Settings", "Urgent messages pass"),
        QT_TRANSLATE_NOOP("Settings", "Also in the quiet hours.")},
    {"frequency.messages", QT_TRANSLATE_NOOP("Settings", "Messages to one person"),
        QT_TRANSLATE_NOOP("Settings", "Within the time below. 0: as many as come. What is beyond waits until the time is over.")},
    {"frequency.window_s", QT_TRANSLATE_NOOP("Settings", "Within which time"),
        QT_TRANSLATE_NOOP("Settings", "The time the messages to one person are counted in.")},
    {"frequency.urgent_passes", QT_TRANSLATE_NOOP("Settings", "Urgent messages pass"),
        QT_TRANSLATE_NOOP("Settings", "They are sent however many the person got.")},
    {"shares.bulk", QT_TRANSLATE_NOOP("Settings", "Kept for bulk messages"),
        QT_TRANSLATE_NOOP("Settings", "So much of the sends goes to bulk messages while others wait, so that a batch never stands quite still.")},
    {"shares.normal", QT_TRANSLATE_NOOP("Settings", "Kept for normal messages"),
        QT_TRANSLATE_NOOP("Settings", "So much goes to normal messages while urgent ones wait.")},
    {"concurrency.adaptive", QT_TRANSLATE_NOOP("Settings", "Fewer requests when answers slow down"),
        QT_TRANSLATE_NOOP("Settings", "Off: always as many at a time as the account allows.")},
    {"concurrency.at_least", QT_TRANSLATE_NOOP("Settings", "Requests at a time it never goes below"),
        QT_TRANSLATE_NOOP("Settings", "However slow the answers are.")},
    {"concurrency.tolerance", QT_TRANSLATE_NOOP("Settings", "How much slower answers may come"),
        QT_TRANSLATE_NOOP("Settings", "So many times slower than usual before there are fewer requests.")},
    {"alerts.failures.above", QT_TRANSLATE_NOOP("Settings", "Failed messages: more than"),
        QT_TRANSLATE_NOOP("Settings", "Of an account's messages. 0.1 % is the goal of 99.9 % success. Refused recipients and contents do not count, nor do tries that were followed by a success.")},
    {"alerts.failures.minimum", QT_TRANSLATE_NOOP("Settings", "Failed messages: of at least"),
        QT_TRANSLATE_NOOP("Settings", "With fewer messages than this no share is taken. The fewer there are, the larger the share must be to be more than chance.")},
    {"alerts.failures.window_s", QT_TRANSLATE_NOOP("Settings", "Failed messages: within"),
        QT_TRANSLATE_NOOP("Settings", "A longer time reacts more slowly and more surely.")},
    {"alerts.failures.for_s", QT_TRANSLATE_NOOP("Settings", "Failed messages: lasting"),
        QT_TRANSLATE_NOOP("Settings", "So long it must last before it is an alert.")},
    {"alerts.oldest_waiting.above_s", QT_TRANSLATE_NOOP("Settings", "Longest wait: more than"),
        QT_TRANSLATE_NOOP("Settings", "How long a message may have been due. Counts for all accounts, from the values for all.")},
    {"alerts.oldest_waiting.for_s", QT_TRANSLATE_NOOP("Settings", "Longest wait: lasting"),
        QT_TRANSLATE_NOOP("Settings", "So long it must last before it is an alert.")},
    {"alerts.breaker_open.for_s", QT_TRANSLATE_NOOP("Settings", "Stopped because WeChat fails: lasting"),
        QT_TRANSLATE_NOOP("Settings", "Short stops are nobody's business.")},
    {"alerts.account_held.for_s", QT_TRANSLATE_NOOP("Settings", "Held account: lasting"),
        QT_TRANSLATE_NOOP("Settings", "A held account sends nothing until a person releases it.")},
    {"alerts.no_token.for_s", QT_TRANSLATE_NOOP("Settings", "No token: lasting"),
        QT_TRANSLATE_NOOP("Settings", "The token is fetched again by itself meanwhile; when it becomes an alert, once more at once.")},
    {"alerts.quota.above", QT_TRANSLATE_NOOP("Settings", "Quota used: more than"),
        QT_TRANSLATE_NOOP("Settings", "Early enough to put off a batch.")},
    {"alerts.unknown_code.window_s", QT_TRANSLATE_NOOP("Settings", "Unknown code: seen within"),
        QT_TRANSLATE_NOOP("Settings", "An error code that nobody knows is an alert for this long after it came last.")},
    {"alerts.dead_letters_grow.above", QT_TRANSLATE_NOOP("Settings", "New dead letters: more than"),
        QT_TRANSLATE_NOOP("Settings", "Within the time below.")},
    {"alerts.dead_letters_grow.window_s", QT_TRANSLATE_NOOP("Settings", "New dead letters: within"),
        QT_TRANSLATE_NOOP("Settings", "The time the new dead letters are counted in.")},
    {"alerts.reports_silent.minimum", QT_TRANSLATE_NOOP("Settings", "No report: of more than"),
        QT_TRANSLATE_NOOP("Settings", "So many accepted messages, and not one delivery report.")},
    {"alerts.reports_silent.window_s", QT_TRANSLATE_NOOP("Settings", "No report: within"),
        QT_TRANSLATE_NOOP("Settings", "The time messages and reports are counted in.")},
    {"alerts.reports_silent.for_s", QT_TRANSLATE_NOOP("Settings", "No report: lasting"),
        QT_TRANSLATE_NOOP("Settings", "Reports may come some minutes later than the messages.")},
    {"alerts.disk_low.below_mb", QT_TRANSLATE_NOOP("Settings", "Free disk: less than"),
        QT_TRANSLATE_NOOP("Settings", "On the disk of the profile. Counts for all accounts, from the values for all.")},
    {"alerts.clock.above_s", QT_TRANSLATE_NOOP("Settings", "Clock off by: more than"),
        QT_TRANSLATE_NOOP("Settings", "Between this machine and WeChat.")},
    {"alerts.second_host.for_s", QT_TRANSLATE_NOOP("Settings", "Second API address in use: lasting"),
        QT_TRANSLATE_NOOP("Settings", "So long it must last before it is an alert.")},
    {"alerts.hook_backlog.above", QT_TRANSLATE_NOOP("Settings", "Waiting for a business system: more than"),
        QT_TRANSLATE_NOOP("Settings", "Outcomes it is still to be told. Counts for all accounts, from the values for all.")},
    {"alerts.hook_backlog.for_s", QT_TRANSLATE_NOOP("Settings", "Waiting for a business system: lasting"),
        QT_TRANSLATE_NOOP("Settings", "So long it must last before it is an alert.")},
    {"alerts.recover_after_s", QT_TRANSLATE_NOOP("Settings", "An alert ends after"),
        QT_TRANSLATE_NOOP("Settings", "So long all must be well, so that what comes and goes is one alert. From the values for all.")},
    {"alerts.repeat_after_s", QT_TRANSLATE_NOOP("Settings", "Told again after"),
        QT_TRANSLATE_NOOP("Settings", "While nobody has acknowledged it. 0: told once. From the values for all.")},
    {"alerts.group_within_s", QT_TRANSLATE_NOOP("Settings", "Told together within"),
        QT_TRANSLATE_NOOP("Settings", "What begins or ends within this time is one notice. Critical alerts do not wait. From the values for all.")},
    {"alerts.quiet_hours.from", QT_TRANSLATE_NOOP("Settings", "Alerts: quiet from"),
        QT_TRANSLATE_NOOP("Settings", "China time. From then on only critical alerts are told. From the values for all.")},
    {"alerts.quiet_hours.until", QT_TRANSLATE_NOOP("Settings", "Alerts: quiet until"),
        QT_TRANSLATE_NOOP("Settings", "Then the rest is told, as a summary. The same time as the beginning: never quiet. From the values for all.")},
    {"approval.over", QT_TRANSLATE_NOOP("Settings", "Messages at once one person may send"),
        QT_TRANSLATE_NOOP("Settings", "A larger list or replay waits until another user agrees. It takes users; 0: nobody is asked.")},
    {"suppress_refused", QT_TRANSLATE_NOOP("Settings", "Do not write again to who blocked us"),
        QT_TRANSLATE_NOOP("Settings", "A person who blocked the account or the template goes on the list of those not written to.")},
    {"useful_for_s", QT_TRANSLATE_NOOP("Settings", "Messages are useful for"),
        QT_TRANSLATE_NOOP("Settings", "After this a message without an end of its own is no longer sent. 0: for ever.")},
    {"idempotency.keep_days", QT_TRANSLATE_NOOP("Settings", "Days idempotency keys are remembered"),
        QT_TRANSLATE_NOOP("Settings", "From when a message was handed over. A key stays as long as its message is in the database, and so long when it is archived earlier: the same key again is the same message. From the values for all.")},
    {"words_file", QT_TRANSLATE_NOOP("Settings", "File of sensitive words"),
        QT_TRANSLATE_NOOP("Settings", "In the folder of the profile, one word a line. Messages with one of them are refused before they are queued.")},
};

/// Of the four groups of repeats, which have the same fields.
const Words repeats[]{
    {"attempts", QT_TRANSLATE_NOOP("Settings", "Tries in all"),
        QT_TRANSLATE_NOOP("Settings", "The first one included. More tries outlast longer troubles, and keep messages waiting longer.")},
    {"base_ms", QT_TRANSLATE_NOOP("Settings", "Wait before the first repeat"),
        QT_TRANSLATE_NOOP("Settings", "A longer wait is kinder to WeChat, a shorter one quicker.")},
    {"factor", QT_TRANSLATE_NOOP("Settings", "Each wait is longer by the factor"),
        QT_TRANSLATE_NOOP("Settings", "2: each wait is twice the one before.")},
    {"cap_ms", QT_TRANSLATE_NOOP("Settings", "Longest wait"),
        QT_TRANSLATE_NOOP("Settings", "The waits grow up to this.")},
    {"jitter", QT_TRANSLATE_NOOP("Settings", "Chance in the waits"),
        QT_TRANSLATE_NOOP("Settings", "With chance, a thousand messages that failed together do not come back in the same moment.")},
};

bool isShare(const PolicyValue &field) {
    return field.kind == PolicyKind::Number && field.most <= 1;
}

QString plainNumber(double value) {
    return QLocale().toString(value, 'g', 12);
}

QString numberText(const PolicyValue &field, double value) {
    if (field.field.ends_with("_ms"))
        return span(Millis(static_cast<std::int64_t>(value)));
    if (field.field.ends_with("_s"))
        return span(Millis(static_cast<std::int64_t>(value * 1000)));
    if (isShare(field))
        return QStringLiteral("%1 %").arg(plainNumber(value * 100));
    return plainNumber(value);
}

} // namespace

Setting setting(const PolicyValue &value) {
    Setting words{{}, q(value.field), q(value.help)};
    const std::string_view path = value.field;
    for (const Words &part : parts) {
        if (path.starts_with(part.path))
            words.part = Settings::tr(part.title);
    }
    const auto take = [&words](const Words &found) {
        words.title = Settings::tr(found.title);
        words.explanation = Settings::tr(found.explanation);
    };
    if (path.starts_with("retry.")) {
        const std::string_view last = path.substr(path.rfind('.') + 1);
        for (const Words &repeat : repeats) {
            if (last == repeat.path)
                take(repeat);
        }
        return words;
    }
    for (const Words &field : fields) {
        if (path == field.path)
            take(field);
    }
    return words;
}

QString settingUnit(const PolicyValue &field) {
    if (field.field.ends_with("_ms"))
        return Settings::tr("ms");
    if (field.field.ends_with("_s"))
        return Settings::tr("s");
    if (field.field.ends_with("_mb"))
        return Settings::tr("MB");
    return isShare(field) ? QStringLiteral("%") : QString();
}

double settingScale(const PolicyValue &field) { return isShare(field) ? 100 : 1; }

QString settingValue(const PolicyValue &field, const std::string &json) {
    const QJsonValue value = jsonValue(json);
    switch (field.kind) {
    case PolicyKind::YesNo: return value.toBool() ? Settings::tr("yes") : Settings::tr("no");
    case PolicyKind::Whole:
    case PolicyKind::Number: return numberText(field, value.toDouble());
    case PolicyKind::TimeOfDay: return value.toString();
    case PolicyKind::File: return value.toString().isEmpty() ? Settings::tr("none") : value.toString();
    case PolicyKind::Jitter:
        return value.toString() == QLatin1String("full") ? Settings::tr("full: from nothing to the whole wait")
            : value.toString() == QLatin1String("equal") ? Settings::tr("half: from half to the whole wait")
                                                         : Settings::tr("none: always the whole wait");
    }
    return {};
}

QString settingRange(const PolicyValue &field) {
    switch (field.kind) {
    case PolicyKind::YesNo: return Settings::tr("yes or no");
    case PolicyKind::Whole:
    case PolicyKind::Number: return Settings::tr("%1 to %2").arg(numberText(field, field.least), numberText(field, field.most));
    case PolicyKind::TimeOfDay: return Settings::tr("a time of day, China time");
    case PolicyKind::File: return Settings::tr("the name of a file, or none");
    case PolicyKind::Jitter: return Settings::tr("full, half or none");
    }
    return {};
}

} // namespace songda::ui::words
