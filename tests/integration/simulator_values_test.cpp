// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/value_rules.h"

#include <QTest>

using namespace songda::simulator;

class SimulatorValuesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesFollowTheirTypes_data();
    void valuesFollowTheirTypes();
    void onlyTypesWithANumberAreChecked();
};

void SimulatorValuesTest::valuesFollowTheirTypes_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *key, const char *value, bool fits) {
        QTest::addRow("%s %s", key, value) << QByteArray(key) << QByteArray(value) << fits;
    };
    row("thing1", "一二三四五六七八九十一二三四五六七八九十", true);
    row("thing1", "一二三四五六七八九十一二三四五六七八九十多", false);
    row("thing1", "two\nlines", false);
    row("short_thing2", "一二三四五", true);
    row("short_thing2", "一二三四五六", false);
    row("const3", "金卡会员", true);
    row("character_string1", "AB-12 (3)", true);
    row("character_string1", "含中文", false);
    row("character_string1", "123456789012345678901234567890123", false);
    row("number4", "-12.50", true);
    row("number4", "1e5", false);
    row("number4", "12.", false);
    row("letter1", "abcXYZ", true);
    row("letter1", "ab1", false);
    row("symbol1", "+-*/", true);
    row("symbol1", "a+", false);
    row("phrase1", "顺丰速运", true);
    row("phrase1", "顺丰速运公司", false);
    row("phrase1", "SF", false);
    row("name1", "欧阳娜娜", true);
    row("name1", "Alexander Hamilton", true);
    row("name1", "张Alexander Ham", false);
    row("amount1", "¥128.00", true);
    row("amount1", "25元", true);
    row("amount1", "12345678901", false);
    row("amount1", "1.234", false);
    row("amount1", "¥", false);
    row("phone_number1", "+86 (010) 1234567", true);
    row("phone_number1", "+86 (010) 12345678", false);
    row("phone_number1", "tel 123", false);
    row("car_number1", "京A12345", true);
    row("car_number1", "粤Z1234港", true);
    row("car_number1", "京A京12345", false);
    row("time1", "15:01", true);
    row("time1", "2019年10月1日 15:01", true);
    row("time1", "2019-10-01 15:01:30", true);
    row("time1", "2019-10-01 15:00~16:00", true);
    row("time1", "2019-10-01", false);
    row("time1", "25:00", false);
    row("time1", "noon", false);
    row("date1", "2019年10月1日", true);
    row("date1", "2019.10.01", true);
    row("date1", "2019/10/01 08:00", true);
    row("date1", "2019-10-01~2019-10-07", true);
    row("date1", "2019-13-01", false);
    row("date1", "2019-10/01", false);
    row("date1", "15:01", false);
    row("first", "", true);
    row("keyword1", "什么都可以\n什么都可以什么都可以什么都可以什么都可以", true);
}

void SimulatorValuesTest::valuesFollowTheirTypes() {
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, value);
    QFETCH(const bool, fits);
    QCOMPARE(valueFits(key.toStdString(), value.toStdString()), fits);
}

void SimulatorValuesTest::onlyTypesWithANumberAreChecked() {
    QVERIFY(isTypedKey("thing1"));
    QVERIFY(isTypedKey("character_string12"));
    QVERIFY(!isTypedKey("thing"));
    QVERIFY(!isTypedKey("keyword1"));
    QVERIFY(!isTypedKey("remark"));
    QVERIFY(!isTypedKey("12"));
    QVERIFY(!isTypedKey(""));
}

QTEST_GUILESS_MAIN(SimulatorValuesTest)
#include "simulator_values_test.moc"
