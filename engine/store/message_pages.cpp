// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/message_pages.h"

#include "engine/model/hash.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace songda::store {

namespace {

constexpr const char *rowColumns
    = "m.id, b.account_id, b.template_ref, m.batch_id, m.openid, m.state, m.attempts, m.errcode, m.cause,"
      " m.error_class, m.msgid, m.idempotency_key, m.created_at, m.due_at, m.first_sent_at, m.finished_at,"
      " m.ambiguous_wall, m.ambiguous_steady, m.ambiguous_run, b.name";
constexpr int rowColumnCount = 20;

void readRow(const Statement &s, MessageRow &row) {
    row.id = s.id<MessageId>(0);
    row.account = s.id<AccountId>(1);
    row.templateRef = s.id<TemplateRef>(2);
    row.batch = s.id<BatchId>(3);
    row.openid = s.string(4);
    row.state = messageStateFromNumber(s.integer(5)).value_or(MessageState::Held);
    row.attempts = static_cast<int>(s.integer(6));
    row.errcode = s.optionalInteger(7);
    row.cause = s.string(8);
    row.errorClass = s.isNull(9) ? std::nullopt : errorClassFromNumber(s.integer(9));
    row.msgid = s.string(10);
    row.idempotencyKey = s.string(11);
    row.createdAt = s.time(12);
    row.dueAt = s.time(13);
    row.firstSentAt = s.optionalTime(14);
    row.finishedAt = s.optionalTime(15);
    if (!s.isNull(16))
        row.ambiguous = AmbiguousSince{s.time(16), SteadyTime{Micros{s.integer(17)}}, s.id<RunId>(18)};
    row.batchName = s.string(19);
}

// All of them: ?1 the newest and ?3 the oldest id, ?2 how many.
std::string selectOfRun(const MessageRun &run, const FilterClause &clause) {
    return std::string("SELECT ") + rowColumns + " FROM message m " + run.index
        + " CROSS JOIN batch b ON b.id = m.batch_id WHERE m.id <= ?1 AND m.id >= ?3" + run.where + clause.sql() + " ORDER BY m.id DESC LIMIT ?2";
}

/// The messages of an act lie together in its list, newest last: read from there, a page costs the same at any depth.
std::string selectOfAct(const std::string &act, const FilterClause &clause) {
    return std::string("SELECT ") + rowColumns
        + " FROM audit_item touched CROSS JOIN message m ON m.id = touched.message_id CROSS JOIN batch b ON b.id = m.batch_id"
          " WHERE touched.audit_id = " + act + " AND touched.message_id <= ?1 AND touched.message_id >= ?3" + clause.sql()
        + " ORDER BY touched.message_id DESC LIMIT ?2";
}

/// Failed attempts are few and in order of their messages. Of several of a message the last one stands for it.
std::string selectOfFailed(const FilterClause &clause) {
    return std::string("SELECT ") + rowColumns
        + " FROM attempt tried INDEXED BY attempt_failed CROSS JOIN message m ON m.id = tried.message_id CROSS JOIN batch b ON b.id = m.batch_id"
          " WHERE tried.message_id <= ?1 AND tried.message_id >= ?3"
        + clause.failedSql("tried") + " AND tried.n = (SELECT max(f.n) FROM attempt f WHERE f.message_id = tried.message_id" + clause.failedSql("f") + ")"
        + clause.sql() + " ORDER BY tried.message_id DESC LIMIT ?2";
}

std::string actOf(ReplayId replay) { return "(SELECT audit_id FROM replay WHERE id = " + std::to_string(replay.value) + ")"; }

std::string touchedBy(const std::string &act) { return "m.id IN (SELECT message_id FROM audit_item WHERE audit_id = " + act + ")"; }

/// The nonce of the profile and the message a trace id is made of.
std::optional<std::pair<std::int64_t, MessageId>> partsOfTraceId(std::string_view traceId) {
    if (traceId.size() != 32)
        return std::nullopt;
    unsigned long long halves[2]{};
    for (int i : {0, 1}) {
        const char *begin = traceId.data() + 16 * i;
        const auto [end, error] = std::from_chars(begin, begin + 16, halves[i], 16);
        if (error != std::errc{} || end != begin + 16)
            return std::nullopt;
    }
    const std::pair parts(static_cast<std::int64_t>(halves[0]), MessageId{static_cast<std::int64_t>(halves[1])});
    return traceIdOf(parts.first, parts.second) == traceId ? std::optional(parts) : std::nullopt;
}

} // namespace

