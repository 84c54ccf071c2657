// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/channels/wechat/callback_crypto.h"
#include "engine/model/time.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace songda::wechat {

/// The parameters of a callback's address (wechat-api.md sections 4.4 and 4.5), decoded; empty when missing.
struct CallbackQuery {
    std::string signature;
    std::string timestamp;
    std::string nonce;
    std::string echostr;
    std::string encryptType;
    std::string msgSignature;
};

/// What an account's callbacks must fit.
struct CallbackSecurity {
    std::string token;
    std::vector<CallbackKey> keys; ///< the present one first; one that was replaced stays while the platform may still use it
    std::string appid;
    /// Refuse what is not encrypted. The signature of a clear push does not cover its body, so whoever has seen one address
    /// could send any body with it until its time is over; in secure mode that way must be closed.
    bool onlyEncrypted = false;
    Seconds window{300}; ///< a push may be older, or newer by the platform's clock, by as much as this
};

/// Answers the whole body for a GET that verifies the address: its echostr, or what that says when it is encrypted and signed
/// by msg_signature. May come again and again, so its time is not looked at.
Result<std::string> answerVerification(const CallbackSecurity &security, const CallbackQuery &query);

/// What can be said of a push by its address alone, before its body is read.
Result<void> admitPush(const CallbackSecurity &security, const CallbackQuery &query, WallTime now);

/// The clear text of a push, when everything about it is right. Refused names what is not, without what was expected.
Result<std::string> openPush(const CallbackSecurity &security, const CallbackQuery &query, std::string_view body, WallTime now);

/// Tells requests apart for ReplayMemory.
std::array<unsigned char, 16> requestDigest(const CallbackQuery &query, std::string_view body);

/// An encrypted answer as XML. A plain "success" is fine in every mode; this is for answers that say more.
Result<std::string> sealAnswer(
    const CallbackSecurity &security, std::string_view message, const std::string &timestamp, const std::string &nonce, std::string_view random);

} // namespace songda::wechat
