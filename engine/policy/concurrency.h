// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

struct ConcurrencyPolicy {
    bool adaptive = true;
    int atLeast = 4; ///< requests in flight it never goes below, if the account may have as many
    double tolerance = 2; ///< how much slower than usual answers may come before fewer are sent at a time
};

/// How many requests may be in flight, from how long answers take: the Gradient2 algorithm of Netflix's
/// concurrency-limits. The limit follows the ratio of what answers usually take to what they take now, plus room for a
/// queue of the root of the limit. Chosen over Vegas, which compares with the shortest answer ever seen and takes a
/// service that became slower for good for an overloaded one until it is probed again; here the long average follows.
/// Starts at the most that is allowed: a small start would cost time on every healthy day. Pure.
class ConcurrencyLimit {
public:
    ConcurrencyLimit(const ConcurrencyPolicy &policy, int most);

    void configure(const ConcurrencyPolicy &policy, int most);
    /// An answer came; `inFlight` requests were under way with it.
    void onAnswer(SteadyTime now, Micros latency, int inFlight);
    /// A request found no answer in time, or no connection.
    void onDropped(SteadyTime now);
    int limit() const;

private:
    void update(SteadyTime now);

    ConcurrencyPolicy m_policy;
    int m_most;
    double m_limit;
    double m_usual = 0; ///< microseconds, a long average
    double m_sum = 0; ///< of the answers since the last update
    int m_answers = 0;
    int m_mostInFlight = 0;
    int m_dropped = 0;
    SteadyTime m_updatedAt{};
};

} // namespace songda
