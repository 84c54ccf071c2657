// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/options.h"

#include <tl/expected.hpp>

#include <string>

namespace songda::simulator {

struct CommandLine {
    enum class Action { Serve, ListTemplates, ListFollowers };

    Action action = Action::Serve;
    Options options;
};

/// A command line that ends the program: help, or a usage error.
struct EarlyExit {
    int status = 0;
    std::string text;
};

tl::expected<CommandLine, EarlyExit> parseCommandLine(int argc, const char *const *argv);

} // namespace songda::simulator
