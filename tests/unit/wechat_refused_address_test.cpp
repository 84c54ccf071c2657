// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/refused_address.h"

#include <QTest>

using songda::wechat::refusedAddress;

class WechatRefusedAddressTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theAddressIsFound_data();
    void theAddressIsFound();
};

void WechatRefusedAddressTest::theAddressIsFound_data() {
    QTest::addColumn<QByteArray>("errmsg");
    QTest::addColumn<QByteArray>("address");
    const auto row = [](const char *name, const char *errmsg, const char *address) { QTest::newRow(name) << QByteArray(errmsg) << QByteArray(address); };
    row("as documented", "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65a1b2c3-1", "203.0.113.7");
    row("a comma behind it", "invalid ip 198.51.100.20, not in whitelist", "198.51.100.20");
    row("ipv6 alone", "invalid ip ipv6 2001:db8::17, not in whitelist", "2001:db8::17");
    row("mapped alone", "invalid ip ::ffff:203.0.113.9 hint: [x]", "203.0.113.9");
    row("none", "invalid ip, not in whitelist", "");
    row("a number", "errcode 40164 12", "");
    row("too long for one", "invalid ip 1.2.3.4.5.6, not in whitelist", "");
    row("nothing", "", "");
}

void WechatRefusedAddressTest::theAddressIsFound() {
    QFETCH(QByteArray, errmsg);
    QFETCH(QByteArray, address);
    QCOMPARE(QByteArray::fromStdString(refusedAddress(errmsg.toStdString())), address);
}

QTEST_GUILESS_MAIN(WechatRefusedAddressTest)
#include "wechat_refused_address_test.moc"
