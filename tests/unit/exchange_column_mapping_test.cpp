// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/column_mapping.h"

#include "tests/unit/printing.h"

using namespace songda;
using namespace songda::exchange;
using songda::testing::named;

namespace {

using Names = std::vector<std::string>;

const std::string content = "商品名称:{{thing1.DATA}}\n支付时间：{{time2.DATA}}";
const std::string oldContent = "{{first.DATA}}\n订单号：{{keyword1.DATA}}\n{{remark.DATA}}";

/// A mapping as one text: openid=0 key=1 url=2 thing1=3 ignored=x,y.
std::string drawn(const Result<ColumnMapping> &mapping) {
    if (!mapping)
        return mapping.error().detail;
    std::string text = "openid=" + std::to_string(mapping->openid);
    if (mapping->key)
        text += " key=" + std::to_string(*mapping->key);
    if (mapping->url)
        text += " url=" + std::to_string(*mapping->url);
    for (const auto &[key, column] : mapping->values)
        text += " " + key.name + "=" + std::to_string(column);
    for (const std::string &name : mapping->ignored)
        text += " ignored=" + name;
    return text;
}

MappingWish wish(const char *openid, const char *key = "", const char *url = "",
    std::map<std::string, std::string> keys = {}) {
    return {openid, key, url, std::move(keys)};
}

} // namespace

class ExchangeColumnMappingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void columnsAreFound_data();
    void columnsAreFound();
    void problemsNameTheColumn_data();
    void problemsNameTheColumn();
    void missingColumnsListThoseThereAre();
};

void ExchangeColumnMappingTest::columnsAreFound_data() {
    QTest::addColumn<Names>("header");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<MappingWish>("wish");
    QTest::addColumn<std::string>("mapping");
    const auto row = [](const char *name, Names header, const std::string &templateContent,
                         const MappingWish &w, const char *mapping) {
        QTest::newRow(name) << std::move(header) << templateContent << w << std::string(mapping);
    };
    row("names of the keys", {"openid", "thing1", "time2"}, content, {}, "openid=0 thing1=1 time2=2");
    row("any order", {"time2", "openid", "thing1"}, content, {}, "openid=1 thing1=2 time2=0");
    row("touser", {"touser", "thing1", "time2"}, content, {}, "openid=0 thing1=1 time2=2");
    row("openid goes before touser", {"touser", "openid", "thing1", "time2"}, content, {},
        "openid=1 thing1=2 time2=3 ignored=touser");
    row("case and blanks", {" OpenID ", "THING1", "\tTime2"}, content, {}, "openid=0 thing1=1 time2=2");
    row("labels of the template", {"openid", "商品名称", "支付时间"}, content, {},
        "openid=0 thing1=1 time2=2");
    row("the key goes before its label", {"openid", "商品名称", "支付时间", "thing1"}, content, {},
        "openid=0 thing1=3 time2=2 ignored=商品名称");
    row("url by itself", {"openid", "thing1", "time2", "url"}, content, {},
        "openid=0 url=3 thing1=1 time2=2");
    row("columns not used", {"openid", "姓名", "thing1", "time2", "备注"}, content, {},
        "openid=0 thing1=2 time2=3 ignored=姓名 ignored=备注");
    row("wished openid", {"openid", "收件人", "thing1", "time2"}, content, wish("收件人"),
        "openid=1 thing1=2 time2=3 ignored=openid");
    row("wished key and url", {"openid", "订单号", "链接", "thing1", "time2"}, content,
        wish("", "订单号", "链接"), "openid=0 key=1 url=2 thing1=3 time2=4");
    row("wished values", {"openid", "商品", "时间"}, content,
        wish("", "", "", {{"thing1", "商品"}, {"time2", "时间"}}), "openid=0 thing1=1 time2=2");
    row("one column for two keys", {"openid", "时间"}, content,
        wish("", "", "", {{"thing1", "时间"}, {"time2", "时间"}}), "openid=0 thing1=1 time2=1");
    row("hidden keys may be missing", {"openid", "订单号"}, oldContent, {}, "openid=0 keyword1=1");
    row("hidden keys are used when there", {"openid", "first", "订单号", "remark"}, oldContent, {},
        "openid=0 first=1 keyword1=2 remark=3");
    row("empty titles", {"openid", "", "thing1", "", "time2"}, content, {},
        "openid=0 thing1=2 time2=4 ignored= ignored=");
    row("template without keys", {"openid"}, "hello", {}, "openid=0");
}

