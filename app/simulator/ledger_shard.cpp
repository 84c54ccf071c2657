// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/ledger_shard.h"

#include "app/simulator/random.h"

#include <algorithm>

namespace songda::simulator {

namespace {

constexpr std::size_t twiceListed = 100;

TimePoint timeOf(std::int64_t milliseconds) {
    return TimePoint{std::chrono::milliseconds{milliseconds}};
}

} // namespace

std::uint64_t packOutcome(const Outcome &outcome) {
    return (static_cast<std::uint64_t>(outcome.kind) << 40)
        | (static_cast<std::uint64_t>(outcome.recorded) << 32) | static_cast<std::uint32_t>(outcome.code);
}

Outcome unpackOutcome(std::uint64_t packed) {
    return {static_cast<OutcomeKind>((packed >> 40) & 0xff), ((packed >> 32) & 1) != 0,
        static_cast<int>(static_cast<std::uint32_t>(packed)), 0};
}

LedgerShard::Text LedgerShard::keep(std::string_view text) {
    const Text kept{static_cast<std::uint32_t>(m_texts.size()), static_cast<std::uint32_t>(text.size())};
    m_texts.insert(m_texts.end(), text.begin(), text.end());
    return kept;
}

std::optional<std::uint32_t> LedgerShard::findRecipient(std::string_view openid, std::uint64_t hash) const {
    return m_recipientIndex.find(
        hash, [&](std::uint32_t index) { return text(m_recipients[index].openid) == openid; });
}

std::uint32_t LedgerShard::recipientOf(std::string_view openid, std::uint64_t hash) {
    if (const auto known = findRecipient(openid, hash)) {
        return *known;
    }
    const auto index = static_cast<std::uint32_t>(m_recipients.size());
    m_recipients.push_back({keep(openid), none, none, 0, 0});
    m_recipientIndex.insert(hash, index);
    return index;
}

std::uint32_t LedgerShard::messageOf(
    std::uint32_t recipient, std::string_view clientMsgId, std::uint64_t openidHash) {
    const std::uint64_t hash = mix64(hash64(clientMsgId, openidHash));
    const auto known = m_messageIndex.find(hash, [&](std::uint32_t index) {
        const Message &message = m_messages[index];
        return message.recipient == recipient && text(message.clientMsgId) == clientMsgId;
    });
    if (known) {
        return *known;
    }
    const auto index = static_cast<std::uint32_t>(m_messages.size());
    Message message;
    message.clientMsgId = keep(clientMsgId);
    message.recipient = recipient;
    m_messages.push_back(message);
    m_messageIndex.insert(hash, index);
    Recipient &owner = m_recipients[recipient];
    if (owner.lastMessage == none) {
        owner.firstMessage = index;
    } else {
        m_messages[owner.lastMessage].nextOfRecipient = index;
    }
    owner.lastMessage = index;
    return index;
}

void LedgerShard::show(Message &message, Recipient &recipient, std::uint32_t index) {
    ++message.userCopies;
    ++recipient.userCopies;
    ++m_userCopies;
    m_recipientsShown += recipient.userCopies == 1 ? 1 : 0;
    m_shownMoreThanOne += recipient.userCopies == 2 ? 1 : 0;
    if (message.userCopies == 2 && message.clientMsgId.length > 0) {
        m_twice.push_back(index);
    }
}

void LedgerShard::keepCopy(
    Message &message, const LedgerEntry &entry, const Outcome &done, TimePoint now, std::uint64_t msgid) {
    const auto index = static_cast<std::uint32_t>(m_copies.size());
    m_copies.push_back({msgid, entry.bodyHash, now.time_since_epoch().count(), packOutcome(done), none});
    if (message.lastCopy == none) {
        message.firstCopy = index;
    } else {
        m_copies[message.lastCopy].next = index;
    }
    message.lastCopy = index;
}

LedgerVerdict LedgerShard::add(const LedgerEntry &entry, std::uint64_t openidHash, TimePoint now,
    std::chrono::milliseconds window, std::uint64_t freshMsgid, bool keepIt) {
    ++m_wireCopies;
    if (entry.openid.empty()) {
        ++m_answers[packOutcome(entry.outcome)];
        return {};
    }
    const bool hasId = !entry.clientMsgId.empty();
    m_withoutId += hasId ? 0 : 1;
    const std::uint32_t recipientIndex = recipientOf(entry.openid, openidHash);
    const std::uint32_t index = messageOf(recipientIndex, entry.clientMsgId, openidHash);
    Recipient &recipient = m_recipients[recipientIndex];
    Message &message = m_messages[index];
    ++recipient.wireCopies;
    if (message.wireCopies++ == 0) {
        message.firstHash = entry.bodyHash;
    } else if (hasId && message.firstHash != entry.bodyHash && !message.bodiesDiffer) {
        message.bodiesDiffer = 1;
        ++m_mismatches;
    }

    LedgerVerdict verdict;
    Outcome done = entry.outcome;
    if (entry.outcome.recorded) {
        verdict.duplicate = hasId && message.msgid != 0 && now < timeOf(message.acceptedAt) + window;
        if (verdict.duplicate) {
            ++m_duplicates;
            done = entry.ifDuplicate;
        } else {
            message.msgid = freshMsgid;
            message.acceptedAt = now.time_since_epoch().count();
            if (entry.outcome.kind != OutcomeKind::Intercepted) {
                show(message, recipient, index);
            }
        }
        verdict.msgid = message.msgid;
    }
    ++m_answers[packOutcome(done)];
    if (keepIt) {
        keepCopy(message, entry, done, now, verdict.msgid);
    }
    return verdict;
}

std::uint32_t LedgerShard::wireCopiesOf(std::string_view openid, std::uint64_t openidHash) const {
    const auto known = findRecipient(openid, openidHash);
    return known ? m_recipients[*known].wireCopies : 0;
}

LedgerRecord LedgerShard::message(std::size_t number) const {
    const Message &message = m_messages[number];
    return {std::string{text(m_recipients[message.recipient].openid)}, std::string{text(message.clientMsgId)},
        message.wireCopies, message.userCopies, message.msgid, message.bodiesDiffer != 0, {}};
}

std::vector<LedgerRecord> LedgerShard::recordsOf(std::string_view openid, std::uint64_t openidHash) const {
    std::vector<LedgerRecord> records;
    const auto known = findRecipient(openid, openidHash);
    if (!known) {
        return records;
    }
    for (std::uint32_t i = m_recipients[*known].firstMessage; i != none; i = m_messages[i].nextOfRecipient) {
        LedgerRecord record = message(i);
        for (std::uint32_t k = m_messages[i].firstCopy; k != none; k = m_copies[k].next) {
            const Copy &copy = m_copies[k];
            record.copies.push_back(
                {timeOf(copy.at), outcomeName(unpackOutcome(copy.answer)), copy.bodyHash, copy.msgid});
        }
        records.push_back(std::move(record));
    }
    return records;
}

void LedgerShard::addTo(LedgerSummary &summary, std::map<std::uint64_t, std::uint64_t> &answers) const {
    summary.wireCopies += m_wireCopies;
    summary.userCopies += m_userCopies;
    summary.recipients += m_recipientsShown;
    summary.openidsTried += m_recipients.size();
    summary.messages += m_messages.size();
    summary.duplicatesDropped += m_duplicates;
    summary.bodyMismatch += m_mismatches;
    summary.withoutClientMsgId += m_withoutId;
    summary.notifiedTwiceCount += m_twice.size();
    summary.openidsWithMoreThanOne += m_shownMoreThanOne;
    for (std::size_t i = 0; i < m_twice.size() && summary.notifiedTwice.size() < twiceListed; ++i) {
        const LedgerRecord record = message(m_twice[i]);
        summary.notifiedTwice.push_back({record.openid, record.clientMsgId, record.userCopies});
    }
    for (const auto &[answer, count] : m_answers) {
        answers[answer] += count;
    }
}

} // namespace songda::simulator
