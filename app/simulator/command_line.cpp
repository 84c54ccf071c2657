// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/command_line.h"

#include "app/simulator/control.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

namespace songda::simulator {

namespace {

constexpr std::uint16_t usualPort = 8480;
constexpr int usageError = 2;

/// The words of the command line before they are checked.
struct Words {
    std::string secretEnv;
    std::string templatesFile;
    std::string scriptFile;
    std::string eventsFile;
    std::string certificateFile;
    std::string keyFile;
    std::string latency;
    std::string strictValues = "on";
    std::string duplicateAnswer = "ok";
    std::int64_t tokenLife = 7200;
    std::optional<std::int64_t> tokenOverlap;
    std::int64_t dedupWindow = 600;
    std::int64_t idleTimeout = 60;
    bool listTemplates = false;
    bool listFollowers = false;
};

std::optional<std::string> fileText(const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

void describeServer(CLI::App &app, Options &options, Words &words) {
    constexpr auto group = "Server";
    app.add_option("--port", options.port, "port; 0 takes any free one")->capture_default_str()->group(group);
    app.add_option("--bind", options.bindAddress, "IP address to listen on")
        ->capture_default_str()
        ->group(group);
    app.add_option("--threads", options.threads, "serving threads")->capture_default_str()->group(group);
    app.add_option("--tls-cert", words.certificateFile, "certificate in PEM: serve HTTPS")->group(group);
    app.add_option("--tls-key", words.keyFile, "its private key in PEM")->group(group);
    app.add_option("--idle-timeout", words.idleTimeout, "close kept connections after S seconds; 0 never")
        ->capture_default_str()
        ->group(group);
    app.add_option("--max-hung", options.mostHung, "connections left hanging at a time")
        ->capture_default_str()
        ->group(group);
}

void describeAccount(CLI::App &app, Options &options, Words &words) {
    constexpr auto group = "Account";
    app.add_option("--appid", options.appid, "AppID")->capture_default_str()->group(group);
    app.add_option("--secret-env", words.secretEnv, "environment variable that holds another AppSecret")
        ->group(group);
    app.add_option("--followers", options.followers, "followers that user/get lists")
        ->capture_default_str()
        ->group(group);
    app.add_flag("--followers-only", options.followersOnly, "sends to anyone else give 43004")->group(group);
    app.add_option("--templates", words.templatesFile, "JSON file of templates instead of the built-in ones")
        ->group(group);
    app.add_option("--strict-values", words.strictValues, "47003 for values that do not fit")
        ->check(CLI::IsMember({"on", "off"}))
        ->option_text("on|off [on]")
        ->group(group);
    app.add_option("--duplicate-answer", words.duplicateAnswer, "answer to a repeated client_msg_id")
        ->check(CLI::IsMember({"ok", "45065"}))
        ->option_text("ok|45065 [ok]")
        ->group(group);
    app.add_option("--dedup-window", words.dedupWindow, "seconds a client_msg_id is remembered")
        ->capture_default_str()
        ->group(group);
}

void describeLimits(CLI::App &app, Options &options, Words &words) {
    constexpr auto group = "Tokens and quotas";
    app.add_option("--token-life", words.tokenLife, "seconds an access token lives")
        ->capture_default_str()
        ->group(group);
    app.add_option("--token-overlap", words.tokenOverlap,
           "seconds a replaced token still works [300 or half the life]")
        ->group(group);
    app.add_option("--daily-limit", options.dailyLimit, "sends a day before 45009; 0 no limit")
        ->capture_default_str()
        ->group(group);
    app.add_option("--minute-limit", options.minuteLimit, "sends a minute before 45011; 0 no limit")
        ->capture_default_str()
        ->group(group);
}

void describeFaults(CLI::App &app, Options &options, Words &words) {
    constexpr auto group = "Faults";
    app.add_option("--mix", options.mix, "random results in percent: busy=2,43004=0.5,http500=0.5,hang=0.2")
        ->group(group);
    app.add_flag("--mix-sticky", options.mixSticky, "the mix depends on openid and attempt, not on order")
        ->group(group);
    app.add_option("--seed", options.seed, "seed of the mix and the jitter")
        ->capture_default_str()
        ->group(group);
    app.add_option("--latency", words.latency, "MS or MS:JITTER before every answer")->group(group);
    app.add_option("--script", words.scriptFile, "JSON file of openid and its results")->group(group);
    app.add_option("--events", words.eventsFile, "JSON file of where to report what became of messages")
        ->group(group);
}

void describeLists(CLI::App &app, Words &words) {
    constexpr auto group = "Lists";
    app.add_flag("--list-templates", words.listTemplates, "print template ids, titles and keys, and exit")
        ->group(group);
    app.add_flag("--list-followers", words.listFollowers, "print the openids of --followers, and exit")
        ->group(group);
}

std::string footer() {
    std::ostringstream text;
    text << "Practice account: AppID " << practiceAppId << ", AppSecret " << practiceSecret << "\n\n"
         << "Reports of what became of messages (TEMPLATESENDJOBFINISH), as --events and the control key events "
            "take them:\n"
            "{\"url\": \"http://...\", \"token\": ..., \"aes_key\": ..., \"mode\": secure|compatible|plain, "
            "\"format\": xml|json,\n"
            "\"delay_ms\", \"copies\", and percent of \"blocked\", \"failed\", \"lost\"}.\n\n"
         << "Results for --mix and --script: ok, busy, any errcode, http:500, http:429:RETRY_AFTER, close, "
            "hang,\n"
            "half, html, reset, delay:MS, drip, redirect; recorded_close, recorded_hang, recorded_http:500 "
            "and so\n"
            "on deliver the message without telling the sender; intercepted accepts it and keeps it from the\n"
            "person, as queryblocktmplmsg then tells.\n\n"
            "While it runs: GET /__health, /__ledger, /__ledger?openid=X, /__ledger.csv, /__control;\n"
            "POST /__control with JSON changes nearly everything above.\n\n"
            "Built-in templates:\n";
    for (const MessageTemplate &item : builtinTemplates()) {
        text << "  " << item.id << "  " << item.title << '\n';
    }
    return text.str();
}

/// The help text leaves two empty lines between groups; one is enough.
std::string withoutDoubleGaps(std::string text) {
    for (std::size_t at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at)) {
        text.erase(at, 1);
    }
    return text;
}

tl::expected<void, std::string> readFiles(Options &options, const Words &words) {
    const std::pair<const std::string *, std::string *> files[]{
        {&words.templatesFile, &options.templates},
        {&words.scriptFile, &options.script},
        {&words.eventsFile, &options.events},
        {&words.certificateFile, &options.tlsCertificate},
        {&words.keyFile, &options.tlsKey},
    };
    for (const auto &[path, target] : files) {
        if (path->empty()) {
            continue;
        }
        auto text = fileText(*path);
        if (!text || text->empty()) {
            return tl::unexpected("cannot read " + *path);
        }
        *target = std::move(*text);
    }
    return {};
}

tl::expected<void, std::string> finish(Options &options, const Words &words) {
    if (words.certificateFile.empty() != words.keyFile.empty()) {
        return tl::unexpected(std::string{"--tls-cert and --tls-key go together"});
    }
    if (words.tokenLife < 1 || words.tokenOverlap.value_or(0) < 0 || words.dedupWindow < 0
        || words.idleTimeout < 0) {
        return tl::unexpected(
            std::string{"times must not be negative, and a token lives at least one second"});
    }
    if (!words.secretEnv.empty()) {
        const char *secret = std::getenv(words.secretEnv.c_str());
        if (!secret || !*secret) {
            return tl::unexpected("environment variable " + words.secretEnv + " is not set");
        }
        options.secret = secret;
    }
    if (!words.latency.empty()) {
        auto latency = parseLatency(words.latency);
        if (!latency) {
            return tl::unexpected(std::move(latency.error()));
        }
        options.latency = latency->mean;
        options.latencyJitter = latency->jitter;
    }
    options.tokenLife = std::chrono::seconds{words.tokenLife};
    if (words.tokenOverlap) {
        options.tokenOverlap = std::chrono::seconds{*words.tokenOverlap};
    }
    options.dedupWindow = std::chrono::seconds{words.dedupWindow};
    options.idleTimeout = std::chrono::seconds{words.idleTimeout};
    options.valueCheck = words.strictValues == "on" ? ValueCheck::Strict : ValueCheck::Off;
    options.duplicateAnswer
        = words.duplicateAnswer == "ok" ? DuplicateAnswer::Ok : DuplicateAnswer::Errcode45065;
    return readFiles(options, words);
}

} // namespace

tl::expected<CommandLine, EarlyExit> parseCommandLine(int argc, const char *const *argv) {
    CommandLine line;
    line.options.port = usualPort;
    Words words;
    CLI::App app{"A local stand-in for WeChat's template message API, for practice, drills and tests."};
    app.name("songda-simulator");
    app.get_formatter()->column_width(36);
    app.footer(footer());
    describeServer(app, line.options, words);
    describeAccount(app, line.options, words);
    describeLimits(app, line.options, words);
    describeFaults(app, line.options, words);
    describeLists(app, words);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        std::ostringstream out;
        const int status = app.exit(error, out, out);
        return tl::unexpected(EarlyExit{status == 0 ? 0 : usageError, withoutDoubleGaps(out.str())});
    }
    if (auto finished = finish(line.options, words); !finished) {
        return tl::unexpected(EarlyExit{usageError, finished.error() + "\n"});
    }
    line.action = words.listTemplates ? CommandLine::Action::ListTemplates
        : words.listFollowers         ? CommandLine::Action::ListFollowers
                                      : CommandLine::Action::Serve;
    return line;
}

} // namespace songda::simulator
