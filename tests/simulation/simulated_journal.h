// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/delivery/dispatcher.h"
#include "engine/store/journal_writer.h"
#include "tests/simulation/event_queue.h"
#include "tests/simulation/faulty_vfs.h"
#include "tests/simulation/virtual_clock.h"

#include <map>
#include <optional>

namespace songda::simulation {

/// The Journal port over the real store. Calls are carried out in order after a seeded delay, their answers
/// come after another one; a crash in between leaves exactly what was committed. It can fail for a while without
/// reaching the store; what the disk under the store can do is FaultyVfs's business.
class SimulatedJournal final : public delivery::Journal {
public:
    struct Delays {
        Micros shortest{200};
        Micros longest{4'000};
    };
    SimulatedJournal(EventQueue &events, VirtualClock &clock, Random &random, FaultyVfs &disk, Delays delays)
        : m_events(events)
        , m_clock(clock)
        , m_random(random)
        , m_disk(disk)
        , m_delays(delays) {}

    /// A new life of the process: nothing of the one before will be carried out or answered.
    void attach(store::JournalWriter &writer, delivery::Dispatcher &dispatcher, std::function<void()> called);
    void detach() { ++m_life; }

    /// While set, nothing can be written and every call is answered with this.
    std::optional<Error> failure;
    /// Called when a hold is handed in, before it is carried out.
    std::function<void()> onHold;
    /// Called with every end of an attempt that is handed in.
    std::function<void(const AttemptResult &)> onResult;

    void claim(delivery::Ticket ticket, const ClaimRequest &request) override;
    void finish(delivery::Ticket ticket, std::vector<AttemptResult> results) override;
    void release(delivery::Ticket ticket, RunId run, std::vector<ClaimedMessage> claims) override;
    void holdAccount(AccountId account, std::optional<Hold> hold) override;
    void holdTemplate(TemplateRef templateRef, Hold hold) override;
    void useHost(AccountId account, std::optional<WallTime> secondSince, std::string why) override;
    void noteAct(AccountId account, const char *act, std::string why) override;

    /// What the engine says it did by itself, with its reason.
    struct Act {
        AccountId account;
        std::string act;
        std::string why;
    };
    const std::vector<Act> &acts() const { return m_acts; }
    int claims() const { return m_claims; }
    int largestClaim() const { return m_largestClaim; }
    int lateResults() const { return m_late; }
    int failedCalls() const { return m_failedCalls; }

    /// Attempts somebody was told are on record: with their end, once somebody was told that.
    using Acknowledged = std::map<std::pair<MessageId, int>, std::optional<AttemptPhase>>;
    const Acknowledged &acknowledged() const { return m_acknowledged; }
    /// Commits that were said to be done before they were synced.
    int unsyncedAnswers() const { return m_unsyncedAnswers; }

private:
    using Answer = std::function<void()>;
    Micros delay();
    /// `act` runs when its turn comes and gives back what is to be answered, if anything.
    void submit(std::function<Answer()> act);
    Result<void> write(const store::JournalWriter::Job &job);

    EventQueue &m_events;
    VirtualClock &m_clock;
    Random &m_random;
    FaultyVfs &m_disk;
    Delays m_delays;
    store::JournalWriter *m_writer = nullptr;
    delivery::Dispatcher *m_dispatcher = nullptr;
    std::function<void()> m_called; ///< after each call of the dispatcher
    int m_life = 0;
    Micros m_lastAct{0};
    Micros m_lastAnswer{0};
    int m_claims = 0;
    int m_largestClaim = 0;
    int m_late = 0;
    int m_failedCalls = 0;
    int m_unsyncedAnswers = 0;
    Acknowledged m_acknowledged;
    std::vector<Act> m_acts;
};

} // namespace songda::simulation
