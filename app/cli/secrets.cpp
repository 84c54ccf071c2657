// SPDX-License-Identifier: GPL-3.0-or-later
//
// `secrets`: where the AppSecrets and keys lie, and under which passphrase.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <QString>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

namespace songda::cli {

namespace {

constexpr qsizetype shortPassphrase = 12;

std::optional<std::string> fromEnvironment(const char *name) {
    const char *text = std::getenv(name);
    return text && *text ? std::optional<std::string>(text) : std::nullopt;
}

/// From the environment, or typed twice.
Result<std::string> newPassphrase() {
    if (const auto given = fromEnvironment("SONGDA_NEW_PASSPHRASE"))
        return *given;
    const auto once = readSecret("New passphrase: ");
    const auto again = once ? readSecret("The new passphrase again: ") : std::nullopt;
    if (!again)
        return fail(ErrorCode::InvalidInput, "the new passphrase is read from SONGDA_NEW_PASSPHRASE, or twice from standard input, and there was none");
    if (*once != *again)
        return fail(ErrorCode::InvalidInput, "the two new passphrases differ; nothing was changed");
    return *once;
}

void rekey(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    auto present = fromEnvironment("SONGDA_PASSPHRASE");
    if (!present)
        present = readSecret("Present passphrase: ");
    if (!present)
        return context.failed({ErrorCode::Secret, "the present passphrase is read from SONGDA_PASSPHRASE, or from standard input, and there was none"});
    const auto fresh = context.take(newPassphrase());
    if (!fresh || !context.await(engine->changePassphrase(*present, *fresh)))
        return;
    if (context.json)
        printJson({{"changed", true}});
    else
        std::cout << "The secrets of this profile are sealed under the new passphrase.\n"
                     "A process that has the profile open goes on with what it has read; give it the new one when it is started the next time.\n";
    if (QString::fromStdString(*fresh).size() < shortPassphrase)
        std::cerr << "songda-cli: that passphrase is short; whoever gets a copy of secrets.enc can try ten a second on each core\n";
}

} // namespace

void addSecrets(CLI::App &app, Context &context) {
    CLI::App *secrets = app.add_subcommand("secrets", "Where the secrets of this profile lie, and their passphrase")->require_subcommand(1);
    secrets->add_subcommand("place", "Says whether they lie in the system's key store or in an encrypted file")->callback([&context] {
        const auto engine = context.open(EngineOptions::Role::Viewer);
        const auto place = engine ? context.await(engine->secretsPlace()) : std::nullopt;
        if (!place)
            return;
        if (context.json)
            printJson({{"place", place->empty() ? Json(nullptr) : Json(*place)}});
        else
            std::cout << (place->empty() ? "none is kept yet" : *place) << "\n";
    });
    secrets
        ->add_subcommand("rekey",
            "Seals the encrypted file of secrets under another passphrase. The present one comes from SONGDA_PASSPHRASE, the new one from\n"
            "SONGDA_NEW_PASSPHRASE; what is not there is asked for without echo, the new one twice")
        ->callback([&context] { rekey(context); });
}

} // namespace songda::cli
