// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/alert_words.h"

#include "engine/policy/utf8.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace songda {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longestName = 60;
/// WeCom takes 4096 bytes of Markdown.
constexpr std::size_t longestMarkdown = 4000;

struct RuleWords {
    AlertRule rule;
    const char *title[2]; ///< English, Chinese
    const char *advice[2];
};

const RuleWords rules[]{
    {AlertRule::MustRestart, {"The engine must be restarted", "引擎必须重启"},
        {"Nothing is sent or taken in until the engine is started anew. Look at the disk first.", "在重新启动引擎之前，不发送也不接收任何消息。请先检查磁盘。"}},
    {AlertRule::CommitsFail, {"The database cannot be written", "数据库无法写入"},
        {"Look for room on the disk and for its health. What was answered is kept and written as soon as it can.", "检查磁盘空间和健康状况。已得到的结果会保留，一旦可写就立即写入。"}},
    {AlertRule::OldestWaiting, {"Messages wait for too long", "消息等待过久"},
        {"\"Why is nothing moving?\" on the overview points at the first closed gate.", "总览页的“为什么没有在发送？”会指出第一个关着的关口。"}},
    {AlertRule::Failures, {"Success is below the goal", "成功率低于目标"},
        {"The page of errors shows the causes, and whose move each is.", "错误页列出各原因以及该由谁处理。"}},
    {AlertRule::UnknownCode, {"An unknown error code", "未知错误码"},
        {"Look it up in WeChat's documentation; such messages are tried a few times only.", "请查阅微信文档；这类消息只会重试几次。"}},
    {AlertRule::BreakerOpen, {"WeChat keeps failing", "微信持续出错"},
        {"Sending stands still and is tried again by itself. Nothing is lost; look whether WeChat tells of a trouble.", "发送已暂停并会自动重试，不会丢失消息；请查看微信是否公告故障。"}},
    {AlertRule::AccountHeld, {"An account is held", "公众号已暂停"},
        {"The account's page says why; release it when that is mended.", "公众号页说明了原因；处理后请恢复发送。"}},
    {AlertRule::NoToken, {"No access token", "取不到 access_token"},
        {"Test the connection on the accounts page: secret, IP whitelist, network.", "在公众号页测试连接：密钥、IP 白名单、网络。"}},
    {AlertRule::Quota, {"The quota of the day runs low", "当日额度将用完"},
        {"What is beyond it waits until tomorrow; put off bulk batches, or ask WeChat for more.", "超出的部分会等到明天；请推迟大批量发送，或向微信申请提额。"}},
    {AlertRule::DeadLettersGrow, {"Dead letters grow", "死信增多"},
        {"The dead letters are grouped by cause, with the next step for each.", "死信按原因分组，并给出各自的下一步。"}},
    {AlertRule::ReportsSilent, {"No delivery reports come", "没有收到送达报告"},
        {"Look at what is set up at WeChat for the callback: address, token, key, and whether the door is reachable.", "检查微信后台的回调配置：地址、令牌、密钥，以及入口是否可达。"}},
    {AlertRule::DiskLow, {"The disk is nearly full", "磁盘空间不足"},
        {"Make room, or archive what ended long ago (songda-cli archive).", "请腾出空间，或归档早已结束的消息（songda-cli archive）。"}},
    {AlertRule::Clock, {"The clock is wrong", "系统时钟不准"},
        {"Set this machine's clock by a time server; tokens, quotas and schedules go by it.", "请用时间服务器校准本机时钟；令牌、额度和定时都依赖它。"}},
    {AlertRule::SecondHost, {"The second API address is in use", "正在使用备用 API 地址"},
        {"The first one could not be reached; messages go by the second, none of them twice. Songda goes back by itself when the first answers again. Look at the way to it if that takes long.",
            "首选地址无法连接；消息经备用地址发送，不会重复。首选地址恢复后 Songda 会自动切回；若长时间未恢复，请检查到它的网络。"}},
    {AlertRule::HookStopped, {"A hook is stopped", "回推已停止"},
        {"songda-cli hook list says why; hook resume lets it go on. Nothing is lost meanwhile.", "songda-cli hook list 说明原因，hook resume 让其继续；期间不会丢失。"}},
    {AlertRule::HookDead, {"A hook was not told everything", "回推有未送达的结果"},
        {"songda-cli hook list says why; hook resume tries again.", "songda-cli hook list 说明原因，hook resume 会重试。"}},
    {AlertRule::HookBacklog, {"A hook lags behind", "回推积压"},
        {"The receiving system is slow or failing; see songda-cli hook list.", "接收系统过慢或失败；见 songda-cli hook list。"}},
};

