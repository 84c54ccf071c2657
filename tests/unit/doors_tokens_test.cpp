// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whose tokens are taken, and what they may. The tokens are signed by another use of OpenSSL than the one under test, or by
// the authors of the standard.
#include "engine/doors/jwt.h"
#include "tests/unit/signed_tokens.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace songda;
using namespace songda::doors;
using namespace songda::testing;
using namespace songda::testing::tokens;

namespace {

/// RFC 7515, appendix A.3.1: the key there, as PEM.
const QByteArray esPem = "-----BEGIN PUBLIC KEY-----\n"
                         "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n"
                         "6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n"
                         "-----END PUBLIC KEY-----\n";

} // namespace

class DoorsTokensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tokensOfEachAlgorithmAreTaken();
    void typesOfTokens_data();
    void typesOfTokens();
    void keyIdsCountWhereTheyTellKeysApart();
    void theLongestLifeIsASetting();
    void anEntryForAnotherAudienceIsTried();
    void signaturesOfAnotherProgramAreTaken();
    void claimsNarrowWhatATokenMay();
    void tokensThatAreRefused_data();
    void tokensThatAreRefused();
    void theAlgorithmIsOursToChoose();
    void keysThatCannotServeAreRefusedAtTheStart_data();
    void keysThatCannotServeAreRefusedAtTheStart();
};

void DoorsTokensTest::tokensOfEachAlgorithmAreTaken() {
    const std::vector<JwtIssuer> issuers{issuer("HS256", secret), issuer("RS256", rsa().publicPem()), issuer("ES256", elliptic().publicPem())};
    for (const std::string &token : {hmacToken(header("HS256"), goodClaims()), signedToken(header("RS256"), goodClaims(), rsa()),
             signedToken(header("ES256"), goodClaims(), elliptic())}) {
        const auto caller = readJwt(token, issuers, now);
        QVERIFY2(caller, caller ? "" : caller.error().detail.c_str());
        QCOMPARE(caller->client, std::string("orders@https://orders.example"));
        QVERIFY(caller->may(ApiScope::Send) && caller->may(ApiScope::Read) && !caller->may(ApiScope::Manage));
        QVERIFY(caller->maySee("any"));
    }
}

void DoorsTokensTest::typesOfTokens_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("taken");
    for (const char *type : {"\"JWT\"", "\"jwt\"", "\"at+jwt\"", "\"AT+JWT\"", "\"application/at+jwt\"", "\"Application/JWT\"", ""})
        QTest::newRow(type) << QByteArray(type) << true;
    for (const char *type : {"\"JWE\"", "\"JOSE\"", "\"logout+jwt\"", "\"dpop+jwt\"", "\"application/\"", "\"\"", "1", "null", "[\"JWT\"]"})
        QTest::newRow(type) << QByteArray(type) << false;
}

void DoorsTokensTest::typesOfTokens() {
    QFETCH(QByteArray, type);
    QFETCH(bool, taken);
    for (const char *algorithm : {"HS256", "RS256", "ES256"}) {
        json h{{"alg", algorithm}, {"kid", "k1"}};
        if (!type.isEmpty())
            h["typ"] = json::parse(type.toStdString());
        const bool hmac = std::string_view(algorithm) == "HS256";
        const bool isRsa = std::string_view(algorithm) == "RS256";
        const std::string token = hmac ? hmacToken(h, goodClaims()) : signedToken(h, goodClaims(), isRsa ? rsa() : elliptic());
        const auto one = issuer(algorithm, hmac ? secret : isRsa ? rsa().publicPem() : elliptic().publicPem());
        QCOMPARE(readJwt(token, {one}, now).has_value(), taken);
    }
}