std::string FilterClause::parameter(std::string value) {
    m_texts.emplace_back(std::move(value));
    m_numbers.push_back(0);
    return "?" + std::to_string(firstParameter + static_cast<int>(m_texts.size()) - 1);
}

std::string FilterClause::parameter(std::int64_t value) {
    m_texts.emplace_back(std::nullopt);
    m_numbers.push_back(value);
    return "?" + std::to_string(firstParameter + static_cast<int>(m_texts.size()) - 1);
}

std::string FilterClause::oneOf(const std::string &causes) {
    std::string list;
    const auto each = causesOf(causes);
    for (const std::string &cause : each)
        list += (list.empty() ? "" : ", ") + parameter(cause);
    return each.size() == 1 ? " = " + list : " IN (" + list + ")";
}

FilterClause::FilterClause(const NarrowFilter &narrow) {
    const MessageFilter &f = narrow.filter;
    if (!narrow.range.isAll())
        add("m.id BETWEEN " + std::to_string(narrow.range.first) + " AND " + std::to_string(narrow.range.last));
    if (!f.states.empty()) {
        std::string list;
        for (const MessageState s : f.states)
            list += (list.empty() ? "" : ", ") + std::to_string(static_cast<int>(s));
        add("m.state IN (" + list + ")");
    }
    if (f.account)
        add("b.account_id = " + std::to_string(f.account->value));
    if (f.templateRef)
        add("b.template_ref = " + std::to_string(f.templateRef->value));
    if (f.batch)
        add("m.batch_id = " + std::to_string(f.batch->value));
    if (!f.cause.empty())
        add("m.cause" + oneOf(f.cause));
    if (!f.openid.empty())
        add("m.recipient_hash = " + parameter(storedHash(f.openid)) + " AND m.openid = " + parameter(f.openid));
    if (f.recipientOf) {
        const std::string of = " FROM message WHERE id = " + std::to_string(f.recipientOf->value) + ")";
        add("m.recipient_hash = (SELECT recipient_hash" + of + " AND m.openid = (SELECT openid" + of);
    }
    if (!f.idempotencyKey.empty())
        add("m.idempotency_key = " + parameter(f.idempotencyKey));
    if (!f.msgid.empty())
        add("m.msgid = " + parameter(f.msgid));
    if (!f.number.empty()) {
        const std::string number = parameter(f.number);
        add("(m.id = CAST(" + number + " AS INTEGER) OR m.msgid = " + number + " OR m.idempotency_key = " + number + ")");
    }
    if (!f.traceId.empty()) {
        // It says which message of which profile; one of another profile matches nothing here.
        const auto trace = partsOfTraceId(f.traceId);
        add(trace ? "m.id = " + std::to_string(trace->second.value) + " AND (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'profile_nonce') = "
                        + std::to_string(trace->first)
                  : "0");
    }
    if (!f.ids.empty()) {
        std::string list;
        for (const MessageId id : f.ids)
            list += (list.empty() ? "" : ", ") + std::to_string(id.value);
        add("m.id IN (" + list + ")");
    }
    if (f.replay)
        add(touchedBy(actOf(*f.replay)));
    if (f.act)
        add(touchedBy(std::to_string(f.act->value)));
    if (f.discarded)
        add("m.discarded_at IS NOT NULL");
    if (f.createdFrom)
        add("m.created_at >= " + std::to_string(toMillis(*f.createdFrom)));
    if (f.createdTo)
        add("m.created_at < " + std::to_string(toMillis(*f.createdTo)));
    if (f.endedFrom)
        add("m.finished_at >= " + std::to_string(toMillis(*f.endedFrom)));
    if (f.endedTo)
        add("m.finished_at < " + std::to_string(toMillis(*f.endedTo)));
    m_failed = !f.failedWith.empty() || f.failedFrom || f.failedTo;
    if (m_failed) {
        if (!f.failedWith.empty() && f.failedWith != MessageFilter::anyCause)
            m_failedWith = oneOf(f.failedWith);
        m_failedFrom = f.failedFrom;
        m_failedTo = f.failedTo;
        add("EXISTS (SELECT 1 FROM attempt f WHERE f.message_id = m.id" + failedSql("f") + ")");
    }
}

std::string FilterClause::failedSql(const std::string &alias) const {
    if (!m_failed)
        return {};
    // The first condition is that of the index of the few.
    std::string sql = " AND " + alias + ".cause IS NOT NULL";
    if (!m_failedWith.empty())
        sql += " AND " + alias + ".cause" + m_failedWith;
    if (m_failedFrom)
        sql += " AND " + alias + ".finished_at >= " + std::to_string(toMillis(*m_failedFrom));
    if (m_failedTo)
        sql += " AND " + alias + ".finished_at < " + std::to_string(toMillis(*m_failedTo));
    return sql;
}

