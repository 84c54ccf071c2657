// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace songda::testing {

/// One of the built programs, or by its full path anybody's, as a process of its own. It dies with the test, whatever ends
/// the test.
class Program {
public:
    /// What it says on standard error is appended to a file, for whoever looks into a failure.
    Program(const QString &name, const QStringList &arguments, const QProcessEnvironment &environment, const QString &errorLog);
    ~Program();
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    /// With this as its whole standard input.
    bool start(const QByteArray &input = {});
    void setWorkingDirectory(const QString &directory) { m_process.setWorkingDirectory(directory); }
    /// Another login session of the same person.
    void setOwnSession() { m_ownSession = true; }
    bool hasEnded();
    /// False when it still runs after so many milliseconds.
    bool waitForEnd(int deadline);
    /// The next line of standard output, waiting at most so many milliseconds.
    QByteArray nextLine(int deadline);
    /// SIGKILL; returns when the process is gone. False when it had ended by itself.
    bool killNow();
    void terminate() { m_process.terminate(); }
    void signal(int number);

    /// -1 when a signal ended it.
    int exitCode() const;
    /// Ended by a signal, as a kill from within.
    bool wasKilled() const { return m_process.state() == QProcess::NotRunning && m_process.exitStatus() == QProcess::CrashExit; }
    qint64 processId() const { return m_process.processId(); }
    QByteArray output() { return m_process.readAllStandardOutput(); }

private:
    QProcess m_process;
    bool m_ownSession = false;
};

} // namespace songda::testing
