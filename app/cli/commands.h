// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>

namespace songda::cli {

class Context;

// Each adds one command to the program; its callback runs while the command line is parsed and leaves its
// exit code in the context.
void addInit(CLI::App &app, Context &context);
void addAccount(CLI::App &app, Context &context);
void addTemplate(CLI::App &app, Context &context);
void addSend(CLI::App &app, Context &context);
void addImport(CLI::App &app, Context &context);
void addRun(CLI::App &app, Context &context);
void addQueue(CLI::App &app, Context &context);
void addMessage(CLI::App &app, Context &context);
/// Below `message`.
void addMessageLookups(CLI::App &message, Context &context);
void addDead(CLI::App &app, Context &context);
void addBatch(CLI::App &app, Context &context);
void addErrors(CLI::App &app, Context &context);
void addReport(CLI::App &app, Context &context);
void addAudit(CLI::App &app, Context &context);
void addCheck(CLI::App &app, Context &context);
void addVerify(CLI::App &app, Context &context);
void addVerifyReport(CLI::App &app, Context &context, CLI::Option *profile);
void addUpkeep(CLI::App &app, Context &context);
void addPolicy(CLI::App &app, Context &context);
void addRecipient(CLI::App &app, Context &context);
void addKey(CLI::App &app, Context &context);
void addCallback(CLI::App &app, Context &context);
void addHook(CLI::App &app, Context &context);
void addAlert(CLI::App &app, Context &context);
void addRadar(CLI::App &app, Context &context);
void addLog(CLI::App &app, Context &context);
void addUser(CLI::App &app, Context &context);
void addSecrets(CLI::App &app, Context &context);
void addForecast(CLI::App &app, Context &context);

/// A command about one thing, named by its number; `whose` says where the number stands.
CLI::App *withId(CLI::App *parent, const char *name, const char *what, const char *whose, std::function<void(std::int64_t)> act);

/// --priority bulk|normal|urgent
void addPriority(CLI::App *command, int &priority);

} // namespace songda::cli
