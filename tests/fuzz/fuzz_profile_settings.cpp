// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/profile_file.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// A settings file: refused with a reason, or written anew so that the same is read from it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace songda::profile;
    const auto read = readSettingsText(std::string_view(reinterpret_cast<const char *>(data), size), "settings.json");
    if (!read) {
        if (read.error().detail.empty())
            std::abort();
        return 0;
    }
    const auto again = readSettingsText(settingsText(*read), "settings.json");
    if (!again || again->profileId != read->profileId || again->secrets != read->secrets || again->doors != read->doors || again->others != read->others)
        std::abort();
    return 0;
}
