// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct Options {
    SendRequest request;
    std::vector<std::string> data;
    std::string at;
    std::string expires;
};

void send(Context &context, Options o) {
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
    auto o = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("send", "Queue one message");
    command->add_option("--account", o->request.account, "Account")->required();
    command->add_option("--template", o->request.templateId, "Template id or title")->required();
    command->add_option("--to", o->request.openid, "The recipient's openid")->required();
    command->add_option("--data", o->data, "Values: key=value ...")->required();
    command->add_option("--url", o->request.url, "Where a tap leads");
    command->add_option("--at", o->at, "When to send; ISO 8601, China time without an offset");
    command->add_option("--expires", o->expires, "After this it is no longer useful");
    command->add_option("--key", o->request.idempotencyKey, "Idempotency key: the same key again queues nothing");
    command->callback([&context, o] { send(context, *o); });
}

} // namespace songda::cli
