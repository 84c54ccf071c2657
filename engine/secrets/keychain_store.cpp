// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrets/keychain_store.h"

#include <QEventLoop>
#include <QThread>
#include <QTimer>
#include <QUuid>
#include <memory>
#include <mutex>
#include <qt6keychain/keychain.h>

namespace songda::secrets {

namespace {

constexpr int jobDeadlineMs = 30'000; ///< the user may have to unlock the key store
constexpr int probeDeadlineMs = 3'000;
const QString service = QStringLiteral("songda");

/// QtKeychain runs all jobs through one object that belongs to the thread of the first job: that thread
/// must live as long as the program and have a loop, which a thread of a pool does not.
class KeychainThread {
public:
    static KeychainThread &instance() {
        static KeychainThread thread;
        return thread;
    }
    template <class Function> auto run(Function function) {
        // Each job runs a loop of its own. Of two that run one inside the other, the first could not end before the second has.
        const std::lock_guard lock(m_oneAtATime);
        decltype(function()) result{};
        QMetaObject::invokeMethod(&m_context, [&] { result = function(); }, Qt::BlockingQueuedConnection);
        return result;
    }

private:
    KeychainThread() {
        m_thread.setObjectName(QStringLiteral("keychain"));
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }
    ~KeychainThread() {
        m_thread.quit();
        m_thread.wait();
    }

    std::mutex m_oneAtATime;
    QThread m_thread;
    QObject m_context;
};

/// Runs a job in a loop of its own; false when it did not finish in time.
bool runJob(QKeychain::Job *job, int deadlineMs) {
    QEventLoop loop;
    bool finished = false;
    QObject::connect(job, &QKeychain::Job::finished, &loop, [&] {
        finished = true;
        loop.quit();
    });
    QTimer::singleShot(deadlineMs, &loop, &QEventLoop::quit);
    job->setAutoDelete(false);
    job->setInsecureFallback(false); // plain text never
    job->start();
    if (!finished)
        loop.exec();
    return finished;
}

Error problem(const char *doing, const QKeychain::Job &job, bool finished) {
    const QString why = finished ? job.errorString() : QStringLiteral("no answer");
    return Error{ErrorCode::Secret, std::string("the system key store could not ") + doing + ": " + why.toStdString()};
}

/// A job that did not finish may still be called back: leave it to Qt instead of freeing it.
struct Release {
    void operator()(QKeychain::Job *job) const { job->deleteLater(); }
};

bool probe() {
    const QString name = QStringLiteral("probe-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    std::unique_ptr<QKeychain::WritePasswordJob, Release> write(new QKeychain::WritePasswordJob(service));
    write->setKey(name);
    write->setTextData(QStringLiteral("probe"));
    if (!runJob(write.get(), probeDeadlineMs) || write->error() != QKeychain::NoError)
        return false;
    std::unique_ptr<QKeychain::DeletePasswordJob, Release> erase(new QKeychain::DeletePasswordJob(service));
    erase->setKey(name);
    return runJob(erase.get(), probeDeadlineMs) && erase->error() == QKeychain::NoError;
}

Result<void> write(const std::string &key, const std::string &secret) {
    std::unique_ptr<QKeychain::WritePasswordJob, Release> job(new QKeychain::WritePasswordJob(service));
    job->setKey(QString::fromStdString(key));
    job->setTextData(QString::fromStdString(secret));
    const bool finished = runJob(job.get(), jobDeadlineMs);
    if (!finished || job->error() != QKeychain::NoError)
        return tl::unexpected(problem("keep the secret", *job, finished));
    return {};
}

Result<std::string> read(const std::string &key) {
    std::unique_ptr<QKeychain::ReadPasswordJob, Release> job(new QKeychain::ReadPasswordJob(service));
    job->setKey(QString::fromStdString(key));
    const bool finished = runJob(job.get(), jobDeadlineMs);
    if (finished && job->error() == QKeychain::EntryNotFound)
        return fail(ErrorCode::NotFound, "the system key store has no secret for " + key);
    if (!finished || job->error() != QKeychain::NoError)
        return tl::unexpected(problem("give the secret", *job, finished));
    return job->textData().toStdString();
}

Result<void> erase(const std::string &key) {
    std::unique_ptr<QKeychain::DeletePasswordJob, Release> job(new QKeychain::DeletePasswordJob(service));
    job->setKey(QString::fromStdString(key));
    const bool finished = runJob(job.get(), jobDeadlineMs);
    if (!finished || (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound))
        return tl::unexpected(problem("remove the secret", *job, finished));
    return {};
}

/// Result has no default state for a value to be filled in later; this has.
struct Answer {
    Result<std::string> result = fail(ErrorCode::Secret, "the system key store gave no answer");
};

} // namespace

KeychainStore::KeychainStore(std::string profile)
    : m_profile(std::move(profile)) {}

bool KeychainStore::works() { return KeychainThread::instance().run(&probe); }

Result<void> KeychainStore::put(const std::string &name, const std::string &secret) {
    return KeychainThread::instance().run([&] { return write(key(name), secret); });
}

Result<std::string> KeychainStore::get(const std::string &name) {
    return KeychainThread::instance().run([&] { return Answer{read(key(name))}; }).result;
}

Result<void> KeychainStore::remove(const std::string &name) {
    return KeychainThread::instance().run([&] { return erase(key(name)); });
}

} // namespace songda::secrets
