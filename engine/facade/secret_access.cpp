// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a profile's secrets lie, how they are opened, and how they get another passphrase.
#include "engine/facade/secret_access.h"

#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/profile.h"
#include "engine/policy/utf8.h"
#include "engine/secrets/encrypted_file_store.h"
#include "engine/secrets/keychain_store.h"
#include "engine/secrets/memory_store.h"
#include "engine/store/audit_table.h"

#include <QCoreApplication>
#include <QThread>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

namespace songda {

namespace {

constexpr std::size_t longestPassphrase = 1024;

Result<void> checkPassphrase(const std::string &fresh) {
    if (fresh.empty() || fresh.size() > longestPassphrase)
        return fail(ErrorCode::InvalidInput, "the new passphrase is empty or longer than 1024 bytes");
    for (std::string_view left = fresh; !left.empty();) {
        const auto c = utf8::next(left);
        if (!c || utf8::isControl(*c))
            return fail(ErrorCode::InvalidInput, "the new passphrase has control characters or is no UTF-8: it could not be typed again");
    }
    return {};
}

bool isGuiThread() {
    const QCoreApplication *application = QCoreApplication::instance();
    return application && QThread::currentThread() == application->thread();
}

/// Why a profile's secrets have no passphrase to be changed; nothing when they have.
Result<void> checkHasPassphrase(const EngineCore &core) {
    if (core.options.secretsInMemory || core.options.secretStore)
        return fail(ErrorCode::InvalidInput, "the secrets are in memory only and forgotten at the end; they have no passphrase");
    const auto settings = profile::readSettings(core.options.profileDir);
    if (!settings)
        return tl::unexpected(settings.error());
    if (settings->secrets == "keychain")
        return fail(ErrorCode::InvalidInput,
            "the secrets of this profile lie in the system's key store, which seals them with a key of its own; change that there, as a rule with the login password");
    if (settings->secrets.empty())
        return fail(ErrorCode::NotFound, "no secret is kept yet, so there is no passphrase that could be changed");
    return {};
}

} // namespace

void SecretAccess::learn(const std::string &secret) const {
    log::Log *log = m_log();
    if (!log)
        return;
    // Some are several: a callback's token and keys.
    const auto parts = nlohmann::json::parse(secret, nullptr, false);
    if (!parts.is_object()) {
        log->redactor().learn(secret);
        return;
    }
    for (const auto &[name, part] : parts.items()) {
        if (part.is_string())
            log->redactor().learn(part.get<std::string>());
    }
}

Result<void> SecretAccess::put(const std::string &name, const std::string &secret) {
    learn(secret);
    return m_store.put(name, secret);
}

Result<std::string> SecretAccess::get(const std::string &name) {
    auto secret = m_store.get(name);
    if (secret)
        learn(*secret);
    return secret;
}

Result<secrets::SecretStore *> EngineCore::secretStore() {
    std::unique_lock guard(m_secretsMutex);
    if (m_secretAccess)
        return m_secretAccess.get();
    if (m_asking && !m_secrets) {
        if (isGuiThread()) {
            m_turnedAway = true;
            return fail(ErrorCode::Secret, "the passphrase of the secrets file is being asked for");
        }
        m_asked.wait(guard, [this] { return !m_asking || m_secrets || closing; });
        if (!m_secrets)
            return tl::unexpected(m_asking ? beingClosed() : m_notOpened);
    }
    if (!m_secrets) {
        if (const auto opened = openSecrets(guard); !opened) {
            m_notOpened = opened.error();
            return tl::unexpected(opened.error());
        }
    }
    if (!m_secretAccess)
        m_secretAccess = std::make_unique<SecretAccess>(options.secretStore ? *options.secretStore : *m_secrets, [this] { return log.get(); });
    return m_secretAccess.get();
}

bool EngineCore::secretsAreLate() {
    const std::lock_guard guard(m_secretsMutex);
    return m_turnedAway;
}

bool EngineCore::secretsCameLate() {
    const std::lock_guard guard(m_secretsMutex);
    return !m_asking && std::exchange(m_turnedAway, false);
}

void EngineCore::endAsking() {
    const std::lock_guard guard(m_secretsMutex);
    closing = true;
    m_asked.notify_all();
}

std::optional<std::string> EngineCore::askPassphrase(std::unique_lock<std::mutex> &guard) {
    // The answer is typed in a loop of events, in which anything may happen that needs the lock as well.
    m_asking = true;
    guard.unlock();
    std::optional<std::string> answer;
    try {
        answer = options.askPassphrase();
    } catch (const std::exception &) {
        answer.reset(); // as nobody answered: those who wait must not wait for ever
    }
    guard.lock();
    m_asking = false;
    m_asked.notify_all(); // they see what comes of it when this thread lets go of the lock
    return answer;
}

Result<void> EngineCore::openSecrets(std::unique_lock<std::mutex> &guard) {
    if (options.secretStore)
        return {};
    if (options.secretsInMemory) {
        m_secrets = std::make_unique<secrets::MemoryStore>();
        return {};
    }
    auto settings = profile::readSettings(options.profileDir);
    if (!settings)
        return tl::unexpected(settings.error());
    const QByteArray passphrase = qgetenv("SONGDA_PASSPHRASE");
    if (settings->secrets.empty()) {
        // Decided once a profile: a passphrase in the environment is a wish for the file, otherwise the
        // system's key store if there is a working one.
        settings->secrets = passphrase.isEmpty() && secrets::KeychainStore::works() ? "keychain" : "file";
        SONGDA_TRY(profile::writeSettings(options.profileDir, *settings));
    }
    if (settings->secrets == "keychain") {
        m_secrets = std::make_unique<secrets::KeychainStore>(settings->profileId);
        return {};
    }
    std::string phrase = passphrase.toStdString();
    if (phrase.empty() && options.askPassphrase) {
        if (closing)
            return tl::unexpected(beingClosed());
        const auto asked = askPassphrase(guard);
        if (m_secrets) // by a change of the passphrase meanwhile
            return {};
        phrase = asked.value_or(std::string());
    }
    if (phrase.empty())
        return fail(ErrorCode::Secret,
            "no system key store is available here, so secrets are kept in an encrypted file: set SONGDA_PASSPHRASE");
    if (log)
        log->redactor().learn(phrase);
    auto file = std::make_unique<secrets::EncryptedFileStore>(path("secrets.enc"), phrase);
    if (const auto opened = file->unlock(); !opened)
        return fail(opened.error().code, opened.error().detail + (passphrase.isEmpty() ? "" : "; check SONGDA_PASSPHRASE"));
    m_secretFile = file.get();
    m_secrets = std::move(file);
    return {};
}

Result<void> EngineCore::changePassphrase(const std::string &present, const std::string &fresh, bool &counts) {
    SONGDA_TRY(checkHasPassphrase(*this));
    SONGDA_TRY(checkPassphrase(fresh));
    if (present == fresh)
        return fail(ErrorCode::InvalidInput, "the new passphrase is the present one");
    if (log) {
        log->redactor().learn(present);
        log->redactor().learn(fresh);
    }
    const std::lock_guard guard(m_secretsMutex);
    if (m_secretFile)
        return m_secretFile->changePassphrase(present, fresh, counts);
    auto file = std::make_unique<secrets::EncryptedFileStore>(path("secrets.enc"), present);
    const auto changed = file->changePassphrase(present, fresh, counts);
    if (file->unlock()) { // the environment may still have the one before
        m_secretFile = file.get();
        m_secrets = std::move(file);
    }
    return changed;
}

bool EngineCore::isShutOutOfSecrets() {
    const std::lock_guard guard(m_secretsMutex);
    return m_secretFile && m_secretFile->isShutOut();
}

QFuture<Result<std::string>> Engine::secretsPlace() {
    return m_core->work<std::string>([core = m_core.get()]() -> Result<std::string> {
        if (core->options.secretsInMemory)
            return std::string("memory");
        const auto settings = profile::readSettings(core->options.profileDir);
        if (!settings)
            return tl::unexpected(settings.error());
        return core->isShutOutOfSecrets() ? std::string("shut out") : settings->secrets;
    });
}

QFuture<Result<void>> Engine::changePassphrase(std::string present, std::string fresh) {
    SONGDA_MAY(SetUp, void);
    return m_core->work<void>([core = m_core.get(), present = std::move(present), fresh = std::move(fresh)]() -> Result<void> {
        if (!core->writer)
            return tl::unexpected(EngineCore::viewerOnly());
        const auto record = [&](const char *act) {
            return core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto audit = store::recordAct(session, core->actor(), act, "secrets.enc", 0, systemNow().wall);
                return audit ? Result<void>{} : tl::unexpected(audit.error());
            });
        };
        // On record before it is done: whatever happens between the two, somebody can see who may have changed it.
        SONGDA_TRY(record("secrets.rekey_begin"));
        bool counts = false;
        const auto changed = core->changePassphrase(present, fresh, counts);
        if (!counts)
            return changed;
        core->accountsChanged(); // some may have been held for want of it
        if (const auto recorded = record("secrets.rekey"); !recorded)
            return fail(recorded.error().code, "the new passphrase counts from now on, but the audit could not record the change: " + recorded.error().detail);
        return changed;
    });
}

} // namespace songda
