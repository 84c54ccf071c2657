// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <QEventLoop>
#include <iostream>

namespace songda::cli {

namespace {

struct SendOptions {
    SendRequest request;
    std::vector<std::string> data;
    std::string at;
    std::string expires;
    bool wait = false;
    double deadline = 60;
};

/// Ends an engine of ours gracefully; another process's goes on.
void finish(Engine &engine) {
    if (engine.role() != EngineOptions::Role::Engine)
        return;
    QEventLoop loop;
    QObject::connect(&engine, &Engine::stopped, &loop, &QEventLoop::quit);
    engine.requestStop();
    loop.exec();
}

void sendAndWait(Context &context, const SendOptions &o) {
    const auto engine = context.openToDeliver();
    if (!engine)
        return;
    if (engine->role() == EngineOptions::Role::Engine) {
        if (const auto started = engine->start(); !started)
            return context.failed(started.error());
    }
    const auto outcome = context.awaitWithEvents(
        engine->sendAndWait(o.request, std::chrono::duration_cast<Millis>(std::chrono::duration<double>(o.deadline))));
    finish(*engine);
    if (!outcome)
        return;
    const bool accepted = outcome->state == MessageState::Accepted || outcome->state == MessageState::Delivered;
    if (context.json)
        printJson({{"message_id", outcome->id.value}, {"duplicate", outcome->duplicate}, {"ended", outcome->ended},
            {"state", toString(outcome->state)}, {"cause", outcome->cause}, {"msgid", outcome->msgid}, {"attempts", outcome->attempts}});
    else if (accepted)
        std::cout << "message " << outcome->id.value << " was accepted, msgid " << outcome->msgid << "\n";
    else if (outcome->ended)
        std::cout << "message " << outcome->id.value << " ended " << toString(outcome->state) << " (" << outcome->cause
                  << "): " << causeText(*engine, outcome->cause, context.chinese) << "\n";
    else
        std::cout << "message " << outcome->id.value << " is still " << toString(outcome->state) << " after " << o.deadline
                  << " s; it stays queued and is delivered by the next run\n";
    if (!accepted)
        context.exitCode = outcome->ended ? DrainedWithDeadLetters : Failed;
}

void send(Context &context, SendOptions o) {
    for (const std::string &pair : o.data) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            throw CLI::ValidationError("--data", "\"" + pair + "\" is not key=value");
        o.request.data[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    if (!o.at.empty())
        o.request.at = parseTime(o.at, "--at");
    if (!o.expires.empty())
        o.request.expiresAt = parseTime(o.expires, "--expires");
    if (o.wait)
        return sendAndWait(context, o);
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto report = context.await(engine->send(o.request));
    if (!report)
        return;
    if (context.json)
        printJson({{"message_id", report->id.value}, {"duplicate", report->duplicate}});
    else if (report->duplicate)
        std::cout << "nothing new: the key belongs to message " << report->id.value << "\n";
    else
        std::cout << "queued message " << report->id.value << "\n";
}

} // namespace

void addSend(CLI::App &app, Context &context) {
    auto o = std::make_shared<SendOptions>();
    CLI::App *command = app.add_subcommand("send", "Queue one message");
    command->add_option("--account", o->request.account, "Account")->required();
    command->add_option("--template", o->request.templateId, "Template id or title")->required();
    command->add_option("--to", o->request.openid, "The recipient's openid")->required();
    command->add_option("--data", o->data, "Values: key=value ...")->required();
    command->add_option("--url", o->request.url, "Where a tap leads");
    command->add_option("--at", o->at, "When to send; ISO 8601, China time without an offset");
    command->add_option("--expires", o->expires, "After this it is no longer useful");
    addPriority(command, o->request.priority);
    command->add_option("--key", o->request.idempotencyKey, "Idempotency key: the same key again queues nothing");
    command->add_flag("--wait", o->wait, "Wait until it is accepted or has failed, repeats included");
    command->add_option("--deadline", o->deadline, "With --wait: seconds to wait at most")->check(CLI::Range(0.0, 86400.0))->capture_default_str();
    command->callback([&context, o] { send(context, *o); });
}

} // namespace songda::cli
