// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/key_upkeep.h"

#include "engine/facade/engine_core.h"
#include "engine/store/idempotency.h"

namespace songda {

namespace {

constexpr std::chrono::minutes betweenKeyLooks{10};
constexpr int keysAtATime = 500;

} // namespace

KeyUpkeep::KeyUpkeep(EngineCore &core)
    : m_core(core)
    , m_calendar(systemNow()) {}

void KeyUpkeep::tick() {
    const SteadyTime now = systemNow().steady;
    if (m_lookedAt && now - *m_lookedAt < betweenKeyLooks)
        return;
    m_lookedAt = now;
    m_core.workers.start([this] { static_cast<void>(work()); }); // what failed is tried again at the next look
}

Result<void> KeyUpkeep::work() const {
    const auto policy = m_core.policies->current();
    const auto oldest = m_core.readers->run<std::optional<WallTime>>([](store::Database &db) { return store::oldestKeptKey(db); }).result();
    if (!policy || !oldest)
        return tl::unexpected(!policy ? policy.error() : oldest.error());
    const WallTime before = m_calendar.at(systemNow().steady) - std::chrono::days{(*policy)->set.defaults.keepKeysDays};
    for (bool more = *oldest && **oldest < before; more && !m_core.closing;) {
        SONGDA_TRY(m_core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto freed = store::freeKeys(session, before, keysAtATime);
            if (!freed)
                return tl::unexpected(freed.error());
            more = *freed == keysAtATime;
            return {};
        }));
    }
    return {};
}

} // namespace songda
