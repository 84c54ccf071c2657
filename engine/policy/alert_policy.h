// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/quiet_hours.h"
#include "engine/model/time.h"

#include <cstdint>

namespace songda {

/// From where on something is worth an alert, and how it is told. The figures are those of
/// resources/prometheus-alerts.yml.
struct AlertPolicy {
    struct Failures {
        double above = 0.001; ///< of the messages that ended or are in trouble
        std::int64_t minimum = 10; ///< such messages in the window; with fewer no share is taken
        Seconds window{600};
        Seconds holdFor{300};
    } failures;
    struct OldestWaiting {
        Seconds above{600};
        Seconds holdFor{300};
    } oldestWaiting;
    Seconds breakerOpenFor{60};
    Seconds accountHeldFor{0};
    Seconds noTokenFor{120};
    double quotaAbove = 0.8;
    Seconds unknownCodeWindow{1800};
    struct DeadLetters {
        std::int64_t above = 100;
        Seconds window{1800};
    } deadLetters;
    struct ReportsSilent {
        std::int64_t minimum = 100; ///< accepted in the window
        Seconds window{3600};
        Seconds holdFor{600};
    } reportsSilent;
    std::int64_t diskBelowMegabytes = 1024;
    Seconds clockAbove{60};
    Seconds secondHostFor{0};
    struct HookBacklog {
        std::int64_t above = 1000;
        Seconds holdFor{900};
    } hookBacklog;

    Seconds recoverAfter{60}; ///< all is well for so long
    Seconds repeatAfter{14400}; ///< what nobody acknowledged is told again; 0: never
    Seconds groupWithin{30}; ///< what begins within it is told at once
    QuietHours quiet; ///< only what is critical is told; the rest afterwards
};

} // namespace songda
