// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/alert.h"
#include "engine/model/error.h"

#include <atomic>
#include <string>

namespace songda::net {

struct Mail {
    std::string subject;
    std::string text; ///< plain, UTF-8
    std::string id; ///< of the message: the same for all tries
    WallTime at;
};

struct MailOptions {
    Millis connectDeadline{10'000};
    Millis deadline{30'000};
    std::string extraRootsPem; ///< trusted beside the system's
    const std::atomic<bool> *cancelled = nullptr; ///< ends it soon; may be null
};

/// Hands one mail to a server, and waits; on a thread that may stand still. Without TLS only where the settings say so.
/// The error never names the password.
Result<void> sendMail(const MailServer &server, const std::string &password, const Mail &mail, const MailOptions &options);
/// The mail as it goes over the wire: ASCII, whatever is in it.
std::string mailText(const MailServer &server, const Mail &mail);
/// A host, and addresses that are nothing but addresses. InvalidInput says what is wrong.
Result<void> checkMailServer(const MailServer &server);

} // namespace songda::net