void DoorsTokensTest::keyIdsCountWhereTheyTellKeysApart() {
    const QByteArray second = "another secret of more than thirty-two bytes";
    const auto with = [](const char *keyId, const QByteArray &by) {
        json h{{"alg", "HS256"}};
        if (keyId)
            h["kid"] = keyId;
        return hmacToken(h, goodClaims(), by);
    };
    // None is named in the settings: what the provider calls its keys is its own affair.
    const std::vector<JwtIssuer> unnamed{issuer("HS256", secret, "")};
    QVERIFY(readJwt(with(nullptr, secret), unnamed, now));
    QVERIFY(readJwt(with("2026-11-22T08:00", secret), unnamed, now));
    QVERIFY(!readJwt(with("2026-11-22T08:00", second), unnamed, now));
    // One is named: another name is another key, none is that one.
    const std::vector<JwtIssuer> named{issuer("HS256", secret, "k1")};
    QVERIFY(readJwt(with("k1", secret), named, now));
    QVERIFY(readJwt(with(nullptr, secret), named, now));
    QVERIFY(!readJwt(with("k2", secret), named, now));
    // Two: each by its name, and none without.
    const std::vector<JwtIssuer> two{issuer("HS256", secret, "k1"), issuer("HS256", second, "k2")};
    QVERIFY(readJwt(with("k1", secret), two, now) && readJwt(with("k2", second), two, now));
    QVERIFY(!readJwt(with("k2", secret), two, now));
    QVERIFY(!readJwt(with(nullptr, secret), two, now));
    // Another issuer's key or one of another algorithm does not count.
    JwtIssuer stranger = issuer("HS256", second, "k2");
    stranger.issuer = "https://other.example";
    QVERIFY(readJwt(with(nullptr, secret), {issuer("HS256", secret, "k1"), stranger, issuer("RS256", rsa().publicPem(), "k3")}, now));
}

