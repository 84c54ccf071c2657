// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/ledger.h"

#include "app/simulator/random.h"

#include <algorithm>

namespace songda::simulator {

namespace {

std::uint64_t openidHash(std::string_view openid) {
    return mix64(hash64(openid));
}

/// Real ids have 19 digits and begin with the time (wechat-api.md section 1).
std::uint64_t firstMsgidAt(TimePoint start) {
    const auto seconds
        = static_cast<std::uint64_t>(std::max<std::int64_t>(unixSeconds(start), 1'000'000'000));
    return seconds * 1'000'000'000ULL + 1;
}

} // namespace

Ledger::Ledger(LedgerSettings settings, TimePoint start)
    : m_settings(settings)
    , m_firstMsgid(firstMsgidAt(start)) { }

std::uint64_t Ledger::freshMsgid() {
    // Odd and above 2^53: a client that passes it through a double cannot give the same number back.
    return m_firstMsgid + 2 * m_msgids.fetch_add(1, std::memory_order_relaxed);
}

LedgerVerdict Ledger::add(const LedgerEntry &entry, TimePoint now) {
    const std::uint64_t hash = openidHash(entry.openid);
    Part &part = partOf(hash);
    const std::lock_guard lock{part.mutex};
    const bool keepCopy = part.shard.keptCopies() < m_settings.keptCopies / shardCount + 1;
    return part.shard.add(entry, hash, now, m_settings.window, freshMsgid(), keepCopy);
}

std::uint32_t Ledger::wireCopiesOf(std::string_view openid) const {
    const std::uint64_t hash = openidHash(openid);
    const Part &part = partOf(hash);
    const std::lock_guard lock{part.mutex};
    return part.shard.wireCopiesOf(openid, hash);
}

LedgerSummary Ledger::summary() const {
    LedgerSummary summary;
    std::map<std::uint64_t, std::uint64_t> answers;
    for (const Part &part : m_parts) {
        const std::lock_guard lock{part.mutex};
        part.shard.addTo(summary, answers);
    }
    for (const auto &[answer, count] : answers) {
        summary.byAnswer[outcomeName(unpackOutcome(answer))] += count;
    }
    return summary;
}

std::vector<LedgerRecord> Ledger::received(std::string_view openid) const {
    const std::uint64_t hash = openidHash(openid);
    const Part &part = partOf(hash);
    const std::lock_guard lock{part.mutex};
    return part.shard.recordsOf(openid, hash);
}

void Ledger::reset() {
    for (Part &part : m_parts) {
        const std::lock_guard lock{part.mutex};
        part.shard = LedgerShard{};
    }
}

std::vector<LedgerRecord> Ledger::next(Cursor &cursor, std::size_t most) const {
    std::vector<LedgerRecord> records;
    while (cursor.shard < shardCount && records.empty()) {
        const Part &part = m_parts[cursor.shard];
        const std::lock_guard lock{part.mutex};
        const std::size_t end = std::min(cursor.message + most, part.shard.messageCount());
        for (; cursor.message < end; ++cursor.message) {
            records.push_back(part.shard.message(cursor.message));
        }
        if (records.empty()) {
            ++cursor.shard;
            cursor.message = 0;
        }
    }
    return records;
}

} // namespace songda::simulator
