// SPDX-License-Identifier: GPL-3.0-or-later
//
// `backup` and `restore`: a copy of the database, and what to do after one was put back.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

void backup(Context &context, const std::string &file) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto bytes = context.await(engine->backup(file));
    if (!bytes)
        return;
    if (context.json)
        printJson({{"file", file}, {"bytes", *bytes}});
    else
        std::cout << "backup: " << file << ", " << *bytes << " bytes, checked\n";
}

void restoreStatus(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto waiting = context.await(engine->restoredWaiting());
    if (!waiting)
        return;
    if (context.json)
        printJson({{"restored", waiting->has_value()}, {"waiting", waiting->value_or(0)}});
    else if (*waiting)
        std::cout << "the database is older than what last ran here; " << **waiting
                  << " messages wait, and some of them may have been sent already\n";
    else
        std::cout << "the database is as new as what last ran here\n";
}

void restoreAccept(Context &context, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine || !context.await(engine->acceptRestored(reason)))
        return;
    if (context.json)
        printJson({{"accepted", true}});
    else
        std::cout << "accepted: the next run sends what waits\n";
}

void archive(Context &context, const ArchiveRequest &request) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto report = context.await(engine->archive(request));
    if (!report)
        return;
    if (context.json)
        printJson({{"file", request.path}, {"archived", report->archived}, {"deleted", report->deleted}});
    else
        std::cout << "archived: " << report->archived << " messages in " << request.path << ", deleted here: " << report->deleted << "\n";
}

} // namespace

void addUpkeep(CLI::App &app, Context &context) {
    auto file = std::make_shared<std::string>();
    CLI::App *backupCommand = app.add_subcommand("backup", "Copy the database to a new file while it is in use");
    backupCommand->add_option("--out", *file, "The file to make")->required();
    backupCommand->callback([&context, file] { backup(context, *file); });

    auto archived = std::make_shared<ArchiveRequest>();
    auto days = std::make_shared<int>(0);
    CLI::App *archiveCommand = app.add_subcommand("archive", "Move what ended long ago into a file of its own");
    archiveCommand->add_option("--older-than", *days, "Days since it ended")->required()->check(CLI::Range(1, 36500));
    archiveCommand->add_option("--out", archived->path, "The SQLite file to make")->required();
    archiveCommand->callback([&context, archived, days] {
        archived->before = Engine::wallNow() - std::chrono::days{*days};
        archive(context, *archived);
    });

    CLI::App *restore = app.add_subcommand("restore", "After an older database was put back")->require_subcommand(1);
    restore->add_subcommand("status", "Whether the database is older than what last ran here")->callback([&context] {
        restoreStatus(context);
    });
    auto reason = std::make_shared<std::string>();
    CLI::App *accept = restore->add_subcommand("accept", "Agree that what waits is sent, although some may arrive twice");
    accept->add_option("--reason", *reason, "Why, for the audit")->required();
    accept->callback([&context, reason] { restoreAccept(context, *reason); });
}

} // namespace songda::cli
