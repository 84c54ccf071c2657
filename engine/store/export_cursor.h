// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "engine/store/message_pages.h"

#include <string_view>

namespace songda::store {

/// Columns of a report row that come straight from the database; views live until the next step.
struct ExportRow {
    MessageId id;
    std::string_view account, batch, templateId, openid, cause, msgid, clientMsgId, idempotencyKey, reportStatus, createdBy;
    MessageState state = MessageState::Queued;
    std::int64_t attempts = 0;
    std::optional<std::int64_t> errcode;
    std::optional<ErrorClass> errorClass;
    WallTime createdAt;
    WallTime dueAt;
    std::optional<WallTime> firstSentAt, finishedAt, reportedAt;
};

/// Reads all messages of a filter in id order within one snapshot of the database, in constant memory.
class ExportCursor {
public:
    static Result<ExportCursor> open(Database &database, const MessageFilter &filter);
    /// False at the end.
    Result<bool> next(ExportRow &row);
    std::int64_t profileNonce() const { return m_nonce; }

private:
    explicit ExportCursor(const NarrowFilter &filter)
        : m_clause(std::make_unique<FilterClause>(filter)) {}

    std::unique_ptr<FilterClause> m_clause; ///< owns the bound texts, at an address that does not move
    Statement m_statement;
    std::int64_t m_nonce = 0;
};

} // namespace songda::store
