// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/delivery/dispatcher.h"
#include "engine/store/journal_writer.h"
#include "tests/simulation/event_queue.h"
#include "tests/simulation/fake_wechat.h"
#include "tests/simulation/faulty_vfs.h"
#include "tests/simulation/memory_directory.h"
#include "tests/simulation/simulated_journal.h"
#include "tests/simulation/simulated_transport.h"
#include "tests/simulation/test_journal.h"
#include "tests/simulation/virtual_clock.h"

#include <QString>
#include <QTemporaryDir>
#include <memory>
#include <set>

namespace songda::simulation {

struct WorldOptions {
    std::uint64_t seed = 1;
    double rate = 1000;
    int burst = 50;
    int connections = 16;
    UncertainPolicy uncertainPolicy = UncertainPolicy::HoldForPerson;
    std::string secondBase = {}; ///< of the account
    WallTime start = parseIso8601("2026-03-02T10:00:00+08:00").value();
    SimulatedTransport::Latencies latencies = {};
    SimulatedJournal::Delays journalDelays = {};
    /// The clock goes on by up to this between an event and the question when to wake.
    Micros thinkTime{0};
};

/// What the database says of one message.
struct MessageFacts {
    MessageId id;
    std::string openid;
    std::string clientMsgId;
    MessageState state = MessageState::Queued;
    std::string cause;
    std::string msgid;
    int attempts = 0;
    int tries = 0;
    int life = 1;
    int answered = 0; ///< attempts with phase written or answered
    int notWritten = 0;
    int open = 0; ///< attempts with phase started or interrupted
};

/// One account, one engine, one platform, on virtual time: steps the events of all of them in the order of
/// true time and wakes the Dispatcher when it asks for it. Everything random comes from the seed.
class World {
public:
    explicit World(WorldOptions options = {});
    ~World();
    World(const World &) = delete;
    World &operator=(const World &) = delete;

    // The engine's life
    /// Opens the database, begins a run, recovers what the one before left, and sets the Dispatcher going.
    void start() { testing::must(tryStart()); }
    /// The same on a disk that may fail; then nothing runs and no file is open.
    Result<void> tryStart();
    /// The process dies between two instructions, or the power goes.
    void crash(FaultyVfs::Loss loss = FaultyVfs::Loss::Nothing);
    /// The same, and nobody opens the database again before the engine does.
    void halt(FaultyVfs::Loss loss);
    /// The same as crash() while the disk is at work: just before its `nth` write, sync or deletion from now on. Nothing runs then.
    void crashAt(std::int64_t nth, FaultyVfs::Loss loss);
    /// Somebody writes the whole log into the database.
    Result<bool> checkpoint();
    bool isRunning() const { return dispatcher != nullptr; }
    /// Another boot of the machine: the steady clock begins anew. Only while nothing runs.
    void reboot() {
        clock.reboot();
        ++m_boot;
    }

    // Work
    BatchId addBatch(int priority = 1);
    BatchId addBatch(TemplateRef templateRef, int priority = 1);
    TemplateRef addTemplate(char letter);
    /// Another account at the same platform, with a template and a batch of its own; before start().
    struct Neighbour {
        AccountId account;
        TemplateRef templateRef;
        BatchId batch;
    };
    Neighbour addNeighbour(const std::string &name, char letter, double rate, int burst);
    /// `count` messages to people named prefix0, prefix1 ...; due now or later. Throws when the journal refuses them,
    /// as everything below that writes.
    void enqueue(BatchId to, int count, const std::string &prefix = "o", Millis dueIn = Millis{0});
    void enqueue(int count, const std::string &prefix = "o") { enqueue(batch, count, prefix); }
    /// One message each, all to the same person.
    void enqueueForOne(int count, const std::string &openid);
    void setBatchState(BatchId of, BatchState state);
    /// A person lets the account go on, or the template.
    void releaseAccount();
    void releaseTemplate(TemplateRef of);
    void reloadAccounts();
    void changeAccount(const AccountChange &change);
    std::vector<delivery::AccountConfig> accountConfigs() const;

