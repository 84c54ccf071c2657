// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/canary/canary_search.h"
#include "tests/integration/scripted_server.h"

#include <QProcess>
#include <QTemporaryDir>
#include <atomic>
#include <memory>

namespace songda::canary {

/// A platform that gives out the marked access token, and on request answers as badly as what stands between it and us may:
/// with the request's address, the token or the secret in the answer.
class LeakyPlatform {
public:
    enum class Mode {
        Well,
        NotLatest, ///< 40001, with the token in its words
        ErrorPage, ///< 502 and the request's address
        Redirect, ///< 307 to the request's own address elsewhere
        Portal, ///< 200, a page with the request's address
        HalfJson, ///< 200, an answer that breaks off behind the token
        EchoesSecret, ///< 40125, with the whole body of the request
        Reset, ///< after the whole request
        Cut, ///< within the status line
        Silent, ///< 503 without words
    };
    static constexpr Mode modes[]{Mode::NotLatest, Mode::ErrorPage, Mode::Redirect, Mode::Portal, Mode::HalfJson, Mode::EchoesSecret, Mode::Reset, Mode::Cut, Mode::Silent};

    LeakyPlatform();
    std::string base() const { return m_server->base(); }
    quint16 port() const { return m_server->port(); }
    void setMode(Mode mode) { m_mode = mode; }
    int requests() const { return static_cast<int>(m_server->requests().size()); }

private:
    net::testing::Plan next();

    std::atomic<Mode> m_mode{Mode::Well};
    std::atomic<std::int64_t> m_msgid{3564882607550627845};
    std::unique_ptr<net::testing::ScriptedServer> m_server;
};

/// How large a core file of a process may become, in the words of /proc; empty when that cannot be read.
struct CoreLimit {
    QByteArray soft;
    QByteArray hard;
};
CoreLimit coreLimitOf(qint64 process);
/// What a core file of it would hold: all it can write to and has written to.
bool writeMemoryOf(qint64 process, const QString &path);

/// A place of its own for all that programs write: home, temporary files, profile, and what they say. What a command was
/// asked to show is kept apart.
class Journey {
public:
    Journey();

    QString root() const { return m_dir.path(); }
    QString profile() const { return m_dir.filePath(QStringLiteral("profile")); }
    QString path(const QString &name) const { return m_dir.filePath(name); }
    void setPassphrase(const QByteArray &wanted) { m_passphrase = wanted; }
    QProcessEnvironment environment() const;
    void write(const QString &name, const QByteArray &bytes) const;

    enum class Says { Kept, Asked }; ///< what it says on standard output belongs to the look, or was asked for
    /// Runs songda-cli to its end; its standard output.
    QByteArray cli(const QStringList &arguments, const QByteArray &input = {}, Says says = Says::Kept);
    int exitCode() const { return m_exitCode; }
    /// Starts a program that is ended by the test; what it says is kept, core files are allowed.
    std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments, const QMap<QString, QString> &more = {});
    int commands() const { return m_commands; }

private:
    QTemporaryDir m_dir;
    QByteArray m_passphrase = canary::passphrase;
    int m_exitCode = -1;
    int m_commands = 0;
};

} // namespace songda::canary
