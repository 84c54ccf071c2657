// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may come in: keys, tokens, guessing, rates. The tokens are signed here with OpenSSL, not with the library under
// test.
#include "engine/doors/authenticator.h"
#include "engine/doors/jwt.h"
#include "engine/doors/rate_limiter.h"

#include <QCryptographicHash>
#include <QFile>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

using namespace songda;
using namespace songda::doors;
using nlohmann::json;

namespace {

const WallTime now = fromMillis(1'800'000'000'000);
constexpr std::int64_t nowSeconds = 1'800'000'000;

std::string base64url(const QByteArray &bytes) {
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
}
std::string base64url(const std::string &text) { return base64url(QByteArray::fromStdString(text)); }

/// A key pair of the test's own.
class Pair {
public:
    static Pair rsa(unsigned bits) { return Pair(EVP_RSA_gen(bits)); }
    static Pair elliptic(const char *curve) { return Pair(EVP_EC_gen(curve)); }

    QByteArray publicPem() const {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
        PEM_write_bio_PUBKEY(out.get(), m_key.get());
        char *data = nullptr;
        const auto size = BIO_get_mem_data(out.get(), &data);
        return QByteArray(data, size);
    }
    QByteArray sign(const std::string &text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get());
        std::size_t size = 0;
        const auto *data = reinterpret_cast<const unsigned char *>(text.data());
        EVP_DigestSign(context.get(), nullptr, &size, data, text.size());
        QByteArray signature(static_cast<qsizetype>(size), '\0');
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, data, text.size());
        signature.resize(static_cast<qsizetype>(size));
        return EVP_PKEY_is_a(m_key.get(), "EC") ? plain(signature) : signature;
    }

private:
    explicit Pair(EVP_PKEY *key)
        : m_key(key, &EVP_PKEY_free) {}
    /// A token has both numbers one after the other, not in ASN.1.
    static QByteArray plain(const QByteArray &der) {
        const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
        const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(d2i_ECDSA_SIG(nullptr, &at, der.size()), &ECDSA_SIG_free);
        QByteArray out(64, '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), reinterpret_cast<unsigned char *>(out.data()), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), reinterpret_cast<unsigned char *>(out.data()) + 32, 32);
        return out;
    }

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> m_key;
};

const QByteArray secret = "0123456789abcdef0123456789abcdef!";
const Pair &rsa() {
    static const Pair pair = Pair::rsa(2048);
    return pair;
}
const Pair &elliptic() {
    static const Pair pair = Pair::elliptic("P-256");
    return pair;
}

JwtIssuer issuer(const char *algorithm, const QByteArray &key, const char *keyId = "k1") {
    JwtIssuer i;
    i.issuer = "https://orders.example";
    i.audience = "songda";
    i.algorithm = algorithm;
    i.keyId = keyId;
    i.key = key.toStdString();
    i.scopes = ApiScopes{ApiScope::Send, ApiScope::Read};
    return i;
}

json goodClaims() {
    return {{"iss", "https://orders.example"}, {"aud", "songda"}, {"sub", "orders"}, {"iat", nowSeconds - 10}, {"exp", nowSeconds + 300}};
}
json header(const char *algorithm) { return {{"alg", algorithm}, {"typ", "JWT"}, {"kid", "k1"}}; }

std::string head(const json &h, const json &claims) { return base64url(h.dump()) + "." + base64url(claims.dump()); }
std::string hmacToken(const std::string &text, const QByteArray &key = secret) {
    return text + "." + base64url(QMessageAuthenticationCode::hash(QByteArray::fromStdString(text), key, QCryptographicHash::Sha256));
}
std::string hmacToken(const json &h, const json &claims, const QByteArray &key = secret) { return hmacToken(head(h, claims), key); }
std::string signedToken(const json &h, const json &claims, const Pair &pair) {
    const std::string text = head(h, claims);
    return text + "." + base64url(pair.sign(text));
}

ApiKey key(const char *secretText, const char *client, ApiScopes scopes) {
    ApiKey k;
    k.id = 1;
    k.client = client;
    k.hash = QCryptographicHash::hash(secretText, QCryptographicHash::Sha256).toHex().toStdString();
    k.scopes = scopes;
    return k;
}

Request from(const char *address, const char *authorization) {
    Request request;
    request.client = address;
    if (authorization)
        request.headers.push_back({"authorization", authorization});
    return request;
}

int statusOf(const std::variant<Caller, Response> &answer) {
    const auto *response = std::get_if<Response>(&answer);
    return response ? response->status : 200;
}

RateLimiter::Time at(double seconds) {
    return RateLimiter::Time{} + std::chrono::duration_cast<RateLimiter::Time::duration>(std::chrono::duration<double>(seconds + 1000));
}

} // namespace

class DoorsAuthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tokensOfEachAlgorithmAreTaken();
    void claimsNarrowWhatATokenMay();
    void tokensThatAreRefused_data();
    void tokensThatAreRefused();
    void theAlgorithmIsOursToChoose();
    void keysThatCannotServeAreRefusedAtTheStart_data();
    void keysThatCannotServeAreRefusedAtTheStart();
    void keysOpenTheirDoorsOnly();
    void guessingIsSlowedForTheGuesser();
    void ratesFillAndTell();
    void ratesStayBounded();
};

