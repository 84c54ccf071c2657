// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "engine/log/log.h"

#include <QCoreApplication>
#include <clocale>
#include <cstdlib>
#include <iostream>
#include <pwd.h>
#include <unistd.h>

namespace {

std::string loginName() {
    if (const char *user = std::getenv("SONGDA_USER"); user && *user)
        return user;
    const passwd *entry = getpwuid(getuid());
    return entry ? entry->pw_name : "user " + std::to_string(getuid());
}

} // namespace

int main(int argc, char **argv) {
    using namespace songda::cli;
    songda::Engine::keepNoCoreFiles();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("songda-cli"));
    songda::log::catchQtMessages();
    // Qt has set the person's locale: a German one would no longer take "--rate 0.5".
    std::setlocale(LC_NUMERIC, "C");

    Context context;
    context.user = loginName();
    CLI::App app{"Songda: queues, delivers and accounts for WeChat template messages."};
    app.name("songda-cli");
    app.footer("Exit codes: 0 done, 1 failed, 2 usage, 3 drained but with dead letters.");
    app.set_version_flag("--version", "0.1.0");
    app.require_subcommand(1);
    app.fallthrough();
    CLI::Option *profile = app.add_option("--profile", context.profile, "Folder of the profile")->required()->envname("SONGDA_PROFILE");
    app.add_flag("--json", context.json, "Print JSON instead of text");
    app.add_option_function<std::string>(
           "--lang", [&](const std::string &lang) { context.chinese = lang == "zh"; }, "Language of texts: en or zh")
        ->check(CLI::IsMember({"en", "zh"}));
    app.add_option("--user", context.user, "Who acts, for the audit (default: the login name)");
    app.add_option("--as", context.signIn, "Sign in as this user; the password is the first line of standard input. Needed once `user add` has been used")->envname("SONGDA_AS");

    addInit(app, context);
    addAccount(app, context);
    addTemplate(app, context);
    addSend(app, context);
    addImport(app, context);
    addRun(app, context);
    addQueue(app, context);
    addMessage(app, context);
    addDead(app, context);
    addBatch(app, context);
    addErrors(app, context);
    addReport(app, context);
    addAudit(app, context);
    addCheck(app, context);
    addVerify(app, context);
    addVerifyReport(app, context, profile);
    addUpkeep(app, context);
    addPolicy(app, context);
    addRecipient(app, context);
    addForecast(app, context);
    addKey(app, context);
    addCallback(app, context);
    addHook(app, context);
    addAlert(app, context);
    addRadar(app, context);
    addLog(app, context);
    addUser(app, context);
    addSecrets(app, context);
    for (CLI::App *command : app.get_subcommands({})) {
        command->fallthrough();
        for (CLI::App *inner : command->get_subcommands({}))
            inner->fallthrough();
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &e) {
        return app.exit(e) == 0 ? Done : Usage;
    } catch (const std::exception &e) {
        std::cerr << "songda-cli: " << e.what() << "\n";
        return Failed;
    }
    return context.exitCode;
}
