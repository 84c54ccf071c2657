// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/import_batch.h"

#include "engine/facade/engine_core.h"
#include "engine/policy/approval.h"
#include "engine/policy/value_rules.h"
#include "engine/store/approvals.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/intake.h"

#include <QFileInfo>
#include <algorithm>

namespace songda {

Result<void> ImportBatch::prepare(
    AccountId account, TemplateRef templateRef, std::string name, std::optional<WallTime> expiresAt, std::int64_t approvalOver) {
    for (const std::string &openid : m_request.seeds) {
        if (!isPlausibleOpenid(openid))
            return fail(ErrorCode::InvalidInput, "seed \"" + openid + "\": " + toString(ValueProblem{{}, ValueFault::BadOpenid, ValueType::Untyped}));
        if (std::find(m_seeds.begin(), m_seeds.end(), openid) == m_seeds.end())
            m_seeds.push_back(openid);
    }
    if (m_seeds.size() > mostSeeds)
        return fail(ErrorCode::InvalidInput,
            "a seed goes to at most " + std::to_string(mostSeeds) + " people, and " + std::to_string(m_seeds.size()) + " are named");
    m_account = account;
    m_templateRef = templateRef;
    m_name = std::move(name);
    m_expiresAt = expiresAt;
    m_approvalOver = approvalOver;
    return {};
}

void ImportBatch::setSeedContent(const std::string &content) {
    if (m_seedContent.empty())
        m_seedContent = content;
}

Result<BatchId> ImportBatch::open(store::WriteSession &session) {
    const WallTime now = systemNow().wall;
    if (!m_isThere) {
        m_id = {};
        SONGDA_TRY(find(session));
        if (!m_id)
            SONGDA_TRY(make(session, now));
        const auto audit = store::recordAct(session, m_core.actor(), "batch.import", "batch " + std::to_string(m_id.value) + " " + m_name, 0, now);
        if (!audit)
            return tl::unexpected(audit.error());
        m_audit = *audit;
    } else {
        const auto state = store::batchState(session.database(), m_id);
        if (!state)
            return tl::unexpected(state.error());
        // What is added now would wait behind its end for ever.
        if (*state == BatchState::Cancelled)
            return fail(ErrorCode::Cancelled, "batch " + std::to_string(m_id.value) + " was cancelled while its rows came in; the rest of them was not queued");
    }
    if (m_approvalOver > 0)
        SONGDA_TRY(store::askForBatch(session, m_id, m_core.session().user, now));
    return m_id;
}

Result<void> ImportBatch::find(store::WriteSession &session) {
    if (m_request.batchName.empty())
        return {};
    const auto known = store::findImportBatch(session.database(), m_account, m_templateRef, m_request.batchName);
    if (!known)
        return tl::unexpected(known.error());
    if (!*known)
        return {};
    const auto state = store::batchState(session.database(), **known);
    if (!state)
        return tl::unexpected(state.error());
    // Rows added to a batch that runs would leave before anybody has looked at a seed.
    if (!m_seeds.empty() && *state == BatchState::Active)
        return fail(ErrorCode::InvalidInput,
            "batch \"" + m_request.batchName + "\" runs already; pause it first, or give another name, to have a seed looked at");
    m_id = **known;
    return store::raiseRecall(session, m_id, m_request.recall);
}

Result<void> ImportBatch::make(store::WriteSession &session, WallTime now) {
    Batch batch;
    batch.account = m_account;
    batch.templateRef = m_templateRef;
    batch.name = m_name;
    batch.source = QFileInfo(QString::fromStdString(m_request.path)).fileName().toStdString();
    batch.createdAt = now;
    batch.createdBy = m_core.session().user;
    batch.priority = m_request.priority;
    batch.recall = m_request.recall;
    if (!m_seeds.empty()) {
        SONGDA_TRY(queueSeeds(session, batch, now));
        batch.seeds = static_cast<std::int64_t>(m_seeds.size());
        batch.state = BatchState::Paused;
        batch.hold = Hold{"operator", seedHold, m_core.session().user, now};
    }
    const auto id = store::insertBatch(session, batch);
    if (!id)
        return tl::unexpected(id.error());
    m_id = *id;
    return {};
}

/// The first row's message to people of the house, as a batch of its own, before anybody else gets one.
Result<void> ImportBatch::queueSeeds(store::WriteSession &session, Batch batch, WallTime now) {
    batch.name += " (seed)";
    batch.recall = {};
    const auto id = store::insertBatch(session, batch);
    if (!id)
        return tl::unexpected(id.error());
    if (needsSecond(static_cast<std::int64_t>(m_seeds.size()), m_approvalOver))
        SONGDA_TRY(store::askForBatch(session, *id, m_core.session().user, now));
    std::vector<NewMessage> messages;
    for (const std::string &openid : m_seeds)
        messages.push_back({openid, m_seedContent, makeClientMsgId(session.random()), {}, now, m_expiresAt});
    const auto queued = store::enqueue(session, m_account, *id, messages, now);
    if (!queued)
        return tl::unexpected(queued.error());
    m_seedBatch = *id;
    return {};
}

Result<void> ImportBatch::close(std::int64_t queued) {
    if (!m_isThere || m_isClosed)
        return {};
    SONGDA_TRY(m_core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        if (m_approvalOver > 0) {
            if (m_seedBatch)
                SONGDA_TRY(store::settleBatch(session, *m_seedBatch, m_approvalOver).map([](bool) {}));
            const auto waits = store::settleBatch(session, m_id, m_approvalOver);
            if (!waits)
                return tl::unexpected(waits.error());
            m_waits = *waits;
        }
        return store::setActCount(session, m_audit, queued);
    }));
    m_isClosed = true;
    if (m_approvalOver > 0)
        m_core.workChanged();
    return {};
}

} // namespace songda
