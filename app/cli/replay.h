// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "app/cli/context.h"

#include <string>

namespace songda::cli {

struct ReplayWish {
    bool dryRun = false;
    std::string expect; ///< the fingerprint somebody agreed to; empty: whichever
};

/// dead retry, as a replay.
void beginReplay(Context &context, const MessageFilter &filter, const ReplayOptions &options, const ReplayWish &wish);

/// dead runs, pause, resume, cancel
void addReplays(CLI::App *dead, Context &context);

} // namespace songda::cli
