// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/message_rows.h"

#include "tests/unit/printing.h"

#include <set>

using namespace songda;
using namespace songda::exchange;

namespace {

using Fields = std::vector<std::string>;

const Fields header{"openid", "商品", "time2", "订单号", "链接", "备注"};

ColumnMapping mapping(bool withKey = true) {
    MappingWish wish;
    wish.urlColumn = "链接";
    if (withKey)
        wish.keyColumn = "订单号";
    const auto mapped = mapColumns(
        header, templateKeys("商品:{{thing1.DATA}}\n时间:{{time2.DATA}}\n{{remark.DATA}}"), wish);
    if (!mapped)
        qFatal("%s", mapped.error().detail.c_str());
    return *mapped;
}

CsvRow row(Fields fields, std::int64_t line = 12) {
    CsvRow r;
    r.line = line;
    r.fields = std::move(fields);
    return r;
}

const RowContext context{TemplateRef{7}, "spring", fromMillis(1769817600000), fromMillis(1769904000000)};

tl::expected<NewMessage, RowProblem> made(
    const Fields &fields, bool withKey = true, const RowContext &with = context) {
    Random random(1);
    return messageFromRow(row(fields), header, mapping(withKey), with, random);
}

} // namespace

class ExchangeMessageRowsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodRowsBecomeMessages();
    void valuesAreTakenAsTheyAre();
    void badRowsNameTheirColumn_data();
    void badRowsNameTheirColumn();
    void faultsOfTheFileArePassedOn_data();
    void faultsOfTheFileArePassedOn();
    void hiddenKeysMayBeEmpty();
    void withoutAKeyColumnTheContentIsTheKey();
    void everyMessageGetsItsOwnClientMsgId();
};

void ExchangeMessageRowsTest::goodRowsBecomeMessages() {
    const auto message = made({" oA ", "龙井茶", "15:01", " 2026-0001 ", " https://example.com/1 ", "note"});
    QVERIFY(message.has_value());
    QCOMPARE(message->openid, std::string("oA"));
    QCOMPARE(message->idempotencyKey, std::string("2026-0001"));
    const std::string expected
        = R"({"url":"https://example.com/1","data":{"thing1":{"value":"龙井茶"},"time2":{"value":"15:01"}}})";
    QCOMPARE(message->content, expected);
    QCOMPARE(message->dueAt, context.dueAt);
    QCOMPARE(message->expiresAt, context.expiresAt);
    QVERIFY(!message->clientMsgId.empty() && message->clientMsgId.size() <= 32);
    const auto noLink = made({"oA", "茶", "15:01", "1", "", ""});
    QVERIFY(noLink.has_value());
    QVERIFY(noLink->content.find("url") == std::string::npos);
}

void ExchangeMessageRowsTest::valuesAreTakenAsTheyAre() {
    const auto message = made({"oA", " \"茶\" \\ ", "15:01", "1", "", ""});
    QVERIFY(message.has_value());
    const std::string expected = R"({"data":{"thing1":{"value":" \"茶\" \\ "},"time2":{"value":"15:01"}}})";
    QCOMPARE(message->content, expected);
}

void ExchangeMessageRowsTest::badRowsNameTheirColumn_data() {
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<std::string>("column");
    QTest::addColumn<std::string>("words");
    QTest::addColumn<std::string>("fault");
    const auto bad = [](const char *name, Fields fields, const char *column, const char *words, RowFault fault) {
        QTest::newRow(name) << std::move(fields) << std::string(column) << std::string(words) << std::string(toString(fault));
    };
    bad("too few fields", {"oA", "茶"}, "", "2 fields", RowFault::FieldCount);
    bad("too many fields", {"oA", "茶", "15:01", "1", "", "", "x"}, "", "7 fields", RowFault::FieldCount);
    bad("no recipient", {"", "茶", "15:01", "1", "", ""}, "openid", "openid", RowFault::Openid);
    bad("bad recipient", {"张三", "茶", "15:01", "1", "", ""}, "openid", "openid", RowFault::Openid);
    bad("Excel's number", {"1.2E+11", "茶", "15:01", "1", "", ""}, "openid", "openid", RowFault::Rounded);
    bad("Excel's number as a key", {"oA", "茶", "15:01", "1.2E+11", "", ""}, "订单号", "rounded", RowFault::Rounded);
    bad("zero-width space", {"oA\u200B", "茶", "15:01", "1", "", ""}, "openid", "U+200B", RowFault::Openid);
    bad("empty value", {"oA", "", "15:01", "1", "", ""}, "商品", "thing1 is empty", RowFault::ValueEmpty);
    bad("blank value", {"oA", "  ", "15:01", "1", "", ""}, "商品", "thing1 is empty", RowFault::ValueEmpty);
    bad("too long", {"oA", std::string(21, 'x'), "15:01", "1", "", ""}, "商品", "20", RowFault::ValueTooLong);
    bad("line break", {"oA", "a\nb", "15:01", "1", "", ""}, "商品", "line break", RowFault::ValueControlCharacter);
    bad("wrong form", {"oA", "茶", "soon", "1", "", ""}, "time2", "time2 must be", RowFault::ValueForm);
    bad("bad link", {"oA", "茶", "15:01", "1", "example.com", ""}, "链接", "http", RowFault::Url);
    bad("empty key", {"oA", "茶", "15:01", " ", "", ""}, "订单号", "key", RowFault::Key);
    bad("too long a key", {"oA", "茶", "15:01", std::string(129, 'k'), "", ""}, "订单号", "128", RowFault::Key);
    bad("key with a line break", {"oA", "茶", "15:01", "a\nb", "", ""}, "订单号", "control", RowFault::Key);
}

