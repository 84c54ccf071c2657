// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/claim.h"
#include "engine/model/error.h"
#include "engine/model/http.h"

#include <cstdint>
#include <vector>

namespace songda::delivery {

using ExchangeId = std::uint64_t;
/// Names a call to the journal; its answer carries it back.
using Ticket = std::uint64_t;

/// The time, as a collaborator: real in the program, turned by hand in tests.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Now now() const = 0;
};

/// Puts requests on the wire. Every post() is answered by exactly one Dispatcher::onResponses entry.
class Transport {
public:
    virtual ~Transport() = default;
    /// How many requests at a time, and whether what is posted from now on travels in bulk.
    virtual void configure(AccountId account, int connections, bool bulk) = 0;
    virtual void post(AccountId account, ExchangeId id, HttpRequest request) = 0;
    virtual void cancel(ExchangeId id) = 0;
};

/// The durable record. Answers come later, through Dispatcher::onClaimed and onRecorded, and only after
/// what they report was synced to disk. Calls are carried out in order.
class Journal {
public:
    virtual ~Journal() = default;
    virtual void claim(Ticket ticket, const ClaimRequest &request) = 0;
    virtual void finish(Ticket ticket, std::vector<AttemptResult> results) = 0;
    virtual void release(Ticket ticket, RunId run, std::vector<ClaimedMessage> claims) = 0;
    /// Stops an account or (nullopt) lets go what the engine held, with an audit entry; a person's hold stands against both.
    /// Answered by Dispatcher::onHoldRecorded.
    virtual void holdAccount(AccountId account, std::optional<Hold> hold) = 0;
    /// The same for a template; no answer, for the journal goes on until it is on record.
    virtual void holdTemplate(TemplateRef templateRef, Hold hold) = 0;
    /// The account goes by its second host since, or (nullopt) by its first, with an audit entry; no answer,
    /// as above.
    virtual void useHost(AccountId account, std::optional<WallTime> secondSince, std::string why) = 0;
    /// Something the engine did for the account by itself, for the audit; no answer.
    virtual void noteAct(AccountId account, const char *act, std::string why) = 0;
};

} // namespace songda::delivery
