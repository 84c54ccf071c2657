// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/console.h"

#include "tests/canary/canaries.h"

namespace songda::testing {

namespace {

// The simulator's practice account.
constexpr const char *appid = "wx0123456789abcdef";

/// The name begins like a formula: exports must make it harmless.
constexpr const char *actor = "=auditor";

} // namespace

Console::Console(const QString &directory)
    : m_directory(directory)
    , m_profileName(profile())
    , m_environment(QProcessEnvironment::systemEnvironment()) {
    m_environment.insert(QStringLiteral("SONGDA_PASSPHRASE"), QString::fromLatin1(canary::passphrase));
    m_environment.remove(QStringLiteral("SONGDA_PROFILE"));
}

Console Console::underName(const QString &profile) const {
    Console other = *this;
    other.m_profileName = profile;
    return other;
}

Console Console::withEnvironment(const QMap<QString, QString> &more) const {
    Console other = *this;
    for (auto it = more.cbegin(); it != more.cend(); ++it)
        other.m_environment.insert(it.key(), it.value());
    return other;
}

std::unique_ptr<Program> Console::program(const QStringList &command) const {
    QStringList arguments{
        QStringLiteral("--profile"), m_profileName, QStringLiteral("--user"), QString::fromLatin1(actor), QStringLiteral("--json")};
    arguments += command;
    auto program = std::make_unique<Program>(QStringLiteral("songda-cli"), arguments, m_environment, errorLog());
    program->setWorkingDirectory(m_directory);
    return program;
}

CommandResult Console::run(const QStringList &command, const QByteArray &input, int deadline) const {
    const auto process = program(command);
    CommandResult result;
    if (process->start(input) && process->waitForEnd(deadline))
        result.exitCode = process->exitCode();
    result.output = process->output();
    return result;
}

std::unique_ptr<Program> Console::start(const QStringList &command) const {
    auto process = program(command);
    return process->start() ? std::move(process) : nullptr;
}

bool Console::setUp(const QString &apiBase, int rate, int burst, int connections, const QString &transport) const {
    const auto done = [this](const QStringList &command, const QByteArray &input = {}) {
        return run(command, input).exitCode == 0;
    };
    return done({QStringLiteral("init")})
        && done({QStringLiteral("account"), QStringLiteral("add"), QStringLiteral("--name"), account(), QStringLiteral("--appid"),
                    QString::fromLatin1(appid), QStringLiteral("--secret-stdin"), QStringLiteral("--api-base"), apiBase,
                    QStringLiteral("--rate"), QString::number(rate), QStringLiteral("--burst"), QString::number(burst),
                    QStringLiteral("--connections"), QString::number(connections), QStringLiteral("--transport"), transport},
            canary::appSecret + "\n")
        && done({QStringLiteral("template"), QStringLiteral("sync"), QStringLiteral("--account"), account()});
}

StateCounts Console::counts() const {
    const CommandResult result = run({QStringLiteral("queue"), QStringLiteral("stats")});
    StateCounts counts;
    if (result.exitCode != 0)
        return counts;
    counts.accepted = result.number("accepted");
    counts.dead = result.number("dead");
    counts.uncertain = result.number("uncertain");
    for (const char *state : {"held", "queued", "sending", "retrying"})
        counts.unfinished += result.number(state);
    for (const char *state : {"delivered", "undelivered", "cancelled", "expired"})
        counts.others += result.number(state);
    counts.total = result.number("total");
    return counts;
}

} // namespace songda::testing
