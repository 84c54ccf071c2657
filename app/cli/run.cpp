// SPDX-License-Identifier: GPL-3.0-or-later
//
// `run` and `serve`: the engine without a screen.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"
#include "app/cli/unix_signals.h"
#include "engine/doors/doors.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>
#include <unistd.h>

namespace songda::cli {

namespace {

struct RunOptions {
    bool untilDrained = false;
    bool doors = false; ///< as the settings say
    double seconds = 0;
};

/// What stops an account in words: its hold, its quota, its pause.
std::string gateText(const Engine &engine, const AccountSnapshot &a, bool chinese) {
    if (!a.hold)
        return toString(a.gate);
    if (a.hold->cause == "operator")
        return "held by " + a.hold->by + ": " + a.hold->detail;
    const CauseWords words = engine.causeWords(a.hold->cause, chinese);
    return "held (" + a.hold->cause + "): " + words.meaning + " " + words.advice
        + (a.hold->detail.empty() ? "" : " [" + a.hold->detail + "]");
}

/// Once for each account whose platform tells another time, and again when it has been right in between.
void warnOfClocks(const Snapshot &s, std::set<AccountId> &warned) {
    for (const AccountSnapshot &a : s.accounts) {
        if (!a.clockDifference) {
            warned.erase(a.id);
            continue;
        }
        if (!warned.insert(a.id).second)
            continue;
        const auto seconds = std::chrono::duration_cast<Seconds>(*a.clockDifference).count();
        std::cerr << (isatty(STDERR_FILENO) ? "\r\033[K" : "") << "songda-cli: this machine's clock is " << std::abs(seconds) << " s "
                  << (seconds > 0 ? "ahead of" : "behind") << " the platform's (account " << a.name
                  << "); times to send and quota days go by this machine\n";
    }
}

/// The same for each account whose tokens somebody else ends.
void warnOfStolenTokens(const Snapshot &s, std::set<AccountId> &warned) {
    for (const AccountSnapshot &a : s.accounts) {
        if (!a.secretUsedElsewhere) {
            warned.erase(a.id);
            continue;
        }
        if (warned.insert(a.id).second)
            std::cerr << (isatty(STDERR_FILENO) ? "\r\033[K" : "") << "songda-cli: tokens of account " << a.name
                      << " that worked are refused again and again: another system asks for tokens with its secret."
                         " Each new one ends the one before; let it ask the stable_token interface, without force\n";
    }
}

void printProgress(const Snapshot &s) {
    const auto waiting = s.counts.waiting() + s.counts[MessageState::Sending];
    char line[200];
    std::snprintf(line, sizeof line, "%s%lld accepted, %lld waiting, %lld dead, %lld uncertain, %.0f/s, %d in flight%s",
        isatty(STDERR_FILENO) ? "\r\033[K" : "", static_cast<long long>(s.counts[MessageState::Accepted]),
        static_cast<long long>(waiting), static_cast<long long>(s.counts[MessageState::Dead]),
        static_cast<long long>(s.counts[MessageState::Uncertain]), s.ratePerSecond, s.inFlight,
        isatty(STDERR_FILENO) ? "" : "\n");
    std::cerr << line << std::flush;
}

/// "sending is paused by li since ..., and songda-cli resume lets it go on".
std::string pauseText(const Snapshot &s) {
    return "sending is paused" + (s.pausedBy.empty() ? std::string() : " by " + s.pausedBy)
        + (s.pausedSince ? " since " + toIso8601(*s.pausedSince) : std::string()) + ", and songda-cli resume lets it go on";
}

/// Runs until told to stop; true when the queue drained. The doors close first, so that what they take in is stored.
bool runLoop(Engine &engine, const RunOptions &options, std::unique_ptr<doors::Doors> open) {
    UnixSignals signals;
    QElapsedTimer clock;
    clock.start();
    bool drained = false;
    bool stopping = false;
    const auto stop = [&] {
        if (std::exchange(stopping, true))
            return;
        open.reset();
        engine.requestStop();
    };
    QObject::connect(&signals, &UnixSignals::terminate, &signals, stop);
    QObject::connect(&engine, &Engine::stopped, QCoreApplication::instance(), &QCoreApplication::quit);
    QTimer look;
    int looks = 0;
    std::set<AccountId> warned;
    std::set<AccountId> warnedOfTokens;
    std::string problem;
    std::string policyProblem;
    bool paused = false;
    QObject::connect(&look, &QTimer::timeout, &look, [&] {
        const Snapshot now = engine.snapshot();
        if (++looks % 10 == 0) {
            warnOfClocks(now, warned);
            warnOfStolenTokens(now, warnedOfTokens);
            printProgress(now);
        }
        if (now.problem != std::exchange(problem, now.problem) && !now.problem.empty())
            std::cerr << "songda-cli: " << now.problem << "\n";
        if (now.policyProblem != std::exchange(policyProblem, now.policyProblem) && !now.policyProblem.empty())
            std::cerr << "songda-cli: the policy before goes on: " << now.policyProblem << "\n";
        if (now.paused != std::exchange(paused, now.paused) && now.paused && !options.untilDrained)
            std::cerr << "songda-cli: " << pauseText(now) << "\n";
        if (now.mustRestart)
            stop();
        if (options.untilDrained && !stopping && engine.isDrained()) {
            drained = true;
            stop();
        }
        if (options.seconds > 0 && static_cast<double>(clock.elapsed()) >= options.seconds * 1000)
            stop();
    });
    look.start(100);
    QCoreApplication::exec();
    warnOfClocks(engine.snapshot(), warned);
    warnOfStolenTokens(engine.snapshot(), warnedOfTokens);
    printProgress(engine.snapshot());
    if (isatty(STDERR_FILENO))
        std::cerr << "\n";
    return drained;
}

void run(Context &context, const RunOptions &options) {
    const auto engine = context.openUnattended();
    if (!engine)
        return;
    if (const auto started = engine->start(); !started) {
        context.failed(started.error());
        return;
    }
    std::unique_ptr<doors::Doors> doors;
    if (options.doors) {
        auto opened = context.take(doors::Doors::open(
            *engine, context.profile, [](const std::string &warning) { std::cerr << "songda-cli: " + warning + "\n"; }));
        if (!opened)
            return;
        doors = std::move(*opened);
        if (doors)
            std::cerr << "songda-cli: the doors are open at " << doors->url() << "\n";
    }
    QElapsedTimer clock;
    clock.start();
    const bool drained = runLoop(*engine, options, std::move(doors));
    const double seconds = static_cast<double>(clock.elapsed()) / 1000;
    const Snapshot snapshot = engine->snapshot();
    if (snapshot.mustRestart) {
        context.failed({ErrorCode::Storage, snapshot.problem});
        return;
    }
    const auto counts = context.await(engine->counts());
    if (!counts)
        return;

    // What still waits although the loop had nothing left to do waits behind something a person must see to.
    Json blocked = Json::array();
    std::vector<std::string> sentences;
    if (drained && snapshot.paused && counts->waiting() > 0) {
        const std::string why = pauseText(snapshot);
        blocked.push_back({{"account", Json(nullptr)}, {"waiting", counts->waiting()}, {"cause", "paused"}, {"why", why}});
        sentences.push_back(why + "; " + std::to_string(counts->waiting()) + " messages wait unharmed");
    }
    if (drained) {
        for (const AccountSnapshot &a : snapshot.accounts) {
            const auto waiting = a.counts.waiting();
            if (waiting == 0 || !a.hold)
                continue;
            const std::string why = gateText(*engine, a, context.chinese);
            blocked.push_back({{"account", a.name}, {"waiting", waiting}, {"cause", a.hold->cause}, {"why", why}});
            sentences.push_back("account " + a.name + " is " + why + "; " + std::to_string(waiting) + " messages wait unharmed");
        }
    }
    const auto scheduled = counts->waiting();
    if (drained && sentences.empty() && scheduled > 0)
        sentences.push_back(std::to_string(scheduled) + " messages wait for their time, a held template, a paused batch or tomorrow's quota");
    for (const std::string &sentence : sentences)
        std::cerr << "songda-cli: " << sentence << "\n";

    const auto deadLetters = (*counts)[MessageState::Dead] + (*counts)[MessageState::Uncertain] + (*counts)[MessageState::Undelivered];
    if (context.json) {
        printJson({{"drained", drained}, {"seconds", seconds}, {"accepted", snapshot.accepted}, {"failed", snapshot.failed},
            {"retried", snapshot.retried}, {"counts", toJson(*counts)}, {"blocked", blocked}});
    } else {
        printCounts(*counts);
    }
    if (!blocked.empty())
        context.exitCode = Failed;
    else if (drained && deadLetters > 0)
        context.exitCode = DrainedWithDeadLetters;
}

/// Pauses sending on the profile, or lets it go on; beside a process that delivers that one keeps to it.
void setPaused(Context &context, bool paused, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto changed = context.await(engine->setPaused(paused, reason));
    if (!changed)
        return;
    if (context.json)
        printJson({{"paused", paused}, {"changed", *changed}});
    else
        std::cout << (paused ? "sending is paused" : "sending goes on") << (*changed ? "" : ", as before") << "\n";
}

} // namespace

void addRun(CLI::App &app, Context &context) {
    auto o = std::make_shared<RunOptions>();
    CLI::App *command = app.add_subcommand("run", "Deliver what is queued");
    command->add_flag("--until-drained", o->untilDrained, "End when nothing is left to do now");
    command->add_option("--for", o->seconds, "End after this many seconds")->check(CLI::NonNegativeNumber);
    command->callback([&context, o] { run(context, *o); });

    app.add_subcommand("serve", "Deliver, with the HTTP doors of the settings, until SIGTERM, SIGINT or log-off; what is in flight is finished first")
        ->callback([&context] {
            RunOptions serve;
            serve.doors = true;
            run(context, serve);
        });

    auto why = std::make_shared<std::string>();
    CLI::App *pauseCommand = app.add_subcommand("pause", "Stop sending on this profile; messages wait until it is resumed, also after a restart");
    pauseCommand->add_option("--reason", *why, "Why, for the audit");
    pauseCommand->callback([&context, why] { setPaused(context, true, *why); });
    CLI::App *resumeCommand = app.add_subcommand("resume", "Let sending go on after a pause");
    resumeCommand->add_option("--reason", *why, "Why, for the audit");
    resumeCommand->callback([&context, why] { setPaused(context, false, *why); });
}

} // namespace songda::cli
