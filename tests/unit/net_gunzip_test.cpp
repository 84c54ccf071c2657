// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/gunzip.h"

#include <QTest>
#include <zlib.h>

using namespace songda::net;

namespace {

std::string packed(const std::string &plain) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, plain.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return out;
}

constexpr std::size_t limit = 100'000;

} // namespace

class NetGunzipTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unpacks_data();
    void unpacks();
    void refusesEveryDamage();
    void stopsAtTheLimit();
};

void NetGunzipTest::unpacks_data() {
    QTest::addColumn<QByteArray>("plain");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("an answer") << QByteArray("{\"errcode\":0,\"msgid\":3906471234567890123}");
    QTest::newRow("exactly the limit") << QByteArray(static_cast<qsizetype>(limit), 'x');
    QTest::newRow("a step of the buffer") << QByteArray(64 * 1024, 'y');
}

void NetGunzipTest::unpacks() {
    QFETCH(QByteArray, plain);
    const auto out = gunzip(packed(plain.toStdString()), limit);
    QVERIFY(out.has_value());
    QVERIFY(*out == plain.toStdString());
}

void NetGunzipTest::refusesEveryDamage() {
    std::string text;
    for (int i = 0; i < 200; ++i)
        text += "row " + std::to_string(i * 7919) + "\n";
    const std::string whole = packed(text);
    for (std::size_t length = 0; length < whole.size(); ++length)
        QVERIFY2(!gunzip(whole.substr(0, length), limit), std::to_string(length).c_str());
    // From the tenth byte on: what stands before is a time and flags nobody checks.
    for (std::size_t at = 10; at < whole.size(); ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        QVERIFY2(!gunzip(damaged, limit), std::to_string(at).c_str());
    }
    QVERIFY(!gunzip(whole + "more", limit));
    QVERIFY(!gunzip(text, limit));
}

void NetGunzipTest::stopsAtTheLimit() {
    const auto bomb = gunzip(packed(std::string(50'000'000, '\0')), limit);
    QVERIFY(!bomb.has_value());
    QVERIFY(bomb.error() == GunzipFault::TooLarge);
}

QTEST_GUILESS_MAIN(NetGunzipTest)
#include "net_gunzip_test.moc"
