// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_reader.h"
#include "engine/policy/utf8.h"

#include "tests/unit/csv_files.h"
#include "tests/unit/printing.h"

using namespace songda;
using namespace songda::exchange;
using namespace songda::testing;

namespace {

/// What an operator's file holds: a header and some rows in Chinese.
const std::string text = "openid,商品名称,支付时间\r\noA,龙井茶两盒，已发货,2026年1月31日 "
                         "08:00\r\noB,蓝牙耳机（白色）,15:01\r\n";
const std::string rows = "1:[openid|商品名称|支付时间] 2:[oA|龙井茶两盒，已发货|2026年1月31日 08:00]"
                         " 3:[oB|蓝牙耳机（白色）|15:01]";

/// Many rows, several pieces long.
std::string manyRows(int count, const std::string &value) {
    std::string all = "openid,商品名称\n";
    for (int i = 0; i < count; ++i)
        all += "o" + std::to_string(i) + "," + std::string(static_cast<std::size_t>(i % 7), 'x') + value
            + "\n";
    return all;
}

} // namespace

class ExchangeCsvEncodingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodingsAreRead_data();
    void encodingsAreRead();
    void wideFilesWithoutAMarkAreRead_data();
    void wideFilesWithoutAMarkAreRead();
    void otherEncodingsAreTold_data();
    void otherEncodingsAreTold();
    void aPersonCanSayTheEncoding_data();
    void aPersonCanSayTheEncoding();
    void anUnknownEncodingIsRefused();
    void shortGbkFilesAreRead_data();
    void shortGbkFilesAreRead();
    void knownBytesAreRead_data();
    void knownBytesAreRead();
    void largeFilesAreReadInEveryEncoding_data();
    void largeFilesAreReadInEveryEncoding();
    void asciiThatTurnsChineseLateIsRead();
    void badBytesRefuseTheirRowOnly_data();
    void badBytesRefuseTheirRowOnly();
    void aCutOffCharacterAtTheEndIsRefused_data();
    void aCutOffCharacterAtTheEndIsRefused();
};

void ExchangeCsvEncodingTest::encodingsAreRead_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("encoding");
    QTest::newRow("UTF-8") << text << std::string("UTF-8");
    QTest::newRow("UTF-8 with a mark") << "\xEF\xBB\xBF" + text << std::string("UTF-8");
    QTest::newRow("GBK") << encoded(text, "GBK") << std::string("GB18030");
    QTest::newRow("GB18030") << encoded(text, "GB18030") << std::string("GB18030");
    QTest::newRow("UTF-16, little end first") << utf16(text, false) << std::string("UTF-16");
    QTest::newRow("UTF-16, big end first") << utf16(text, true) << std::string("UTF-16");
}

void ExchangeCsvEncodingTest::encodingsAreRead() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, encoding);
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(read.encoding, encoding);
    QCOMPARE(drawn(read.rows), rows);
}

void ExchangeCsvEncodingTest::wideFilesWithoutAMarkAreRead_data() {
    QTest::addColumn<std::string>("content");
    QTest::addColumn<bool>("bigEndian");
    // U+4E00 and U+3000 have their NUL on the other side.
    for (const char *content : {"openid,thing1\noA,茶\n", "openid,thing1\noA,一\n", "openid,thing1\noA,第一　一一\noB,最\n"}) {
        for (const bool bigEndian : {false, true})
            QTest::newRow((utf8::printable(content, 100) + (bigEndian ? ", big" : ", little")).c_str()) << std::string(content) << bigEndian;
    }
}

void ExchangeCsvEncodingTest::wideFilesWithoutAMarkAreRead() {
    QFETCH(std::string, content);
    QFETCH(bool, bigEndian);
    Files files;
    const ReadFile read = readCsv(files.write(utf16(content, bigEndian).substr(2)));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(read.encoding, std::string(bigEndian ? "UTF-16BE" : "UTF-16LE"));
    QCOMPARE(drawn(read.rows), drawn(readCsv(files.write(content)).rows));
}

void ExchangeCsvEncodingTest::otherEncodingsAreTold_data() {
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("encoding");
    QTest::newRow("Big5") << std::string("openid,商品\noA,龍井茶兩盒，已發貨\noB,藍牙耳機（白色）\n") << std::string("Big5");
    QTest::newRow("Shift_JIS") << std::string("openid,名前,商品\noA,山田太郎,ご注文ありがとうございます\noB,鈴木一郎,発送しました\n") << std::string("Shift_JIS");
    QTest::newRow("Western Europe") << std::string("openid,name\noA,Müller\noB,Fran\u00E7ois\n") << std::string("windows-1252");
    // Also in GB18030, which is what there mostly is.
    QTest::newRow("traditional characters") << std::string("openid,姓名\noA,張偉\noB,劉麗華\noC,陳國強\n") << std::string("GB18030");
    QTest::newRow("one rare character") << std::string("openid,姓名\noA,囍\n") << std::string("GB18030");
    QTest::newRow("rare names") << std::string("openid,姓名\noA,昊彧\noB,镕\n") << std::string("GB18030");
    QTest::newRow("signs") << std::string("openid,thing1\noA,★℃①→\n") << std::string("GB18030");
}

