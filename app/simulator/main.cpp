// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/command_line.h"
#include "app/simulator/simulator.h"

#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <csignal>
#include <iostream>

namespace {

using namespace songda::simulator;

int listTemplates(const Options &options) {
    std::vector<MessageTemplate> templates = builtinTemplates();
    if (!options.templates.empty()) {
        auto parsed = parseTemplates(nlohmann::json::parse(options.templates, nullptr, false));
        if (!parsed) {
            std::cerr << parsed.error() << '\n';
            return 2;
        }
        templates = std::move(*parsed);
    }
    for (const MessageTemplate &item : templates) {
        std::cout << item.id << "  " << item.title << ' ';
        for (const std::string &key : templateKeys(item.content)) {
            std::cout << ' ' << key;
        }
        std::cout << '\n';
    }
    return 0;
}

int listFollowers(const Options &options) {
    for (std::size_t i = 0; i < options.followers; ++i) {
        std::cout << followerOpenid(i) << '\n';
    }
    return 0;
}

void printSummary(const LedgerSummary &summary) {
    std::cout << "Received " << summary.wireCopies << " sends for " << summary.openidsTried
              << " people; delivered " << summary.userCopies << " messages to " << summary.recipients
              << " of them, dropped " << summary.duplicatesDropped
              << " repeats. Shown twice: " << summary.notifiedTwiceCount
              << ". Repeats with other bytes: " << summary.bodyMismatch
              << ". Token requests: " << summary.tokenRequests << '.' << std::endl;
}

/// The usual limit of 1024 descriptors is less than a drill with hanging connections needs.
void raiseDescriptorLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int serve(const Options &options) {
    raiseDescriptorLimit();

    // Blocked before any thread starts, so that only the wait below sees them.
    sigset_t stopSignals;
    sigemptyset(&stopSignals);
    sigaddset(&stopSignals, SIGINT);
    sigaddset(&stopSignals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    auto simulator = Simulator::start(options);
    if (!simulator) {
        std::cerr << "songda-simulator: " << simulator.error() << '\n';
        return 1;
    }
    const bool practice = options.secret == practiceSecret;
    std::cout << "listening " << (*simulator)->baseUrl() << "  appid " << options.appid << ", AppSecret "
              << (practice ? "of the practice account (see --help)" : "from the environment") << std::endl;
    int received = 0;
    sigwait(&stopSignals, &received);
    (*simulator)->stop();
    printSummary((*simulator)->ledger());
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    const auto line = parseCommandLine(argc, argv);
    if (!line) {
        (line.error().status == 0 ? std::cout : std::cerr) << line.error().text;
        return line.error().status;
    }
    switch (line->action) {
    case CommandLine::Action::ListTemplates:
        return listTemplates(line->options);
    case CommandLine::Action::ListFollowers:
        return listFollowers(line->options);
    case CommandLine::Action::Serve:
        break;
    }
    return serve(line->options);
}
