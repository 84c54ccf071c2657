// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/delivery/account_lane.h"
#include "engine/engine.h"
#include "engine/model/acting_as.h"
#include "engine/facade/engine_lock.h"
#include "engine/facade/policy_store.h"
#include "engine/facade/reader_pool.h"
#include "engine/log/log.h"
#include "engine/policy/error_catalogue.h"
#include "engine/secrets/secret_store.h"
#include "engine/store/journal_writer.h"

#include <QThreadPool>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace songda {

namespace secrets {
class EncryptedFileStore;
}
class EngineLoop;
class IntakeDesk;

/// What the facade is made of; the functions of Engine are spread over the files of this folder.
class EngineCore {
public:
    ~EngineCore();

    EngineOptions options;
    ErrorCatalogue catalogue;
    std::unique_ptr<EngineLock> lock; ///< held while this process delivers
    std::unique_ptr<store::JournalWriter> writer; ///< none for a viewer
    std::unique_ptr<ReaderPool> readers;
    std::unique_ptr<PolicyStore> policies;
    std::unique_ptr<EngineLoop> loop; ///< only while delivering
    std::unique_ptr<IntakeDesk> intake; ///< none for a viewer
    /// For jobs that take long or ask the network; never for queries.
    QThreadPool workers;
    std::shared_ptr<log::Log> log; ///< none but where messages are delivered
    std::int64_t nonce = 0; ///< of the profile, for trace ids
    std::atomic<bool> closing{false}; ///< whatever takes long shall end, as if its person had cancelled it

    std::string path(const char *file) const { return options.profileDir + "/" + file; }
    Actor actor(const std::string &reason = {}) const { return {session().user, reason}; }
    /// Who works with it now, or in whose name this thread goes on (ActingAs); any thread.
    Session session() const;
    void setSession(std::string user, std::optional<UserRole> role);
    /// Why the present user may not do this; nothing when they may.
    std::optional<Error> refusal(Permission permission) const;
    /// Whether openids and values are not for the present user.
    bool masksPeople() const { return refusal(Permission::SeePeople).has_value(); }
    /// More messages of an account at once than this need a second person; 0: none do, or nobody has signed in.
    std::int64_t approvalOver(const LoadedPolicy &policy, const std::string &account) const;
    Result<std::int64_t> approvalOver(store::Database &db, AccountId account) const;
    /// The same of each account that has such a limit, or of one.
    Result<std::map<AccountId, std::int64_t>> approvalLimits(store::Database &db, std::optional<AccountId> account) const;
    /// NotAllowed when a filter matches more messages of an account than one person may send again, or some of a batch that a
    /// second person was asked about and has not agreed to. Answers how many of each account may go. Worker thread.
    Result<std::map<AccountId, std::int64_t>> mayResendAlone(const MessageFilter &filter) const;
    /// Whether a replay needs a second person: what may have arrived counts where it goes again.
    Result<bool> replayWaits(store::Database &db, const ReplayPlan &plan, bool mayArriveTwice) const;
    /// Decides about batches whose import was cut off whether they wait for a second person. Worker thread.
    Result<void> settleImports();
    /// Takes over which users are set up, here or in another process.
    Result<void> lookForUsers();

    void note(log::Category category, log::Level level, std::string_view event, std::initializer_list<log::Field> fields) const {
        if (log)
            log->write(category, level, event, fields);
    }
    /// Takes over the levels that somebody set, here or in another process.
    Result<void> readLogLevels();

    /// The profile's secret store, opened on first use, for which a person may be asked for a passphrase: one question at a
    /// time, and who comes meanwhile waits for what becomes of it. Not on the GUI thread; when it comes all the same, as at
    /// a start, it does not wait for an answer that is typed on it, but gets Secret.
    Result<secrets::SecretStore *> secretStore();
    /// Whether somebody was turned away for want of the answer, and has to come again. Any thread.
    bool secretsAreLate();
    /// Whether that question is over by now, whatever the answer; says so once. Any thread.
    bool secretsCameLate();
    /// Seals the file of secrets anew; `counts` says whether the new passphrase does. InvalidInput where they lie elsewhere.
    /// Not on the GUI thread.
    Result<void> changePassphrase(const std::string &present, const std::string &fresh, bool &counts);
    /// Whether another process has changed the passphrase since this one opened the file of secrets.
    bool isShutOutOfSecrets();

