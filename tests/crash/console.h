// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <memory>

namespace songda::testing {

/// What a command of songda-cli left: its exit code (-1 when it crashed or took too long) and its JSON.
struct CommandResult {
    int exitCode = -1;
    QByteArray output;

    QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
    qint64 number(const char *key) const { return json().value(QLatin1String(key)).toInteger(-1); }
};

/// Messages per state as `queue stats` tells them.
struct StateCounts {
    qint64 accepted = 0;
    qint64 dead = 0;
    qint64 uncertain = 0;
    qint64 unfinished = 0; ///< held, queued, sending and retrying
    qint64 others = 0; ///< states that nothing in these tests leads to
    qint64 total = -1;
};

/// songda-cli on one profile in a folder.
class Console {
public:
    /// The profile is made in `directory`/profile, logs beside it.
    explicit Console(const QString &directory);

    /// Runs a command to its end, always with --json.
    CommandResult run(const QStringList &command, const QByteArray &input = {}, int deadline = 120'000) const;
    /// Starts a command that will be killed.
    std::unique_ptr<Program> start(const QStringList &command) const;
    /// The same profile under another name, such as a path relative to its folder.
    Console underName(const QString &profile) const;
    /// The same profile with more in the environment of the commands.
    Console withEnvironment(const QMap<QString, QString> &more) const;

    /// Makes the profile with one account on the simulator; false tells that something failed.
    bool setUp(const QString &apiBase, int rate, int burst, int connections, const QString &transport = QStringLiteral("auto")) const;
    StateCounts counts() const;
    /// Exit code and text of `verify`.
    CommandResult verify() const { return run({QStringLiteral("verify")}, {}, 600'000); }

    QString profile() const { return m_directory + QStringLiteral("/profile"); }
    QString databaseFile() const { return profile() + QStringLiteral("/songda.db"); }
    QString errorLog() const { return m_directory + QStringLiteral("/songda-cli.log"); }

    static QString account() { return QStringLiteral("practice"); }
    static QString templateTitle() { return QString::fromUtf8("订单支付成功通知"); }

    /// A command that is not started yet.
    std::unique_ptr<Program> program(const QStringList &command) const;

private:
    QString m_directory;
    QString m_profileName; ///< as the commands are told it, from m_directory on
    QProcessEnvironment m_environment;
};

} // namespace songda::testing