    // Time
    /// Runs events up to `limit` from now; true as soon as `done` holds.
    bool runUntil(const std::function<bool()> &done, Micros limit);
    void runFor(Micros span) {
        runUntil([] { return false; }, span);
    }
    /// Until nothing is queued, in flight or waiting for its repeat.
    bool drain(Micros limit = std::chrono::hours{1});
    /// Something that happens at a moment of true time, counted from now.
    void after(Micros span, EventQueue::Event event) {
        events.at(clock.elapsed() + span, [this, event = std::move(event)] {
            event();
            m_touched = true;
        });
    }

    // What is there
    std::string path() const { return m_dir.filePath(QStringLiteral("songda.db")).toStdString(); }
    store::Database reader() const;
    /// The kept sums over all batches.
    StateCounts counts() const;
    std::vector<MessageFacts> facts() const;
    std::int64_t number(const std::string &sql) const;
    std::string text(const std::string &sql) const;
    Snapshot snapshot() const;
    Gate gate() const { return snapshot().accounts.at(0).gate; }
    std::optional<Hold> storedHold() const;
    /// Tries counted in the database over all messages.
    std::int64_t countedTries() const { return number("SELECT coalesce(sum(counted), 0) FROM attempt"); }
    /// Everything that must hold whatever happened, in words; empty when all is well. Messages in a later life
    /// are only counted.
    QString violations() const;
    /// For the message of a failing check.
    QString name() const { return QStringLiteral("seed %1").arg(options.seed); }

    const WorldOptions options;
    VirtualClock clock;
    EventQueue events;
    Random random;
    FaultyVfs disk;
    FakeWeChat wechat;
    SimulatedTransport transport;
    SimulatedJournal journal;
    std::unique_ptr<store::JournalWriter> writer;
    std::unique_ptr<delivery::Dispatcher> dispatcher;
    AccountId account;
    TemplateRef templateRef;
    BatchId batch;
    RunId run;
    Policy policy; ///< of the account; reloadAccounts() hands a changed one over
    std::string secret = "0123456789abcdef0123456789abcdef";

private:
    bool step(Micros end);
    TemplateRef addTemplate(AccountId of, char letter);
    BatchId addBatch(AccountId of, TemplateRef templateRef, int priority);
    AccountId ownerOf(BatchId of) const;
    void write(const store::JournalWriter::Job &job);
    void enqueue(BatchId to, const std::vector<NewMessage> &messages);
    Result<std::unique_ptr<store::JournalWriter>> openWriter();
    void addBrokenAnswers(const std::function<void(const std::string &)> &add) const;

    QTemporaryDir m_dir{testing::memoryDirectory()};
    int m_boot = 1;
    std::uint64_t m_writers = 0; ///< each draws other random numbers
    int m_wakesInARow = 0;
    bool m_spun = false; ///< a wake that changed nothing asked to be woken at once, again and again
    bool m_touched = true; ///< the dispatcher was called since it was last asked when to wake
    std::optional<Micros> m_wake;
    FaultyVfs::Loss m_loss = FaultyVfs::Loss::Nothing; ///< at a death that is planned
    std::set<std::string> m_accepted; ///< client_msg_ids of messages whose intake was acknowledged
    std::set<std::string> m_refused; ///< of those whose intake failed, perhaps after it was written
    int m_unsyncedAnswers = 0;
    std::map<BatchId, AccountId> m_neighbours; ///< batches of other accounts
};

/// The catalogue the program ships with.
const ErrorCatalogue &catalogue();

} // namespace songda::simulation

/// The world's own laws: nothing on the wire that is not on record, nobody notified twice, nothing lost.
#define VERIFY_WORLD(world)                                                                                    \
    do {                                                                                                       \
        const QString brokenLaws = (world).violations();                                                       \
        QVERIFY2(brokenLaws.isEmpty(), qPrintable((world).name() + QStringLiteral(": ") + brokenLaws));        \
    } while (false)