void ExchangeMessageRowsTest::badRowsNameTheirColumn() {
    QFETCH(Fields, fields);
    QFETCH(std::string, words);
    const auto refused = made(fields);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().line, std::int64_t{12});
    QTEST(refused.error().column, "column");
    QTEST(std::string(toString(refused.error().fault)), "fault");
    QVERIFY2(refused.error().reason.find(words) != std::string::npos, refused.error().reason.c_str());
}

void ExchangeMessageRowsTest::faultsOfTheFileArePassedOn_data() {
    QTest::addColumn<CsvFault>("fault");
    QTest::addColumn<int>("field");
    QTest::addColumn<std::string>("column");
    QTest::newRow("broken quote") << CsvFault::BrokenQuote << 2 << std::string("商品");
    QTest::newRow("NUL") << CsvFault::NulByte << 1 << std::string("openid");
    QTest::newRow("bytes") << CsvFault::NotUtf8 << 6 << std::string("备注");
    QTest::newRow("too long") << CsvFault::TooLong << 0 << std::string{};
    QTest::newRow("beyond the header") << CsvFault::BrokenQuote << 99 << std::string{};
}

void ExchangeMessageRowsTest::faultsOfTheFileArePassedOn() {
    QFETCH(CsvFault, fault);
    QFETCH(int, field);
    CsvRow broken = row({"oA", "茶", "15:01", "1", "", ""}, 99);
    broken.fault = fault;
    broken.faultField = field;
    Random random(1);
    const auto refused = messageFromRow(broken, header, mapping(), context, random);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().line, std::int64_t{99});
    QTEST(refused.error().column, "column");
    QCOMPARE(refused.error().reason, toString(fault));
}

void ExchangeMessageRowsTest::hiddenKeysMayBeEmpty() {
    const Fields titles{"openid", "first", "keyword1"};
    const auto mapped = mapColumns(titles, templateKeys("{{first.DATA}}\n号：{{keyword1.DATA}}"), {});
    QVERIFY(mapped.has_value());
    Random random(1);
    const auto message = messageFromRow(row({"oA", "", "12"}), titles, *mapped, context, random);
    QVERIFY(message.has_value());
    const std::string expected = R"({"data":{"keyword1":{"value":"12"}}})";
    QCOMPARE(message->content, expected);
    QVERIFY(!messageFromRow(row({"oA", "hello", ""}), titles, *mapped, context, random).has_value());
}

void ExchangeMessageRowsTest::withoutAKeyColumnTheContentIsTheKey() {
    const Fields fields{"oA", "茶", "15:01", "1", "https://example.com", "note"};
    const auto key = [&](const Fields &f, const RowContext &with = context) {
        return made(f, false, with)->idempotencyKey;
    };
    const std::string first = key(fields);
    QVERIFY(!first.empty());
    QCOMPARE(key(fields), first);
    Fields other = fields;
    other[5] = "another note"; // not part of the message
    QCOMPARE(key(other), first);
    RowContext later = context;
    later.dueAt += Millis{1000};
    QCOMPARE(key(fields, later), first);
    for (const std::size_t column : {0u, 1u, 4u}) {
        other = fields;
        other[column] += "x";
        QVERIFY(key(other) != first);
    }
    RowContext renamed = context;
    renamed.batchName = "summer";
    QVERIFY(key(fields, renamed) != first);
    RowContext elsewhere = context;
    elsewhere.templateRef = TemplateRef{8};
    QVERIFY(key(fields, elsewhere) != first);
}

void ExchangeMessageRowsTest::everyMessageGetsItsOwnClientMsgId() {
    Random random(1);
    std::set<std::string> ids;
    for (int i = 0; i < 1000; ++i)
        ids.insert(messageFromRow(row({"oA", "茶", "15:01", "1", "", ""}), header, mapping(), context, random)
                       ->clientMsgId);
    QCOMPARE(ids.size(), std::size_t{1000});
}

QTEST_GUILESS_MAIN(ExchangeMessageRowsTest)
#include "exchange_message_rows_test.moc"
