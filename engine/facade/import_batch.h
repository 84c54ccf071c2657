// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "engine/store/write_session.h"

namespace songda {

class EngineCore;

/// The batch that an import fills: found or made with its first rows, its seed before it, and what it waits for in the end.
class ImportBatch {
public:
    /// Both must outlive it.
    ImportBatch(EngineCore &core, const ImportRequest &request)
        : m_core(core)
        , m_request(request) {}

    /// Before any row. InvalidInput when its seeds are none.
    Result<void> prepare(AccountId account, TemplateRef templateRef, std::string name, std::optional<WallTime> expiresAt, std::int64_t approvalOver);
    /// The message of the first row, which a seed is.
    void setSeedContent(const std::string &content);

    /// In each transaction that adds rows, before they are added; writer thread. Where many need a second person, the batch
    /// stands still from here on until close().
    Result<BatchId> open(store::WriteSession &session);
    /// What open() did for the first time is on the disk.
    void isThere() { m_isThere = true; }
    /// However the import ended: decides whether the batch waits for a second person, and says how many were queued. Nothing
    /// when it was not opened, or is closed already.
    Result<void> close(std::int64_t queued);

    /// Once it is there.
    BatchId id() const { return m_isThere ? m_id : BatchId{}; }
    std::optional<BatchId> seedBatch() const { return m_isThere ? m_seedBatch : std::nullopt; }
    bool waitsForSecond() const { return m_waits; }

private:
    Result<void> find(store::WriteSession &session);
    Result<void> make(store::WriteSession &session, WallTime now);
    Result<void> queueSeeds(store::WriteSession &session, Batch batch, WallTime now);

    EngineCore &m_core;
    const ImportRequest &m_request;
    AccountId m_account;
    TemplateRef m_templateRef;
    std::string m_name;
    std::vector<std::string> m_seeds;
    std::string m_seedContent;
    std::optional<WallTime> m_expiresAt;
    std::int64_t m_approvalOver = 0; ///< 0: nobody else has to agree
    // Set by the writer thread, read when its work is known to be done.
    BatchId m_id;
    std::optional<BatchId> m_seedBatch;
    AuditId m_audit;
    bool m_isThere = false;
    bool m_isClosed = false;
    bool m_waits = false;
};

} // namespace songda
