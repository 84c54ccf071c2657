// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/outcome.h"

namespace songda {

const char *toString(ErrorClass value) {
    switch (value) {
    case ErrorClass::Success: return "success";
    case ErrorClass::Token: return "token";
    case ErrorClass::ThrottleMinute: return "throttle-minute";
    case ErrorClass::ThrottleDay: return "throttle-day";
    case ErrorClass::Transient: return "transient";
    case ErrorClass::Recipient: return "recipient";
    case ErrorClass::Content: return "content";
    case ErrorClass::Config: return "template/config";
    case ErrorClass::Unknown: return "unknown";
    }
    return "unknown";
}

std::optional<ErrorClass> errorClassFromNumber(long long number) {
    if (number < 0 || number > static_cast<long long>(ErrorClass::Unknown))
        return std::nullopt;
    return static_cast<ErrorClass>(number);
}

} // namespace songda
