// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

struct RetryBudgetPolicy {
    double share = 0.5; ///< repeats for each first try, 0 .. 10
    double perSecond = 5; ///< repeats a second that are always allowed
    double atMost = 2000; ///< repeats saved up
};

/// Repeats an account may make: each first try pays in a share of one, time pays in a little, each repeat takes one
/// out (as in Finagle's retry budgets). An outage of part of the platform thus adds at most a share to the load,
/// however many messages wait for their repeat. Pure: the caller brings the time.
class RetryBudget {
public:
    RetryBudget(const RetryBudgetPolicy &policy, SteadyTime now);

    void configure(const RetryBudgetPolicy &policy, SteadyTime now);
    void onFirstTry();
    /// A repeat was made; below zero when it was one that must not wait.
    void onRepeat(SteadyTime now);
    /// Whole repeats that may be made now.
    int available(SteadyTime now) const;
    /// When one more than `promised` may be made by time alone; `now` when it may.
    SteadyTime nextAt(SteadyTime now, int promised = 0) const;

private:
    double balance(SteadyTime now) const;

    RetryBudgetPolicy m_policy;
    double m_balance;
    SteadyTime m_at;
};

} // namespace songda
