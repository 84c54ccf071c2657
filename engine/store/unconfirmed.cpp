// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/unconfirmed.h"

#include <algorithm>
#include <limits>

namespace songda::store {

SentScan::SentScan(const std::vector<AccountId> &accounts, WallTime since, std::size_t most, int step)
    : m_since(since)
    , m_most(most)
    , m_step(step) {
    for (const AccountId account : accounts)
        m_sent[account];
}

Result<bool> SentScan::readOn(Database &database) {
    const auto found = database.cached("SELECT m.id, b.account_id, m.state, m.finished_at, m.reported_at, m.report_status IS NOT NULL"
                                       " FROM message m NOT INDEXED CROSS JOIN batch b ON b.id = m.batch_id WHERE m.id < ?1 ORDER BY m.id DESC LIMIT ?2");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(m_before.value_or(MessageId{std::numeric_limits<std::int64_t>::max()}), m_step);
    const StatementScope scope(s);
    int rows = 0;
    bool recent = false;
    for (;; ++rows) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        m_before = s.id<MessageId>(0);
        const auto state = messageStateFromNumber(s.integer(2)).value_or(MessageState::Queued);
        const auto finished = s.optionalTime(3);
        if (isTerminal(state) && (!finished || *finished < m_since))
            continue;
        recent = true;
        const bool sent = state == MessageState::Accepted || state == MessageState::Delivered || state == MessageState::Undelivered;
        if (!sent || !finished)
            continue;
        const auto of = m_sent.find(s.id<AccountId>(1));
        if (of != m_sent.end() && of->second.size() < m_most)
            of->second.push_back({s.id<MessageId>(0), *finished, s.integer(5) != 0 ? s.optionalTime(4) : std::nullopt});
    }
    const bool full = std::all_of(m_sent.begin(), m_sent.end(), [this](const auto &entry) { return entry.second.size() >= m_most; });
    return rows == m_step && recent && !full;
}

std::vector<SentMessage> SentScan::of(AccountId account) {
    auto &sent = m_sent[account];
    std::sort(sent.begin(), sent.end(), [](const SentMessage &a, const SentMessage &b) {
        return a.acceptedAt != b.acceptedAt ? a.acceptedAt < b.acceptedAt : a.id < b.id;
    });
    return std::move(sent);
}

Result<std::optional<WallTime>> readLastReport(Database &database, AccountId account) {
    return database.first("SELECT received_at FROM report INDEXED BY report_account WHERE account_id = ?1 ORDER BY id DESC LIMIT 1",
        [](const Statement &s) { return s.time(0); }, account);
}

Result<std::vector<UnconfirmedMessage>> readUnconfirmed(Database &database, const std::vector<SentMessage> &messages) {
    std::vector<UnconfirmedMessage> list;
    for (const SentMessage &message : messages) {
        auto one = database.first("SELECT openid, coalesce(msgid, '') FROM message WHERE id = ?1",
            [&message](const Statement &s) { return UnconfirmedMessage{message.id, s.string(0), s.string(1), message.acceptedAt}; }, message.id);
        if (!one)
            return tl::unexpected(one.error());
        if (*one) // not archived meanwhile
            list.push_back(std::move(**one));
    }
    return list;
}

} // namespace songda::store
