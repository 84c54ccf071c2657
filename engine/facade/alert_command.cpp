// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/alert_command.h"

#include <QDeadlineTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <sys/stat.h>
#include <unistd.h>

namespace songda {

namespace {
constexpr int deadlineMs = 10'000;
constexpr int lookMs = 100;
} // namespace

Result<void> checkOwnedAlone(const std::string &profileDir) {
    for (const std::string &path : {profileDir, profileDir + "/songda.db", profileDir + "/settings.json", profileDir + "/policy.json"}) {
        struct stat info {};
        if (stat(path.c_str(), &info) != 0)
            continue; // there need not be a policy
        if (info.st_uid != geteuid() && info.st_uid != 0)
            return fail(ErrorCode::Refused, path + " belongs to another user: no command is run");
        if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
            return fail(ErrorCode::Refused, path + " can be written by others: no command is run (chmod go-w)");
    }
    return {};
}

Result<void> runAlertCommand(const std::vector<std::string> &command, const std::string &input, const std::atomic<bool> &cancelled) {
    if (command.empty())
        return fail(ErrorCode::InvalidInput, "there is no command");
    QStringList arguments;
    for (std::size_t i = 1; i < command.size(); ++i)
        arguments.append(QString::fromStdString(command[i]));
    QProcess process;
    QProcessEnvironment environment;
    for (const char *name : {"PATH", "HOME", "LANG", "TZ"}) {
        if (qEnvironmentVariableIsSet(name))
            environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
    }
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(QString::fromStdString(command.front()), arguments);
    const QDeadlineTimer deadline(deadlineMs);
    if (!process.waitForStarted(deadlineMs))
        return fail(ErrorCode::Refused, "the command cannot be started: " + process.errorString().toStdString());
    process.write(QByteArray::fromStdString(input));
    process.closeWriteChannel();
    while (process.state() != QProcess::NotRunning && !process.waitForFinished(lookMs)) {
        if (!deadline.hasExpired() && !cancelled)
            continue;
        process.kill();
        process.waitForFinished(lookMs * 10);
        return fail(ErrorCode::Refused, cancelled ? "the command was ended" : "the command did not end within ten seconds");
    }
    if (process.exitStatus() != QProcess::NormalExit)
        return fail(ErrorCode::Refused, "the command crashed");
    if (process.exitCode() != 0)
        return fail(ErrorCode::Refused, "the command ended with " + std::to_string(process.exitCode()));
    return {};
}

} // namespace songda
