// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <fstream>
#include <iostream>
#include <sstream>

namespace songda::cli {

namespace {

void sync(Context &context, const std::string &account) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto sync = context.await(engine->syncTemplates(account));
    if (!sync)
        return;
    if (context.json)
        printJson({{"added", sync->added}, {"changed", sync->changed}, {"unchanged", sync->unchanged}, {"gone", sync->gone}});
    else
        std::cout << "templates: " << sync->added << " added, " << sync->changed << " changed, " << sync->unchanged
                  << " unchanged, " << sync->gone << " gone\n";
}

void list(Context &context, const std::string &account) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto accounts = context.await(engine->accounts());
    const auto templates = context.await(engine->templates());
    if (!accounts || !templates)
        return;
    std::map<AccountId, std::string> names;
    for (const Account &a : *accounts)
        names[a.id] = a.name;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Template &t : *templates) {
        if (!account.empty() && names[t.account] != account)
            continue;
        Json item = toJson(t);
        item["account"] = names[t.account];
        json.push_back(std::move(item));
        const std::string state = t.goneAt ? "gone" : t.hold ? "held: " + t.hold->cause : "open";
        rows.push_back({names[t.account], t.templateId, t.title, state});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"account", "template id", "title", "state"}, rows);
}

void add(Context &context, const std::string &account, Template t, const std::string &file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream content;
    content << in.rdbuf();
    if (!in) {
        context.failed({ErrorCode::NotFound, "cannot read " + file});
        return;
    }
    t.content = content.str();
    if (t.content.starts_with("\xEF\xBB\xBF"))
        t.content.erase(0, 3);
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto added = context.await(engine->addTemplate(account, std::move(t)));
    if (!added)
        return;
    if (context.json)
        printJson(toJson(*added));
    else
        std::cout << "added the template " << added->templateId << "\n";
}

} // namespace

void addTemplate(CLI::App &app, Context &context) {
    CLI::App *command = app.add_subcommand("template", "Message templates")->require_subcommand(1);

    auto syncAccount = std::make_shared<std::string>();
    CLI::App *syncCommand = command->add_subcommand("sync", "Fetch the account's templates from WeChat");
    syncCommand->add_option("--account", *syncAccount, "Account")->required();
    syncCommand->callback([&context, syncAccount] { sync(context, *syncAccount); });

    auto listAccount = std::make_shared<std::string>();
    CLI::App *listCommand = command->add_subcommand("list", "List the templates known here");
    listCommand->add_option("--account", *listAccount, "Only this account's");
    listCommand->callback([&context, listAccount] { list(context, *listAccount); });

    struct Add {
        std::string account, file;
        Template t;
    };
    auto o = std::make_shared<Add>();
    CLI::App *addCommand = command->add_subcommand("add", "Add or change a template by hand");
    addCommand->add_option("--account", o->account, "Account")->required();
    addCommand->add_option("--id", o->t.templateId, "WeChat's template id, 43 characters")->required();
    addCommand->add_option("--content", o->file, "File with the content, UTF-8, with {{KEY.DATA}} placeholders")->required();
    addCommand->add_option("--title", o->t.title, "Title");
    addCommand->callback([&context, o] { add(context, o->account, o->t, o->file); });

    auto h = std::make_shared<Add>();
    auto reason = std::make_shared<std::string>();
    CLI::App *holdCommand = command->add_subcommand("hold", "Stop sending a template; its messages wait");
    holdCommand->add_option("--account", h->account, "Account")->required();
    holdCommand->add_option("--id", h->t.templateId, "Template id or title")->required();
    holdCommand->add_option("--reason", *reason, "Why, for the audit")->required();
    holdCommand->callback([&context, h, reason] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (!engine)
            return;
        if (const auto done = context.await(engine->holdTemplate(h->account, h->t.templateId, *reason))) {
            if (context.json)
                printJson({{"changed", *done}});
            else
                std::cout << (*done ? "held" : "was held already") << "\n";
        }
    });

    auto r = std::make_shared<Add>();
    CLI::App *resumeCommand = command->add_subcommand("resume", "Let a held template send again");
    resumeCommand->add_option("--account", r->account, "Account")->required();
    resumeCommand->add_option("--id", r->t.templateId, "Template id or title")->required();
    resumeCommand->callback([&context, r] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (!engine)
            return;
        if (const auto done = context.await(engine->resumeTemplate(r->account, r->t.templateId))) {
            if (context.json)
                printJson({{"changed", *done}});
            else
                std::cout << (*done ? "resumed" : "was not held") << "\n";
        }
    });
}

} // namespace songda::cli
