// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may come in: keys, tokens, guessing, rates.
#include "engine/doors/authenticator.h"
#include "engine/doors/rate_limiter.h"
#include "tests/unit/signed_tokens.h"

#include <QTest>

using namespace songda;
using namespace songda::doors;
using namespace songda::testing::tokens;

namespace {

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
    void keysOpenTheirDoorsOnly();
    void guessingIsSlowedForTheGuesser();
    void whoeverIsRightGetsInBesideAGuesser();
    void signaturesAreLookedAtOnlySoOften();
    void refusalsSayWhatIsWrong();
    void ratesFillAndTell();
    void ratesStayBounded();
};

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
    QCOMPARE(statusOf(authenticator.identify(from("a", "Bearer  songda_good"), now, at(0))), 200); // RFC 6750 section 2.1
    int n = 0;
    for (const char *wrong : {"Bearer songda_revoked", "Bearer songda_expired", "Bearer songda_goo", "Bearer songda_good ",
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

void DoorsAuthTest::whoeverIsRightGetsInBesideAGuesser() {
    Authenticator authenticator({issuer("RS256", rsa().publicPem())});
    authenticator.setKeys({key("songda_good", "orders", ApiScopes{ApiScope::Send})});
    const std::string token = "Bearer " + signedToken(header("RS256"), goodClaims(), rsa());
    const std::string wrong = "Bearer " + signedToken(header("RS256"), goodClaims(), Pair::rsa(2048));
    int told = 0;
    for (int i = 0; i < 10'000; ++i) {
        told += statusOf(authenticator.identify(from("shared", i % 2 ? "Bearer songda_guess" : wrong.c_str()), now, at(0))) == 401 ? 1 : 0;
        QCOMPARE(statusOf(authenticator.identify(from("shared", "Bearer songda_good"), now, at(0))), 200);
        QCOMPARE(statusOf(authenticator.identify(from("shared", token.c_str()), now, at(0))), 200);
    }
    QCOMPARE(told, 10);
    // Neighbours in one /64 are one guesser.
    for (int i = 0; i < 20; ++i) {
        const std::string place = "2001:db8:1:2::" + std::to_string(i + 1);
        QCOMPARE(statusOf(authenticator.identify(from(place.c_str(), "Bearer songda_guess"), now, at(0))), i < 10 ? 401 : 429);
    }
    QCOMPARE(statusOf(authenticator.identify(from("2001:db8:1:3::1", "Bearer songda_guess"), now, at(0))), 401);
}

void DoorsAuthTest::signaturesAreLookedAtOnlySoOften() {
    Authenticator authenticator({issuer("ES256", elliptic().publicPem())});
    const std::string wrong = "Bearer " + signedToken(header("ES256"), goodClaims(), Pair::elliptic("P-256"));
    std::vector<std::string> right; // each made once: no two signatures on a curve are alike
    for (int n = 0; n < 3; ++n) {
        json claims = goodClaims();
        claims["jti"] = n;
        right.push_back("Bearer " + signedToken(header("ES256"), claims, elliptic()));
    }
    const auto ask = [&](const std::string &credential, const char *place = "shared") {
        return statusOf(authenticator.identify(from(place, credential.c_str()), now, at(0)));
    };
    for (int i = 0; i < 10; ++i)
        QCOMPARE(ask(wrong), 401);
    QCOMPARE(ask(right[0]), 200);
    for (int i = 0; i < static_cast<int>(Authenticator::looksPerSecond); ++i)
        QCOMPARE(ask(wrong), 429);
    // No more are looked at from there, but what was right stays right, and others do not notice.
    QCOMPARE(ask(right[1]), 429);
    QCOMPARE(ask(right[0]), 200);
    QCOMPARE(ask(right[2], "elsewhere"), 200);
    // Right once is not right for ever: the times are looked at anew.
    QCOMPARE(statusOf(authenticator.identify(from("elsewhere", right[2].c_str()), now + Seconds{600}, at(0))), 401);
}

void DoorsAuthTest::refusalsSayWhatIsWrong() {
    Authenticator authenticator({});
    const auto says = [&](const char *authorization) {
        const auto answer = authenticator.identify(from("a", authorization), now, at(0));
        const auto *response = std::get_if<Response>(&answer);
        return response && !response->headers.empty() ? response->headers.front().value : std::string();
    };
    QCOMPARE(says(nullptr), std::string("Bearer realm=\"songda\""));
    QCOMPARE(says("Bearer songda_wrong"), std::string("Bearer realm=\"songda\", error=\"invalid_token\""));
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
