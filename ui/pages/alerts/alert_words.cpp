// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alerts/alert_words.h"

#include <QCoreApplication>
#include <algorithm>

namespace songda::ui {

namespace {

struct AlertTexts {
    Q_DECLARE_TR_FUNCTIONS(AlertTexts)
};

} // namespace

namespace words {

QString alertLevel(AlertLevel level) {
    switch (level) {
    case AlertLevel::Warning: return AlertTexts::tr("Warning");
    case AlertLevel::Minor: return AlertTexts::tr("Minor");
    case AlertLevel::Major: return AlertTexts::tr("Major");
    case AlertLevel::Critical: return AlertTexts::tr("Critical");
    }
    return {};
}

Tone tone(AlertLevel level) {
    switch (level) {
    case AlertLevel::Warning: return Tone::Info;
    case AlertLevel::Minor: return Tone::Warn;
    case AlertLevel::Major:
    case AlertLevel::Critical: return Tone::Bad;
    }
    return Tone::Neutral;
}

QString sinkKind(AlertSink::Kind kind) {
    switch (kind) {
    case AlertSink::Kind::WebHook: return AlertTexts::tr("Web hook");
    case AlertSink::Kind::WeCom: return AlertTexts::tr("WeCom group robot");
    case AlertSink::Kind::Mail: return AlertTexts::tr("E-mail");
    case AlertSink::Kind::Command: return AlertTexts::tr("Command");
    }
    return {};
}

QString noticeKind(AlertNotice::Kind kind) {
    switch (kind) {
    case AlertNotice::Kind::Fired: return AlertTexts::tr("began");
    case AlertNotice::Kind::Again: return AlertTexts::tr("still there");
    case AlertNotice::Kind::Recovered: return AlertTexts::tr("over");
    case AlertNotice::Kind::Summary: return AlertTexts::tr("summary after the quiet hours");
    case AlertNotice::Kind::Test: return AlertTexts::tr("test");
    }
    return {};
}

} // namespace words

std::vector<AlertGroup> groupsOf(const std::vector<Alert> &alerts) {
    std::vector<AlertGroup> groups;
    for (const Alert &alert : alerts) {
        auto it = std::find_if(groups.begin(), groups.end(), [&](const AlertGroup &g) { return g.rule == alert.key.rule; });
        if (it == groups.end())
            it = groups.insert(it, {alert.key.rule, alert.level, 0, alert.since, 0});
        it->level = std::max(it->level, alert.level);
        it->since = std::min(it->since, alert.since);
        ++it->count;
        it->unseen += alert.acknowledgedBy.empty() ? 1 : 0;
    }
    std::stable_sort(groups.begin(), groups.end(), [](const AlertGroup &a, const AlertGroup &b) {
        return a.level != b.level ? a.level > b.level : a.since < b.since;
    });
    return groups;
}

AlertStep nextStep(const Alert &alert) {
    const auto to = [](const QString &button, const char *page) { return AlertStep{button, QString::fromLatin1(page), {}}; };
    switch (alert.key.rule) {
    case AlertRule::Failures:
    case AlertRule::UnknownCode: return to(AlertTexts::tr("Show the errors"), "errors");
    case AlertRule::BreakerOpen: return to(AlertTexts::tr("Show the overview"), "overview");
    case AlertRule::AccountHeld:
    case AlertRule::NoToken:
    case AlertRule::Quota:
    case AlertRule::Clock:
    case AlertRule::SecondHost:
    case AlertRule::ReportsSilent: return to(AlertTexts::tr("Show the account"), "accounts");
    case AlertRule::HookStopped:
    case AlertRule::HookDead:
    case AlertRule::HookBacklog: return to(AlertTexts::tr("Show the connections"), "connections");
    case AlertRule::DeadLettersGrow: return to(AlertTexts::tr("Show the dead letters"), "dead_letters");
    case AlertRule::OldestWaiting: {
        AlertStep step{AlertTexts::tr("Show what waits"), {}, MessageFilter{}};
        step.messages->states = {MessageState::Queued, MessageState::Retrying};
        return step;
    }
    case AlertRule::MustRestart:
    case AlertRule::CommitsFail:
    case AlertRule::DiskLow: break;
    }
    return {};
}

} // namespace songda::ui
