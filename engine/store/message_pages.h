// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/attempt.h"
#include "engine/model/queries.h"
#include "engine/store/database.h"
#include "engine/store/page_plan.h"

#include <map>
#include <vector>

namespace songda::store {

/// A page of messages, newest first. The cost does not grow with the depth of the page.
Result<Page> readPage(Database &database, const PageRequest &request);

/// One message with everything but its attempts; NotFound names the id.
Result<Message> readMessage(Database &database, MessageId id);
/// Where messages stand, for those that exist.
Result<std::map<MessageId, MessageState>> readStates(Database &database, const std::vector<MessageId> &ids);
/// All attempts of a message, newest first.
Result<std::vector<Attempt>> readAttempts(Database &database, MessageId id);

/// The 32 hex digits under which a message is traced (W3C trace-id): this profile's number and the
/// message id, so that a trace id finds its message without an index.
std::string traceIdOf(std::int64_t profileNonce, MessageId id);
std::optional<MessageId> messageOfTraceId(std::int64_t profileNonce, std::string_view traceId);
/// This profile's random number; made when the profile was.
Result<std::int64_t> profileNonce(Database &database);

/// A WHERE clause over `message m` (with `batch b` joined) for a filter, and how to bind it. Only numbers
/// of ours are written into the text; everything from outside is bound.
class FilterClause {
public:
    explicit FilterClause(const NarrowFilter &filter);
    const std::string &sql() const { return m_sql; }
    /// What the filter wants of one attempt, over `attempt` under this alias; empty: nothing.
    std::string failedSql(const std::string &alias) const;
    /// Binds from ?`firstIndex` on; returns the next free index.
    int bind(Statement &statement, int firstIndex) const;
    /// Parameters are written ?101, ?102 ...: clear of the caller's own.
    static constexpr int firstParameter = 101;

private:
    void add(const std::string &condition) { m_sql += " AND " + condition; }
    std::string parameter(std::string value);
    std::string parameter(std::int64_t value);
    /// What a column is compared with to be one of the causes of MessageFilter::cause.
    std::string oneOf(const std::string &causes);

    std::string m_sql;
    std::string m_failedWith; ///< what its cause is compared with, empty: any cause
    std::optional<WallTime> m_failedFrom, m_failedTo;
    bool m_failed = false;
    std::vector<std::optional<std::string>> m_texts;
    std::vector<std::int64_t> m_numbers;
};

} // namespace songda::store