    /// Runs a write and answers when it is synced. Viewers get InUse. This and the next two go on in the name of who asks,
    /// also when somebody else has signed in by the time they run.
    template <class T> QFuture<Result<T>> write(std::function<Result<T>(store::WriteSession &)> job, int weight = 1);
    /// Runs something slow on a worker thread.
    template <class T> QFuture<Result<T>> work(std::function<Result<T>()> job);
    /// A write from a worker thread; waits for the sync.
    Result<void> writeAndWait(const store::JournalWriter::Job &job);

    /// Reads accounts and their secrets for the dispatcher. Worker thread.
    Result<std::vector<delivery::AccountConfig>> loadAccounts();
    Result<Account> account(const std::string &name);
    /// Tells the dispatcher that accounts or rows changed.
    void accountsChanged();
    void workChanged();
    /// The same after a batch or a template was stopped: nothing claimed before leaves any more.
    void holdsChanged();
    /// Looks through a database too large for that at its opening; damage found ends writing. On a worker thread.
    void checkInBackground();

    static Error viewerOnly();
    static Error beingClosed();

private:
    mutable std::mutex m_sessionMutex;
    Session m_session; ///< guarded by m_sessionMutex
    /// Both let go of the lock, which is m_secretsMutex's, while a person is asked.
    Result<void> openSecrets(std::unique_lock<std::mutex> &guard);
    std::optional<std::string> askPassphrase(std::unique_lock<std::mutex> &guard);
    /// Sets `closing`: nobody is asked any more, and nobody waits for an answer.
    void endAsking();

    /// A batch that a filter matches, to which a second person was to agree and has not.
    Result<std::optional<BatchId>> unagreedAmong(store::Database &db, const MessageFilter &filter) const;

    std::mutex m_secretsMutex; // all below
    std::unique_ptr<secrets::SecretStore> m_secrets;
    secrets::EncryptedFileStore *m_secretFile = nullptr; ///< m_secrets, when that is a file
    std::unique_ptr<secrets::SecretStore> m_secretAccess;
    bool m_asking = false; ///< a person, for the passphrase
    bool m_turnedAway = false; ///< somebody who could not wait for the answer
    Error m_notOpened; ///< how the last opening ended
    std::condition_variable m_asked;
};

/// Ends a function of Engine whose QFuture<Result<T>> is not for the present user.
#define SONGDA_MAY(permission, ...) \
    if (const auto refused = m_core->refusal(Permission::permission)) \
    return readyFuture<__VA_ARGS__>(tl::unexpected(*refused))

Now systemNow();
/// Changes when the machine is started anew: tells whether two runs share a steady clock.
std::string bootId();

template <class T> QFuture<Result<T>> readyFuture(Result<T> value) {
    QPromise<Result<T>> promise;
    promise.start();
    auto future = promise.future();
    promise.addResult(std::move(value));
    promise.finish();
    return future;
}

template <class T>
QFuture<Result<T>> EngineCore::write(std::function<Result<T>(store::WriteSession &)> job, int weight) {
    if (!writer)
        return readyFuture<T>(tl::unexpected(viewerOnly()));
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto future = promise->future();
    auto value = std::make_shared<std::optional<Result<T>>>();
    writer->submit(
        [job = std::move(job), value, by = session()](store::WriteSession &session) -> Result<void> {
            const ActingAs acting(by);
            *value = job(session);
            if (!**value)
                return tl::unexpected((*value)->error());
            return {};
        },
        [promise, value](const Result<void> &result) {
            promise->addResult(result ? std::move(**value) : Result<T>(tl::unexpected(result.error())));
            promise->finish();
        },
        weight, store::JournalWriter::Isolation::Savepoint);
    return future;
}

template <class T> QFuture<Result<T>> EngineCore::work(std::function<Result<T>()> job) {
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto future = promise->future();
    workers.start([promise, job = std::move(job), by = session()] {
        const ActingAs acting(by);
        try {
            promise->addResult(job());
        } catch (const std::exception &e) {
            promise->addResult(Result<T>(fail(ErrorCode::Internal, std::string("a job failed: ") + e.what())));
        }
        promise->finish();
    });
    return future;
}

} // namespace songda
