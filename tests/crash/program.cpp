// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/program.h"

#include <QDeadlineTimer>
#include <QDir>
#include <csignal>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <unistd.h>
#endif

namespace songda::testing {

namespace {

constexpr int startDeadline = 30'000;
constexpr int killDeadline = 30'000;

} // namespace

Program::Program(
    const QString &name, const QStringList &arguments, const QProcessEnvironment &environment, const QString &errorLog) {
    m_process.setProgram(QDir(QStringLiteral(SONGDA_BIN_DIR)).filePath(name));
    m_process.setArguments(arguments);
    m_process.setProcessEnvironment(environment);
    m_process.setStandardErrorFile(errorLog, QIODevice::Append);
#ifdef Q_OS_LINUX
    m_process.setChildProcessModifier([this] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (m_ownSession)
            setsid();
    });
#endif
}

Program::~Program() {
    if (!hasEnded())
        killNow();
}

bool Program::start(const QByteArray &input) {
    m_process.start();
    if (!m_process.waitForStarted(startDeadline))
        return false;
    if (!input.isEmpty())
        m_process.write(input);
    m_process.closeWriteChannel();
    return true;
}

bool Program::hasEnded() {
    return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(0);
}

bool Program::waitForEnd(int deadline) {
    return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(deadline);
}

QByteArray Program::nextLine(int deadline) {
    const QDeadlineTimer end(deadline);
    while (!m_process.canReadLine()) {
        if (end.hasExpired() || !m_process.waitForReadyRead(static_cast<int>(end.remainingTime())))
            return {};
    }
    return m_process.readLine();
}

bool Program::killNow() {
    if (hasEnded())
        return false;
    m_process.kill();
    m_process.waitForFinished(killDeadline);
    return m_process.exitStatus() == QProcess::CrashExit;
}

void Program::signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }

int Program::exitCode() const { return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1; }

} // namespace songda::testing
