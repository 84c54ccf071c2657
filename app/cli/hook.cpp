// SPDX-License-Identifier: GPL-3.0-or-later
//
// `hook`: business systems that are told what became of messages.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct AddOptions {
    NewHook hook;
    std::vector<std::string> events;
};

std::vector<std::string> eventNames(HookStates states) {
    std::vector<std::string> names;
    for (const MessageState state : allMessageStates) {
        if (states.has(state))
            names.emplace_back(toString(state));
    }
    return names;
}

std::string joined(const std::vector<std::string> &names) {
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "" : " ") + name;
    return text;
}

Json hookJson(const Hook &h) {
    const auto orNull = [](const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); };
    return {{"id", h.id}, {"url", h.url}, {"events", eventNames(h.states)}, {"account", orNull(h.accountName)}, {"allow_private", h.allowPrivate},
        {"stopped_at", orNull(toIso8601(h.stoppedAt))}, {"stopped_why", orNull(h.stoppedWhy)}, {"delivered", h.delivered}, {"failures", h.failures},
        {"waiting", h.waiting}, {"dead", h.dead}, {"dropped", h.dropped}, {"keep_days", h.keepDays}, {"keep_rows", h.keepRows}, {"last_at", orNull(toIso8601(h.lastAt))}, {"last_detail", orNull(h.lastDetail)},
        {"created_at", toIso8601(h.createdAt)}, {"created_by", h.createdBy}, {"former_secret_until", orNull(toIso8601(h.formerUntil))}};
}

void printIssuedHook(const Context &context, const IssuedHook &issued) {
    if (context.json) {
        Json json = hookJson(issued.hook);
        json["secret"] = issued.secret;
        printJson(json);
    } else {
        std::cout << issued.secret << "\n";
        std::cerr << "This is the only time the secret is shown; it is that of hook " << issued.hook.id << ". Try it: songda-cli hook test "
                  << issued.hook.id << "\n";
    }
}

void issue(Context &context, AddOptions o) {
    if (!o.events.empty()) {
        o.hook.states = {};
        for (const std::string &name : o.events)
            o.hook.states.add(messageStateFromString(name).value_or(MessageState::Accepted));
    }
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    if (const auto issued = context.await(engine->addHook(o.hook)))
        printIssuedHook(context, *issued);
}

void rotateSecret(Context &context, std::int64_t id, int overlapHours, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    if (const auto issued = context.await(engine->rotateHook(id, std::chrono::hours{overlapHours}, reason))) {
        printIssuedHook(context, *issued);
        if (!context.json)
            std::cerr << "Deliveries are signed with the one before as well for another " << overlapHours << " hours.\n";
    }
}

void list(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto hooks = context.await(engine->hooks());
    if (!hooks)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Hook &h : *hooks) {
        json.push_back(hookJson(h));
        rows.push_back({std::to_string(h.id), h.url, joined(eventNames(h.states)), h.accountName.empty() ? "every" : h.accountName,
            h.stoppedAt ? "stopped: " + h.stoppedWhy : "at work", std::to_string(h.delivered), std::to_string(h.waiting), std::to_string(h.dead),
            std::to_string(h.dropped), h.lastDetail});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"id", "url", "events", "account", "state", "delivered", "waiting", "dead", "dropped", "last"}, rows);
}

void remove(Context &context, std::int64_t id, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto removed = context.await(engine->removeHook(id, reason));
    if (removed)
        printRemoved(context, id, *removed, "hook");
}

void test(Context &context, std::int64_t id) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto result = context.await(engine->testHook(id));
    if (result)
        printTest(context, id, *result);
}

void resume(Context &context, std::int64_t id) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto again = context.await(engine->resumeHook(id));
    if (!again)
        return;
    if (context.json)
        printJson({{"id", id}, {"again", *again}});
    else
        std::cout << "at work; " << *again << " deliveries that were given up are tried again\n";
}

void set(Context &context, std::int64_t id, std::optional<int> keepDays, std::optional<std::int64_t> keepRows) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto hook = context.await(engine->setHookBounds(id, keepDays, keepRows));
    if (!hook)
        return;
    if (context.json)
        printJson(hookJson(*hook));
    else
        std::cout << "what it is to be told is kept for " << hook->keepDays << " days, and " << hook->keepRows << " of it at most\n";
}

} // namespace

void addHook(CLI::App &app, Context &context) {
    CLI::App *hook = app.add_subcommand("hook", "Business systems that are told what became of messages (Standard Webhooks)")->require_subcommand(1);

    auto o = std::make_shared<AddOptions>();
    CLI::App *addCommand = hook->add_subcommand("add", "Tell a system from now on, and print the secret it checks signatures with, once");
    addCommand->add_option("--url", o->hook.url, "Where to tell it, https://...")->required();
    addCommand->add_option("--event", o->events, "accepted, delivered, undelivered, dead, uncertain, cancelled, expired (default: all)")
        ->check(CLI::IsMember(eventNames(HookStates::all())));
    addCommand->add_option("--account", o->hook.account, "Only messages of this account");
    addCommand->add_flag("--allow-private", o->hook.allowPrivate, "This very host is on this machine or in one's own network, and meant");
    addCommand->add_option("--keep-days", o->hook.keepDays, "Days after which it is not told any more what it did not take, 1 to 365")->capture_default_str();
    addCommand->add_option("--keep-rows", o->hook.keepRows, "How many outcomes are kept for it, 1000 to 100000000")->capture_default_str();
    addCommand->callback([&context, o] { issue(context, *o); });

    hook->add_subcommand("list", "All hooks, and how much waits for them")->callback([&context] { list(context); });

    constexpr const char *whose = "Number of the hook, see hook list";
    auto reason = std::make_shared<std::string>();
    withId(hook, "remove", "Tell it nothing any more, and forget what it was still to be told", whose, [&context, reason](std::int64_t id) { remove(context, id, *reason); })
        ->add_option("--reason", *reason, "Why, for the audit");
    withId(hook, "test", "Send it something that it is to ignore, and say what it answered", whose, [&context](std::int64_t id) { test(context, id); });
    auto keepDays = std::make_shared<std::optional<int>>();
    auto keepRows = std::make_shared<std::optional<std::int64_t>>();
    CLI::App *setCommand = withId(hook, "set", "Say how much is kept for it; what is not named stays as it is", whose,
        [&context, keepDays, keepRows](std::int64_t id) { set(context, id, *keepDays, *keepRows); });
    setCommand->add_option("--keep-days", *keepDays, "Days after which it is not told any more what it did not take, 1 to 365");
    setCommand->add_option("--keep-rows", *keepRows, "How many outcomes are kept for it, 1000 to 100000000");
    auto overlap = std::make_shared<int>(usualKeyOverlapHours);
    auto why = std::make_shared<std::string>();
    CLI::App *rotateCommand = withId(hook, "rotate", "Make another secret, print it, once, and sign with the one before as well for a while", whose,
        [&context, overlap, why](std::int64_t id) { rotateSecret(context, id, *overlap, *why); });
    rotateCommand->add_option("--overlap-hours", *overlap, "Hours both are signed with")->check(CLI::Range(0, 720))->capture_default_str();
    rotateCommand->add_option("--reason", *why, "Why, for the audit");
    withId(hook, "resume", "Let a stopped hook go on, and try again what was given up", whose, [&context](std::int64_t id) { resume(context, id); });
}

} // namespace songda::cli
