// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

/// Token bucket: `rate` tokens a second up to `burst`. Pure: the caller brings the time. The rate can be
/// cut (45011) and creeps back to its configured value.
class TokenBucket {
public:
    /// rate in tokens a second, > 0; burst >= 1. Starts full.
    TokenBucket(double rate, double burst, SteadyTime now);

    /// Changes the configured limits; tokens above the new burst are dropped.
    void configure(double rate, double burst, SteadyTime now);
    /// Takes one token if there is one.
    bool take(SteadyTime now);
    /// Gives one back: what it was taken for did not happen.
    void giveBack();
    /// Whole tokens there are.
    int available(SteadyTime now);
    /// When the next whole token will be there; `now` when one is.
    SteadyTime nextAt(SteadyTime now);
    /// Halves the working rate, at least to 1 % of the configured one, and empties the bucket.
    void slowDown(SteadyTime now);
    /// One unthrottled answer: the working rate creeps back: fast to nine tenths of the rate that was refused, then slowly, a hundredth of the rate a second.
    void creepUp(SteadyTime now);
    double workingRate() const { return m_working; }
    /// Whether slowDown() is still felt.
    bool isSlowed() const { return m_working < m_rate; }

private:
    void refill(SteadyTime now);

    double m_rate;
    double m_burst;
    double m_working;
    double m_knee = 0; ///< the rate creeps back fast below, slowly above
    double m_tokens;
    SteadyTime m_at;
};

} // namespace songda
