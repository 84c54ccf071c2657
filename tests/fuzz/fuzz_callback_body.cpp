// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_events.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// Whatever the body: an answer, and in it nothing but digits where an id is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto read = songda::wechat::readCallbackEvents({reinterpret_cast<const char *>(data), size});
    if (!read)
        return 0;
    for (const songda::PlatformEvent &event : read->events) {
        const auto *report = std::get_if<songda::DeliveryReport>(&event);
        if (report && report->msgid.find_first_not_of("0123456789") != std::string::npos)
            std::abort();
    }
    return 0;
}
