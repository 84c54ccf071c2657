// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_message.h"

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace songda::doors {

/// A token bucket for each name, in bounded memory. What a request turns out to cost beyond the one it was let in for is
/// charged afterwards and may leave a debt, so that large requests are possible. Any thread; the time is given.
class RateLimiter {
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Verdict {
        bool passes = true;
        double left = 0;
        std::chrono::seconds wait{0}; ///< until the next may pass, when this one does not
    };

    RateLimiter(double rate, double burst, std::size_t mostNames = 10'000)
        : m_rate(rate)
        , m_burst(burst)
        , m_mostNames(mostNames) {}

    /// Takes one, if one is left.
    Verdict take(const std::string &name, Time now);
    /// Takes in any case.
    Verdict charge(const std::string &name, double cost, Time now);
    /// Takes nothing.
    Verdict look(const std::string &name, Time now);

    /// RateLimit and RateLimit-Policy as the IETF's draft has them.
    std::vector<Header> headers(const Verdict &verdict) const;

private:
    struct Bucket {
        double left = 0;
        Time at;
    };
    Bucket &filled(const std::string &name, Time now);
    Verdict verdictOn(const Bucket &bucket) const;

    const double m_rate;
    const double m_burst;
    const std::size_t m_mostNames;
    std::mutex m_mutex;
    std::unordered_map<std::string, Bucket> m_buckets;
};

} // namespace songda::doors