void DoorsTokensTest::theLongestLifeIsASetting() {
    const auto lasting = [](std::int64_t seconds) {
        json claims = goodClaims();
        claims["exp"] = nowSeconds + seconds;
        return hmacToken(header("HS256"), claims);
    };
    JwtIssuer one = issuer("HS256", secret);
    // How long a token lives is its issuer's affair, unless the settings say otherwise.
    QVERIFY(readJwt(lasting(30 * 86'400), {one}, now));
    QVERIFY(readJwt(lasting(std::int64_t{50} * 366 * 86'400), {one}, now));
    one.longest = Seconds{3600};
    QVERIFY(readJwt(lasting(3600), {one}, now));
    QVERIFY(!readJwt(lasting(3700), {one}, now));
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("key")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(secret);
    file.close();
    const auto read = [&](const json &longest) {
        const json list{{{"issuer", "i"}, {"audience", "a"}, {"algorithm", "HS256"}, {"key_file", "key"}, {"scopes", "send"}, {"longest_seconds", longest}}};
        return readIssuers(list, dir.path().toStdString());
    };
    QCOMPARE(must(read(7200)).front().longest, Seconds{7200});
    QCOMPARE(must(read(0)).front().longest, Seconds{0});
    for (const json &wrong : std::vector<json>{59, 31'622'401, "3600", 3600.5, -1})
        QVERIFY(!read(wrong));
}

void DoorsTokensTest::anEntryForAnotherAudienceIsTried() {
    JwtIssuer other = issuer("HS256", secret);
    other.audience = "parcels";
    JwtIssuer ours = issuer("HS256", secret);
    ours.scopes = ApiScopes{ApiScope::Send};
    const auto caller = readJwt(hmacToken(header("HS256"), goodClaims()), {other, ours}, now);
    QVERIFY(caller && !caller->may(ApiScope::Read));
}

void DoorsTokensTest::signaturesOfAnotherProgramAreTaken() {
    // RFC 7515, appendices A.1 and A.3: made by the standard's authors, whose claims are not ours.
    const std::string text = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const auto unbase64 = [](const char *words) { return QByteArray::fromBase64(words, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString(); };
    const std::string key = unbase64("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    const std::string signature = unbase64("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    const TokenKey hmac = must(TokenKey::make("HS256", key));
    QVERIFY(hmac.signs(text, signature));
    QVERIFY(!hmac.signs(text, signature.substr(1)));
    QVERIFY(!hmac.signs(text + ".", signature));
    QVERIFY(!hmac.signs(text, ""));
    const std::string es = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const std::string r = unbase64("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    // The key of A.3 (x, y) as PEM.
    const TokenKey curve = must(TokenKey::make("ES256", esPem.toStdString()));
    QVERIFY(curve.signs(es, r));
    QVERIFY(!curve.signs(es + "x", r));
    QVERIFY(!curve.signs(es, r + r));
    std::string swapped = r.substr(32) + r.substr(0, 32);
    QVERIFY(!curve.signs(es, swapped));
    QVERIFY(!TokenKey().signs(es, r));
}

void DoorsTokensTest::claimsNarrowWhatATokenMay() {
    json claims = goodClaims();
    claims["scope"] = "send manage openid";
    claims["accounts"] = {"main"};
    claims["templates"] = {"T1"};
    claims["aud"] = {"other", "songda"};
    claims["exp"] = static_cast<double>(nowSeconds) + 10.5;
    const auto caller = readJwt(hmacToken(header("HS256"), claims), {issuer("HS256", secret)}, now);
    QVERIFY(caller);
    QVERIFY(caller->may(ApiScope::Send));
    QVERIFY(!caller->may(ApiScope::Read));
    QVERIFY(!caller->may(ApiScope::Manage)); // the issuer may not give it
    QVERIFY(caller->maySee("main") && !caller->maySee("second"));
    QVERIFY(caller->mayUse("T1") && !caller->mayUse("T2"));
}

void DoorsTokensTest::tokensThatAreRefused_data() {
    QTest::addColumn<QByteArray>("token");
    const auto row = [](const char *name, const std::string &token) { QTest::newRow(name) << QByteArray::fromStdString(token); };
    const auto with = [](const char *name, const json &value) {
        json claims = goodClaims();
        claims[name] = value;
        return hmacToken(header("HS256"), claims);
    };
    const auto without = [](const char *name) {
        json claims = goodClaims();
        claims.erase(name);
        return hmacToken(header("HS256"), claims);
    };
    const auto headed = [](json h) { return hmacToken(h, goodClaims()); };
    const std::string good = hmacToken(header("HS256"), goodClaims());
    const std::string unsignedText = head(header("HS256"), goodClaims());
    row("empty", "");
    row("two parts", unsignedText);
    row("empty signature", unsignedText + ".");
    row("four parts", good + ".x");
    row("padded", good + "=");
    row("standard base64", [&] {
        json claims = goodClaims();
        claims["x"] = "~~~~>>>>";
        const QByteArray text = QByteArray::fromStdString(claims.dump()).toBase64(QByteArray::OmitTrailingEquals);
        return hmacToken(base64url(header("HS256").dump()) + "." + text.toStdString());
    }());
    row("another last bit", [&] {
        std::string t = good;
        t.back() = t.back() == 'A' ? 'B' : static_cast<char>(t.back() + 1);
        return t;
    }());
    row("alg none", base64url(json{{"alg", "none"}}.dump()) + "." + base64url(goodClaims().dump()) + ".");
    row("alg none with a signature", hmacToken(json{{"alg", "none"}, {"kid", "k1"}}, goodClaims()));
    row("alg NONE", hmacToken(json{{"alg", "NoNe"}, {"kid", "k1"}}, goodClaims()));
    row("alg in small letters", hmacToken(json{{"alg", "hs256"}, {"kid", "k1"}}, goodClaims()));
    row("alg HS512", hmacToken(json{{"alg", "HS512"}, {"kid", "k1"}}, goodClaims()));
    row("no alg", headed(json{{"typ", "JWT"}, {"kid", "k1"}}));
    row("alg of another kind", headed(json{{"alg", 256}, {"kid", "k1"}}));
    row("public key as secret", hmacToken(header("HS256"), goodClaims(), rsa().publicPem()));
    row("public key as secret under its own kid", hmacToken(json{{"alg", "HS256"}, {"kid", "rsa"}}, goodClaims(), rsa().publicPem()));
    row("wrong secret", hmacToken(header("HS256"), goodClaims(), "0123456789abcdef0123456789abcdef?"));
    row("empty secret", hmacToken(header("HS256"), goodClaims(), ""));
    row("key brought along", signedToken(json{{"alg", "RS256"}, {"kid", "rsa"}, {"jwk", {{"kty", "RSA"}}}}, goodClaims(), Pair::rsa(2048)));
    row("key by address", signedToken(json{{"alg", "RS256"}, {"kid", "rsa"}, {"jku", "http://127.0.0.1:1/keys"}}, goodClaims(), Pair::rsa(2048)));
    row("extensions demanded", headed(json{{"alg", "HS256"}, {"kid", "k1"}, {"crit", {"exp"}}, {"exp", 1}}));
    row("another type", headed(json{{"alg", "HS256"}, {"kid", "k1"}, {"typ", "JWE"}}));
    row("unknown kid", headed(json{{"alg", "HS256"}, {"kid", "k9"}}));
    row("kid of a path", headed(json{{"alg", "HS256"}, {"kid", "../../dev/null"}}));
    row("kid of another kind", headed(json{{"alg", "HS256"}, {"kid", 1}}));
    row("member twice", hmacToken(base64url(std::string(R"({"alg":"none","alg":"HS256","kid":"k1"})")) + "." + base64url(goodClaims().dump())));
    row("claim twice", hmacToken(base64url(header("HS256").dump()) + "." + base64url(R"({"exp":1,)" + goodClaims().dump().substr(1))));
    row("head no object", hmacToken(base64url(std::string("[]")) + "." + base64url(goodClaims().dump())));
    row("claims no object", hmacToken(base64url(header("HS256").dump()) + "." + base64url(std::string("\"exp\""))));
    row("claims no JSON", hmacToken(base64url(header("HS256").dump()) + "." + base64url(std::string("{"))));
    row("other issuer", with("iss", "https://evil.example"));
    row("issuer with a slash more", with("iss", "https://orders.example/"));
    row("no issuer", without("iss"));
    row("other audience", with("aud", "songda2"));
    row("audiences without ours", with("aud", {"a", "b"}));
    row("audience of another kind", with("aud", 1));
    row("no audience", without("aud"));
    row("expired", with("exp", nowSeconds - 31));
    row("expires never", without("exp"));
    row("expiry as text", with("exp", std::to_string(nowSeconds + 300)));
    row("expiry beyond all numbers", with("exp", 1e300));
    row("not yet", with("nbf", nowSeconds + 31));
    row("not before as text", with("nbf", "0"));
    row("of the future", with("iat", nowSeconds + 31));
    row("no subject", without("sub"));
    row("empty subject", with("sub", ""));
    row("subject with a line break", with("sub", "a\nb"));
    row("endless subject", with("sub", std::string(65, 'a')));
    row("scope of another kind", with("scope", {"send"}));
    row("accounts of another kind", with("accounts", "main"));
    row("endless", with("x", std::string(9000, 'a')));
}

void DoorsTokensTest::tokensThatAreRefused() {
    QFETCH(QByteArray, token);
    const std::vector<JwtIssuer> issuers{issuer("HS256", secret), issuer("RS256", rsa().publicPem(), "rsa")};
    QVERIFY(!readJwt(token.toStdString(), issuers, now));
}

void DoorsTokensTest::theAlgorithmIsOursToChoose() {
    // The same key id and a key of the other kind: neither passes for the other.
    const std::vector<JwtIssuer> rsaOnly{issuer("RS256", rsa().publicPem())};
    QVERIFY(readJwt(signedToken(header("RS256"), goodClaims(), rsa()), rsaOnly, now));
    QVERIFY(!readJwt(hmacToken(header("HS256"), goodClaims(), rsa().publicPem()), rsaOnly, now));
    QVERIFY(!readJwt(signedToken(header("ES256"), goodClaims(), elliptic()), rsaOnly, now));
    QVERIFY(!readJwt(signedToken(header("RS256"), goodClaims(), Pair::rsa(2048)), rsaOnly, now));
    const std::vector<JwtIssuer> ellipticOnly{issuer("ES256", elliptic().publicPem())};
    QVERIFY(!readJwt(signedToken(header("RS256"), goodClaims(), rsa()), ellipticOnly, now));
    // Two zeros were once a valid signature of everything.
    QVERIFY(!readJwt(head(header("ES256"), goodClaims()) + "." + base64url(QByteArray(64, '\0')), ellipticOnly, now));
    QVERIFY(!readJwt(signedToken(header("HS256"), goodClaims(), rsa()), {issuer("HS256", secret)}, now));
}

void DoorsTokensTest::keysThatCannotServeAreRefusedAtTheStart_data() {
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char *name, const char *algorithm, const QByteArray &k, bool fine) { QTest::newRow(name) << QByteArray(algorithm) << k << fine; };
    row("secret", "HS256", secret, true);
    row("secret with a line end", "HS256", secret + "\n", true);
    row("short secret", "HS256", "too short", false);
    row("RSA", "RS256", rsa().publicPem(), true);
    row("short RSA", "RS256", Pair::rsa(1024).publicPem(), false);
    row("elliptic for RSA", "RS256", elliptic().publicPem(), false);
    row("elliptic", "ES256", elliptic().publicPem(), true);
    row("another curve", "ES256", Pair::elliptic("P-384").publicPem(), false);
    row("no PEM", "ES256", secret, false);
    row("none", "none", secret, false);
}

void DoorsTokensTest::keysThatCannotServeAreRefusedAtTheStart() {
    QFETCH(QByteArray, algorithm);
    QFETCH(QByteArray, key);
    QFETCH(bool, fine);
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("key")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(key);
    file.close();
    const json list{{{"issuer", "i"}, {"audience", "a"}, {"algorithm", algorithm.toStdString()}, {"key_file", "key"}, {"scopes", "send read"}}};
    const auto issuers = readIssuers(list, dir.path().toStdString());
    QVERIFY2(issuers.has_value() == fine, issuers ? "taken" : issuers.error().detail.c_str());
    if (fine && algorithm == "HS256")
        QVERIFY(issuers->front().key == must(TokenKey::make("HS256", secret.toStdString())));
}

QTEST_GUILESS_MAIN(DoorsTokensTest)
#include "doors_tokens_test.moc"
