// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_events.h"

#include "engine/channels/wechat/callback_fields.h"
#include "engine/policy/value_rules.h"

#include <algorithm>
#include <charconv>

namespace songda::wechat {

namespace {

constexpr std::size_t longestMsgid = 64;

bool isDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<WallTime> readTime(const std::string &seconds) {
    constexpr std::size_t untilYear33658 = 12;
    std::int64_t value = 0;
    if (!isDigits(seconds) || seconds.size() > untilYear33658)
        return std::nullopt;
    std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    return WallTime{Seconds{value}};
}

/// What is common to all entries of a push.
struct Head {
    const CallbackField *root = nullptr;
    std::string openid;
    std::optional<WallTime> at;
};

/// The parts of a push that each speak of one message or one template: its list, or the push itself.
std::vector<const CallbackField *> entriesOf(const CallbackField &root) {
    std::vector<const CallbackField *> entries;
    for (const CallbackField &child : root.children) {
        if (sameName(child.name, "List"))
            entries.push_back(&child);
        for (const CallbackField &inner : child.children) {
            if (sameName(inner.name, "List"))
                entries.push_back(&inner);
        }
    }
    if (entries.empty())
        entries.push_back(&root);
    return entries;
}

Result<DeliveryReport> readReport(const Head &head, const CallbackField &entry) {
    DeliveryReport report;
    report.openid = head.openid;
    report.happenedAt = head.at;
    auto msgid = entry.textOf("MsgID");
    auto status = entry.textOf("Status");
    if (!msgid || !status)
        return tl::unexpected((!msgid ? msgid : status).error());
    // What is no id cannot be anybody's: the report is kept without.
    if (isDigits(*msgid) && msgid->size() <= longestMsgid)
        report.msgid = std::move(*msgid);
    report.status = std::move(*status);
    return report;
}

/// The same for a subscribe message, in other words (section 4.2).
Result<DeliveryReport> readSentEntry(const Head &head, const CallbackField &entry) {
    auto report = readReport(head, entry);
    const auto code = entry.textOf("ErrorCode");
    const auto words = entry.textOf("ErrorStatus");
    if (!report || !code || !words)
        return tl::unexpected(!report ? report.error() : (!code ? code : words).error());
    if (*code == "0")
        report->status = "success";
    else if (!code->empty())
        report->status = "failed: " + *code + " " + *words;
    else
        report->status = *words;
    return report;
}

Result<std::optional<ConsentEvent>> readConsentEntry(const Head &head, const CallbackField &entry) {
    const auto id = entry.textOf("TemplateId");
    const auto status = entry.textOf("SubscribeStatusString");
    if (!id || !status)
        return tl::unexpected((!id ? id : status).error());
    const bool allowed = sameName(*status, "accept");
    if (!isPlausibleOpenid(*id) || (!allowed && !sameName(*status, "reject"))) // the same alphabet
        return std::optional<ConsentEvent>{};
    return std::optional(ConsentEvent{
        allowed ? ConsentEvent::Kind::TemplateAllowed : ConsentEvent::Kind::TemplateRefused, head.openid, *id, head.at});
}

Result<void> readEntries(const Head &head, const std::string &event, std::vector<PlatformEvent> &events) {
    const bool finished = sameName(event, "TEMPLATESENDJOBFINISH");
    const bool sent = sameName(event, "subscribe_msg_sent_event");
    if (finished || sent) {
        for (const CallbackField *entry : entriesOf(*head.root)) {
            auto report = finished ? readReport(head, *entry) : readSentEntry(head, *entry);
            if (!report)
                return tl::unexpected(report.error());
            events.emplace_back(std::move(*report));
        }
        return {};
    }
    if (head.openid.empty())
        return {};
    if (sameName(event, "subscribe") || sameName(event, "unsubscribe")) {
        const auto kind = sameName(event, "subscribe") ? ConsentEvent::Kind::Followed : ConsentEvent::Kind::Left;
        events.emplace_back(ConsentEvent{kind, head.openid, {}, head.at});
    } else if (sameName(event, "subscribe_msg_popup_event") || sameName(event, "subscribe_msg_change_event")) {
        for (const CallbackField *entry : entriesOf(*head.root)) {
            const auto consent = readConsentEntry(head, *entry);
            if (!consent)
                return tl::unexpected(consent.error());
            if (*consent)
                events.emplace_back(**consent);
        }
    }
    return {};
}

} // namespace

Result<CallbackEvents> readCallbackEvents(std::string_view body) {
    const auto root = readCallbackFields(body);
    if (!root)
        return tl::unexpected(root.error());
    auto event = root->textOf("Event");
    auto to = root->textOf("ToUserName");
    auto from = root->textOf("FromUserName");
    auto created = root->textOf("CreateTime");
    auto type = root->textOf("MsgType");
    for (const auto *text : {&event, &to, &from, &created, &type}) {
        if (!*text)
            return tl::unexpected(text->error());
    }
    CallbackEvents read;
    read.toUserName = std::move(*to);
    if (!sameName(*type, "event"))
        return read;
    read.event = std::move(*event);
    const Head head{&*root, isPlausibleOpenid(*from) ? std::move(*from) : std::string{}, readTime(*created)};
    SONGDA_TRY(readEntries(head, read.event, read.events));
    return read;
}

} // namespace songda::wechat
