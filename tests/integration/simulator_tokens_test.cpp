// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/simulator_fixture.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace songda::simulator;
using namespace songda::simulator::testing;

class SimulatorTokensTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void classicTokenReplacesTheOneBefore();
    void stableTokenStaysTheSame();
    void stableTokenIsRenewedFiveMinutesBeforeItsEnd();
    void stableTokenNeverShowsLessThanFiveMinutes();
    void shortLivesReallyEnd();
    void classicAndStableDoNotDisturbEachOther();
    void forcedRefreshNeedsThirtySeconds();
    void forcedRefreshTwentyTimesADay();
    void twoForcedRefreshesKillALeakedToken();
    void malformedAndMissingTokensAreToldApart();
    void expiredAndInvalidatedTokensAreToldApart();
    void tokensOfTwoRunsDiffer();
    void tokenCallsCheckTheirArguments_data();
    void tokenCallsCheckTheirArguments();
    void stableTokenIsPostOnly();
    void whitelistNamesTheAddress();
    void tokenErrorIsGivenUntilTakenBack();
    void changedSecretIsAskedFor();
    void tokenCallsAreCounted();
    void scriptedTokenCallsFailOnce();
    void stableCallsHaveAMinuteQuota();
};

void SimulatorTokensTest::classicTokenReplacesTheOneBefore() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string first = tokens.classic(noon).token;
    const IssuedToken second = tokens.classic(noon + 60s);
    QVERIFY(first != second.token);
    QCOMPARE(second.expiresIn, std::chrono::seconds{7200});
    QCOMPARE(tokens.check(first, noon + 60s + 299s), 0);
    QCOMPARE(tokens.check(first, noon + 60s + 300s), 40001);
    QCOMPARE(tokens.check(second.token, noon + 60s + 7199s), 0);
    QCOMPARE(tokens.check(second.token, noon + 60s + 7200s), 42001);
}

void SimulatorTokensTest::stableTokenStaysTheSame() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string first = tokens.stable(noon).token;
    const IssuedToken later = tokens.stable(noon + 1000s);
    QCOMPARE(later.token, first);
    QCOMPARE(later.expiresIn, std::chrono::seconds{6200});
}

void SimulatorTokensTest::stableTokenIsRenewedFiveMinutesBeforeItsEnd() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string first = tokens.stable(noon).token;
    QCOMPARE(tokens.stable(noon + 6899s).token, first);
    const IssuedToken renewed = tokens.stable(noon + 7100s);
    QVERIFY(renewed.token != first);
    QCOMPARE(renewed.expiresIn, std::chrono::seconds{7200});
    // The old one keeps five minutes from the renewal, even past its own end.
    QCOMPARE(tokens.check(first, noon + 7100s + 299s), 0);
    QCOMPARE(tokens.check(first, noon + 7100s + 300s), 42001);
}

void SimulatorTokensTest::stableTokenNeverShowsLessThanFiveMinutes() {
    Tokens tokens{TokenSettings{}, 7};
    for (std::chrono::seconds age{0}; age < 30'000s; age += 7s) {
        QVERIFY(tokens.stable(noon + age).expiresIn >= 300s);
    }
}

void SimulatorTokensTest::shortLivesReallyEnd() {
    TokenSettings settings;
    settings.life = 10s;
    Tokens tokens{settings, 7};
    const IssuedToken first = tokens.stable(noon);
    QCOMPARE(first.expiresIn, std::chrono::seconds{10});
    QCOMPARE(tokens.stable(noon + 4s).token, first.token);
    QCOMPARE(tokens.check(first.token, noon + 10s), 42001);
    QVERIFY(tokens.stable(noon + 11s).token != first.token);
}

void SimulatorTokensTest::classicAndStableDoNotDisturbEachOther() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string stable = tokens.stable(noon).token;
    const std::string classic = tokens.classic(noon).token;
    tokens.classic(noon + 10s);
    QCOMPARE(tokens.check(stable, noon + 1000s), 0);
    tokens.forced(noon + 20s);
    tokens.forced(noon + 60s);
    QCOMPARE(tokens.check(classic, noon + 100s), 0);
}

void SimulatorTokensTest::forcedRefreshNeedsThirtySeconds() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string first = tokens.forced(noon)->token;
    QCOMPARE(tokens.forced(noon + 29s)->token, first);
    QVERIFY(tokens.forced(noon + 30s)->token != first);
}

void SimulatorTokensTest::forcedRefreshTwentyTimesADay() {
    Tokens tokens{TokenSettings{}, 7};
    for (int i = 0; i < 20; ++i) {
        QVERIFY(tokens.forced(noon + i * 30s).has_value());
    }
    QVERIFY(!tokens.forced(noon + 20 * 30s).has_value());
    // Midnight in China, not in London.
    QVERIFY(!tokens.forced(noon + 12h - 1s).has_value());
    QVERIFY(tokens.forced(noon + 12h).has_value());
}

void SimulatorTokensTest::twoForcedRefreshesKillALeakedToken() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string leaked = tokens.stable(noon).token;
    tokens.forced(noon + 100s);
    QCOMPARE(tokens.check(leaked, noon + 101s), 0);
    tokens.forced(noon + 130s);
    QCOMPARE(tokens.check(leaked, noon + 131s), 40001);
}

void SimulatorTokensTest::malformedAndMissingTokensAreToldApart() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string token = tokens.stable(noon).token;
    QCOMPARE(tokens.check(std::nullopt, noon), 41001);
    QCOMPARE(tokens.check("", noon), 40014);
    QCOMPARE(tokens.check(std::string_view{token}.substr(1), noon), 40014);
    QCOMPARE(tokens.check(std::string(token.size(), '!'), noon), 40014);
    QCOMPARE(tokens.check(std::string(token.size(), 'A'), noon), 40001);
}