const RuleWords &wordsOf(AlertRule rule) {
    return *std::ranges::find_if(rules, [rule](const RuleWords &w) { return w.rule == rule; });
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", std::round(value * 100) / 100);
    return text;
}

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g %%", share * 100);
    return text;
}

std::string duration(double seconds, bool zh) {
    const auto s = static_cast<long long>(std::llround(seconds));
    char text[64];
    if (s < 120)
        std::snprintf(text, sizeof text, zh ? "%lld 秒" : "%lld s", s);
    else if (s < 7200)
        std::snprintf(text, sizeof text, zh ? "%lld 分钟" : "%lld min", s / 60);
    else
        std::snprintf(text, sizeof text, zh ? "%lld 小时 %lld 分" : "%lld h %lld min", s / 3600, s / 60 % 60);
    return text;
}

/// Value and threshold as people read them.
std::string figure(AlertRule rule, double value, bool zh) {
    switch (rule) {
    case AlertRule::Failures:
    case AlertRule::Quota: return percent(value);
    case AlertRule::OldestWaiting:
    case AlertRule::Clock: return duration(value, zh);
    case AlertRule::DiskLow: return number(std::round(value)) + " MB";
    default: return number(value);
    }
}

/// One line, whatever is in it.
std::string name(std::string_view text) { return utf8::printable(text, longestName); }

std::string sentence(const Alert &alert, bool zh) {
    const std::string value = figure(alert.key.rule, alert.value, zh);
    const std::string line = figure(alert.key.rule, alert.threshold, zh);
    switch (alert.key.rule) {
    case AlertRule::MustRestart: return zh ? "在重启之前不会发送也不会接收" : "nothing is sent or taken in until it is started anew";
    case AlertRule::CommitsFail: return zh ? value + " 次提交失败" : value + " commits failed";
    case AlertRule::OldestWaiting: return zh ? "等待最久的消息已超时 " + value + "（限 " + line + "）" : "the longest waiting message has been due for " + value + " (limit " + line + ")";
    case AlertRule::Failures: return zh ? value + " 的消息失败（限 " + line + "）" : value + " of the messages fail (limit " + line + ")";
    case AlertRule::UnknownCode: return zh ? "微信返回 " + name(alert.key.object) + "，" + value + " 次" : "WeChat answered " + name(alert.key.object) + ", " + value + " times";
    case AlertRule::BreakerOpen: return zh ? "熔断器已打开" : "the circuit breaker is open";
    case AlertRule::AccountHeld: return zh ? "等待人工处理" : "it waits until a person sees to it";
    case AlertRule::NoToken: return zh ? "没有可用的 access_token" : "there is no usable access token";
    case AlertRule::Quota: return zh ? "当日额度已用 " + value + "（限 " + line + "）" : value + " of the day's quota is used (limit " + line + ")";
    case AlertRule::DeadLettersGrow: return zh ? "新增死信 " + value + " 条（限 " + line + "）" : value + " new dead letters (limit " + line + ")";
    case AlertRule::ReportsSilent: return zh ? "已接收 " + value + " 条而没有一条送达报告" : value + " messages accepted and not one report";
    case AlertRule::DiskLow: return zh ? "剩余 " + value + "（限 " + line + "）" : value + " free (limit " + line + ")";
    case AlertRule::Clock: return zh ? "与微信相差 " + value + "（限 " + line + "）" : value + " off WeChat's (limit " + line + ")";
    case AlertRule::SecondHost: return zh ? "首选 API 地址无法连接，消息经备用地址发送" : "the first API address cannot be reached; messages go by the second";
    case AlertRule::HookStopped: return zh ? "回推 " + name(alert.key.object) + " 在恢复前不再推送" : "hook " + name(alert.key.object) + " is told nothing until somebody resumes it";
    case AlertRule::HookDead: return zh ? "回推 " + name(alert.key.object) + "：" + value + " 条结果未能送达" : "hook " + name(alert.key.object) + ": " + value + " outcomes could not be told";
    case AlertRule::HookBacklog: return zh ? "回推 " + name(alert.key.object) + "：" + value + " 条结果在等待（限 " + line + "）" : "hook " + name(alert.key.object) + ": " + value + " outcomes wait (limit " + line + ")";
    }
    return {};
}

