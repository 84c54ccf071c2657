// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/simulation/fake_wechat.h"

#include "engine/model/random.h"

#include <vector>

namespace songda::simulation {

/// How the platform and the way to it behave for a while: each kind of trouble with a share of the sends.
class Weather {
public:
    /// Nothing goes wrong.
    static Weather fair() { return {}; }
    /// A few kinds of trouble, mild or severe; sometimes one that nothing gets through.
    static Weather random(Random &dice);

    Behaviour ofSend(Random &dice) const { return pick(m_sends, dice); }
    Behaviour ofToken(Random &dice) const { return pick(m_tokens, dice); }

private:
    struct Share {
        double share = 0;
        Behaviour behaviour;
    };
    static Behaviour pick(const std::vector<Share> &shares, Random &dice);

    std::vector<Share> m_sends;
    std::vector<Share> m_tokens;
};

} // namespace songda::simulation
