// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/clock.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace songda::simulator {

/// A failed call as openapi/rid/get tells it (wechat-api.md section 6.1).
struct FailedCall {
    std::string rid;
    TimePoint at;
    std::string url; ///< without the access token
    std::string requestBody; ///< the first 2 KiB
    std::string responseBody;
    std::string clientIp;
};

/// Hands out rids and remembers the latest failed calls. Thread-safe.
class RidLog {
public:
    explicit RidLog(std::uint64_t nonce)
        : m_nonce(nonce) { }

    /// `xxxxxxxx-xxxxxxxx-xxxxxxxx`; the first part is the Unix second in hex (wechat-api.md section 1).
    std::string make(TimePoint now);
    void remember(FailedCall call);
    std::optional<FailedCall> find(std::string_view rid) const;

    static bool wellFormed(std::string_view rid);

private:
    const std::uint64_t m_nonce;
    mutable std::mutex m_mutex; // guards all below
    std::uint64_t m_made = 0;
    std::deque<FailedCall> m_calls; ///< oldest first, a bounded number
};

} // namespace songda::simulator