void SimulatorTokensTest::expiredAndInvalidatedTokensAreToldApart() {
    Tokens tokens{TokenSettings{}, 7};
    const std::string stable = tokens.stable(noon).token;
    const std::string classic = tokens.classic(noon).token;
    tokens.expireAll(noon + 1s);
    QCOMPARE(tokens.check(stable, noon + 1s), 42001);
    QCOMPARE(tokens.check(classic, noon + 1s), 42001);
    const std::string next = tokens.stable(noon + 2s).token;
    QVERIFY(next != stable);
    tokens.invalidateAll();
    QCOMPARE(tokens.check(next, noon + 3s), 40001);
}

void SimulatorTokensTest::tokensOfTwoRunsDiffer() {
    Tokens one{TokenSettings{}, 1};
    Tokens two{TokenSettings{}, 2};
    QVERIFY(one.stable(noon).token != two.stable(noon).token);
}

void SimulatorTokensTest::tokenCallsCheckTheirArguments_data() {
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<int>("errcode");
    QTest::newRow("good") << QByteArray("{}") << -99;
    QTest::newRow("grant type") << QByteArray(R"({"grant_type":"client_credentials"})") << 40002;
    QTest::newRow("no appid") << QByteArray(R"({"appid":null})") << 41002;
    QTest::newRow("no secret") << QByteArray(R"({"secret":null})") << 41004;
    QTest::newRow("wrong appid") << QByteArray(R"({"appid":"wx0000000000000000"})") << 40013;
    QTest::newRow("wrong secret") << QByteArray(R"({"secret":"00000000000000000000000000000000"})") << 40125;
}

void SimulatorTokensTest::tokenCallsCheckTheirArguments() {
    QFETCH(const QByteArray, change);
    QFETCH(const int, errcode);
    nlohmann::json body = credentials();
    body.merge_patch(parsed(change.toStdString()));

    Platform platform;
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/stable_token", body.dump())), errcode);

    Request request;
    request.path = "/cgi-bin/token";
    for (const auto &[name, value] : body.items()) {
        if (value.is_string()) {
            request.arguments.push_back({name, value.get_ref<const std::string &>()});
        }
    }
    QCOMPARE(Platform::errcode(platform.api.handle(request, platform.now)), errcode);
}

void SimulatorTokensTest::stableTokenIsPostOnly() {
    Platform platform;
    QCOMPARE(Platform::errcode(platform.get("/cgi-bin/stable_token")), 43002);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/token", "{}")), 43001);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/stable_token", "")), 44002);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/stable_token", "{")), 47001);
}

void SimulatorTokensTest::whitelistNamesTheAddress() {
    Platform platform;
    AccountState account = *platform.api.account();
    account.whitelistRefuses = true;
    platform.api.setAccount(account);
    const Reply reply = platform.post("/cgi-bin/stable_token", credentials().dump());
    QCOMPARE(Platform::errcode(reply), 40164);
    QVERIFY(
        Platform::errmsg(reply).find("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist") == 0);
}

void SimulatorTokensTest::tokenErrorIsGivenUntilTakenBack() {
    Platform platform;
    AccountState account = *platform.api.account();
    account.tokenError = 50007;
    platform.api.setAccount(account);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/stable_token", credentials().dump())), 50007);
    account.tokenError = 0;
    platform.api.setAccount(account);
    QVERIFY(!platform.stableToken().empty());
}

void SimulatorTokensTest::changedSecretIsAskedFor() {
    Platform platform;
    AccountState account = *platform.api.account();
    account.secret = "11111111111111111111111111111111";
    platform.api.setAccount(account);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/stable_token", credentials().dump())), 40125);
}

void SimulatorTokensTest::tokenCallsAreCounted() {
    Platform platform;
    platform.stableToken();
    platform.stableToken(true);
    platform.get("/cgi-bin/token");
    const TokenCalls calls = platform.api.tokenCalls();
    QCOMPARE(calls.stable, std::uint64_t{2});
    QCOMPARE(calls.forced, std::uint64_t{1});
    QCOMPARE(calls.classic, std::uint64_t{1});
    QCOMPARE(calls.refused, std::uint64_t{1});
    QCOMPARE(calls.total(), std::uint64_t{3});
}

void SimulatorTokensTest::scriptedTokenCallsFailOnce() {
    Platform platform;
    platform.api.faults().addScripts(
        *parseScripts(parsed(R"({"@token": ["http:503", "busy", "delay:70"]})")));
    QCOMPARE(platform.post("/cgi-bin/stable_token", credentials().dump()).status, 503);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/stable_token", credentials().dump())), -1);
    const Reply late = platform.post("/cgi-bin/stable_token", credentials().dump());
    QCOMPARE(late.delay, std::chrono::milliseconds{70});
    QVERIFY(parsed(late.body).contains("access_token"));
    QCOMPARE(platform.api.tokenCalls().stable, std::uint64_t{3});
    QCOMPARE(platform.api.tokenCalls().refused, std::uint64_t{2});
}

void SimulatorTokensTest::stableCallsHaveAMinuteQuota() {
    Platform platform;
    for (int i = 0; i < 10'000; ++i) {
        QVERIFY(!platform.stableToken().empty());
    }
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/stable_token", credentials().dump())), 45011);
    platform.now += 60s;
    QVERIFY(!platform.stableToken().empty());
}

QTEST_GUILESS_MAIN(SimulatorTokensTest)
#include "simulator_tokens_test.moc"
