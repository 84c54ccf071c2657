// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/journal_writer.h"

#include "engine/store/audit_chain.h"
#include "engine/store/integrity.h"
#include "engine/store/migrations.h"

#include <future>

namespace songda::store {

namespace {
/// How often an idle writer looks whether another process (songda-cli import) wrote.
constexpr std::chrono::milliseconds externalLookInterval{500};
/// 64 MB of log.
constexpr int pagesBeforeCheckpoint = 16'000;
/// 96 MB: readers in turns, never all gone at once, keep the log from being begun anew. Then the writer waits for them.
constexpr int pagesBeforeWaiting = 24'000;
/// For a long reader it waits in vain: then not again for so many times as long.
constexpr int workPerWait = 10;
/// Acts from before the audit was a chain that are chained in one transaction.
constexpr int chainedAtATime = 2'000;

/// The part of the upgrade that SQL has no words for. A death in between leaves the rest for the next opening.
Result<void> chainOldAudit(WriteSession &session) {
    auto more = session.database().scalar("SELECT count(*) FROM meta WHERE key = 'audit_unchained'").map([](auto n) { return n.value_or(0) > 0; });
    while (more && *more) {
        SONGDA_TRY(session.begin());
        more = chainOldActs(session, chainedAtATime);
        if (!more)
            session.rollBack();
        else
            SONGDA_TRY(session.commit());
    }
    return more ? Result<void>{} : tl::unexpected(more.error());
}
} // namespace

Result<std::unique_ptr<JournalWriter>> JournalWriter::open(Options options) {
    SONGDA_TRY(refuseDamaged(options.path, options.checkUpTo));
    auto database = Database::open(options.path, Database::Mode::ReadWrite, newestSchemaVersion());
    if (!database)
        return tl::unexpected(database.error());
    // The log may hold what an earlier writer could not sync. It can be read, so it would be believed, and lost after all
    // with everything that follows it.
    if (options.alone) {
        const auto settled = database->checkpoint(Database::Checkpoint::Truncate);
        if (!settled)
            return tl::unexpected(settled.error());
        if (!*settled) // somebody reads, and what they read is kept
            SONGDA_TRY(database->rewriteLog());
    }
    SONGDA_TRY(migrate(*database));
    // The connection belongs to the thread that uses it; Qt's own bookkeeping is only touched in the
    // constructor and destructor, which both run on the opening thread.
    std::unique_ptr<JournalWriter> writer(
        new JournalWriter(options, WriteSession(std::move(*database), options.seed ? Random(*options.seed) : Random::fromSystem())));
    SONGDA_TRY(chainOldAudit(writer->m_session));
    if (!writer->reloadCounts())
        return fail(ErrorCode::Storage, "cannot read the sums of the database");
    writer->m_files = OpenFiles(writer->m_options.path);
    if (writer->m_options.mode == Mode::Threaded)
        writer->m_thread = std::thread([w = writer.get()] { w->loop(); });
    return writer;
}

JournalWriter::JournalWriter(Options options, WriteSession session)
    : m_options(std::move(options))
    , m_session(std::move(session)) {}

JournalWriter::~JournalWriter() { stop(); }

void JournalWriter::submit(Job job, Done done, int weight, Isolation isolation, Haste haste) {
    Pending pending{std::move(job), std::move(done), weight, isolation, haste};
    if (m_options.mode == Mode::Inline) {
        std::deque<Pending> group;
        group.push_back(std::move(pending));
        commitGroup(std::move(group));
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) {
            m_queue.push_back(std::move(pending));
            m_queuedWeight += weight;
            m_hasty += haste == Haste::AtOnce ? 1 : 0;
            if (!m_gathering || isUrgent())
                m_wake.notify_one();
            return;
        }
    }
    pending.done(fail(ErrorCode::Cancelled, "the journal is closed"));
}

Result<void> JournalWriter::submitAndWait(Job job, Isolation isolation) {
    std::promise<Result<void>> promise;
    submit(std::move(job), [&](const Result<void> &result) { promise.set_value(result); }, 1, isolation);
    return promise.get_future().get();
}

void JournalWriter::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_wake.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
}

std::map<BatchId, StateCounts> JournalWriter::counts() const {
    const std::lock_guard lock(m_mutex);
    return m_counts;
}

void JournalWriter::setChanged(Changed changed) {
    const std::lock_guard lock(m_mutex);
    m_changed = std::move(changed);
}

std::uint64_t JournalWriter::dataVersion() const {
    const std::lock_guard lock(m_mutex);
    return m_dataVersion;
}

DurationHistogram JournalWriter::commitTimes() const {
    const std::lock_guard lock(m_mutex);
    return m_commitTimes;
}

std::int64_t JournalWriter::failedCommits() const {
    const std::lock_guard lock(m_mutex);
    return m_failedCommits;
}

