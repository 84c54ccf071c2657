// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/export_cursor.h"

namespace songda::store {

Result<ExportCursor> ExportCursor::open(Database &database, const MessageFilter &filter) {
    auto narrowed = narrow(database, filter);
    if (!narrowed)
        return tl::unexpected(narrowed.error());
    ExportCursor cursor(*narrowed);
    // In the order of ids without putting them in order: rows stream, however many there are.
    const bool point = !narrowed->filter.ids.empty() || !narrowed->filter.traceId.empty();
    const bool ofOne = !narrowed->filter.openid.empty() || narrowed->filter.recipientOf;
    const char *index = point                    ? "NOT INDEXED"
        : !narrowed->filter.msgid.empty() ? "INDEXED BY message_msgid"
        : ofOne                           ? "INDEXED BY message_recipient"
        : narrowed->filter.batch          ? "INDEXED BY message_batch"
                                          : "NOT INDEXED";
    const std::string sql
        = std::string("SELECT m.id, a.name, b.name, t.template_id, m.openid, m.state, m.attempts, m.errcode, m.error_class,"
          " m.msgid, m.client_msg_id, m.idempotency_key, m.created_at, m.due_at, m.first_sent_at, m.finished_at,"
          " m.report_status, m.reported_at, coalesce(m.created_by, b.created_by), m.cause"
          " FROM message m ") + index
        + " CROSS JOIN batch b ON b.id = m.batch_id CROSS JOIN account a ON a.id = b.account_id CROSS JOIN template t ON t.id = b.template_ref WHERE 1"
        + cursor.m_clause->sql() + " ORDER BY m.id";
    const auto nonce = store::profileNonce(database);
    if (!nonce)
        return tl::unexpected(nonce.error());
    auto statement = Statement::prepare(database.handle(), sql);
    if (!statement)
        return tl::unexpected(statement.error());
    cursor.m_statement = std::move(*statement);
    cursor.m_nonce = *nonce;
    cursor.m_clause->bind(cursor.m_statement, FilterClause::firstParameter);
    return cursor;
}

Result<bool> ExportCursor::next(ExportRow &row) {
    Statement &s = m_statement;
    const auto step = s.step();
    if (!step || !*step)
        return step;
    row.id = s.id<MessageId>(0);
    row.account = s.text(1);
    row.batch = s.text(2);
    row.templateId = s.text(3);
    row.openid = s.text(4);
    row.state = messageStateFromNumber(s.integer(5)).value_or(MessageState::Held);
    row.attempts = s.integer(6);
    row.errcode = s.optionalInteger(7);
    row.errorClass = s.isNull(8) ? std::nullopt : errorClassFromNumber(s.integer(8));
    row.msgid = s.text(9);
    row.clientMsgId = s.text(10);
    row.idempotencyKey = s.text(11);
    row.createdAt = s.time(12);
    row.dueAt = s.time(13);
    row.firstSentAt = s.optionalTime(14);
    row.finishedAt = s.optionalTime(15);
    row.reportStatus = s.text(16);
    row.reportedAt = s.optionalTime(17);
    row.createdBy = s.text(18);
    row.cause = s.text(19);
    return true;
}

} // namespace songda::store
