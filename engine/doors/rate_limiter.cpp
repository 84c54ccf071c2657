// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace songda::doors {

RateLimiter::Bucket &RateLimiter::filled(const std::string &name, Time now) {
    if (m_buckets.size() >= m_mostNames && !m_buckets.contains(name)) {
        // Full ones say nothing that a new one would not.
        std::erase_if(m_buckets, [&](const auto &entry) {
            const double since = std::chrono::duration<double>(now - entry.second.at).count();
            return entry.second.left + since * m_rate >= m_burst;
        });
        if (m_buckets.size() >= m_mostNames)
            m_buckets.erase(m_buckets.begin());
    }
    const auto [it, fresh] = m_buckets.try_emplace(name, Bucket{m_burst, now});
    Bucket &bucket = it->second;
    const double since = std::max(0.0, std::chrono::duration<double>(now - bucket.at).count());
    bucket.left = std::min(m_burst, bucket.left + since * m_rate);
    bucket.at = std::max(bucket.at, now);
    return bucket;
}

RateLimiter::Verdict RateLimiter::verdictOn(const Bucket &bucket) const {
    Verdict verdict;
    verdict.passes = bucket.left >= 1;
    verdict.left = std::max(0.0, bucket.left);
    if (!verdict.passes)
        verdict.wait = std::chrono::seconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil((1 - bucket.left) / m_rate))));
    return verdict;
}

RateLimiter::Verdict RateLimiter::take(const std::string &name, Time now) {
    const std::lock_guard lock(m_mutex);
    Bucket &bucket = filled(name, now);
    Verdict verdict = verdictOn(bucket);
    if (verdict.passes)
        verdict.left = --bucket.left;
    return verdict;
}

RateLimiter::Verdict RateLimiter::charge(const std::string &name, double cost, Time now) {
    const std::lock_guard lock(m_mutex);
    Bucket &bucket = filled(name, now);
    bucket.left -= cost;
    return verdictOn(bucket);
}

RateLimiter::Verdict RateLimiter::look(const std::string &name, Time now) {
    const std::lock_guard lock(m_mutex);
    return verdictOn(filled(name, now));
}

std::vector<Header> RateLimiter::headers(const Verdict &verdict) const {
    const auto whole = [](double n) { return std::to_string(static_cast<std::int64_t>(n)); };
    // A quota of the burst over the time in which it fills is what the bucket grants on the whole.
    std::vector<Header> list{
        {"RateLimit-Policy", "\"client\";q=" + whole(m_burst) + ";w=" + whole(std::max(1.0, std::ceil(m_burst / m_rate)))},
        {"RateLimit", "\"client\";r=" + whole(verdict.left) + ";t=" + whole(std::ceil(std::max(0.0, m_burst - verdict.left) / m_rate))},
    };
    if (!verdict.passes)
        list.push_back({"Retry-After", std::to_string(verdict.wait.count())});
    return list;
}

} // namespace songda::doors