int FilterClause::bind(Statement &statement, int firstIndex) const {
    int index = firstIndex;
    for (std::size_t i = 0; i < m_texts.size(); ++i, ++index) {
        if (m_texts[i])
            statement.bind(index, std::string_view(*m_texts[i]));
        else
            statement.bind(index, m_numbers[i]);
    }
    return index;
}

namespace {

/// Rows newest first, at most one more than a page has: that one tells that there is another page.
class PageRows {
public:
    explicit PageRows(int limit)
        : m_limit(static_cast<std::size_t>(limit)) {}

    /// What is older than this is not wanted any more.
    std::int64_t oldestWanted() const { return m_rows.size() > m_limit ? m_rows.back().id.value + 1 : 1; }
    /// How many rows can still be of use.
    int wanted() const { return static_cast<int>(m_limit) + 1; }

    Result<void> take(Statement &statement) {
        const auto before = static_cast<std::ptrdiff_t>(m_rows.size());
        for (;;) {
            const auto step = statement.step();
            if (!step)
                return tl::unexpected(step.error());
            if (!*step)
                break;
            readRow(statement, m_rows.emplace_back());
        }
        const auto newer = [](const MessageRow &a, const MessageRow &b) { return b.id < a.id; };
        std::inplace_merge(m_rows.begin(), m_rows.begin() + before, m_rows.end(), newer);
        if (m_rows.size() > m_limit + 1)
            m_rows.resize(m_limit + 1);
        return {};
    }

    Page finished() && {
        Page page;
        page.more = m_rows.size() > m_limit;
        if (page.more)
            m_rows.pop_back();
        page.rows = std::move(m_rows);
        return page;
    }

private:
    std::size_t m_limit;
    std::vector<MessageRow> m_rows;
};

/// A page of one list, whose SQL is given.
Result<Page> readList(Database &database, const std::string &sql, const FilterClause &clause, IdRange range, int limit) {
    auto statement = Statement::prepare(database.handle(), sql);
    if (!statement)
        return tl::unexpected(statement.error());
    PageRows rows(limit);
    statement->bindAll(range.last, rows.wanted(), range.first);
    clause.bind(*statement, FilterClause::firstParameter);
    SONGDA_TRY(rows.take(*statement));
    return std::move(rows).finished();
}

/// A page put together from runs. Those that reach the newest ids come first, so that most of the others are never read.
Result<Page> readRuns(Database &database, std::vector<MessageRun> runs, const FilterClause &clause, IdRange range, int limit) {
    for (MessageRun &run : runs)
        run.range = run.range.within(range);
    std::stable_sort(runs.begin(), runs.end(), [](const MessageRun &a, const MessageRun &b) { return a.range.last > b.range.last; });
    std::map<std::pair<const char *, const char *>, Statement> statements;
    PageRows rows(limit);
    for (const MessageRun &run : runs) {
        const std::int64_t oldest = std::max(run.range.first, rows.oldestWanted());
        if (run.range.last < oldest)
            continue;
        Statement &s = statements[{run.index, run.where}];
        if (!s.isPrepared()) {
            auto prepared = Statement::prepare(database.handle(), selectOfRun(run, clause));
            if (!prepared)
                return tl::unexpected(prepared.error());
            s = std::move(*prepared);
        }
        s.bindAll(run.range.last, rows.wanted(), oldest, run.batch, run.state, run.cause);
        clause.bind(s, FilterClause::firstParameter);
        SONGDA_TRY(rows.take(s));
    }
    return std::move(rows).finished();
}

} // namespace

Result<Page> readPage(Database &database, const PageRequest &request) {
    const int limit = std::clamp(request.limit, 1, 10000);
    ReadSnapshot snapshot(database);
    SONGDA_TRY(snapshot.begin());
    auto narrowed = narrow(database, request.filter);
    if (!narrowed)
        return tl::unexpected(narrowed.error());
    MessageFilter &filter = narrowed->filter;
    std::string act;
    if (filter.replay)
        act = actOf(*std::exchange(filter.replay, std::nullopt));
    else if (filter.act)
        act = std::to_string(std::exchange(filter.act, std::nullopt)->value);
    const FilterClause clause(*narrowed);
    const IdRange older{1, request.before.value_or(MessageId{INT64_MAX}).value - (request.before ? 1 : 0)};
    if (!act.empty())
        return readList(database, selectOfAct(act, clause), clause, older.within(narrowed->range), limit);
    const bool byFailed = (!filter.failedWith.empty() || filter.failedFrom || filter.failedTo) && filter.openid.empty() && !filter.recipientOf && filter.ids.empty()
        && filter.msgid.empty() && filter.traceId.empty();
    if (byFailed) {
        const auto range = rangeOfBatches(database, *narrowed);
        if (!range)
            return tl::unexpected(range.error());
        return readList(database, selectOfFailed(clause), clause, older.within(*range), limit);
    }
    auto runs = planRuns(database, *narrowed);
    if (!runs)
        return tl::unexpected(runs.error());
    return readRuns(database, std::move(*runs), clause, older, limit);
}

