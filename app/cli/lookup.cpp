// SPDX-License-Identifier: GPL-3.0-or-later
//
// `message intercepted` and `message rid`: what WeChat says of a message when it is asked.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <algorithm>
#include <iostream>

namespace songda::cli {

namespace {

void line(const char *name, const std::string &value) {
    if (!value.empty())
        std::cout << name << ": " << value << "\n";
}

/// WeChat did not say.
void notSaid(Context &context, const Engine &engine, const std::string &cause, const std::string &detail) {
    context.exitCode = Failed;
    if (context.json)
        return;
    const CauseWords words = engine.causeWords(cause, context.chinese);
    std::cerr << "songda-cli: WeChat did not say: " << cause << ", " << words.meaning << " " << words.advice
              << (detail.empty() ? "" : " [" + detail + "]") << "\n";
}

Json causeJson(const Context &context, const Engine &engine, const std::string &cause, const std::string &detail) {
    const CauseWords words = cause.empty() ? CauseWords{} : engine.causeWords(cause, context.chinese);
    return {{"cause", orNull(cause)}, {"meaning", words.meaning}, {"advice", words.advice}, {"detail", detail}};
}

void intercepted(Context &context, std::int64_t id) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto lookup = context.await(engine->lookUpInterception(MessageId{id}));
    if (!lookup)
        return;
    if (context.json) {
        Json json = causeJson(context, *engine, lookup->cause, lookup->detail);
        json["message_id"] = id;
        json["intercepted"] = lookup->cause.empty() ? Json(lookup->found.has_value()) : Json(nullptr);
        if (const auto &found = lookup->found)
            json["found"] = {{"id", found->id}, {"msgid", found->msgid}, {"title", found->title}, {"content", found->content}, {"openid", found->openid},
                {"sent_at", orNull(found->sentAt)}};
        printJson(json);
    }
    if (!lookup->cause.empty()) {
        notSaid(context, *engine, lookup->cause, lookup->detail);
    } else if (!context.json) {
        std::cout << "message " << id << ": " << (lookup->found ? "accepted, but intercepted by the platform" : "not intercepted by the platform") << "\n";
        if (const auto &found = lookup->found) {
            line("title", found->title);
            line("sent", toIso8601(found->sentAt));
            line("openid", found->openid);
            line("content", found->content);
        }
    }
}

struct Rid {
    std::int64_t id = 0;
    int attempt = 0; ///< 0: the newest that has one
};

/// The newest attempt with a rid; 0 without one.
int newestWithRid(const MessageDetail &detail) {
    const auto it = std::ranges::find_if(detail.attempts, [](const Attempt &a) { return !a.rid.empty(); });
    return it == detail.attempts.end() ? 0 : it->number;
}

void rid(Context &context, Rid asked) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    if (asked.attempt == 0) {
        const auto detail = context.await(engine->message(MessageId{asked.id}));
        if (!detail)
            return;
        asked.attempt = newestWithRid(*detail);
    }
    if (asked.attempt == 0) {
        context.failed({ErrorCode::InvalidInput,
            "no attempt of message " + std::to_string(asked.id) + " has a rid; WeChat gives one only with what it refuses"});
        return;
    }
    const auto lookup = context.await(engine->lookUpFailure(MessageId{asked.id}, asked.attempt));
    if (!lookup)
        return;
    if (context.json) {
        Json json = causeJson(context, *engine, lookup->cause, lookup->detail);
        json["message_id"] = asked.id;
        json["attempt"] = asked.attempt;
        json["rid"] = lookup->rid;
        if (const auto &call = lookup->call)
            json["call"] = {{"at", orNull(call->at)}, {"took_ms", call->took ? Json(call->took->count()) : Json(nullptr)}, {"url", call->url},
                {"request", call->requestBody}, {"answer", call->responseBody}, {"client_ip", call->clientIp}};
        printJson(json);
    }
    if (!lookup->call) {
        notSaid(context, *engine, lookup->cause, lookup->detail);
    } else if (!context.json) {
        line("rid", lookup->rid);
        line("came there", toIso8601(lookup->call->at));
        line("took there", lookup->call->took ? std::to_string(lookup->call->took->count()) + " ms" : std::string());
        line("from our address", lookup->call->clientIp);
        line("address", lookup->call->url);
        line("request", lookup->call->requestBody);
        line("answer", lookup->call->responseBody);
    }
}

} // namespace

void addMessageLookups(CLI::App &message, Context &context) {
    withId(&message, "intercepted", "Ask WeChat whether it intercepted a message that it had accepted", "Message id",
        [&context](std::int64_t id) { intercepted(context, id); });
    auto asked = std::make_shared<Rid>();
    withId(&message, "rid", "Ask WeChat what it remembers of an attempt that it refused; for seven days", "Message id",
        [&context, asked](std::int64_t id) { rid(context, {id, asked->attempt}); })
        ->add_option("--attempt", asked->attempt, "Which attempt (default: the newest with a rid)")
        ->check(CLI::PositiveNumber);
}

} // namespace songda::cli
