// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/account.h"
#include "engine/model/hash.h"
#include "engine/model/outcome.h"
#include "engine/model/random.h"

#include "tests/unit/printing.h"

#include <algorithm>
#include <set>

using namespace songda;

/// Values that are stored or sent and must be the same in every later version.
class ModelIdentityTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hashesNeverChange_data();
    void hashesNeverChange();
    void hashesTakeEveryByteAndTheSeed();
    void errorClassesKeepTheirNumbersAndNames_data();
    void errorClassesKeepTheirNumbersAndNames();
    void otherNumbersAreNoErrorClasses();
    void clientMsgIdsFitTheProtocol();
    void clientMsgIdsDoNotRepeat();
    void sameSeedSameRun();
    void unitIsBelowOne();
    void badgeFollowsTheHost_data();
    void badgeFollowsTheHost();
};

void ModelIdentityTest::hashesNeverChange_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<quint64>("hash");
    QTest::addColumn<qint64>("stored");
    QTest::newRow("empty") << std::string{} << quint64{0xecba3df2c3383c52} << qint64{-1388729422223754158};
    QTest::newRow("a") << std::string("a") << quint64{0xed8170de1919a24d} << qint64{-1332659915518795187};
    QTest::newRow("abc") << std::string("abc") << quint64{0xf120aee01df30dab} << qint64{-1071664433715802709};
    QTest::newRow("openid") << std::string("oABCDEFGHIJKLMNOPQRSTUVWXYZ1") << quint64{0xd11ea463c847f9e7}
                            << qint64{-3378081922012415513};
    QTest::newRow("Chinese") << std::string("订单2026-0001") << quint64{0x3c4b15a2f9b23b4f}
                             << qint64{4344590055247067983};
    QTest::newRow("emoji") << std::string("😀") << quint64{0x4f752d944f01dbce} << qint64{5725532616275385294};
}

void ModelIdentityTest::hashesNeverChange() {
    QFETCH(std::string, text);
    QFETCH(quint64, hash);
    QFETCH(qint64, stored);
    QCOMPARE(quint64{stableHash(text)}, hash);
    QCOMPARE(qint64{storedHash(text)}, stored);
}

void ModelIdentityTest::hashesTakeEveryByteAndTheSeed() {
    static_assert(stableHash("abc") == 0xf120aee01df30dab);
    QCOMPARE(quint64{stableHash("abc", 1)}, quint64{0x9df8fdcdadbd7315});
    QCOMPARE(quint64{stableHash(std::string_view("a\0b", 3))}, quint64{0x234b9f53ca31740f});
}

void ModelIdentityTest::errorClassesKeepTheirNumbersAndNames_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<ErrorClass>("value");
    QTest::newRow("success") << 0 << ErrorClass::Success;
    QTest::newRow("token") << 1 << ErrorClass::Token;
    QTest::newRow("throttle-minute") << 2 << ErrorClass::ThrottleMinute;
    QTest::newRow("throttle-day") << 3 << ErrorClass::ThrottleDay;
    QTest::newRow("transient") << 4 << ErrorClass::Transient;
    QTest::newRow("recipient") << 5 << ErrorClass::Recipient;
    QTest::newRow("content") << 6 << ErrorClass::Content;
    QTest::newRow("template/config") << 7 << ErrorClass::Config;
    QTest::newRow("unknown") << 8 << ErrorClass::Unknown;
}

void ModelIdentityTest::errorClassesKeepTheirNumbersAndNames() {
    QFETCH(int, number);
    QFETCH(ErrorClass, value);
    QVERIFY(errorClassFromNumber(number) == value);
    QCOMPARE(toString(value), QTest::currentDataTag());
}

void ModelIdentityTest::otherNumbersAreNoErrorClasses() {
    QVERIFY(!errorClassFromNumber(-1));
    QVERIFY(!errorClassFromNumber(9));
    QVERIFY(!errorClassFromNumber(1LL << 32));
}

void ModelIdentityTest::clientMsgIdsFitTheProtocol() {
    Random random(1);
    static constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    for (int i = 0; i < 1000; ++i) {
        const std::string id = makeClientMsgId(random);
        QVERIFY(id.size() >= 16 && id.size() <= 32);
        QVERIFY2(id.find_first_not_of(alphabet) == std::string::npos, id.c_str());
        QVERIFY2(id.front() != '-' && id.front() != '_', id.c_str());
    }
}

void ModelIdentityTest::clientMsgIdsDoNotRepeat() {
    Random random(2);
    std::set<std::string> ids;
    std::set<char> lastCharacters;
    for (int i = 0; i < 100000; ++i) {
        std::string id = makeClientMsgId(random);
        lastCharacters.insert(id.back());
        ids.insert(std::move(id));
    }
    QCOMPARE(ids.size(), std::size_t{100000});
    QCOMPARE(lastCharacters.size(), std::size_t{64}); // random up to the end
}

void ModelIdentityTest::sameSeedSameRun() {
    Random one(42);
    Random same(42);
    Random other(43);
    const std::string id = makeClientMsgId(one);
    QCOMPARE(makeClientMsgId(same), id);
    QVERIFY(makeClientMsgId(other) != id);
    Random systemOne = Random::fromSystem();
    Random systemTwo = Random::fromSystem();
    QVERIFY(makeClientMsgId(systemOne) != makeClientMsgId(systemTwo));
}

void ModelIdentityTest::unitIsBelowOne() {
    Random random(3);
    double least = 1;
    double most = 0;
    for (int i = 0; i < 100000; ++i) {
        const double unit = random.unit();
        least = std::min(least, unit);
        most = std::max(most, unit);
    }
    QVERIFY(least >= 0 && least < 0.001);
    QVERIFY(most < 1 && most > 0.999);
}

void ModelIdentityTest::badgeFollowsTheHost_data() {
    QTest::addColumn<std::string>("apiBase");
    QTest::addColumn<bool>("testAccount");
    QTest::addColumn<std::string>("badge");
    const auto row = [](const char *base, bool test, const char *badge) {
        QTest::addRow("%s%s", base, test ? " (test account)" : "")
            << std::string(base) << test << std::string(badge);
    };
    row("https://api.weixin.qq.com", false, "production");
    row("https://api.weixin.qq.com", true, "test-account");
    row("https://sh.api.weixin.qq.com", false, "production");
    row("http://127.0.0.1:8080", false, "practice");
    row("http://127.0.0.1:8080", true, "practice");
    row("http://127.1.2.3", false, "practice");
    row("http://localhost", false, "practice");
    row("http://localhost:9000/wechat", false, "practice");
    row("https://localhost", false, "practice");
    row("http://[::1]:8080", false, "practice");
    row("http://[::1]", false, "practice");
    // Names of other machines that only begin like this one's: real people get what is sent there.
    row("https://localhost.example.com", false, "production");
    row("https://localhosts", false, "production");
    row("https://127.example.com", false, "production");
    row("https://127.0.0.1.example.com", true, "test-account");
    row("https://relay.example.com/localhost", false, "production");
}

void ModelIdentityTest::badgeFollowsTheHost() {
    QFETCH(std::string, apiBase);
    QFETCH(bool, testAccount);
    QFETCH(std::string, badge);
    Account account;
    account.apiBase = apiBase;
    account.testAccount = testAccount;
    QCOMPARE(std::string(toString(environmentOf(account))), badge);
}

QTEST_GUILESS_MAIN(ModelIdentityTest)
#include "model_identity_test.moc"
