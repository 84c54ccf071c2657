// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

/// S1: the marked values. Tests of engine, doors and programs use them wherever they need a secret, so that one look at what a
/// whole run has written tells whether any of them got out. None is a word, and none stands in the sources elsewhere.
///
/// There is no database password here: the database is a file. The password at the mail server takes its place.
namespace songda::canary {

struct Canary {
    const char *what;
    QByteArray value;
};

inline const QByteArray appSecret = "5c1ca9a21e5eedc0ffee0badf00dca1a"; ///< 32 hex digits, as real ones
inline const QByteArray callbackToken = "S1canaryCallbackTokenQ7";
inline const QByteArray encodingAesKey = "S1canaryEncodingAesKeyZ3x8v5b2n9m4k7j6h1g0f";
inline const QByteArray accessToken = "66_S1canaryAccessTokenP9o8i7u6y5t4r3e2w1q0-LkJhGfDsA";
inline const QByteArray jwtMark = "S1canaryJwtSubject-m3n4b5v6c7"; ///< in the claims of the token, which is made when it is used
inline const QByteArray mailPassword = "S1canary mail Password/+7%&";
inline const QByteArray phoneNumber = "19987650123"; ///< a value of a message
inline const QByteArray passphrase = "S1canary passphrase of the secrets";
inline const QByteArray newPassphrase = "S1canary another passphrase 2";

/// What is known before anything has run; API keys are made by the program, see the test.
inline QList<Canary> fixed() {
    return {{"app secret", appSecret}, {"callback token", callbackToken}, {"AES key", encodingAesKey}, {"access token", accessToken}, {"JWT", jwtMark},
        {"mail password", mailPassword}, {"phone number", phoneNumber}, {"passphrase", passphrase}, {"new passphrase", newPassphrase}};
}

} // namespace songda::canary
