// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/context.h"

#include "app/cli/commands.h"

#include "app/cli/output.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace songda::cli {

namespace {

Result<std::unique_ptr<Engine>> tryOpen(const Context &context, EngineOptions::Role role, bool unattended = false) {
    EngineOptions options;
    options.profileDir = context.profile;
    options.role = role;
    options.user = context.user;
    options.unattended = unattended;
    options.askPassphrase = [] { return isatty(STDIN_FILENO) ? readSecret("Passphrase of the secrets file: ") : std::nullopt; };
    return Engine::open(std::move(options));
}

} // namespace

std::unique_ptr<Engine> Context::open(EngineOptions::Role role) {
    return signedIn(tryOpen(*this, role));
}

std::unique_ptr<Engine> Context::openUnattended() {
    auto engine = take(tryOpen(*this, EngineOptions::Role::Engine, true));
    return engine ? std::move(*engine) : nullptr;
}

std::unique_ptr<Engine> Context::signedIn(Result<std::unique_ptr<Engine>> opened) {
    auto engine = take(std::move(opened));
    if (!engine)
        return nullptr;
    if (signIn.empty())
        return std::move(*engine);
    const auto password = readSecret("Password: ");
    if (!password) {
        failed({ErrorCode::InvalidInput, "the password of \"" + signIn + "\" is read from standard input, and there was none"});
        return nullptr;
    }
    return await((*engine)->signIn(signIn, *password)) ? std::move(*engine) : nullptr;
}

std::unique_ptr<Engine> Context::openToDeliver() {
    auto engine = tryOpen(*this, EngineOptions::Role::Engine);
    if (!engine && engine.error().code == ErrorCode::InUse)
        return open(EngineOptions::Role::Tool);
    return signedIn(std::move(engine));
}

void Context::failed(const Error &error) {
    exitCode = Failed;
    const bool nobody = error.code == ErrorCode::NotAllowed && signIn.empty();
    std::cerr << "songda-cli: " << error.detail << (nobody ? "; sign in with --as USER" : "") << "\n";
    if (json)
        printJson({{"error", {{"code", toString(error.code)}, {"detail", error.detail}}}});
}

bool Context::await(QFuture<Result<void>> future) {
    const Result<void> result = future.result();
    if (!result)
        failed(result.error());
    return result.has_value();
}

std::optional<std::string> readSecret(const char *prompt) {
    const bool terminal = isatty(STDIN_FILENO) != 0;
    termios before{};
    if (terminal) {
        std::fputs(prompt, stderr);
        tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    std::string line;
    const bool read = static_cast<bool>(std::getline(std::cin, line));
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::fputs("\n", stderr);
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
        line.pop_back();
    return read && !line.empty() ? std::optional(line) : std::nullopt;
}

CLI::App *withId(CLI::App *parent, const char *name, const char *what, const char *whose, std::function<void(std::int64_t)> act) {
    auto id = std::make_shared<std::int64_t>(0);
    CLI::App *command = parent->add_subcommand(name, what);
    command->add_option("id", *id, whose)->required()->check(CLI::PositiveNumber);
    command->callback([id, act = std::move(act)] { act(*id); });
    return command;
}

void addPriority(CLI::App *command, int &priority) {
    command
        ->add_option_function<std::string>(
            "--priority", [&priority](const std::string &name) { priority = name == "bulk" ? 0 : name == "urgent" ? 2 : 1; },
            "What goes first: bulk, normal or urgent")
        ->check(CLI::IsMember({"bulk", "normal", "urgent"}));
}

WallTime parseTime(const std::string &text, const std::string &option, bool spans) {
    if (spans && text.size() >= 2) {
        long long n = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size() - 1, n);
        if (error == std::errc{} && end == text.data() + text.size() - 1 && n >= 0 && n < 100'000) {
            switch (text.back()) {
            case 'm': return Engine::wallNow() - std::chrono::minutes{n};
            case 'h': return Engine::wallNow() - std::chrono::hours{n};
            case 'd': return Engine::wallNow() - std::chrono::days{n};
            default: break;
            }
        }
    }
    if (const auto time = parseIso8601(text))
        return *time;
    throw CLI::ValidationError(option,
        "\"" + text + "\" is not a time; write 2026-01-31, 2026-01-31T18:30 (China time) or 2026-01-31T18:30:00+08:00"
            + (spans ? ", or a span such as 2h" : ""));
}

} // namespace songda::cli
