// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>
#include <thread>
#include <unistd.h>

namespace songda::cli {

namespace {

struct ImportOptions {
    ImportRequest request;
    std::vector<std::string> map;
    std::string at;
    std::string expires;
    int recallSeconds = 0;
};

std::string place(const RowProblem &row) {
    return "line " + std::to_string(row.line) + (row.column.empty() ? "" : ", column " + row.column);
}

void print(const Context &context, const ImportReport &r, const ImportRequest &request, const std::optional<Forecast> &forecast) {
    if (context.json) {
        Json rejects = Json::array();
        for (const RowProblem &row : r.firstRejects)
            rejects.push_back({{"line", row.line}, {"column", row.column}, {"fault", toString(row.fault)}, {"reason", row.reason}});
        Json doubts = Json::array();
        for (const RowProblem &row : r.firstDoubts)
            doubts.push_back({{"line", row.line}, {"column", row.column}, {"reason", row.reason}});
        Json json{{"read", r.read}, {"queued", r.queued}, {"duplicates", r.duplicates}, {"rejected", r.rejected},
            {"dry_run", request.dryRun}, {"batch", r.batchName}, {"batch_id", r.batch.value}, {"encoding", r.encoding},
            {"delimiter", r.delimiter}, {"ignored_columns", r.ignoredColumns}, {"rejects", rejects}, {"doubtful", r.doubtful}, {"doubts", doubts},
            {"rejects_file", request.rejectsPath}, {"file_sha256", orNull(r.fileDigest)}};
        if (r.seedBatch)
            json["seed_batch_id"] = r.seedBatch->value;
        if (r.waitsForSecond)
            json["waits_for_second_person"] = true;
        if (forecast)
            json["forecast"] = toJson(*forecast);
        printJson(json);
        return;
    }
    std::cout << "rows read: " << r.read << "\n"
              << (request.dryRun ? "would be queued: " : "queued: ") << r.queued << "\n"
              << "duplicates: " << r.duplicates << "\n"
              << "rejected: " << r.rejected << "\n";
    for (const RowProblem &row : r.firstRejects)
        std::cout << "  " << place(row) << ": " << row.reason << "\n";
    const auto total = r.rejected + r.duplicates;
    if (total > static_cast<std::int64_t>(r.firstRejects.size()))
        std::cout << "  ... " << total - static_cast<std::int64_t>(r.firstRejects.size())
                  << " more; --rejects FILE.csv writes them all\n";
    if (r.doubtful > 0) {
        std::cout << "doubtful, and queued all the same: " << r.doubtful << "\n";
        for (const RowProblem &row : r.firstDoubts)
            std::cout << "  " << place(row) << ": " << row.reason << "\n";
    }
    std::string ignored;
    for (const std::string &name : r.ignoredColumns)
        ignored += (ignored.empty() ? "" : ", ") + name;
    if (!ignored.empty())
        std::cout << "columns not used: " << ignored << "\n";
    std::cout << "read as: " << r.encoding << ", " << r.delimiter << "\n";
    if (r.seedBatch)
        std::cout << "seed: batch " << r.seedBatch->value << " goes first; when it looks right: batch resume " << r.batch.value << "\n";
    if (r.waitsForSecond)
        std::cout << "waits for a second person: another user lets it go with: batch resume " << r.batch.value << "\n";
    if (forecast) {
        std::cout << "together with what waits already:\n";
        printForecast(*forecast);
    }
}

void import(Context &context, ImportOptions o) {
    for (const std::string &pair : o.map) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size())
            throw CLI::ValidationError("--map", "\"" + pair + "\" is not key=column");
        o.request.keyColumns[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    if (!o.at.empty())
        o.request.at = parseTime(o.at, "--at");
    if (!o.expires.empty())
        o.request.expiresAt = parseTime(o.expires, "--expires");
    o.request.recall = Seconds{o.recallSeconds};
    o.request.chineseRejects = context.chinese;
    const auto engine = context.open(o.request.dryRun ? EngineOptions::Role::Viewer : EngineOptions::Role::Tool);
    if (!engine)
        return;
    o.request.control = std::make_shared<JobControl>();
    auto future = engine->importCsv(o.request);
    const bool terminal = isatty(STDERR_FILENO) != 0;
    while (terminal && !future.isFinished()) {
        std::cerr << "\r" << o.request.control->rows.load() << " rows, "
                  << static_cast<int>(o.request.control->share.load() * 100) << " %   " << std::flush;
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
    }
    if (terminal)
        std::cerr << "\r\033[K";
    const auto report = context.await(future);
    if (!report)
        return;
    // What would happen with them: the preflight.
    std::optional<Forecast> forecast;
    if (o.request.dryRun) {
        ForecastRequest ask;
        ask.account = o.request.account;
        ask.messages = report->queued;
        ask.priority = o.request.priority;
        ask.at = o.request.at;
        ask.expiresAt = o.request.expiresAt;
        ask.refused = report->rejected + report->duplicates;
        forecast = context.await(engine->forecast(ask));
    }
    print(context, *report, o.request, forecast);
}

} // namespace

void addImport(CLI::App &app, Context &context) {
    auto o = std::make_shared<ImportOptions>();
    CLI::App *command = app.add_subcommand("import", "Queue one message for each row of a CSV file");
    command->add_option("file", o->request.path, "CSV file; UTF-8, GBK/GB18030 or UTF-16, delimiter found by itself")->required();
    command->add_option("--encoding", o->request.encoding, "What the file is written in (default: found by itself)")
        ->check(CLI::IsMember(std::vector<std::string>(csvEncodings().begin(), csvEncodings().end()), CLI::ignore_case));
    command->add_option("--account", o->request.account, "Account")->required();
    command->add_option("--template", o->request.templateId, "Template id or title")->required();
    command->add_option("--openid-column", o->request.openidColumn, "Column with the recipient (default openid or touser)");
    command->add_option("--map", o->map, "Template key from a column of another name: key=column ...");
    command->add_option("--batch", o->request.batchName, "Name of the batch; the same rows in another named batch are new messages");
    command->add_option("--key-column", o->request.keyColumn, "Column with idempotency keys (default: same content is the same message)");
    command->add_option("--url-column", o->request.urlColumn, "Column with the link (default url)");
    command->add_option("--at", o->at, "When to send; ISO 8601, China time without an offset");
    command->add_option("--expires", o->expires, "After this they are no longer useful");
    addPriority(command, o->request.priority);
    command->add_option("--recall", o->recallSeconds, "Seconds in which the batch can still be cancelled before the first message goes")
        ->check(CLI::Range(0, 86400));
    command->add_option("--seed", o->request.seeds, "openids that get the first row's message first, at most " + std::to_string(mostSeeds) + "; the batch waits until it is resumed");
    command->add_flag("--dry-run", o->request.dryRun, "Check everything, queue nothing, and say when it would be done");
    command->add_option("--rejects", o->request.rejectsPath, "Write rejected and duplicate rows here, with line, column and reason (--lang zh: in Chinese)");
    command->callback([&context, o] { import(context, *o); });
}

} // namespace songda::cli
