// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/mapping_table.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QTest>

using namespace songda;
using namespace songda::ui;

namespace {

Template orderTemplate() {
    Template t;
    t.title = "订单支付成功通知";
    t.content = "{{first.DATA}}\n订单号:{{character_string1.DATA}}\n商品:{{thing2.DATA}}\n{{remark.DATA}}";
    return t;
}

} // namespace

class MappingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void guesses_data();
    void guesses();
    void isCompleteOnlyWithEveryKeyAndARecipient();
    void showsTheGuessAndKeepsAChange();
};

void MappingTest::guesses_data() {
    QTest::addColumn<QStringList>("header");
    QTest::addColumn<QString>("openid");
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("goods");
    const auto s = [](const char *text) { return QString::fromUtf8(text); };
    QTest::newRow("names of keys") << QStringList{s("openid"), s("character_string1"), s("thing2")} << s("openid") << s("character_string1") << s("thing2");
    QTest::newRow("labels of the template") << QStringList{s("商品"), s("订单号"), s("touser")} << s("touser") << s("订单号") << s("商品");
    QTest::newRow("capitals and blanks") << QStringList{s(" OpenID "), s("THING2")} << s(" OpenID ") << QString() << s("THING2");
    QTest::newRow("the key's name before its label") << QStringList{s("openid"), s("商品"), s("thing2")} << s("openid") << QString() << s("thing2");
    QTest::newRow("nothing fits") << QStringList{s("a"), s("b")} << QString() << QString() << QString();
}

void MappingTest::guesses() {
    QFETCH(QStringList, header);
    QFETCH(QString, openid);
    QFETCH(QString, order);
    QFETCH(QString, goods);
    const Mapping mapping = guessMapping(orderTemplate(), header);
    QCOMPARE(mapping.openid, openid);
    QCOMPARE(mapping.keys.size(), std::size_t(2)); // first and remark are not asked for
    QCOMPARE(mapping.keys.at("character_string1"), order);
    QCOMPARE(mapping.keys.at("thing2"), goods);
}

void MappingTest::isCompleteOnlyWithEveryKeyAndARecipient() {
    Mapping mapping{QStringLiteral("openid"), {}, {}, {{"thing2", QStringLiteral("b")}, {"thing3", QString()}}};
    QVERIFY(!mapping.complete());
    mapping.keys["thing3"] = QStringLiteral("c");
    QVERIFY(mapping.complete());
    mapping.openid.clear();
    QVERIFY(!mapping.complete());
}

void MappingTest::showsTheGuessAndKeepsAChange() {
    MappingTable table;
    int changes = 0;
    connect(&table, &MappingTable::changed, this, [&] { ++changes; });
    table.show(orderTemplate(), {QStringLiteral("openid"), QStringLiteral("character_string1"), QStringLiteral("goods")});
    QVERIFY(!table.mapping().complete());
    const auto boxes = table.findChildren<QComboBox *>();
    QCOMPARE(boxes.size(), 5); // recipient, two keys, link, business key
    const int before = changes;
    boxes[2]->setCurrentIndex(boxes[2]->findText(QStringLiteral("goods")));
    QVERIFY(changes > before);
    QVERIFY(table.mapping().complete());
    QCOMPARE(table.mapping().keys.at("thing2"), QStringLiteral("goods"));
    QEvent language(QEvent::LanguageChange);
    QCoreApplication::sendEvent(&table, &language);
    QCOMPARE(table.mapping().keys.at("thing2"), QStringLiteral("goods"));
}

QTEST_MAIN(MappingTest)
#include "mapping_test.moc"