void ExchangeColumnMappingTest::columnsAreFound() {
    QFETCH(Names, header);
    QFETCH(std::string, content);
    QFETCH(MappingWish, wish);
    const auto found = mapColumns(header, templateKeys(content), wish);
    QTEST(drawn(found), "mapping");
    QCOMPARE(found->columns, header.size());
}

void ExchangeColumnMappingTest::problemsNameTheColumn_data() {
    QTest::addColumn<Names>("header");
    QTest::addColumn<MappingWish>("wish");
    QTest::addColumn<std::string>("column");
    const auto row = [](const char *name, Names header, const MappingWish &w, const char *column) {
        QTest::newRow(name) << std::move(header) << w << std::string(column);
    };
    row("no recipient", {"thing1", "time2"}, {}, "\"openid\"");
    row("no wished recipient", {"openid", "thing1", "time2"}, wish("收件人"), "\"收件人\"");
    row("no wished key", {"openid", "thing1", "time2"}, wish("", "订单号"), "\"订单号\"");
    row("no wished url", {"openid", "thing1", "time2"}, wish("", "", "链接"), "\"链接\"");
    row("no column for a key", {"openid", "thing1"}, {}, "\"time2\"");
    row("no wished column for a key", {"openid", "thing1", "time2"}, wish("", "", "", {{"time2", "时间"}}),
        "\"时间\"");
    row("no such key", {"openid", "thing1", "time2"}, wish("", "", "", {{"thing9", "商品"}}), "\"thing9\"");
    row("two columns of one name", {"openid", "thing1", "time2", "thing1"}, {}, "\"thing1\"");
    row("two of one name but for blanks", {"openid", "thing1", "time2", " thing1"}, {}, "\"thing1\"");
    row("two recipients", {"openid", "openid", "thing1", "time2"}, {}, "\"openid\"");
    row("a key of another template", {"openid", "thing1", "time2", "amount3"}, {}, "\"amount3\"");
    row("an empty header", {}, {}, "\"openid\"");
}

void ExchangeColumnMappingTest::problemsNameTheColumn() {
    QFETCH(Names, header);
    QFETCH(MappingWish, wish);
    QFETCH(std::string, column);
    const auto refused = mapColumns(header, templateKeys(content), wish);
    QVERIFY(!refused.has_value());
    QCOMPARE(named(refused.error().code), std::string("invalid_input"));
    QVERIFY2(refused.error().detail.find(column) != std::string::npos, refused.error().detail.c_str());
}

void ExchangeColumnMappingTest::missingColumnsListThoseThereAre() {
    const auto refused = mapColumns({"openid", "商品", "时间"}, templateKeys(content), {});
    QVERIFY(!refused.has_value());
    QVERIFY2(refused.error().detail.find("openid, 商品, 时间") != std::string::npos,
        refused.error().detail.c_str());
    const auto unknown
        = mapColumns({"openid"}, templateKeys(content), wish("", "", "", {{"thing9", "商品"}}));
    QVERIFY(!unknown.has_value());
    QVERIFY2(
        unknown.error().detail.find("thing1, time2") != std::string::npos, unknown.error().detail.c_str());
}

QTEST_GUILESS_MAIN(ExchangeColumnMappingTest)
#include "exchange_column_mapping_test.moc"
