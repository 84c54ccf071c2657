// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace songda {

/// What the platform says became of a message it had accepted (wechat-api.md section 4.1).
struct DeliveryReport {
    std::string msgid; ///< as it came, digit for digit; empty when the report has none
    std::string openid; ///< empty when the report has none
    std::string status; ///< the platform's words
    std::optional<WallTime> happenedAt; ///< by the platform's calendar

    bool operator==(const DeliveryReport &) const = default;
};

/// A person began or ceased to accept messages (sections 4.2 and 4.3).
struct ConsentEvent {
    enum class Kind { Followed, Left, TemplateAllowed, TemplateRefused };

    Kind kind = Kind::Followed;
    std::string openid;
    std::string templateId; ///< of the template kinds
    std::optional<WallTime> happenedAt;

    bool operator==(const ConsentEvent &) const = default;
};

/// The time of an event for what depends on order: its own, unless that lies in the future or is not known.
inline WallTime eventTime(std::optional<WallTime> happenedAt, WallTime receivedAt) {
    constexpr std::chrono::minutes clocksDiffer{5};
    return happenedAt && *happenedAt <= receivedAt + clocksDiffer ? *happenedAt : receivedAt;
}

using PlatformEvent = std::variant<DeliveryReport, ConsentEvent>;

/// What recording a list of events did. Each event is counted once; `suppressed` and `lifted` count entries of the list of
/// people who are not written to.
struct EventReceipt {
    std::int64_t delivered = 0; ///< messages that became so
    std::int64_t undelivered = 0;
    std::int64_t waiting = 0; ///< reports whose msgid is not known, or not yet; kept
    std::int64_t withoutMsgid = 0; ///< kept
    std::int64_t noted = 0; ///< reports of a known message that move it nowhere: another verdict stands, unknown words, an earlier life
    std::int64_t repeated = 0; ///< was on record already, or something newer of its kind was
    std::int64_t consents = 0;
    std::int64_t unknownTemplates = 0; ///< consents for a template that the account does not have, or not yet; kept until it does
    std::int64_t suppressed = 0;
    std::int64_t lifted = 0;

    EventReceipt &operator+=(const EventReceipt &other) {
        delivered += other.delivered;
        undelivered += other.undelivered;
        waiting += other.waiting;
        withoutMsgid += other.withoutMsgid;
        noted += other.noted;
        repeated += other.repeated;
        consents += other.consents;
        unknownTemplates += other.unknownTemplates;
        suppressed += other.suppressed;
        lifted += other.lifted;
        return *this;
    }
    bool operator==(const EventReceipt &) const = default;
};

} // namespace songda
