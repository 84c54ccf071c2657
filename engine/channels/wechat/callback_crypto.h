// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace songda::wechat {

/// lower-hex(SHA1(sorted parts, one after another)) (wechat-api.md sections 4.4 and 4.6).
std::string callbackSignature(std::vector<std::string_view> parts);
/// Takes the same time wherever the two differ.
bool isSignature(std::string_view given, const std::string &right);

/// The key of encrypted callbacks, from the EncodingAESKey of the account's page.
class CallbackKey {
public:
    /// InvalidInput says what is wrong with it, without the key.
    static Result<CallbackKey> fromText(std::string_view encodingAesKey);
    CallbackKey(const CallbackKey &) = default;
    CallbackKey &operator=(const CallbackKey &) = default;
    ~CallbackKey();

    /// The message in an Encrypt element. Call it only when the signature over the element was right: then nothing is to be
    /// learned from how it fails, which is always the same error.
    Result<std::string> open(std::string_view encrypt, std::string_view receiver) const;
    /// The way back. `random` is 16 fresh bytes.
    Result<std::string> seal(std::string_view message, std::string_view receiver, std::string_view random) const;

    static constexpr std::size_t randomBytes = 16;

private:
    static constexpr std::size_t keyBytes = 32;
    CallbackKey() = default;
    Result<std::string> run(std::string_view input, bool encrypt) const;

    std::array<unsigned char, keyBytes> m_key{};
};

} // namespace songda::wechat
