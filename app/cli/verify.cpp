// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

void addVerify(CLI::App &app, Context &context) {
    app.add_subcommand("verify", "Check the invariants over the whole database")->callback([&context] {
        const auto engine = context.open(EngineOptions::Role::Viewer);
        if (!engine)
            return;
        const auto violations = context.await(engine->verify());
        if (!violations)
            return;
        Json json = Json::array();
        for (const Violation &v : *violations)
            json.push_back({{"invariant", v.invariant}, {"detail", v.detail}, {"count", v.count}});
        if (context.json)
            printJson({{"ok", violations->empty()}, {"violations", json}});
        else if (violations->empty())
            std::cout << "all invariants hold\n";
        for (const Violation &v : *violations)
            std::cerr << v.invariant << ": " << v.detail << "\n";
        if (!violations->empty())
            context.exitCode = Failed;
    });
}

void addVerifyReport(CLI::App &app, Context &context, CLI::Option *profile) {
    CLI::App *command = app.add_subcommand("verify-report",
        "Check reports by the manifests beside them: content, rows, states, and with several files that none is missing between them; with --profile also "
        "that this profile wrote them");
    auto files = std::make_shared<std::vector<std::string>>();
    command->add_option("FILE", *files, "CSV files of `report export`")->required();
    // Whoever checks a report may have nothing but the files.
    command->preparse_callback([profile](std::size_t) { profile->required(false); });
    command->callback([&context, files] {
        const auto engine = context.profile.empty() ? nullptr : context.open(EngineOptions::Role::Viewer);
        if (!context.profile.empty() && !engine)
            return;
        const auto checks = engine ? context.await(engine->checkReportsSoon(*files)) : context.take(Engine::checkReports(*files));
        if (!checks)
            return;
        Json json = Json::array();
        for (const ReportCheck &check : *checks) {
            Json problems = Json::array();
            for (const ReportProblem &problem : check.problems)
                problems.push_back({{"fault", toString(problem.fault)}, {"detail", problem.detail}});
            Json one{{"file", check.file}, {"ok", check.problems.empty()}, {"rows", check.rows}, {"rows_per_state", check.rowsPerState}, {"sha256", check.sha256},
                {"created_at", check.createdAt}, {"created_by", check.createdBy}, {"problems", problems}};
            if (check.chain)
                one["chain"] = {{"number", check.chain->number}, {"previous", check.chain->previous}, {"link", check.chain->link}};
            json.push_back(one);
            if (!check.problems.empty())
                context.exitCode = Failed;
            if (context.json)
                continue;
            std::cout << check.file << ": " << (check.problems.empty() ? "as it was written" : "NOT as it was written") << ", " << check.rows << " rows, "
                      << (check.createdAt.empty() ? "" : "made " + check.createdAt + " by " + check.createdBy + ", ")
                      << (check.chain ? "number " + std::to_string(check.chain->number) + " of its profile" : "without a place in a chain") << "\n";
            for (const ReportProblem &problem : check.problems)
                std::cerr << check.file << ": " << problem.detail << "\n";
        }
        if (context.json)
            printJson(json);
    });
}

} // namespace songda::cli
