// SPDX-License-Identifier: GPL-3.0-or-later
//
// `user`: who works with the profile. Without any, whoever can read the profile may do everything.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

void list(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto users = context.await(engine->users());
    if (!users)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const ConsoleUser &u : *users) {
        json.push_back({{"name", u.name}, {"role", toString(u.role)}, {"failures", u.failures}, {"locked_until", toIso8601(u.lockedUntil)},
            {"created_at", toIso8601(u.createdAt)}, {"created_by", u.createdBy}});
        rows.push_back({u.name, toString(u.role), std::to_string(u.failures), toIso8601(u.lockedUntil), toIso8601(u.createdAt), u.createdBy});
    }
    if (context.json)
        printJson(json);
    else if (rows.empty())
        std::cout << "no users: whoever can read the profile may do everything\n";
    else
        printTable({"name", "role", "wrong passwords", "locked until", "since", "by"}, rows);
}

void done(Context &context, const std::string &name, const char *what) {
    if (context.json)
        printJson({{"user", name}, {"done", what}});
    else
        std::cout << name << ": " << what << "\n";
}

std::optional<std::string> newPassword(Context &context) {
    auto password = readSecret("New password: ");
    if (!password)
        context.failed({ErrorCode::InvalidInput, "a password is read from standard input, and there was none"});
    return password;
}

using Change = std::function<QFuture<Result<void>>(Engine &, const std::string &name)>;

/// A command about one user.
void addChange(CLI::App *user, Context &context, const char *name, const char *help, const char *what, Change change) {
    auto who = std::make_shared<std::string>();
    CLI::App *command = user->add_subcommand(name, help);
    command->add_option("NAME", *who, "User")->required();
    command->callback([&context, who, what, change = std::move(change)] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (engine && context.await(change(*engine, *who)))
            done(context, *who, what);
    });
}

CLI::Option *addRole(CLI::App *command, UserRole &role) {
    return command
        ->add_option_function<std::string>("--role", [&role](const std::string &name) { role = userRoleFrom(name).value_or(role); }, "operator, support, auditor or admin")
        ->check(CLI::IsMember({"operator", "support", "auditor", "admin"}))
        ->required();
}

} // namespace

void addUser(CLI::App &app, Context &context) {
    CLI::App *user = app.add_subcommand("user", "Who works with the profile, and as what; passwords are read from standard input")->require_subcommand(1);
    user->add_subcommand("list", "Users, roles and locks")->callback([&context] { list(context); });

    auto name = std::make_shared<std::string>();
    auto role = std::make_shared<UserRole>(UserRole::Operator);
    CLI::App *add = user->add_subcommand("add", "Add a user; the first one is an admin, and from then on everybody signs in with --as");
    add->add_option("NAME", *name, "User")->required();
    addRole(add, *role);
    add->callback([&context, name, role] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        const auto password = engine ? newPassword(context) : std::nullopt;
        if (password && context.await(engine->addUser(*name, *role, *password)))
            done(context, *name, "added");
    });

    CLI::App *change = user->add_subcommand("role", "Give a user another role");
    change->add_option("NAME", *name, "User")->required();
    addRole(change, *role);
    change->callback([&context, name, role] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (engine && context.await(engine->setUserRole(*name, *role)))
            done(context, *name, toString(*role));
    });

    CLI::App *passwd = user->add_subcommand("passwd", "Give a user, or oneself, another password");
    passwd->add_option("NAME", *name, "User")->required();
    passwd->callback([&context, name] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        const auto password = engine ? newPassword(context) : std::nullopt;
        if (password && context.await(engine->setUserPassword(*name, *password)))
            done(context, *name, "has another password");
    });
    addChange(user, context, "remove", "Take a user away", "removed", [](Engine &engine, const std::string &who) { return engine.removeUser(who); });
    addChange(user, context, "unlock", "Let a user try again after wrong passwords", "unlocked", [](Engine &engine, const std::string &who) { return engine.unlockUser(who); });
}

} // namespace songda::cli
