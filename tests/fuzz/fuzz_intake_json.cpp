// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/intake_request.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// A body of the intake, as one message and as lines. What is taken is JSON to others, too, and says to whom it goes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    std::size_t covered = 0;
    for (const songda::doors::Line &line : songda::doors::splitLines(text, 10'001)) {
        if (line.text.data() < text.data() + covered || line.text.data() + line.text.size() > text.data() + text.size())
            std::abort();
        covered = static_cast<std::size_t>(line.text.data() - text.data()) + line.text.size();
        static_cast<void>(songda::doors::readMessageText(line.text));
    }
    const auto message = songda::doors::readMessageText(text);
    if (message && (message->openid.empty() || !nlohmann::json::accept(text)))
        std::abort();
    return 0;
}
