// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/address_guard.h"

#include <QTest>
#include <arpa/inet.h>
#include <cstring>

using namespace songda;

namespace {

/// By the system's own reading of an address.
IpBytes bytesOf(const char *text) {
    IpBytes bytes{};
    in_addr v4{};
    if (inet_pton(AF_INET, text, &v4) == 1) {
        std::array<std::uint8_t, 4> four{};
        std::memcpy(four.data(), &v4, four.size());
        return mappedV4(four[0], four[1], four[2], four[3]);
    }
    if (inet_pton(AF_INET6, text, bytes.data()) != 1)
        qFatal("%s is no address", text);
    return bytes;
}

} // namespace

class PolicyAddressGuardTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAnAddressLeadsTo_data();
    void whatAnAddressLeadsTo();
    void edgesOfRanges_data();
    void edgesOfRanges();
    void onlyOnesOwnCanBeAllowed();
};

void PolicyAddressGuardTest::whatAnAddressLeadsTo_data() {
    QTest::addColumn<QString>("kind");
    const auto row = [](const char *address, AddressKind kind) { QTest::newRow(address) << QString::fromLatin1(toString(kind)); };
    using K = AddressKind;
    for (const char *address : {"8.8.8.8", "1.0.0.1", "101.226.103.106", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.167.1.1",
             "223.255.255.255", "2400:3200::1", "2606:4700::1111", "2a00::1", "2001:200::1"})
        row(address, K::Public);
    for (const char *address : {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::",
             "2002:7f00:0001:1::5"})
        row(address, K::Loopback);
    for (const char *address : {"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "::ffff:10.1.2.3", "64:ff9b::10.0.0.1",
             "64:ff9b:1::8.8.8.8", "2002:c0a8:0101::1", "fc00::1", "fd12:3456:789a::1", "fec0::1"})
        row(address, K::Private);
    for (const char *address : {"169.254.0.1", "169.254.255.255", "fe80::1", "febf::1", "::ffff:169.254.1.1"})
        row(address, K::LinkLocal);
    for (const char *address : {"169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "169.254.170.2", "100.100.100.200",
             "168.63.129.16", "192.0.0.192", "fd00:ec2::254"})
        row(address, K::Metadata);
    for (const char *address : {"224.0.0.1", "239.255.255.255", "ff02::1", "::ffff:224.0.0.1"})
        row(address, K::Multicast);
    for (const char *address : {"0.0.0.0", "0.1.2.3", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1", "::",
             "2001:db8::1", "2001::1", "2001:0:53aa:64c:0:7fff:80fe:fefe", "3fff::1", "100::1", "4000::1", "5f00::1", "1::1"})
        row(address, K::Reserved);
}

void PolicyAddressGuardTest::whatAnAddressLeadsTo() {
    QFETCH(QString, kind);
    QCOMPARE(QString::fromLatin1(toString(kindOf(bytesOf(QTest::currentDataTag())))), kind);
}

void PolicyAddressGuardTest::edgesOfRanges_data() {
    QTest::addColumn<QByteArray>("outside");
    QTest::newRow("10.0.0.0") << QByteArray("9.255.255.255");
    QTest::newRow("10.255.255.255") << QByteArray("11.0.0.0");
    QTest::newRow("127.0.0.0") << QByteArray("126.255.255.255");
    QTest::newRow("127.255.255.255") << QByteArray("128.0.0.0");
    QTest::newRow("169.254.0.0") << QByteArray("169.253.255.255");
    QTest::newRow("172.16.0.0") << QByteArray("172.15.255.255");
    QTest::newRow("172.31.255.255") << QByteArray("172.32.0.0");
    QTest::newRow("192.168.255.255") << QByteArray("192.169.0.0");
    QTest::newRow("224.0.0.0") << QByteArray("223.255.255.255");
    QTest::newRow("2001:db8::") << QByteArray("2001:db7:ffff::");
    QTest::newRow("2001:1ff::") << QByteArray("2001:200::");
    QTest::newRow("1fff::") << QByteArray("2000::1");
    QTest::newRow("4000::") << QByteArray("3ffe::1");
}

void PolicyAddressGuardTest::edgesOfRanges() {
    QFETCH(QByteArray, outside);
    QVERIFY(kindOf(bytesOf(QTest::currentDataTag())) != AddressKind::Public);
    QVERIFY(kindOf(bytesOf(outside.constData())) == AddressKind::Public);
}

void PolicyAddressGuardTest::onlyOnesOwnCanBeAllowed() {
    using K = AddressKind;
    for (const K kind : {K::Public, K::Loopback, K::Private, K::LinkLocal, K::Metadata, K::Multicast, K::Reserved}) {
        QCOMPARE(mayBeCalled(kind, false), kind == K::Public);
        QCOMPARE(mayBeCalled(kind, true), kind == K::Public || kind == K::Loopback || kind == K::Private);
    }
}

QTEST_APPLESS_MAIN(PolicyAddressGuardTest)
#include "policy_address_guard_test.moc"