void DoorsAuthTest::tokensOfEachAlgorithmAreTaken() {
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

void DoorsAuthTest::claimsNarrowWhatATokenMay() {
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

void DoorsAuthTest::tokensThatAreRefused_data() {
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
    row("no kid", headed(json{{"alg", "HS256"}}));
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
    row("good for too long", with("exp", nowSeconds + 90'000));
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

void DoorsAuthTest::tokensThatAreRefused() {
    QFETCH(QByteArray, token);
    const std::vector<JwtIssuer> issuers{issuer("HS256", secret), issuer("RS256", rsa().publicPem(), "rsa")};
    QVERIFY(!readJwt(token.toStdString(), issuers, now));
}

void DoorsAuthTest::theAlgorithmIsOursToChoose() {
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

void DoorsAuthTest::keysThatCannotServeAreRefusedAtTheStart_data() {
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

void DoorsAuthTest::keysThatCannotServeAreRefusedAtTheStart() {
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
        QCOMPARE(issuers->front().key, secret.toStdString());
}

void DoorsAuthTest::keysOpenTheirDoorsOnly() {
    Authenticator authenticator({});
    ApiKey good = key("songda_good", "orders", ApiScopes{ApiScope::Send});
    good.accounts = {"main"};
    ApiKey revoked = key("songda_revoked", "orders", ApiScopes{ApiScope::Send});
    revoked.revokedAt = now;
    ApiKey expired = key("songda_expired", "orders", ApiScopes{ApiScope::Send});
    expired.expiresAt = now;
    authenticator.setKeys({good, revoked, expired});
    const auto answer = authenticator.identify(from("a", "Bearer songda_good"), now, at(0));
    const auto *caller = std::get_if<Caller>(&answer);
    QVERIFY(caller);
    QCOMPARE(caller->client, std::string("orders"));
    QVERIFY(caller->may(ApiScope::Send) && !caller->may(ApiScope::Read));
    QVERIFY(caller->maySee("main") && !caller->maySee("second"));
    QCOMPARE(statusOf(authenticator.identify(from("a", "bearer songda_good"), now, at(0))), 200);
    int n = 0;
    for (const char *wrong : {"Bearer songda_revoked", "Bearer songda_expired", "Bearer songda_goo", "Bearer songda_good ", "Bearer  songda_good",
             "Basic songda_good", "songda_good", "Bearer", ""}) {
        const std::string other = "b" + std::to_string(++n); // each from elsewhere: guesses are counted
        QVERIFY2(statusOf(authenticator.identify(from(other.c_str(), wrong), now, at(0))) == 401, wrong);
    }
    QCOMPARE(statusOf(authenticator.identify(from("c", nullptr), now, at(0))), 401);
    Request twice = from("d", "Bearer songda_good");
    twice.headers.push_back({"authorization", "Bearer songda_good"});
    QCOMPARE(statusOf(authenticator.identify(twice, now, at(0))), 401);
}

void DoorsAuthTest::guessingIsSlowedForTheGuesser() {
    Authenticator authenticator({});
    authenticator.setKeys({key("songda_good", "orders", ApiScopes{ApiScope::Send})});
    int looked = 0;
    for (int i = 0; i < 100'000; ++i) {
        const std::string guess = "Bearer songda_" + std::to_string(i);
        looked += statusOf(authenticator.identify(from("evil", guess.c_str()), now, at(i * 60.0 / 100'000))) == 401 ? 1 : 0;
        if (i % 1000 == 0)
            QCOMPARE(statusOf(authenticator.identify(from("honest", "Bearer songda_good"), now, at(i * 60.0 / 100'000))), 200);
    }
    QVERIFY2(looked <= 611, qPrintable(QString::number(looked))); // ten at once and ten a second
}

void DoorsAuthTest::ratesFillAndTell() {
    RateLimiter limiter(10, 20);
    for (int i = 0; i < 20; ++i)
        QVERIFY(limiter.take("a", at(0)).passes);
    const auto refused = limiter.take("a", at(0));
    QVERIFY(!refused.passes);
    QCOMPARE(refused.wait.count(), 1);
    QVERIFY(limiter.take("b", at(0)).passes);
    QVERIFY(limiter.take("a", at(0.1)).passes);
    QVERIFY(!limiter.take("a", at(0.1)).passes);
    // A large request passes while one is left and is paid for afterwards, also with what is not there.
    QVERIFY(limiter.take("a", at(10)).passes);
    limiter.charge("a", 49, at(10));
    QVERIFY(!limiter.take("a", at(10)).passes);
    limiter.charge("a", 50, at(10));
    QVERIFY(!limiter.take("a", at(18)).passes);
    QVERIFY(limiter.take("a", at(18.25)).passes);
    QVERIFY(limiter.take("a", at(18.25)).passes);
    // A clock that stands or goes back gives nothing.
    QVERIFY(!limiter.take("a", at(1)).passes);
    const auto headers = limiter.headers(limiter.look("c", at(0)));
    QCOMPARE(headers.at(0).value, std::string("\"client\";q=20;w=2"));
    QCOMPARE(headers.at(1).value, std::string("\"client\";r=20;t=0"));
    QCOMPARE(limiter.headers(refused).at(2).name, std::string("Retry-After"));
}

void DoorsAuthTest::ratesStayBounded() {
    RateLimiter limiter(1, 5, 100);
    for (int i = 0; i < 5; ++i)
        limiter.take("watched", at(0));
    for (int i = 0; i < 99; ++i)
        limiter.take("n" + std::to_string(i), at(0));
    // Those that have recovered are forgotten first.
    QVERIFY(limiter.take("one more", at(2)).passes);
    QVERIFY(limiter.take("watched", at(2)).passes);
    QVERIFY(limiter.take("watched", at(2)).passes);
    QVERIFY(!limiter.take("watched", at(2)).passes);
}

QTEST_GUILESS_MAIN(DoorsAuthTest)
#include "doors_auth_test.moc"