Result<Message> readMessage(Database &database, MessageId id) {
    static const std::string sql = std::string("SELECT ") + rowColumns
        + ", a.name, t.template_id, t.title, m.client_msg_id, p.content, coalesce(m.created_by, b.created_by),"
          " m.life, m.crashes, m.expires_at, m.report_status,"
          " m.reported_at FROM message m JOIN batch b ON b.id = m.batch_id JOIN account a ON a.id = b.account_id"
          " JOIN template t ON t.id = b.template_ref LEFT JOIN payload p ON p.message_id = m.id WHERE m.id = ?1";
    const auto nonce = profileNonce(database);
    if (!nonce)
        return tl::unexpected(nonce.error());
    auto found = Statement::prepare(database.handle(), sql);
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = *found;
    s.bindAll(id);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return fail(ErrorCode::NotFound, "there is no message " + std::to_string(id.value));
    Message m;
    readRow(s, m);
    int c = rowColumnCount;
    m.accountName = s.string(c++);
    m.templateId = s.string(c++);
    m.templateTitle = s.string(c++);
    m.clientMsgId = s.string(c++);
    m.content = s.string(c++);
    m.createdBy = s.string(c++);
    m.life = static_cast<int>(s.integer(c++));
    m.crashes = static_cast<int>(s.integer(c++));
    m.expiresAt = s.optionalTime(c++);
    m.reportStatus = s.string(c++);
    m.reportedAt = s.optionalTime(c++);
    m.traceId = traceIdOf(*nonce, id);
    return m;
}

Result<std::map<MessageId, MessageState>> readStates(Database &database, const std::vector<MessageId> &ids) {
    auto found = database.cached("SELECT state FROM message WHERE id = ?1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    std::map<MessageId, MessageState> states;
    for (const MessageId id : ids) {
        s.bindAll(id);
        const StatementScope scope(s);
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (const auto state = *row ? messageStateFromNumber(s.integer(0)) : std::nullopt)
            states.emplace(id, *state);
    }
    return states;
}

Result<std::vector<Attempt>> readAttempts(Database &database, MessageId id) {
    return database.all(
        "SELECT a.n, a.life, a.run_id, coalesce(r.node, ''), a.phase, a.started_at, a.finished_at, a.http_status,"
        " a.errcode, a.errmsg, a.rid, a.cause, a.error_class, a.excerpt, a.latency_us, a.counted"
        " FROM attempt a LEFT JOIN run r ON r.id = a.run_id WHERE a.message_id = ?1 ORDER BY a.n DESC",
        [id](const Statement &s) {
            Attempt a;
            a.message = id;
            a.number = static_cast<int>(s.integer(0));
            a.life = static_cast<int>(s.integer(1));
            a.run = s.id<RunId>(2);
            a.node = s.string(3);
            a.phase = static_cast<AttemptPhase>(s.integer(4));
            a.startedAt = s.time(5);
            a.finishedAt = s.optionalTime(6);
            a.httpStatus = static_cast<int>(s.integer(7));
            a.errcode = s.optionalInteger(8);
            a.errmsg = s.string(9);
            a.rid = s.string(10);
            a.cause = s.string(11);
            a.errorClass = s.isNull(12) ? std::nullopt : errorClassFromNumber(s.integer(12));
            a.excerpt = s.string(13);
            a.latency = Micros{s.integer(14)};
            a.counted = s.integer(15) != 0;
            return a;
        },
        id);
}

std::string traceIdOf(std::int64_t profileNonce, MessageId id) {
    char text[40];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(profileNonce),
        static_cast<unsigned long long>(id.value));
    return text;
}

std::optional<MessageId> messageOfTraceId(std::int64_t profileNonce, std::string_view traceId) {
    const auto parts = partsOfTraceId(traceId);
    return parts && parts->first == profileNonce ? std::optional(parts->second) : std::nullopt;
}

Result<std::int64_t> profileNonce(Database &database) {
    return database.number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'profile_nonce'");
}

} // namespace songda::store
