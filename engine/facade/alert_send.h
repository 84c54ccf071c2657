// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/web_client.h"
#include "engine/store/alerts_table.h"

#include <atomic>
#include <string>

namespace songda {

class EngineCore;

/// A sink with all it takes to reach it.
struct SinkAccess {
    store::StoredSink stored;
    std::string secret; ///< of a web hook, the address of a group robot, the password of a mail server; empty: none
};

/// The secret's name in the profile's secret store.
std::string sinkSecretName(std::int64_t sink);
/// Whether a sink of this kind has a secret at all.
bool hasSecret(const store::StoredSink &sink);

std::string mailSettings(const MailServer &server);
std::string commandSettings(const std::vector<std::string> &command);

/// For web hooks and group robots: a notice as it goes out, signed for this try. `body` is what noticeJson() wrote.
Result<net::WebRequest> sinkRequest(const SinkAccess &access, const std::string &eventId, const std::string &body, WallTime now);
/// What the answer means; a group robot says no with HTTP 200.
struct SinkAnswer {
    int status = 0; ///< 0: no answer
    std::string detail;
    std::optional<Millis> retryAfter;
};
SinkAnswer readAnswer(AlertSink::Kind kind, const net::WebAnswer &answer);
/// For mail and commands: hands it over, and waits; on a thread that may stand still.
SinkAnswer handOver(const EngineCore &core, const SinkAccess &access, const std::string &eventId, const std::string &body, const std::atomic<bool> &cancelled);
net::WebClient::Options sinkClientOptions(const EngineCore &core);

} // namespace songda
