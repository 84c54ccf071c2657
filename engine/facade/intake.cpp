// SPDX-License-Identifier: GPL-3.0-or-later
//
// What business systems hand over and ask for.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/intake_desk.h"
#include "engine/model/hash.h"
#include "engine/store/accounts_table.h"
#include "engine/store/idempotency.h"
#include "engine/store/intake.h"

namespace songda {

QFuture<std::vector<Result<IntakeReport>>> Engine::takeIn(std::vector<SendRequest> requests, IntakeClient client) {
    if (m_core->intake)
        return m_core->intake->take(std::move(requests), std::move(client));
    QPromise<IntakeDesk::Reports> promise;
    promise.start();
    auto future = promise.future();
    promise.addResult(IntakeDesk::Reports(requests.size(), tl::unexpected(EngineCore::viewerOnly())));
    promise.finish();
    return future;
}

std::size_t Engine::beingTakenIn() const { return m_core->intake ? m_core->intake->waiting() : 0; }

QFuture<Result<MessageId>> Engine::findByKey(std::string account, std::string key, std::string client) {
    return m_core->readers->run<MessageId>([account = std::move(account), key = std::move(key), client = std::move(client)](
                                               store::Database &db) -> Result<MessageId> {
        const auto found = store::findAccount(db, account);
        if (!found)
            return tl::unexpected(found.error());
        const auto id = store::findByKey(db, found->id, key, client.empty() ? 0 : storedHash(client));
        if (!id)
            return tl::unexpected(id.error());
        if (!*id)
            return fail(ErrorCode::NotFound, "no message was handed over under this key");
        return **id;
    });
}

QFuture<Result<KeptMessage>> Engine::keptMessage(MessageId id) {
    return m_core->readers->run<KeptMessage>([id](store::Database &db) -> Result<KeptMessage> {
        auto kept = store::readKept(db, id);
        if (!kept)
            return tl::unexpected(kept.error());
        if (!*kept)
            return fail(ErrorCode::NotFound, "there is no message " + std::to_string(id.value));
        return std::move(**kept);
    });
}

} // namespace songda
