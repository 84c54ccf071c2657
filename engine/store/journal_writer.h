// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/meters.h"
#include "engine/model/batch.h"
#include "engine/model/error.h"
#include "engine/store/open_files.h"
#include "engine/store/write_session.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace songda::store {

/// The only writer of a database in this process. Jobs are committed in groups: whatever has gathered while
/// the last commit was under way, at most `groupWeight`, becomes the next transaction, so the disk is synced
/// once for many and a lone job waits for nobody. Jobs that nobody waits for come together for some milliseconds more:
/// each transaction writes the same few pages again, whatever its size. A job's `done` runs after its commit was synced,
/// on the writer thread (Inline: inside submit).
///
/// After a sync that failed nobody knows what is on the disk: pages the system could not write count as written and the
/// next sync says nothing of them. So nothing is acknowledged any more until the database is opened anew, which writes
/// everything again that was only in the log. The same when another file lies in the database's place.
///
/// Bound: each caller keeps few jobs under way (the engine as many as it has requests in flight, an import
/// two chunks), so the queue does not grow with the work waiting in the database.
class JournalWriter {
public:
    enum class Mode { Threaded, Inline };
    using Job = std::function<Result<void>(WriteSession &)>;
    using Done = std::function<void(const Result<void> &)>;
    /// Called on the writer thread after commits and when another process wrote. `external` tells which.
    using Changed = std::function<void(bool external)>;

    struct Options {
        std::string path;
        Mode mode = Mode::Threaded;
        int groupWeight = 512;
        /// Between the beginnings of two transactions at most, as long as all of the second can wait.
        std::chrono::microseconds gathering = std::chrono::milliseconds{12};
        /// More than this is not waited for: by then a transaction costs little for each of its messages.
        int gatheredWeight = 160;
        std::optional<std::uint64_t> seed = std::nullopt; ///< of what it draws at random; from the system without one
        /// A file up to this size is read completely before it is opened for writing; a damaged one is refused.
        std::int64_t checkUpTo = 32 << 20;
        /// Whether nobody else writes: then what an earlier writer left in the log is written and synced once more, into the
        /// database, or beside somebody who reads an old state of it into the log itself.
        bool alone = true;
    };

    /// Opens or creates the database and brings it to the newest schema.
    static Result<std::unique_ptr<JournalWriter>> open(Options options);
    ~JournalWriter();

    /// Hands in a job; any thread. `weight` is about the number of messages it writes. An `isolated` job
    /// that fails is undone alone; any other must not have written anything when it returns an error, or
    /// the whole group is undone and all its members get that error.
    enum class Isolation { None, Savepoint };
    /// CanWait: nobody stands still until it is done.
    enum class Haste { AtOnce, CanWait };
    void submit(Job job, Done done, int weight = 1, Isolation isolation = Isolation::None, Haste haste = Haste::AtOnce);
    /// The same and waits; not from a `done`.
    Result<void> submitAndWait(Job job, Isolation isolation = Isolation::Savepoint);
    /// Finishes what was handed in, then ends the thread. Later jobs get Cancelled.
    void stop();

    /// Sums of every batch as of the last commit; any thread.
    std::map<BatchId, StateCounts> counts() const;
    void setChanged(Changed changed);
    /// Grows with every commit seen, ours or another process's.
    std::uint64_t dataVersion() const;
    /// How long its transactions took to commit, and how many could not be; any thread.
    DurationHistogram commitTimes() const;
    std::int64_t failedCommits() const;
    /// Why nothing will be written any more until the database is opened anew; nothing while all is well.
    std::optional<Error> failure() const;
    /// Ends writing, as when a check found the file damaged. The first reason stays.
    void refuse(Error reason);

private:
    struct Pending {
        Job job;
        Done done;
        int weight = 1;
        Isolation isolation = Isolation::None;
        Haste haste = Haste::AtOnce;
    };

    JournalWriter(Options options, WriteSession session);
    void loop();
    /// Whether a group should begin without waiting for more. Under m_mutex.
    bool isUrgent() const { return m_stopping || m_hasty > 0 || m_queuedWeight >= m_options.gatheredWeight; }
    std::deque<Pending> takeGroup();
    void commitGroup(std::deque<Pending> group);
    /// `result` is how the job ended. A failure is one of setting it apart from its group, which is undone with it.
    Result<void> runJob(Pending &pending, Result<void> &result);
    void publish();
    bool reloadCounts();
    void lookForExternalChange();
    /// Failures that only a new start mends.
    void lookForFailure();
    /// What was found damaged once is not written to again.
    void stopAtDamage(const Result<void> &result);
    /// Writes the log into the database when it has grown, so that it is begun anew and stays small. Whether it had.
    bool checkpoint();

    const Options m_options;
    WriteSession m_session; // writer thread (Inline: the caller's) only

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Pending> m_queue;
    int m_queuedWeight = 0; ///< of m_queue
    int m_hasty = 0; ///< in m_queue
    bool m_gathering = false; ///< the thread waits for more, not for the first
    bool m_stopping = false;
    Changed m_changed;
    std::map<BatchId, StateCounts> m_counts;
    std::uint64_t m_dataVersion = 1;
    DurationHistogram m_commitTimes;
    std::int64_t m_failedCommits = 0;
    std::optional<Error> m_failure;

    std::int64_t m_sqliteDataVersion = 0; // writer thread only
    std::chrono::steady_clock::time_point m_waitAgain{}; // writer thread only
    OpenFiles m_files; // writer thread only
    std::thread m_thread;
};

} // namespace songda::store
