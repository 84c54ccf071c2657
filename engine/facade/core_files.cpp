// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include <algorithm>
#include <sys/resource.h>

namespace songda {

void Engine::keepNoCoreFiles() {
    if (qEnvironmentVariableIntValue("SONGDA_CORE_FILES") > 0)
        return;
    rlimit limit{};
    if (getrlimit(RLIMIT_CORE, &limit) != 0)
        return;
    // One byte, not none: too little for any file, and the one limit that also counts where the system hands cores to a
    // program of its own, which is not asked for its size otherwise (core(5)). Whoever looks into a process can raise it.
    limit.rlim_cur = std::min<rlim_t>(1, limit.rlim_max);
    static_cast<void>(setrlimit(RLIMIT_CORE, &limit));
}

} // namespace songda
