// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/clients/tool.h"

#include "tests/crash/commands.h"

#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>

namespace songda::testing {

namespace {

constexpr int deadline = 120'000;

} // namespace

QString debianTool(const char *name) {
    return QStandardPaths::findExecutable(QLatin1String(name), {QStringLiteral("/usr/bin"), QStringLiteral("/bin")});
}

ToolResult runTool(const QString &program, const QStringList &arguments, const QByteArray &input) {
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    ToolResult result;
    if (process.waitForFinished(deadline) && process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    else
        process.kill();
    result.output = process.readAllStandardOutput();
    result.complaint = process.readAllStandardError();
    return result;
}

QString clientScript(const char *name) { return QStringLiteral(SONGDA_SOURCE_DIR "/tests/clients/") + QLatin1String(name); }

QJsonObject Fetched::json() const { return QJsonDocument::fromJson(body).object(); }

Fetched curl(const QStringList &arguments, const QByteArray &input) {
    // The status on standard error, apart from the body; a complaint would not be a number.
    const ToolResult result = runTool(debianTool("curl"), words("--silent --show-error --write-out %{stderr}%{http_code}") + arguments, input);
    return {result.exitCode == 0 ? result.complaint.toInt() : 0, result.output};
}

} // namespace songda::testing
