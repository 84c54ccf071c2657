// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace songda::doors {

/// A key that tells whether a token was signed by its issuer: with one algorithm, which is chosen when the key is made and
/// never by a token (RFC 8725 section 3.1). Any thread.
class TokenKey {
public:
    /// Knows no signature.
    TokenKey() = default;
    /// HS256: a secret of at least 32 bytes. RS256, ES256: a public key as PEM. InvalidInput says why the text cannot serve.
    static Result<TokenKey> make(const std::string &algorithm, const std::string &text);

    /// Whether `signature` (its bytes, as RFC 7518 has them) was made over `text`.
    bool signs(std::string_view text, std::string_view signature) const;
    /// Looking costs no more than a hash does.
    bool looksFast() const { return m_algorithm == Algorithm::Hs256; }
    bool operator==(const TokenKey &other) const { return m_algorithm == other.m_algorithm && m_text == other.m_text; }

private:
    enum class Algorithm { None, Hs256, Rs256, Es256 };

    Algorithm m_algorithm = Algorithm::None;
    std::string m_text;
    std::shared_ptr<evp_pkey_st> m_key; ///< of RS256 and ES256
};

} // namespace songda::doors
