// SPDX-License-Identifier: GPL-3.0-or-later
//
// `policy`: what the engine decides by, and the file that changes it.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

void check(Context &context, std::string file) {
    if (file.empty())
        file = context.profile + "/policy.json";
    const auto checked = Engine::checkPolicyFile(file);
    if (!checked) {
        context.failed(checked.error());
        return;
    }
    if (context.json)
        printJson({{"file", file}, {"valid", true}});
    else
        std::cout << file << " is right\n";
}

void show(Context &context, const std::string &account, bool all) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto values = engine->policyOf(account);
    if (!values) {
        context.failed(values.error());
        return;
    }
    Json json = Json::object();
    std::vector<std::vector<std::string>> rows;
    for (const PolicyValue &v : *values) {
        json[v.field] = Json::parse(v.value, nullptr, false);
        if (all || v.value != v.builtIn)
            rows.push_back({v.field, v.value, v.builtIn, v.help});
    }
    if (context.json)
        printJson(json);
    else if (rows.empty())
        std::cout << "everything as built in; --all shows it\n";
    else
        printTable({"field", "in force", "built in", "what it is"}, rows);
}

} // namespace

void addPolicy(CLI::App &app, Context &context) {
    CLI::App *policy = app.add_subcommand("policy", "Retries, limits, quiet hours and whatever else can be set")->require_subcommand(1);
    policy->add_subcommand("example", "Print a commented policy file with every field")->callback([] { std::cout << Engine::examplePolicy(); });

    auto file = std::make_shared<std::string>();
    CLI::App *checkCommand = policy->add_subcommand("check", "Say whether a policy file is right");
    checkCommand->add_option("file", *file, "The file (default: policy.json of the profile)");
    checkCommand->callback([&context, file] { check(context, *file); });

    auto account = std::make_shared<std::string>();
    auto all = std::make_shared<bool>(false);
    CLI::App *showCommand = policy->add_subcommand("show", "What is in force");
    showCommand->add_option("--account", *account, "For this account");
    showCommand->add_flag("--all", *all, "Also what is as built in");
    showCommand->callback([&context, account, all] { show(context, *account, *all); });
}

} // namespace songda::cli