void ExchangeCsvEncodingTest::otherEncodingsAreTold() {
    QFETCH(std::string, content);
    QFETCH(std::string, encoding);
    Files files;
    const ReadFile expected = readCsv(files.write(content));
    const ReadFile read = readCsv(files.write(encoded(content, encoding.c_str())));
    QCOMPARE(read.error, std::string{});
    QVERIFY2(QByteArray::fromStdString(read.encoding).toLower() == QByteArray::fromStdString(encoding).toLower(), read.encoding.c_str());
    QCOMPARE(drawn(read.rows), drawn(expected.rows));
}

void ExchangeCsvEncodingTest::aPersonCanSayTheEncoding_data() {
    QTest::addColumn<std::string>("encoding");
    for (const char *name : csvEncodings())
        QTest::newRow(name) << std::string(name);
}

void ExchangeCsvEncodingTest::aPersonCanSayTheEncoding() {
    QFETCH(std::string, encoding);
    // In each of them, and by itself too little to tell.
    const std::string content = encoding == "windows-1252" ? "openid,name\noA,é\n" : encoding == "EUC-KR" ? "openid,name\noA,감사\n" : "openid,name\noA,中\n";
    Files files;
    const ReadFile expected = readCsv(files.write(content));
    std::string bytes = encoding == "UTF-8" ? content : encoded(content, encoding.c_str());
    for (const bool lowerCase : {false, true}) {
        const ReadFile read = readCsv(files.write(bytes), lowerCase ? QByteArray::fromStdString(encoding).toLower().toStdString() : encoding);
        QCOMPARE(read.error, std::string{});
        QCOMPARE(read.encoding, encoding);
        QCOMPARE(drawn(read.rows), drawn(expected.rows));
    }
}

void ExchangeCsvEncodingTest::anUnknownEncodingIsRefused() {
    Files files;
    QVERIFY(!readCsv(files.write(text), "EBCDIC").error.empty());
}

void ExchangeCsvEncodingTest::shortGbkFilesAreRead_data() {
    QTest::addColumn<std::string>("content");
    for (const char *content : {"openid,姓名\noA,张三\n", "openid,thing1\noA,茶\n", "收件人,商品\noA,手机\n",
             "openid,金额\noA,￥100元\n", "openid,phrase1\noA,已发货\noB,已签收\n",
             "openid,thing1\noA,您好\n", "openid,thing1,time2\noA,订单已支付，请留意查收,2026年1月31日\n",
             "openid,car_number1\noA,粤A8Z888\n", "openid,name1\noA,欧阳娜娜\noB,诸葛亮\n",
             "openid;thing1\noA;快递到了\n"})
        QTest::newRow(utf8::printable(content, 100).c_str()) << std::string(content);
}

void ExchangeCsvEncodingTest::shortGbkFilesAreRead() {
    QFETCH(std::string, content);
    Files files;
    const ReadFile expected = readCsv(files.write(content));
    const ReadFile read = readCsv(files.write(encoded(content, "GBK")));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(read.encoding, std::string("GB18030"));
    QCOMPARE(drawn(read.rows), drawn(expected.rows));
}

void ExchangeCsvEncodingTest::knownBytesAreRead_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("value");
    // Whatever the test's own encoder thinks: these bytes are those characters.
    QTest::newRow("GBK") << std::string("openid,thing1\noA,\xD6\xD0\xCE\xC4\xB2\xE2\xCA\xD4\n")
                         << std::string("中文测试");
    QTest::newRow("GBK only, not in GB2312")
        << std::string("openid,thing1\noA,\xD6\xD0\xCE\xC4\x96\x7C\n") << std::string("中文東");
    QTest::newRow("GB18030, four bytes")
        << std::string("openid,thing1\noA,\xD6\xD0\xCE\xC4\x95\x32\x82\x36\n") << std::string("中文𠀀");
    QTest::newRow("GB18030, emoji") << std::string("openid,thing1\noA,\xD6\xD0\xCE\xC4\x94\x39\xFC\x36\n")
                                    << std::string("中文😀");
    QTest::newRow("UTF-16, pair of surrogates")
        << std::string("\xFF\xFEo\0,\0x\0\n\0\x61\0,\0\x3D\xD8\x00\xDE\n\0", 20) << std::string("😀");
}

void ExchangeCsvEncodingTest::knownBytesAreRead() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, value);
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(read.rows.size(), std::size_t{2});
    QCOMPARE(read.rows[1].fields.size(), std::size_t{2});
    QCOMPARE(read.rows[1].fields[1], value);
}