std::optional<Error> JournalWriter::failure() const {
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

void JournalWriter::refuse(Error reason) {
    const std::lock_guard lock(m_mutex);
    if (!m_failure)
        m_failure = std::move(reason);
}

void JournalWriter::stopAtDamage(const Result<void> &result) {
    if (!result && result.error().code == ErrorCode::Corrupt)
        refuse(damagedError(m_options.path, result.error().detail, "nothing is sent or taken in any more"));
}

void JournalWriter::lookForFailure() {
    if (m_session.failedToSync())
        refuse({ErrorCode::Storage,
            m_options.path + " could not be synced to its disk, so nobody knows what is on it; nothing is sent or taken in"
                             " until Songda is started again, which writes it anew"});
    if (const auto changed = m_files.changed())
        refuse({ErrorCode::Corrupt,
            *changed + " was replaced, renamed or deleted while Songda worked with it; nothing is sent or taken in any more."
                       " Put the right file back, or a copy made by `songda-cli backup`, and start Songda again"});
}

bool JournalWriter::checkpoint() {
    const int pages = m_session.database().logPages();
    if (pages < pagesBeforeCheckpoint)
        return false;
    const auto begun = std::chrono::steady_clock::now();
    const bool waits = pages >= pagesBeforeWaiting && begun >= m_waitAgain;
    const auto done = m_session.database().checkpoint(waits ? Database::Checkpoint::Truncate : Database::Checkpoint::Passive);
    const auto now = std::chrono::steady_clock::now();
    if (!done)
        m_session.noteFailure(); // anything else is tried again after the next commit
    else if (waits && !*done)
        m_waitAgain = now + workPerWait * (now - begun);
    return true;
}

std::deque<JournalWriter::Pending> JournalWriter::takeGroup() {
    std::deque<Pending> group;
    int weight = 0;
    while (!m_queue.empty() && (group.empty() || weight + m_queue.front().weight <= m_options.groupWeight)) {
        weight += m_queue.front().weight;
        m_hasty -= m_queue.front().haste == Haste::AtOnce ? 1 : 0;
        group.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    m_queuedWeight -= weight;
    return group;
}

void JournalWriter::loop() {
    auto lookAgain = std::chrono::steady_clock::now() + externalLookInterval;
    auto gatherUntil = std::chrono::steady_clock::now();
    for (;;) {
        std::deque<Pending> group;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, externalLookInterval, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty() && m_stopping)
                return;
            if (!m_queue.empty() && !isUrgent()) {
                m_gathering = true;
                m_wake.wait_until(lock, gatherUntil, [this] { return isUrgent(); });
                m_gathering = false;
            }
            group = takeGroup();
        }
        if (!group.empty()) {
            gatherUntil = std::chrono::steady_clock::now() + m_options.gathering;
            commitGroup(std::move(group));
        }
        if (const auto now = std::chrono::steady_clock::now(); now >= lookAgain) {
            lookForFailure();
            lookForExternalChange();
            lookAgain = now + externalLookInterval;
        }
    }
}

void JournalWriter::commitGroup(std::deque<Pending> group) {
    std::vector<Result<void>> results(group.size());
    const auto broken = failure();
    Result<void> whole = broken ? tl::unexpected(*broken) : m_session.begin();
    for (std::size_t i = 0; whole && i < group.size(); ++i) {
        whole = runJob(group[i], results[i]);
        stopAtDamage(results[i]);
        // SQLite may have undone everything by itself (a full disk): then nothing may run on in its place.
        if (whole && !results[i] && (group[i].isolation == Isolation::None || !m_session.inTransaction()))
            whole = results[i];
    }
    WriteSession::StateDeltas states;
    const auto before = std::chrono::steady_clock::now();
    if (whole) {
        whole = m_session.commit();
        states = m_session.flushedStates();
    } else {
        m_session.rollBack();
    }
    const auto after = std::chrono::steady_clock::now();
    m_session.deltas().clear();
    stopAtDamage(whole);
    lookForFailure();
    if (const auto failed = failure())
        whole = tl::unexpected(*failed);
    if (!whole) {
        const std::lock_guard lock(m_mutex);
        ++m_failedCommits;
    } else {
        const std::lock_guard lock(m_mutex);
        m_commitTimes.add(std::chrono::duration_cast<Micros>(after - before));
        for (const auto &[key, n] : states)
            m_counts[key.first][key.second] += n;
        ++m_dataVersion;
    }
    for (std::size_t i = 0; i < group.size(); ++i)
        group[i].done(whole ? results[i] : whole);
    if (whole) {
        publish();
        if (checkpoint())
            lookForFailure();
    }
}

Result<void> JournalWriter::runJob(Pending &pending, Result<void> &result) {
    // Nothing thrown leaves a thread: an out-of-memory in a job must not end the program.
    const auto run = [&]() -> Result<void> {
        try {
            return pending.job(m_session);
        } catch (const std::exception &e) {
            return fail(ErrorCode::Internal, std::string("a write failed: ") + e.what());
        }
    };
    if (pending.isolation == Isolation::None) {
        result = run();
        return {};
    }
    // What came before stays when this job is undone. Sums that were stored in part are no fault of this job, and must not
    // be stored once more.
    SONGDA_TRY(m_session.flushSums());
    const auto before = m_session.flushedStates();
    SONGDA_TRY(m_session.database().exec("SAVEPOINT act"));
    result = run();
    if (result)
        return m_session.database().exec("RELEASE act");
    m_session.noteFailure();
    m_session.deltas().clear();
    m_session.setFlushedStates(before);
    return m_session.inTransaction() ? m_session.database().exec("ROLLBACK TO act; RELEASE act") : Result<void>{};
}

void JournalWriter::publish() {
    Changed changed;
    {
        const std::lock_guard lock(m_mutex);
        changed = m_changed;
    }
    if (changed)
        changed(false);
}

bool JournalWriter::reloadCounts() {
    auto counts = readStateCounts(m_session.database());
    const auto version = m_session.database().scalar("PRAGMA data_version");
    if (!counts || !version)
        return false;
    m_sqliteDataVersion = version->value_or(0);
    const std::lock_guard lock(m_mutex);
    m_counts = std::move(*counts);
    ++m_dataVersion;
    return true;
}

void JournalWriter::lookForExternalChange() {
    const auto version = m_session.database().scalar("PRAGMA data_version");
    if (!version || version->value_or(0) == m_sqliteDataVersion || !reloadCounts())
        return;
    Changed changed;
    {
        const std::lock_guard lock(m_mutex);
        changed = m_changed;
    }
    if (changed)
        changed(true);
}

} // namespace songda::store
