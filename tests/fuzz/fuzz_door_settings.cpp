// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/door_settings.h"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// The section "doors" of a settings file: refused, or within the bounds it speaks of.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto settings = songda::doors::readDoorSettings(std::string(reinterpret_cast<const char *>(data), size), "/nowhere");
    if (!settings) {
        if (settings.error().detail.empty())
            std::abort();
        return 0;
    }
    const auto &server = settings->server;
    if (server.port == 0 || server.threads < 1 || server.threads > 16 || server.mostHead < 2048 || settings->mostBody < 1024 || settings->mostLines < 1
        || !(settings->clientRate > 0) || server.limits.perAddress > server.limits.total)
        std::abort();
    return 0;
}
