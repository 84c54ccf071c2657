// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the engine does by itself and writes down: holds, releases, the host it goes by.
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_loop.h"
#include "engine/store/accounts_table.h"
#include "engine/store/audit_table.h"
#include "engine/store/templates_table.h"

#include <utility>

namespace songda {

namespace {
/// What the engine does for an account by itself.
Result<void> recordOwnAct(store::WriteSession &session, AccountId account, const char *act, const std::string &why, WallTime at) {
    const auto audit = store::recordAct(session, Actor{"engine", why}, act, "account " + std::to_string(account.value), 0, at);
    return audit ? Result<void>{} : tl::unexpected(audit.error());
}
} // namespace

void EngineLoop::submitOwnWrite(std::uint64_t number, const store::JournalWriter::Job &job) {
    m_core.writer->submit(
        job,
        [this, number](const Result<void> &result) {
            enqueue([this, number, recorded = result.has_value()] { m_ownWrites.ended(number, recorded, now().steady); });
        },
        1, store::JournalWriter::Isolation::Savepoint);
}

void EngineLoop::holdAccount(AccountId account, std::optional<Hold> hold) {
    m_core.note(log::Category::Delivery, hold ? log::Level::Warning : log::Level::Info, hold ? "account.hold" : "account.resume",
        {{"account", account.value}, {"cause", hold ? hold->cause : std::string()}, {"detail", hold ? hold->detail : std::string()}});
    m_core.writer->submit(
        [account, hold, at = now().wall](store::WriteSession &session) -> Result<void> {
            const auto changed = hold ? store::setAccountHold(session, account, hold) : store::releaseEngineHold(session, account);
            if (!changed)
                return tl::unexpected(changed.error());
            if (!*changed)
                return {};
            const Actor engine{"engine", hold ? hold->cause + (hold->detail.empty() ? "" : ": " + hold->detail) : ""};
            const auto audit = store::recordAct(
                session, engine, hold ? "account.hold" : "account.resume", "account " + std::to_string(account.value), 0, at);
            if (!audit)
                return tl::unexpected(audit.error());
            return {};
        },
        [this, account](const Result<void> &result) {
            enqueue([this, account, result] {
                m_dispatcher->onHoldRecorded(account, result);
                if (!result)
                    return;
                // What was read before may not show it, and a person may have said otherwise in the same moment.
                m_readings.outdate();
                reloadAccounts();
            });
        },
        1, store::JournalWriter::Isolation::Savepoint);
}

void EngineLoop::holdTemplate(TemplateRef templateRef, Hold hold) {
    m_core.note(log::Category::Delivery, log::Level::Warning, "template.hold", {{"template", templateRef.value}, {"cause", hold.cause}, {"detail", hold.detail}});
    m_ownWrites.write("template " + std::to_string(templateRef.value),
        [templateRef, hold, at = now().wall](store::WriteSession &session) -> Result<void> {
            const auto changed = store::setTemplateHold(session, templateRef, hold);
            if (!changed)
                return tl::unexpected(changed.error());
            if (!*changed)
                return {};
            const Actor engine{"engine", hold.cause + (hold.detail.empty() ? "" : ": " + hold.detail)};
            const auto audit = store::recordAct(
                session, engine, "template.hold", "template " + std::to_string(templateRef.value), 0, at);
            if (!audit)
                return tl::unexpected(audit.error());
            return {};
        });
}

void EngineLoop::useHost(AccountId account, std::optional<WallTime> secondSince, std::string why) {
    m_core.note(log::Category::Delivery, secondSince ? log::Level::Warning : log::Level::Info, "account.failover", {{"account", account.value}, {"cause", why}});
    m_ownWrites.write("host of account " + std::to_string(account.value),
        [account, secondSince, why, at = now().wall](store::WriteSession &session) -> Result<void> {
            const auto changed = store::setSecondSince(session, account, secondSince);
            if (!changed)
                return tl::unexpected(changed.error());
            return *changed ? recordOwnAct(session, account, "account.failover", why, at) : Result<void>{};
        });
}

void EngineLoop::noteAct(AccountId account, const char *act, std::string why) {
    m_core.note(log::Category::Delivery, log::Level::Info, act, {{"account", account.value}, {"cause", why}});
    m_core.writer->submit(
        [account, act, why, at = now().wall](store::WriteSession &session) { return recordOwnAct(session, account, act, why, at); },
        [](const Result<void> &) {}, 1, store::JournalWriter::Isolation::Savepoint);
}

} // namespace songda
