// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/index_table.h"
#include "app/simulator/ledger_types.h"
#include "app/simulator/outcomes.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

/// One POST as the ledger is told of it.
struct LedgerEntry {
    std::string_view openid; ///< empty if the body could not be read
    std::string_view clientMsgId;
    std::uint64_t bodyHash = 0;
    Outcome outcome; ///< what would be done with a first copy
    Outcome ifDuplicate; ///< what is done instead with a repeat inside the window
};

/// What became of it.
struct LedgerVerdict {
    std::uint64_t msgid = 0; ///< of this message; 0 if it was not accepted
    bool duplicate = false;
};

/// A part of the ledger: all that concerns the openids whose hash falls to it. Not thread-safe; the ledger
/// locks.
class LedgerShard {
public:
    /// `freshMsgid` is used if the person is shown a copy. `keepCopy` false leaves out the wire copy's own
    /// record.
    LedgerVerdict add(const LedgerEntry &entry, std::uint64_t openidHash, TimePoint now,
        std::chrono::milliseconds window, std::uint64_t freshMsgid, bool keepCopy);

    /// POSTs seen so far for an openid.
    std::uint32_t wireCopiesOf(std::string_view openid, std::uint64_t openidHash) const;
    std::vector<LedgerRecord> recordsOf(std::string_view openid, std::uint64_t openidHash) const;

    std::size_t messageCount() const { return m_messages.size(); }
    /// The record of a message by number, without its wire copies.
    LedgerRecord message(std::size_t number) const;
    std::size_t keptCopies() const { return m_copies.size(); }
    void addTo(LedgerSummary &summary, std::map<std::uint64_t, std::uint64_t> &answers) const;

private:
    static constexpr std::uint32_t none = 0xffffffff;

    struct Text {
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
    };
    struct Recipient {
        Text openid;
        std::uint32_t firstMessage = none;
        std::uint32_t lastMessage = none;
        std::uint32_t wireCopies = 0;
        std::uint32_t userCopies = 0;
    };
    struct Message {
        std::uint64_t msgid = 0;
        std::uint64_t firstHash = 0;
        std::int64_t acceptedAt = 0; ///< start of the window, Unix ms
        Text clientMsgId;
        std::uint32_t recipient = none;
        std::uint32_t nextOfRecipient = none;
        std::uint32_t firstCopy = none;
        std::uint32_t lastCopy = none;
        std::uint32_t wireCopies = 0;
        std::uint32_t userCopies : 31 = 0;
        std::uint32_t bodiesDiffer : 1 = 0;
    };
    struct Copy {
        std::uint64_t msgid = 0;
        std::uint64_t bodyHash = 0;
        std::int64_t at = 0; ///< Unix ms
        std::uint64_t answer = 0; ///< packed outcome
        std::uint32_t next = none;
    };

    std::string_view text(Text text) const { return {m_texts.data() + text.offset, text.length}; }
    Text keep(std::string_view text);
    std::optional<std::uint32_t> findRecipient(std::string_view openid, std::uint64_t hash) const;
    std::uint32_t recipientOf(std::string_view openid, std::uint64_t hash);
    std::uint32_t messageOf(std::uint32_t recipient, std::string_view clientMsgId, std::uint64_t openidHash);
    void show(Message &message, Recipient &recipient, std::uint32_t index);
    void keepCopy(
        Message &message, const LedgerEntry &entry, const Outcome &done, TimePoint now, std::uint64_t msgid);

    std::vector<char> m_texts;
    std::deque<Recipient> m_recipients;
    std::deque<Message> m_messages;
    std::deque<Copy> m_copies;
    IndexTable m_recipientIndex;
    IndexTable m_messageIndex;

    std::uint64_t m_wireCopies = 0;
    std::uint64_t m_userCopies = 0;
    std::uint64_t m_duplicates = 0;
    std::uint64_t m_mismatches = 0;
    std::uint64_t m_withoutId = 0;
    std::uint64_t m_recipientsShown = 0;
    std::uint64_t m_shownMoreThanOne = 0;
    std::vector<std::uint32_t> m_twice; ///< messages shown more than once, in that order
    std::map<std::uint64_t, std::uint64_t> m_answers; ///< by packed outcome
};

/// An outcome in one number without its parameter, and back.
std::uint64_t packOutcome(const Outcome &outcome);
Outcome unpackOutcome(std::uint64_t packed);

} // namespace songda::simulator
