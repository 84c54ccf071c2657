// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/verify.h"

#include "engine/store/audit_chain.h"

namespace songda::store {

namespace {

/// A query whose rows are violations: first column a row's name.
struct Check {
    const char *invariant;
    const char *meaning;
    const char *sql;
};

constexpr Check checks[] = {
    {"counters", "the kept sum of messages per batch and state differs from the rows",
        "SELECT 'batch ' || batch_id || ' state ' || state FROM ("
        " SELECT batch_id, state, count(*) AS n FROM message NOT INDEXED GROUP BY batch_id, state"
        " UNION ALL SELECT batch_id, state, -n FROM counter) GROUP BY batch_id, state HAVING sum(n) <> 0"},
    {"causes", "the kept sum of messages per cause differs from the rows",
        "SELECT 'batch ' || batch_id || ' state ' || state || ' cause ' || cause FROM ("
        " SELECT batch_id, state, coalesce(cause, '') AS cause, count(*) AS n FROM message WHERE state IN (6, 7, 8)"
        " GROUP BY 1, 2, 3 UNION ALL SELECT batch_id, state, cause, -n FROM cause_summary)"
        " GROUP BY batch_id, state, cause HAVING sum(n) <> 0"},
    {"dead letters by the hour", "the kept sum of dead letters per hour differs from the rows",
        "SELECT 'hour ' || hour || ' batch ' || batch_id || ' state ' || state || ' cause ' || cause FROM ("
        " SELECT finished_at / 3600000 AS hour, batch_id, state, coalesce(cause, '') AS cause, count(*) AS n FROM message"
        " WHERE state IN (6, 7, 8) AND finished_at IS NOT NULL GROUP BY 1, 2, 3, 4"
        " UNION ALL SELECT hour, batch_id, state, cause, -n FROM dead_summary)"
        " GROUP BY hour, batch_id, state, cause HAVING sum(n) <> 0"},
    {"times of ids", "a message was taken in or ended at a time that its block of ids does not know",
        "SELECT 'message ' || m.id FROM message m NOT INDEXED LEFT JOIN message_span s ON s.block = m.id / 4096"
        " WHERE s.block IS NULL OR m.created_at NOT BETWEEN s.created_from AND s.created_to"
        " OR (m.finished_at IS NOT NULL AND (s.ended_from IS NULL OR m.finished_at NOT BETWEEN s.ended_from AND s.ended_to))"},
    {"one state", "a message is in a state that does not exist",
        "SELECT 'message ' || id FROM message WHERE state NOT BETWEEN 0 AND 10"},
    {"payload", "a message has lost its content",
        "SELECT 'message ' || id FROM message WHERE NOT EXISTS (SELECT 1 FROM payload p WHERE p.message_id = message.id)"},
    {"batch", "a message is in no batch",
        "SELECT 'message ' || id FROM message WHERE batch_id NOT IN (SELECT id FROM batch)"},
    {"one POST, one attempt row", "the number of attempt rows differs from the message's attempts",
        "SELECT 'message ' || id FROM message m WHERE attempts <>"
        " (SELECT count(*) FROM attempt a WHERE a.message_id = m.id)"},
    {"write-ahead", "an attempt is open although its message is not being sent",
        "SELECT 'message ' || a.message_id || ' attempt ' || a.n FROM attempt a JOIN message m ON m.id = a.message_id"
        " WHERE a.phase = 0 AND (m.state <> 2 OR a.n <> m.attempts)"
        " UNION ALL SELECT 'message ' || id FROM message m WHERE state = 2 AND NOT EXISTS"
        " (SELECT 1 FROM attempt a WHERE a.message_id = m.id AND a.n = m.attempts AND a.phase = 0)"},
    {"owned claims", "a message is being sent by nobody",
        "SELECT 'message ' || id FROM message WHERE state = 2 AND claim_run IS NULL"},
    {"accepted has a msgid", "a message counts as accepted without WeChat's message id",
        "SELECT 'message ' || id FROM message WHERE state IN (4, 5) AND msgid IS NULL"},
    {"accepted was answered", "a message counts as accepted without an attempt that was",
        "SELECT 'message ' || m.id FROM message m WHERE m.state = 4 AND NOT EXISTS"
        " (SELECT 1 FROM attempt a WHERE a.message_id = m.id AND a.error_class = 0 AND a.phase = 3)"},
    {"delivered was reported", "a message counts as delivered or undelivered without a report that says so",
        "SELECT 'message ' || m.id FROM message m WHERE m.state IN (5, 6) AND NOT EXISTS (SELECT 1 FROM report r INDEXED BY report_message"
        " WHERE r.message_id = m.id AND r.msgid = m.msgid AND r.status = m.report_status)"},
    {"reports stay with their account", "a report counts for a message that is not of its account or was never called so",
        "SELECT 'report ' || r.id FROM report r JOIN message m ON m.id = r.message_id JOIN batch b ON b.id = m.batch_id"
        " WHERE b.account_id <> r.account_id OR r.openid NOT IN ('', m.openid) OR (r.msgid IS NOT m.msgid AND NOT EXISTS"
        " (SELECT 1 FROM earlier_msgid e WHERE e.msgid = r.msgid AND e.message_id = m.id))"},
    {"no report is overlooked", "a report waits although its message is known",
        "SELECT 'report ' || r.id FROM report r INDEXED BY report_unmatched CROSS JOIN message m INDEXED BY message_msgid ON m.msgid = r.msgid"
        " JOIN batch b ON b.id = m.batch_id"
        " WHERE r.message_id IS NULL AND b.account_id = r.account_id AND r.openid IN ('', m.openid) AND m.state NOT IN (2, 3)"},
    {"terminal is terminal", "an ended message has no end time, or a waiting one has one",
        "SELECT 'message ' || id FROM message WHERE (state IN (4, 5, 6, 7, 8, 9, 10)) <> (finished_at IS NOT NULL)"},
    {"failed says why", "a failed message has no cause",
        "SELECT 'message ' || id FROM message WHERE state IN (7, 8) AND cause IS NULL"},
    {"one id for life", "two messages to one recipient share a client_msg_id",
        "SELECT 'client_msg_id ' || client_msg_id FROM message GROUP BY client_msg_id, openid HAVING count(*) > 1"},
    {"no refusal is overlooked", "what a person refused waits although its template is known",
        "SELECT 'consent ' || c.id FROM consent c INDEXED BY consent_refused JOIN template t ON t.account_id = c.account_id"
        " AND t.template_id = c.template_id WHERE c.accepts = 0"},
    {"the newest word stands", "a person is not written to for what they took back later",
        "SELECT 'suppression ' || s.id FROM suppression s JOIN consent c ON c.recipient_hash = s.recipient_hash AND c.account_id = s.account_id"
        " AND c.openid = s.openid AND c.accepts = 1 AND c.at > s.since LEFT JOIN template t ON t.id = s.template_ref"
        " WHERE s.lifted_at IS NULL AND s.cause IN ('unsubscribed', 'subscription_refused') AND (c.template_id = '' OR c.template_id = t.template_id)"},
    {"idempotency", "a key is not registered for its message",
        "SELECT 'message ' || id FROM message WHERE idempotency_key IS NOT NULL"
        " AND id NOT IN (SELECT message_id FROM idempotency)"
        " UNION ALL SELECT 'message ' || m.id FROM message m NOT INDEXED CROSS JOIN batch b ON b.id = m.batch_id WHERE m.idempotency_key IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM key_owner o WHERE o.account_id = b.account_id AND o.scope = coalesce(m.key_scope, 0))"},
    {"keys of archived messages", "a key that is remembered is not registered, or its message was never archived",
        "SELECT 'message ' || k.message_id FROM kept_key k WHERE NOT EXISTS"
        " (SELECT 1 FROM idempotency i WHERE i.slot = k.slot AND i.message_id = k.message_id)"
        " UNION ALL SELECT 'message ' || k.message_id FROM kept_key k JOIN message m ON m.id = k.message_id"},
};

Result<std::optional<Violation>> run(Database &database, const Check &check) {
    auto statement = Statement::prepare(database.handle(), check.sql);
    if (!statement)
        return tl::unexpected(statement.error());
    Violation violation{check.invariant, std::string(check.meaning) + ":", 0};
    for (;;) {
        const auto row = statement->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        if (++violation.count <= 5)
            violation.detail += (violation.count == 1 ? " " : ", ") + statement->string(0);
    }
    if (violation.count == 0)
        return std::optional<Violation>{};
    if (violation.count > 5)
        violation.detail += " and " + std::to_string(violation.count - 5) + " more";
    return std::optional(std::move(violation));
}

} // namespace

Result<std::vector<Violation>> verify(Database &database) {
    std::vector<Violation> violations;
    auto quick = Statement::prepare(database.handle(), "PRAGMA quick_check(5)");
    if (!quick)
        return tl::unexpected(quick.error());
    for (;;) {
        const auto row = quick->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        if (quick->text(0) != "ok")
            violations.push_back({"file integrity", "SQLite finds damage: " + quick->string(0), 1});
    }
    // One snapshot for all checks: an engine may be writing meanwhile.
    SONGDA_TRY(database.exec("BEGIN"));
    for (const Check &check : checks) {
        auto found = run(database, check);
        if (!found) {
            static_cast<void>(database.exec("ROLLBACK"));
            return tl::unexpected(found.error());
        }
        if (*found)
            violations.push_back(std::move(**found));
    }
    const auto audit = checkAudit(database);
    SONGDA_TRY(database.exec("COMMIT"));
    if (!audit)
        return tl::unexpected(audit.error());
    if (!audit->problem.empty())
        violations.push_back({"audit chain", audit->problem, 1});
    return violations;
}

} // namespace songda::store
