// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/simulated_journal.h"

#include "engine/store/accounts_table.h"
#include "engine/store/claims.h"
#include "engine/store/templates_table.h"

#include <algorithm>
#include <memory>

namespace songda::simulation {

void SimulatedJournal::attach(
    store::JournalWriter &writer, delivery::Dispatcher &dispatcher, std::function<void()> called) {
    ++m_life;
    m_writer = &writer;
    m_dispatcher = &dispatcher;
    m_called = std::move(called);
}

Micros SimulatedJournal::delay() {
    const auto span = static_cast<double>((m_delays.longest - m_delays.shortest).count());
    return m_delays.shortest + Micros{static_cast<Micros::rep>(span * m_random.unit())};
}

void SimulatedJournal::submit(std::function<Answer()> act) {
    m_lastAct = std::max(m_lastAct, m_clock.elapsed() + delay());
    m_events.at(m_lastAct, [this, life = m_life, act = std::move(act)] {
        if (life != m_life)
            return;
        Answer answer = act();
        if (!answer)
            return;
        m_lastAnswer = std::max(m_lastAnswer, m_clock.elapsed() + delay());
        m_events.at(m_lastAnswer, [this, life, answer = std::move(answer)] {
            if (life != m_life)
                return;
            answer();
            m_called();
        });
    });
}

Result<void> SimulatedJournal::write(const store::JournalWriter::Job &job) {
    if (failure) {
        ++m_failedCalls;
        return tl::unexpected(*failure);
    }
    const auto before = m_disk.unsynced("-wal");
    const auto done = m_writer->submitAndWait(job, store::JournalWriter::Isolation::None);
    if (!done)
        ++m_failedCalls;
    else if (m_disk.unsynced("-wal") > before)
        ++m_unsyncedAnswers;
    return done;
}

void SimulatedJournal::claim(delivery::Ticket ticket, const ClaimRequest &request) {
    submit([this, ticket, request]() -> Answer {
        auto reply = std::make_shared<ClaimReply>();
        const auto done = write([&](store::WriteSession &session) -> Result<void> {
            auto claimed = store::claimDue(session, request);
            if (!claimed)
                return tl::unexpected(claimed.error());
            *reply = std::move(*claimed);
            return {};
        });
        ++m_claims;
        m_largestClaim = std::max(m_largestClaim, static_cast<int>(reply->messages.size()));
        for (const ClaimedMessage &m : reply->messages) {
            if (done)
                m_acknowledged[{m.id, m.attempt}] = std::nullopt;
        }
        return [this, ticket, done, reply] {
            m_dispatcher->onClaimed(ticket, done ? Result<ClaimReply>(std::move(*reply)) : tl::unexpected(done.error()));
        };
    });
}

void SimulatedJournal::finish(delivery::Ticket ticket, std::vector<AttemptResult> results) {
    if (onResult)
        std::for_each(results.begin(), results.end(), onResult);
    submit([this, ticket, results = std::move(results)]() -> Answer {
        int late = 0;
        const auto done = write([&](store::WriteSession &session) -> Result<void> {
            const auto finished = store::finishAttempts(session, results);
            if (!finished)
                return tl::unexpected(finished.error());
            late = *finished;
            return {};
        });
        m_late += late;
        for (const AttemptResult &r : results) {
            if (done && late == 0)
                m_acknowledged[{r.id, r.attempt}] = r.phase;
        }
        return [this, ticket, done, late] {
            m_dispatcher->onRecorded(ticket, done ? Result<int>(late) : tl::unexpected(done.error()));
        };
    });
}

void SimulatedJournal::release(delivery::Ticket ticket, RunId run, std::vector<ClaimedMessage> claims) {
    submit([this, ticket, run, claims = std::move(claims)]() -> Answer {
        for (const ClaimedMessage &claim : claims)
            m_acknowledged.erase({claim.id, claim.attempt});
        const auto done = write([&](store::WriteSession &session) { return store::releaseClaims(session, run, claims); });
        return [this, ticket, done] {
            m_dispatcher->onRecorded(ticket, done ? Result<int>(0) : tl::unexpected(done.error()));
        };
    });
}

void SimulatedJournal::holdAccount(AccountId account, std::optional<Hold> hold) {
    if (onHold)
        onHold();
    submit([this, account, hold]() -> Answer {
        const auto done = write([&](store::WriteSession &session) -> Result<void> {
            const auto changed = hold ? store::setAccountHold(session, account, hold) : store::releaseEngineHold(session, account);
            return changed ? Result<void>{} : tl::unexpected(changed.error());
        });
        return [this, account, done] { m_dispatcher->onHoldRecorded(account, done); };
    });
}

void SimulatedJournal::holdTemplate(TemplateRef templateRef, Hold hold) {
    submit([this, templateRef, hold]() -> Answer {
        static_cast<void>(write([&](store::WriteSession &session) -> Result<void> {
            const auto changed = store::setTemplateHold(session, templateRef, hold);
            return changed ? Result<void>{} : tl::unexpected(changed.error());
        }));
        return {};
    });
}

void SimulatedJournal::useHost(AccountId account, std::optional<WallTime> secondSince, std::string why) {
    submit([this, account, secondSince, why = std::move(why)]() -> Answer {
        static_cast<void>(write([&](store::WriteSession &session) -> Result<void> {
            const auto changed = store::setSecondSince(session, account, secondSince);
            if (changed && *changed)
                m_acts.push_back({account, "account.failover", why});
            return changed ? Result<void>{} : tl::unexpected(changed.error());
        }));
        return {};
    });
}

void SimulatedJournal::noteAct(AccountId account, const char *act, std::string why) { m_acts.push_back({account, act, std::move(why)}); }

} // namespace songda::simulation
