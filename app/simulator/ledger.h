// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/ledger_shard.h"

#include <array>
#include <atomic>
#include <mutex>

namespace songda::simulator {

struct LedgerSettings {
    /// How long a client_msg_id is remembered after it was shown (wechat-api.md section 3.2).
    std::chrono::milliseconds window{std::chrono::seconds{600}};
    /// Wire copies kept one by one; later ones are still counted and de-duplicated.
    std::size_t keptCopies = 10'000'000;
};

/// The simulator's truth: every POST that arrived and every message a person was shown. Thread-safe; split
/// into parts by openid so that two server threads seldom meet at a lock.
class Ledger {
public:
    explicit Ledger(LedgerSettings settings, TimePoint start);

    /// Records a POST and decides whether it is a repeat.
    LedgerVerdict add(const LedgerEntry &entry, TimePoint now);
    /// POSTs seen so far for an openid.
    std::uint32_t wireCopiesOf(std::string_view openid) const;

    LedgerSummary summary() const;
    std::vector<LedgerRecord> received(std::string_view openid) const;
    void reset();

    /// Walks over all messages in pieces, so that a long export never holds a lock for long.
    struct Cursor {
        std::size_t shard = 0;
        std::size_t message = 0;
    };
    /// The next piece, without wire copies; empty at the end.
    std::vector<LedgerRecord> next(Cursor &cursor, std::size_t most) const;

private:
    static constexpr std::size_t shardCount = 64;

    struct Part {
        mutable std::mutex mutex; // guards shard
        LedgerShard shard;
    };

    Part &partOf(std::uint64_t openidHash) { return m_parts[(openidHash >> 56) % shardCount]; }
    const Part &partOf(std::uint64_t openidHash) const { return m_parts[(openidHash >> 56) % shardCount]; }
    std::uint64_t freshMsgid();

    const LedgerSettings m_settings;
    const std::uint64_t m_firstMsgid;
    std::atomic<std::uint64_t> m_msgids{0};
    std::array<Part, shardCount> m_parts;
};

} // namespace songda::simulator
