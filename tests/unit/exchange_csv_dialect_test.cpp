// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_dialect.h"

#include "tests/unit/printing.h"

using namespace songda;
using namespace songda::exchange;

class ExchangeCsvDialectTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void delimiterIsFound_data();
    void delimiterIsFound();
    void sepLineDecides_data();
    void sepLineDecides();
};

void ExchangeCsvDialectTest::delimiterIsFound_data() {
    QTest::addColumn<std::string>("sample");
    QTest::addColumn<char>("delimiter");
    const auto row = [](const char *name, const char *sample, char delimiter) {
        QTest::newRow(name) << std::string(sample) << delimiter;
    };
    row("empty", "", ',');
    row("one column", "openid\noA\noB\n", ',');
    row("comma", "openid,thing1\noA,x\n", ',');
    row("semicolon", "openid;thing1\noA;x\n", ';');
    row("tab", "openid\tthing1\noA\tx\n", '\t');
    row("bar", "openid|thing1\noA|x\n", '|');
    row("header only", "openid;thing1;time2", ';');
    row("header only, line end", "openid;thing1;time2\n", ';');
    row("decimal commas", "openid;amount1;amount2\noA;1,50;2,50\noB;3,00;4,00\n", ';');
    row("commas in the values", "openid;thing1\noA;a,b,c\noB;d\n", ';');
    row("commas in one title", "openid;name, full;x\noA;b;c\noD;e;f\n", ';');
    row("other delimiters inside quotes", "\"a;b;c\",d\n\"e;f;g\",h\n", ',');
    row("line breaks inside quotes", "a;\"b\n,,,\n\";c\nd;e;f\n", ';');
    row("CR only", "a;b\rc;d\r", ';');
    row("CRLF", "a|b\r\nc|d\r\n", '|');
    row("blank lines in front", "\n\na;b\nc;d\n", ';');
    row("Chinese titles", "收件人\t商品\t时间\noA\tx\t15:01\n", '\t');
}

void ExchangeCsvDialectTest::delimiterIsFound() {
    QFETCH(std::string, sample);
    QFETCH(char, delimiter);
    const CsvDialect dialect = detectDialect(sample);
    QCOMPARE(dialect.delimiter, delimiter);
    QCOMPARE(dialect.skip, std::size_t{0});
}

void ExchangeCsvDialectTest::sepLineDecides_data() {
    QTest::addColumn<std::string>("sample");
    QTest::addColumn<char>("delimiter");
    QTest::addColumn<int>("skip");
    const auto row = [](const char *name, const char *sample, char delimiter, int skip) {
        QTest::newRow(name) << std::string(sample) << delimiter << skip;
    };
    row("LF", "sep=;\na,b;c\n", ';', 6);
    row("CRLF", "sep=;\r\na,b;c\r\n", ';', 7);
    row("CR", "sep=;\ra,b;c\r", ';', 6);
    row("comma", "sep=,\na;b,c\n", ',', 6);
    row("tab", "sep=\t\na,b\tc\n", '\t', 6);
    row("capitals", "SEP=|\na,b|c\n", '|', 6);
    row("not at the start", "a,b\nsep=;\n", ',', 0);
    row("only a title", "sep=;x,b\n1,2\n", ',', 0);
}

void ExchangeCsvDialectTest::sepLineDecides() {
    QFETCH(std::string, sample);
    QFETCH(char, delimiter);
    QFETCH(int, skip);
    const CsvDialect dialect = detectDialect(sample);
    QCOMPARE(dialect.delimiter, delimiter);
    QCOMPARE(static_cast<int>(dialect.skip), skip);
}

QTEST_GUILESS_MAIN(ExchangeCsvDialectTest)
#include "exchange_csv_dialect_test.moc"
