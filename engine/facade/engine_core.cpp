// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/engine_core.h"

#include "engine/facade/engine_loop.h"
#include "engine/facade/intake_desk.h"
#include "engine/store/accounts_table.h"
#include "engine/store/load_profile.h"

#include <QFile>
#include <ctime>

namespace songda {

EngineCore::~EngineCore() {
    endAsking();
    // Order matters: nobody may call into what is already gone.
    loop.reset();
    workers.waitForDone();
    readers.reset();
    if (writer)
        writer->stop(); // the end of what was handed in may hand in more, so it must still be there
    writer.reset();
    intake.reset(); // its last answers came from the two before
    if (log) {
        note(log::Category::Engine, log::Level::Info, "closed", {});
        log::setQtLog({});
    }
}

Error EngineCore::viewerOnly() {
    return Error{ErrorCode::InUse, "this console only looks on: another process runs the engine of this profile"};
}

Error EngineCore::beingClosed() { return Error{ErrorCode::Cancelled, "Songda is being closed"}; }

Result<void> EngineCore::writeAndWait(const store::JournalWriter::Job &job) {
    if (!writer)
        return tl::unexpected(viewerOnly());
    return writer->submitAndWait([&job, by = session()](store::WriteSession &session) {
        const ActingAs acting(by);
        return job(session);
    });
}

Result<std::vector<delivery::AccountConfig>> EngineCore::loadAccounts() {
    const auto accounts
        = readers->run<std::vector<Account>>([](store::Database &db) { return store::readAccounts(db); }).result();
    if (!accounts)
        return tl::unexpected(accounts.error());
    const auto policy = policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    std::vector<delivery::AccountConfig> configs;
    const auto store = accounts->empty() ? Result<secrets::SecretStore *>(nullptr) : secretStore();
    if (!store && secretsAreLate())
        return configs; // all of them come when the answer is there; held for want of it, they would stay so
    for (const Account &account : *accounts) {
        if (closing) // a key store may take its time
            return tl::unexpected(beingClosed());
        const auto accepted = readers
                                  ->run<std::int64_t>([&](store::Database &db) { return store::readAcceptedToday(db, account.id, systemNow().wall); })
                                  .result();
        if (!accepted)
            return tl::unexpected(accepted.error());
        delivery::AccountConfig config{account, {}, {}, (*policy)->set.of(account.name), *accepted};
        const auto secret = store ? (*store)->get(account.name) : Result<std::string>(tl::unexpected(store.error()));
        if (secret)
            config.secret = *secret;
        else
            config.secretProblem = secret.error().detail;
        configs.push_back(std::move(config));
    }
    return configs;
}

Result<Account> EngineCore::account(const std::string &name) {
    return readers->run<Account>([name](store::Database &db) { return store::findAccount(db, name); }).result();
}

void EngineCore::accountsChanged() {
    if (loop)
        loop->reloadAccounts();
}

void EngineCore::workChanged() {
    if (loop)
        loop->workChanged();
}

void EngineCore::holdsChanged() {
    if (loop)
        loop->holdsChanged();
}

Now systemNow() {
    timespec boot{};
    clock_gettime(CLOCK_BOOTTIME, &boot); // goes on while the machine sleeps, unlike the monotonic clock
    const auto steady = std::chrono::duration_cast<Micros>(Seconds{boot.tv_sec} + std::chrono::nanoseconds{boot.tv_nsec});
    return {std::chrono::floor<Millis>(std::chrono::system_clock::now()), SteadyTime{steady}};
}

std::string bootId() {
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().trimmed().toStdString();
}

} // namespace songda
