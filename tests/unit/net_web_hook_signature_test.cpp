// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/web_client.h"
#include "engine/net/web_hook_signature.h"
#include "tests/must.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;

class NetWebHookSignatureTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSpecificationsExample();
    void eachPartCounts();
    void secretsHaveAForm_data();
    void secretsHaveAForm();
    void addressesAreChecked_data();
    void addressesAreChecked();
};

void NetWebHookSignatureTest::theSpecificationsExample() {
    QCOMPARE(must(net::webHookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})")),
        std::string("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
}

void NetWebHookSignatureTest::eachPartCounts() {
    const std::string secret = net::webHookSecret(std::string(32, 'k'));
    const std::string other = net::webHookSecret(std::string(32, 'l'));
    const std::string right = must(net::webHookSignature(secret, "a", 1, "b"));
    QVERIFY(right != must(net::webHookSignature(other, "a", 1, "b")));
    QVERIFY(right != must(net::webHookSignature(secret, "c", 1, "b")));
    QVERIFY(right != must(net::webHookSignature(secret, "a", 2, "b")));
    QVERIFY(right != must(net::webHookSignature(secret, "a", 1, "c")));
    QCOMPARE(right, must(net::webHookSignature(secret, "a", 1, "b")));
    QVERIFY(!must(net::webHookSignature(secret, "a", 1, std::string("\0\xff", 2))).empty());
}

void NetWebHookSignatureTest::secretsHaveAForm_data() {
    QTest::addColumn<QByteArray>("secret");
    const QByteArray good = QByteArray(32, 'k').toBase64();
    QTest::newRow("no prefix") << good;
    QTest::newRow("other prefix") << "whsek_" + good;
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("prefix alone") << QByteArray("whsec_");
    QTest::newRow("too short") << "whsec_" + QByteArray(23, 'k').toBase64();
    QTest::newRow("too long") << "whsec_" + QByteArray(65, 'k').toBase64();
    QTest::newRow("bad letter") << "whsec_*" + good.mid(1);
}

void NetWebHookSignatureTest::secretsHaveAForm() {
    QFETCH(QByteArray, secret);
    const auto signature = net::webHookSignature(secret.toStdString(), "a", 1, "b");
    QVERIFY(!signature && signature.error().code == ErrorCode::Secret);
    QVERIFY(secret.size() < 12 || signature.error().detail.find(secret.mid(6, 6).toStdString()) == std::string::npos);
}

void NetWebHookSignatureTest::addressesAreChecked_data() {
    QTest::addColumn<QByteArray>("kept"); // empty: refused
    const auto row = [](const char *given, const char *kept) { QTest::newRow(given) << QByteArray(kept); };
    row("https://orders.example.com/songda?tenant=5", "https://orders.example.com/songda?tenant=5");
    row("https://orders.example.com?mail=a@b", "https://orders.example.com?mail=a@b"); // no name, no password
    row("https://orders.example.com/x@y", "https://orders.example.com/x@y");
    row("HTTPS://Orders.Example.COM", "https://orders.example.com");
    row("http://10.0.0.5:8080/x", "http://10.0.0.5:8080/x");
    row("https://[2400:3200::1]:8443/", "https://[2400:3200::1]:8443/");
    // What these spell is seen.
    row("http://2130706433/", "http://127.0.0.1/");
    row("http://0x7f.1/", "http://127.0.0.1/");
    row("http://0177.0.0.1/", "http://127.0.0.1/");
    row("http://127.1/", "http://127.0.0.1/");
    for (const char *bad : {"", "orders.example.com", "//orders.example.com", "ftp://orders.example.com/", "file:///etc/passwd", "gopher://orders.example.com/",
             "javascript:alert(1)", "https://", "https:///x", "https://user@orders.example.com/", "https://user:password@orders.example.com/", "https://@orders.example.com/",
             "https://127.0.0.1@orders.example.com/", "https://orders.example.com/#x", "https://orders.example.com\\@127.0.0.1/", "https://orders.example.com/ x",
             "https://orders.example.com/\nHost: other", "https://orders.example.com:99999/", "https://[::1/", "https://exa mple.com/"})
        row(bad, "");
}

void NetWebHookSignatureTest::addressesAreChecked() {
    QFETCH(QByteArray, kept);
    const auto checked = net::checkedWebAddress(QTest::currentDataTag());
    QCOMPARE(QByteArray::fromStdString(checked.value_or("")), kept);
}

QTEST_APPLESS_MAIN(NetWebHookSignatureTest)
#include "net_web_hook_signature_test.moc"