std::string kindWord(const AlertNotice &notice, bool zh) {
    switch (notice.kind) {
    case AlertNotice::Kind::Fired: return alertLevelWord(notice.level, zh);
    case AlertNotice::Kind::Again: return (zh ? "仍未处理：" : "still: ") + alertLevelWord(notice.level, zh);
    case AlertNotice::Kind::Recovered: return zh ? "已恢复" : "recovered";
    case AlertNotice::Kind::Summary: return zh ? "静默时段汇总" : "in the quiet hours";
    case AlertNotice::Kind::Test: return zh ? "测试" : "test";
    }
    return {};
}

std::string lineOf(const Alert &alert, bool zh) {
    std::string text = alertTitle(alert.key.rule, zh);
    if (!alert.key.account.empty())
        text += (zh ? "，公众号 " : ", account ") + name(alert.key.account);
    text += (zh ? "：" : ": ") + sentence(alert, zh) + (zh ? "；始于 " : "; since ") + toIso8601(alert.since).substr(0, 19);
    if (alert.recoveredAt)
        text += (zh ? "，恢复于 " : ", over at ") + toIso8601(*alert.recoveredAt).substr(0, 19);
    return text;
}

/// Nothing in a name shall mean anything to the reader of Markdown.
std::string escaped(const std::string &text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\`*_[]()<>#!|~@").find(c) != std::string_view::npos)
            out += c == '<' ? "＜" : c == '>' ? "＞" : c == '@' ? "＠" : std::string("\\") + c;
        else
            out += c;
    }
    return out;
}

std::optional<WallTime> timeIn(const Json &json, const char *field) {
    const auto it = json.find(field);
    return it != json.end() && it->is_string() ? parseIso8601(it->get<std::string>()) : std::nullopt;
}

} // namespace

std::string alertTitle(AlertRule rule, bool chinese) { return wordsOf(rule).title[chinese ? 1 : 0]; }

std::string alertLevelWord(AlertLevel level, bool chinese) {
    if (!chinese)
        return toString(level);
    switch (level) {
    case AlertLevel::Warning: return "提示";
    case AlertLevel::Minor: return "次要";
    case AlertLevel::Major: return "重要";
    case AlertLevel::Critical: return "紧急";
    }
    return {};
}

AlertWords alertWords(const Alert &alert, bool chinese) {
    return {alertTitle(alert.key.rule, chinese), sentence(alert, chinese), wordsOf(alert.key.rule).advice[chinese ? 1 : 0]};
}

AlertRuleInfo alertRuleInfo(AlertRule rule, const AlertPolicy &p, bool zh) {
    AlertRuleInfo info{rule, levelOf(rule), 0, Seconds{0}, alertTitle(rule, zh), {}};
    const auto over = [&](double threshold, Seconds holdFor, const std::string &what) {
        info.threshold = threshold;
        info.holdFor = holdFor;
        info.condition = what;
    };
    const auto window = [&](Seconds span) { return (zh ? "，" : " within ") + duration(static_cast<double>(span.count()), zh) + (zh ? "内" : ""); };
    const auto figureOf = [&](double value) { return figure(rule, value, zh); };
    switch (rule) {
    case AlertRule::Failures:
        over(p.failures.above, p.failures.holdFor,
            (zh ? "失败率高于 " : "more than ") + figureOf(p.failures.above) + (zh ? "" : " of messages fail") + window(p.failures.window)
                + (zh ? "，消息不少于 " : ", of at least ") + std::to_string(p.failures.minimum));
        break;
    case AlertRule::OldestWaiting:
        over(static_cast<double>(p.oldestWaiting.above.count()), p.oldestWaiting.holdFor,
            (zh ? "最久的消息超时多于 " : "a message has been due for more than ") + figureOf(static_cast<double>(p.oldestWaiting.above.count())));
        break;
    case AlertRule::BreakerOpen: over(0, p.breakerOpenFor, zh ? "熔断器打开" : "the circuit breaker is open"); break;
    case AlertRule::AccountHeld: over(0, p.accountHeldFor, zh ? "公众号暂停" : "the account is held"); break;
    case AlertRule::NoToken: over(0, p.noTokenFor, zh ? "没有可用的 access_token" : "there is no usable access token"); break;
    case AlertRule::Quota: over(p.quotaAbove, Seconds{0}, (zh ? "当日额度已用多于 " : "more of the day's quota is used than ") + figureOf(p.quotaAbove)); break;
    case AlertRule::UnknownCode: over(0, Seconds{0}, (zh ? "出现目录里没有的错误码" : "a code that the catalogue does not know") + window(p.unknownCodeWindow)); break;
    case AlertRule::DeadLettersGrow:
        over(static_cast<double>(p.deadLetters.above), Seconds{0},
            (zh ? "新增死信多于 " : "more new dead letters than ") + std::to_string(p.deadLetters.above) + window(p.deadLetters.window));
        break;
    case AlertRule::ReportsSilent:
        over(static_cast<double>(p.reportsSilent.minimum), p.reportsSilent.holdFor,
            (zh ? "已接收多于 " : "more accepted than ") + std::to_string(p.reportsSilent.minimum) + window(p.reportsSilent.window) + (zh ? "，没有一条送达报告" : ", and not one report"));
        break;
    case AlertRule::DiskLow:
        over(static_cast<double>(p.diskBelowMegabytes), Seconds{0}, (zh ? "磁盘剩余少于 " : "less free than ") + figureOf(static_cast<double>(p.diskBelowMegabytes)));
        break;
    case AlertRule::Clock:
        over(static_cast<double>(p.clockAbove.count()), Seconds{0}, (zh ? "与微信相差多于 " : "more off WeChat's clock than ") + figureOf(static_cast<double>(p.clockAbove.count())));
        break;
    case AlertRule::SecondHost: over(0, p.secondHostFor, zh ? "正在使用备用 API 地址" : "the second API address is in use"); break;
    case AlertRule::HookBacklog:
        over(static_cast<double>(p.hookBacklog.above), p.hookBacklog.holdFor, (zh ? "等待推送多于 " : "more outcomes wait than ") + std::to_string(p.hookBacklog.above));
        break;
    case AlertRule::MustRestart: info.condition = zh ? "引擎停止写入和发送" : "writing and sending have ended"; break;
    case AlertRule::CommitsFail: info.condition = zh ? "5 分钟内有提交失败" : "a commit failed within 5 min"; break;
    case AlertRule::HookStopped: info.condition = zh ? "回推被停止" : "a hook is stopped"; break;
    case AlertRule::HookDead: info.condition = zh ? "有不再自动重试的结果" : "outcomes are not told again by themselves"; break;
    }
    return info;
}

std::string noticeTitle(const AlertNotice &notice, bool zh) {
    std::string title = "Songda [" + kindWord(notice, zh) + "] ";
    if (notice.kind == AlertNotice::Kind::Test)
        return title + (zh ? "通知可以送达，一切正常" : "notices arrive here; nothing is wrong");
    if (notice.kind == AlertNotice::Kind::Summary)
        return title + std::to_string(notice.alerts.size()) + (zh ? " 条告警" : notice.alerts.size() == 1 ? " alert" : " alerts");
    if (notice.alerts.empty())
        return title;
    title += alertTitle(notice.alerts.front().key.rule, zh);
    if (notice.alerts.size() > 1)
        return title + (zh ? "（" : " (") + std::to_string(notice.alerts.size()) + (zh ? "）" : ")");
    const AlertKey &key = notice.alerts.front().key;
    if (!key.account.empty())
        title += (zh ? "：" : ": ") + name(key.account);
    return title;
}

std::string noticeText(const AlertNotice &notice, bool zh) {
    std::string text = noticeTitle(notice, zh) + "\n\n";
    for (const Alert &alert : notice.alerts)
        text += "- " + lineOf(alert, zh) + "\n";
    if (notice.kind == AlertNotice::Kind::Fired || notice.kind == AlertNotice::Kind::Again)
        text += "\n" + std::string(wordsOf(notice.alerts.front().key.rule).advice[zh ? 1 : 0]) + "\n";
    return text;
}

std::string noticeMarkdown(const AlertNotice &notice, bool zh) {
    const bool good = notice.kind == AlertNotice::Kind::Recovered;
    const char *colour = good ? "info" : notice.level >= AlertLevel::Major ? "warning" : "comment";
    std::string text = "<font color=\"" + std::string(colour) + "\">" + escaped(noticeTitle(notice, zh)) + "</font>\n";
    std::size_t told = 0;
    for (const Alert &alert : notice.alerts) {
        const std::string line = "> " + escaped(lineOf(alert, zh)) + "\n";
        if (text.size() + line.size() > longestMarkdown - 300)
            break;
        text += line;
        ++told;
    }
    if (told < notice.alerts.size())
        text += zh ? "> 另有 " + std::to_string(notice.alerts.size() - told) + " 条\n" : "> and " + std::to_string(notice.alerts.size() - told) + " more\n";
    if (notice.kind == AlertNotice::Kind::Fired || notice.kind == AlertNotice::Kind::Again)
        text += escaped(wordsOf(notice.alerts.front().key.rule).advice[zh ? 1 : 0]);
    return text;
}

std::string noticeJson(const AlertNotice &notice) {
    const auto orNull = [](const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json alerts = Json::array();
    for (const Alert &a : notice.alerts) {
        alerts.push_back({{"id", a.id}, {"rule", toString(a.key.rule)}, {"level", toString(a.level)}, {"account", orNull(a.key.account)},
            {"object", orNull(a.key.object)}, {"since", toIso8601(a.since)}, {"fired_at", toIso8601(a.firedAt)}, {"recovered_at", orNull(toIso8601(a.recoveredAt))}, {"value", a.value},
            {"threshold", a.threshold}, {"text", sentence(a, false)}});
    }
    const Json body{{"type", std::string("alert.") + toString(notice.kind)}, {"timestamp", toIso8601(notice.at)},
        {"data", {{"level", toString(notice.level)}, {"title", noticeTitle(notice, false)}, {"alerts", alerts}}}};
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<AlertNotice> noticeFromJson(std::string_view text) {
    const Json body = Json::parse(text, nullptr, false);
    if (!body.is_object() || !body.contains("type") || !body.contains("data") || !body["data"].is_object() || !body["data"].contains("alerts"))
        return std::nullopt;
    AlertNotice notice;
    const auto type = body["type"].is_string() ? body["type"].get<std::string>() : std::string();
    for (const auto kind : {AlertNotice::Kind::Fired, AlertNotice::Kind::Again, AlertNotice::Kind::Recovered, AlertNotice::Kind::Summary, AlertNotice::Kind::Test}) {
        if (type == std::string("alert.") + toString(kind))
            notice.kind = kind;
    }
    notice.at = timeIn(body, "timestamp").value_or(WallTime{});
    const auto string = [](const Json &json, const char *field) {
        const auto it = json.find(field);
        return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    const auto real = [](const Json &json, const char *field) {
        const auto it = json.find(field);
        return it != json.end() && it->is_number() ? it->get<double>() : 0.0;
    };
    for (const Json &each : body["data"]["alerts"]) {
        const auto rule = alertRuleFromString(string(each, "rule"));
        if (!rule)
            return std::nullopt;
        Alert alert;
        alert.id = static_cast<std::int64_t>(real(each, "id"));
        alert.key = {*rule, string(each, "account"), string(each, "object")};
        alert.level = alertLevelFromString(string(each, "level")).value_or(levelOf(*rule));
        alert.since = timeIn(each, "since").value_or(WallTime{});
        alert.firedAt = timeIn(each, "fired_at").value_or(WallTime{});
        alert.recoveredAt = timeIn(each, "recovered_at");
        alert.value = real(each, "value");
        alert.threshold = real(each, "threshold");
        notice.level = std::max(notice.level, alert.level);
        notice.alerts.push_back(std::move(alert));
    }
    return notice.alerts.empty() && notice.kind != AlertNotice::Kind::Test ? std::nullopt : std::optional(std::move(notice));
}

} // namespace songda
