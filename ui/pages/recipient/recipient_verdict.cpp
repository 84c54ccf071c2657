// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipient/recipient_verdict.h"

#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QTime>
#include <algorithm>

namespace songda::ui {

namespace {

using Advice = RecipientVerdict::Advice;

struct RecipientTexts {
    Q_DECLARE_TR_FUNCTIONS(RecipientTexts)
};

std::chrono::minutes minuteOf(std::string text) {
    std::erase(text, '"');
    const QTime time = QTime::fromString(q(text), QStringLiteral("HH:mm"));
    return std::chrono::minutes(time.isValid() ? time.hour() * 60 + time.minute() : 0);
}

/// When the engine counts a message to somebody as had: it was on the wire, or is about to be; what surely never
/// arrived does not count.
std::optional<WallTime> countsSince(const MessageRow &m, WallTime now) {
    if (m.state == MessageState::Dead || m.state == MessageState::Cancelled || m.state == MessageState::Expired)
        return std::nullopt;
    if (m.firstSentAt)
        return m.firstSentAt;
    return m.state == MessageState::Sending || m.state == MessageState::Retrying ? std::optional(now) : std::nullopt;
}

class Judge {
public:
    explicit Judge(const RecipientFacts &facts)
        : m_facts(facts) {}

    RecipientVerdict run() {
        elsewhere();
        list();
        cap();
        quiet();
        lately();
        if (m_verdict.reasons.isEmpty())
            m_verdict.reasons.append(m_facts.messages.empty()
                    ? RecipientTexts::tr("Nothing was ever sent to this person, and nothing stands against it.")
                    : RecipientTexts::tr("Nothing stands against it."));
        return m_verdict;
    }

private:
    void say(Advice advice, const QString &reason) {
        m_verdict.advice = std::max(m_verdict.advice, advice);
        m_verdict.reasons.append(reason);
    }

    void elsewhere() {
        if (!m_facts.knownTo.isEmpty())
            say(Advice::Leave,
                RecipientTexts::tr("This account never wrote to this openid; %1 did. An openid is good for one account only.").arg(m_facts.knownTo));
    }

    void list() {
        for (const Suppression &s : m_facts.suppressions) {
            const QString why = words::suppressionCause(s.cause);
            say(Advice::Leave,
                s.templateRef ? RecipientTexts::tr("On the list for one template since %1: %2.").arg(shortTime(s.since), why)
                              : RecipientTexts::tr("On the list since %1: %2.").arg(shortTime(s.since), why));
        }
    }

    void cap() {
        std::vector<WallTime> had;
        for (const MessageRow &m : m_facts.messages) {
            const auto at = countsSince(m, m_facts.now);
            if (at && *at > m_facts.now - m_facts.rules.window)
                had.push_back(*at);
        }
        std::sort(had.rbegin(), had.rend());
        const int most = m_facts.rules.messages;
        if (most == 0 || had.size() < static_cast<std::size_t>(most))
            return;
        const WallTime free = had[static_cast<std::size_t>(most) - 1] + m_facts.rules.window;
        say(Advice::Wait,
            RecipientTexts::tr("Had %1 messages within %2, and the policy allows %3: the next one goes at %4.")
                .arg(number(static_cast<std::int64_t>(had.size())), span(m_facts.rules.window), number(most),
                    shortTime(free)));
    }

    void quiet() {
        if (const auto until = quietUntil(m_facts.rules.quietHours, m_facts.now))
            say(Advice::Wait, RecipientTexts::tr("It is quiet hours until %1; only urgent messages go.").arg(shortTime(*until)));
    }

    void lately() {
        const RecipientSums sums = sumsOf(m_facts.messages);
        if (sums.waiting > 0)
            say(Advice::Wait, RecipientTexts::tr("%1 messages to this person wait already.").arg(number(sums.waiting)));
        if (m_facts.messages.empty())
            return;
        const MessageRow &last = m_facts.messages.front();
        if (last.state == MessageState::Dead)
            say(Advice::Wait, RecipientTexts::tr("The last one was refused (%1). Mend that first.").arg(m_facts.causeText ? m_facts.causeText(last.cause) : q(last.cause)));
        if (last.state == MessageState::Uncertain)
            say(Advice::Wait, RecipientTexts::tr("Whether the last one arrived is not known: ask before another."));
        if (last.firstSentAt && (last.state == MessageState::Accepted || last.state == MessageState::Delivered))
            m_verdict.reasons.append(
                (last.state == MessageState::Delivered ? RecipientTexts::tr("The last one was sent %1 ago and arrived.")
                                                       : RecipientTexts::tr("The last one was accepted %1 ago."))
                    .arg(span(m_facts.now - *last.firstSentAt)));
    }

    const RecipientFacts &m_facts;
    RecipientVerdict m_verdict;
};

} // namespace

bool RecipientRules::operator==(const RecipientRules &other) const {
    return messages == other.messages && window == other.window && quietHours.from == other.quietHours.from
        && quietHours.until == other.quietHours.until && quietHours.urgentPasses == other.quietHours.urgentPasses;
}

RecipientRules rulesOf(const std::vector<PolicyValue> &policy) {
    RecipientRules rules;
    for (const PolicyValue &v : policy) {
        if (v.field == "frequency.messages")
            rules.messages = q(v.value).toInt();
        else if (v.field == "frequency.window_s")
            rules.window = Seconds(q(v.value).toLongLong());
        else if (v.field == "quiet_hours.from")
            rules.quietHours.from = minuteOf(v.value);
        else if (v.field == "quiet_hours.until")
            rules.quietHours.until = minuteOf(v.value);
        else if (v.field == "quiet_hours.urgent_passes")
            rules.quietHours.urgentPasses = v.value == "true";
    }
    return rules;
}

RecipientVerdict adviseOn(const RecipientFacts &facts) {
    return Judge(facts).run();
}

RecipientSums sumsOf(const std::vector<MessageRow> &messages) {
    RecipientSums sums;
    for (const MessageRow &m : messages) {
        sums.sent += m.firstSentAt ? 1 : 0;
        sums.accepted += m.state == MessageState::Accepted ? 1 : 0;
        sums.delivered += m.state == MessageState::Delivered ? 1 : 0;
        sums.refused += m.state == MessageState::Dead || m.state == MessageState::Undelivered ? 1 : 0;
        sums.waiting += isWaiting(m.state) || m.state == MessageState::Held || m.state == MessageState::Sending ? 1 : 0;
    }
    return sums;
}

} // namespace songda::ui
