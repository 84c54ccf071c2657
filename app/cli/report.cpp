// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct ReportOptions {
    std::string out, from, to, cause, openid;
    std::int64_t batch = 0;
    std::vector<std::string> states;
};

void exportReport(Context &context, const ReportOptions &o) {
    ExportRequest request;
    request.path = o.out;
    request.chineseHeader = context.chinese;
    if (!o.from.empty())
        request.filter.createdFrom = parseTime(o.from, "--from");
    if (!o.to.empty())
        request.filter.createdTo = parseTime(o.to, "--to");
    for (const std::string &name : o.states) {
        const auto state = messageStateFromString(name);
        if (!state)
            throw CLI::ValidationError("--state", "\"" + name + "\" is not a state");
        request.filter.states.push_back(*state);
    }
    request.filter.cause = o.cause;
    request.filter.openid = o.openid;
    if (o.batch > 0)
        request.filter.batch = BatchId{o.batch};
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto report = context.await(engine->exportReport(request));
    if (!report)
        return;
    if (context.json)
        printJson({{"file", o.out}, {"rows", report->rows}, {"rows_per_state", report->rowsPerState}, {"sha256", report->sha256},
            {"manifest", report->manifestPath}});
    else
        std::cout << "rows: " << report->rows << "\nsha256: " << report->sha256 << "\nmanifest: " << report->manifestPath << "\n";
}

} // namespace

void addReport(CLI::App &app, Context &context) {
    CLI::App *report = app.add_subcommand("report", "Reports for the audit")->require_subcommand(1);
    auto o = std::make_shared<ReportOptions>();
    CLI::App *exportCommand = report->add_subcommand("export", "Write messages to a CSV file with a manifest beside it");
    exportCommand->add_option("--out", o->out, "CSV file to write")->required();
    exportCommand->add_option("--from", o->from, "Created at or after; a bare date begins at 00:00 China time");
    exportCommand->add_option("--to", o->to, "Created before");
    exportCommand->add_option("--state", o->states, "Only these states");
    exportCommand->add_option("--batch", o->batch, "Only this batch, by its number");
    exportCommand->add_option("--cause", o->cause, "Only this cause, such as 43004 or timeout");
    exportCommand->add_option("--openid", o->openid, "Only this recipient");
    exportCommand->callback([&context, o] { exportReport(context, *o); });
}

} // namespace songda::cli
