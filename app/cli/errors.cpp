// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

namespace songda::cli {

namespace {

void errors(Context &context, const std::string &since, const std::string &by) {
    const WallTime from = since.empty() ? WallTime{} : parseTime(since, "--since", true);
    const BreakdownBy kind = by == "template" ? BreakdownBy::Template
        : by == "account"                     ? BreakdownBy::Account
        : by == "day"                         ? BreakdownBy::Day
        : by == "batch"                       ? BreakdownBy::Batch
        : by == "hour"                        ? BreakdownBy::Hour
                                              : BreakdownBy::Code;
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto rows = context.await(engine->breakdown(from, kind));
    if (!rows)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> table;
    for (const BreakdownRow &row : *rows) {
        if (kind == BreakdownBy::Code) {
            const CauseWords words = engine->causeWords(row.key, context.chinese);
            json.push_back({{"code", row.key}, {"error_class", toString(row.errorClass)}, {"attempts", row.attempts}, {"dead_letters", row.dead},
                {"meaning", words.meaning}, {"advice", words.advice}, {"known", words.known}});
            table.push_back({row.key, toString(row.errorClass), std::to_string(row.attempts), std::to_string(row.dead), words.meaning});
        } else {
            json.push_back({{by, row.key}, {"label", row.label}, {"attempts", row.attempts}, {"dead_letters", row.dead}});
            table.push_back({row.key, row.label, std::to_string(row.attempts), std::to_string(row.dead)});
        }
    }
    if (context.json)
        printJson(json);
    else if (kind == BreakdownBy::Code)
        printTable({"code", "class", "failed attempts", "dead letters", "meaning"}, table);
    else
        printTable({by, "", "failed attempts", "dead letters"}, table);
}

} // namespace

void addErrors(CLI::App &app, Context &context) {
    auto since = std::make_shared<std::string>();
    auto by = std::make_shared<std::string>("code");
    CLI::App *command = app.add_subcommand("errors", "Failed attempts, broken down");
    command->add_option("--since", *since, "From this time on: ISO 8601, or a span such as 2h (full hours)");
    command->add_option("--by", *by, "code, template, account, batch, day or hour")->check(CLI::IsMember({"code", "template", "account", "batch", "day", "hour"}));
    command->callback([&context, since, by] { errors(context, *since, *by); });
}

} // namespace songda::cli
