// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/proxy_address.h"

#include <QTest>

using namespace songda;
using namespace songda::net;

class NetProxyAddressTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void proxiesAreKeptInOneSpelling_data();
    void proxiesAreKeptInOneSpelling();
    void partsAreRead();
    void othersAreRefused_data();
    void othersAreRefused();
    void aRefusalRepeatsNoPassword();
};

void NetProxyAddressTest::proxiesAreKeptInOneSpelling_data() {
    QTest::addColumn<std::string>("typed");
    QTest::addColumn<std::string>("kept");
    const auto row = [](const char *typed, const char *kept) { QTest::newRow(typed) << std::string(typed) << std::string(kept); };
    row("http://proxy.example.com:3128", "http://proxy.example.com:3128");
    row("HTTP://Proxy.Example.COM:3128", "http://proxy.example.com:3128");
    row("http://proxy.example.com:3128/", "http://proxy.example.com:3128");
    row("http://3proxy:1", "http://3proxy:1");
    row("socks5h://proxy:1080", "socks5h://proxy:1080");
    row("socks5://proxy:1080", "socks5h://proxy:1080");
    row("http://203.1.2.3:65535", "http://203.1.2.3:65535");
    row("http://[2600::1]:8080", "http://[2600::1]:8080");
    row("http://[2600:0:0:0:0:0:0:1]:8080", "http://[2600::1]:8080");
    // A person wrote it: this machine and what lies within are fine.
    row("socks5h://127.0.0.1:1080", "socks5h://127.0.0.1:1080");
    row("socks5h://localhost:1080", "socks5h://localhost:1080");
    row("http://192.168.1.20:3128", "http://192.168.1.20:3128");
    row("http://10.0.0.1:3128", "http://10.0.0.1:3128");
    row("http://[::1]:3128", "http://[::1]:3128");
    row("http://[fd00::1]:3128", "http://[fd00::1]:3128");
}

void NetProxyAddressTest::proxiesAreKeptInOneSpelling() {
    QFETCH(std::string, typed);
    QFETCH(std::string, kept);
    const auto checked = checkedProxy(typed);
    QVERIFY2(checked.has_value(), checked ? "" : checked.error().detail.c_str());
    QCOMPARE(*checked, kept);
    QCOMPARE(checkedProxy(*checked).value_or("refused"), kept);
}

void NetProxyAddressTest::partsAreRead() {
    const auto http = readProxy("http://proxy.example.com:3128");
    QVERIFY(http && *http == (ProxyAddress{ProxyAddress::Kind::Http, "proxy.example.com", 3128}));
    const auto socks = readProxy("socks5://[::1]:1080");
    QVERIFY(socks && *socks == (ProxyAddress{ProxyAddress::Kind::Socks5, "::1", 1080}));
}

void NetProxyAddressTest::othersAreRefused_data() {
    QTest::addColumn<QByteArray>("why");
    const auto rows = [](const char *why, std::initializer_list<const char *> texts) {
        for (const char *text : texts)
            QTest::newRow(*text == '\0' ? "nothing" : text) << QByteArray(why);
    };
    rows("is written as", {"", "proxy", "proxy:3128", "proxy.example.com:3128", "http://", "http://:3128", "http://proxy", "http://proxy:", "http://proxy:0",
                              "http://proxy:65536", "http://proxy:-1", "http://proxy:+80", "http://proxy:3128x", "http://proxy:99999999999",
                              "http://proxy:3128/path", "http://proxy:3128//", "http://proxy:3128?x=1", "http://proxy:3128#x", "http://proxy :3128",
                              " http://proxy:3128", "http://pro\\xy:3128", "http://-proxy:3128", "http://.proxy:3128", "http://proxy..com:3128",
                              "http://proxy.:3128", "http://\xE4\xBB\xA3\xE7\x90\x86:3128", "http://2600::1:8080", "http://[2600::1]", "http://[2600::1]8080",
                              "http://[2600::1%eth0]:8080", "http://[nonsense]:8080", "https://proxy:3128", "socks4://proxy:1080", "socks://proxy:1080",
                              "ftp://proxy:21", "file:///etc/passwd"});
    rows("before an @", {"http://user@proxy:3128", "http://user:password@proxy:3128", "http://proxy@evil:3128", "socks5h://u:p@127.0.0.1:1080"});
    rows("as four numbers", {"http://2852039166:80", "http://0xa9fea9fe:80", "http://0251.0376.0251.0376:80", "http://169.254.0xa9fe:80", "http://127.1:80",
                                "http://0177.0.0.1:80", "http://127.0.0.01:80", "http://256.0.0.1:80", "http://1.2.3.4.5:80", "http://10.0.0.0x1:80"});
    rows("link-local", {"http://169.254.169.254:80", "http://169.254.1.1:80", "http://100.100.100.200:80", "http://0.0.0.0:80", "http://224.0.0.1:80",
                           "http://255.255.255.255:80", "http://[fe80::1]:80", "http://[::ffff:169.254.169.254]:80", "http://[::]:80", "http://[ff02::1]:80",
                           "http://[fd00:ec2::254]:80"});
}

void NetProxyAddressTest::othersAreRefused() {
    QFETCH(QByteArray, why);
    const std::string typed = qstrcmp(QTest::currentDataTag(), "nothing") == 0 ? "" : QTest::currentDataTag();
    const auto checked = checkedProxy(typed);
    QVERIFY(!checked);
    QCOMPARE(static_cast<int>(checked.error().code), static_cast<int>(ErrorCode::InvalidInput));
    QVERIFY2(QByteArray::fromStdString(checked.error().detail).contains(why), checked.error().detail.c_str());
}

void NetProxyAddressTest::aRefusalRepeatsNoPassword() {
    for (const char *text : {"http://user:hunter2@proxy:3128", "user:hunter2@proxy", "http://hunter2:hunter2"})
        QVERIFY2(checkedProxy(text).error().detail.find("hunter2") == std::string::npos, text);
}

QTEST_APPLESS_MAIN(NetProxyAddressTest)
#include "net_proxy_address_test.moc"
