// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrets/password_hash.h"

#include <array>
#include <sodium.h>

namespace songda::secrets {

namespace {
bool isReady() { return sodium_init() >= 0; }
}

Result<std::string> hashPassword(const std::string &password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (!isReady()
        || crypto_pwhash_str_alg(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
               crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::Internal, "a password could not be hashed: not enough memory");
    return std::string(text.data());
}

bool isPassword(const std::string &hash, const std::string &password) {
    return isReady() && hash.size() < crypto_pwhash_STRBYTES && crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void wastePasswordTime(const std::string &password) {
    static const Result<std::string> nobodys = hashPassword("nobody's");
    if (nobodys)
        static_cast<void>(isPassword(*nobodys, password));
}

} // namespace songda::secrets
