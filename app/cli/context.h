// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <functional>
#include <memory>
#include <string>

namespace songda::cli {

/// Exit codes are part of the command-line contract.
enum ExitCode { Done = 0, Failed = 1, Usage = 2, DrainedWithDeadLetters = 3 };

/// What every command gets: the global options, the profile, and a place for the exit code.
class Context {
public:
    std::string profile;
    std::string user;
    std::string signIn; ///< user to sign in as; empty: nobody
    bool json = false;
    bool chinese = false;
    int exitCode = Done;

    /// Opens the profile, or says why not and leaves Failed as exit code.
    std::unique_ptr<Engine> open(EngineOptions::Role role);
    /// The same for a process that delivers with nobody sitting at it.
    std::unique_ptr<Engine> openUnattended();
    /// Opens the profile to deliver, or beside the process that does already.
    std::unique_ptr<Engine> openToDeliver();
    /// The engine, once somebody has signed in if that was asked for.
    std::unique_ptr<Engine> signedIn(Result<std::unique_ptr<Engine>> engine);
    /// Prints a failure as one sentence on stderr (with --json also as an object on stdout).
    void failed(const Error &error);
    /// The value of a finished command, or nothing after telling why.
    template <class T> std::optional<T> take(Result<T> result) {
        if (result)
            return std::move(*result);
        failed(result.error());
        return std::nullopt;
    }
    template <class T> std::optional<T> await(QFuture<Result<T>> future) { return take(future.result()); }
    /// The same for what needs the event loop meanwhile.
    template <class T> std::optional<T> awaitWithEvents(QFuture<Result<T>> future) {
        QFutureWatcher<Result<T>> watcher;
        QEventLoop loop;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        if (!future.isFinished())
            loop.exec();
        return take(future.result());
    }
    /// For commands without a value.
    bool await(QFuture<Result<void>> future);
};

/// Reads one line from standard input, for secrets; without echo on a terminal.
std::optional<std::string> readSecret(const char *prompt);

/// A time of the command line (ISO 8601; China time without an offset), or a span before now such as 2h,
/// 30m, 7d when `spans` is set. Throws CLI::ValidationError with a sentence.
WallTime parseTime(const std::string &text, const std::string &option, bool spans = false);

} // namespace songda::cli