void ExchangeCsvEncodingTest::largeFilesAreReadInEveryEncoding_data() {
    QTest::addColumn<std::string>("encoding");
    for (const char *encoding : {"UTF-8", "GBK", "GB18030", "UTF-16LE", "UTF-16BE"})
        QTest::newRow(encoding) << std::string(encoding);
}

void ExchangeCsvEncodingTest::largeFilesAreReadInEveryEncoding() {
    QFETCH(std::string, encoding);
    // 𠀀 and the emoji have four bytes in GB18030 and are not in GBK.
    const std::string value = encoding == "GBK" ? "龙井茶两盒，已发货" : "龙井茶𠀀两盒😀，已发货";
    constexpr int count = 40000;
    const std::string content = manyRows(count, value);
    Files files;
    std::string bytes = content;
    if (encoding == "UTF-16LE" || encoding == "UTF-16BE")
        bytes = utf16(content, encoding == "UTF-16BE");
    else if (encoding != "UTF-8")
        bytes = encoded(content, encoding.c_str());
    QVERIFY(bytes.size() > 3 * 256 * 1024); // several borders between pieces
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(static_cast<int>(read.rows.size()), count + 1);
    for (int i = 0; i < count; ++i) {
        const CsvRow &row = read.rows[static_cast<std::size_t>(i) + 1];
        QVERIFY2(row.fault == CsvFault::None, std::to_string(i).c_str());
        QCOMPARE(row.fields[1], std::string(static_cast<std::size_t>(i % 7), 'x') + value);
    }
}

void ExchangeCsvEncodingTest::asciiThatTurnsChineseLateIsRead() {
    // Nothing but ASCII in the first piece; UTF-8 behind it.
    std::string content = "openid,thing1\n";
    while (content.size() < 300 * 1024)
        content += "oA,plain\n";
    Files files;
    const ReadFile read = readCsv(files.write(content + "oB,茶\n"));
    QCOMPARE(read.rows.back().fields[1], std::string("茶"));
    QVERIFY(read.rows.back().fault == CsvFault::None);
    // GBK behind it cannot be known in time: the row is refused, not garbled.
    const ReadFile gbk = readCsv(files.write(content + "oB,\xB2\xE8\n" + "oC,plain\n"));
    const std::size_t n = gbk.rows.size();
    QVERIFY(gbk.rows[n - 2].fault == CsvFault::NotUtf8);
    QCOMPARE(gbk.rows[n - 1].fields[1], std::string("plain"));
}

void ExchangeCsvEncodingTest::badBytesRefuseTheirRowOnly_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("UTF-8 with a mark")
        << std::string("\xEF\xBB\xBFopenid,商品\noA,龙井茶\noB,坏\xFF的\noC,蓝牙耳机\n");
    QTest::newRow("UTF-8, stray byte") << std::string("openid,商品\noA,龙井茶\noB,坏\xFF的\noC,蓝牙耳机\n");
    QTest::newRow("UTF-8, cut-off character")
        << std::string("openid,商品\noA,龙井茶\noB,坏\xE7\x9A\noC,蓝牙耳机\n");
    QTest::newRow("GBK") << encoded("openid,商品\noA,龙井茶\noB,坏", "GBK") + "\xFF"
            + encoded("的\noC,蓝牙耳机\n", "GBK");
    QTest::newRow("UTF-16, half a pair") << utf16("openid,商品\noA,龙井茶\noB,坏", false)
            + std::string("\x3D\xD8", 2) + utf16("的\noC,蓝牙耳机\n", false).substr(2);
}

void ExchangeCsvEncodingTest::badBytesRefuseTheirRowOnly() {
    QFETCH(std::string, bytes);
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(drawn(read.rows), std::string("1:[openid|商品] 2:[oA|龙井茶] 3:!bytes@2 4:[oC|蓝牙耳机]"));
}

void ExchangeCsvEncodingTest::aCutOffCharacterAtTheEndIsRefused_data() {
    QTest::addColumn<std::string>("bytes");
    const std::string whole = "openid,商品\noA,龙井茶\noB,蓝牙耳机";
    QTest::newRow("UTF-8") << whole.substr(0, whole.size() - 1);
    const std::string gbk = encoded(whole, "GBK");
    QTest::newRow("GBK") << gbk.substr(0, gbk.size() - 1);
    const std::string wide = utf16(whole, false);
    QTest::newRow("UTF-16") << wide.substr(0, wide.size() - 1);
}

void ExchangeCsvEncodingTest::aCutOffCharacterAtTheEndIsRefused() {
    QFETCH(std::string, bytes);
    Files files;
    // Half a file is a broken download: its last row must not go out shortened.
    QCOMPARE(
        drawn(readCsv(files.write(bytes)).rows), std::string("1:[openid|商品] 2:[oA|龙井茶] 3:!bytes@2"));
}

QTEST_GUILESS_MAIN(ExchangeCsvEncodingTest)
#include "exchange_csv_encoding_test.moc"
