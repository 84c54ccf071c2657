// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/templates/template_change.h"

#include <QTest>

using namespace songda;
using namespace songda::ui;

class TemplateChangeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysThatCameAndWent();
    void otherWordsAreNoDrift();
    void theSentenceNamesWhatChanged();
};

void TemplateChangeTest::keysThatCameAndWent() {
    const KeyChange change = keyChange("单号：{{character_string1.DATA}}\n商品：{{thing2.DATA}}",
        "单号：{{character_string1.DATA}}\n金额：{{amount3.DATA}}");
    QCOMPARE(change.added, QStringList{QStringLiteral("amount3")});
    QCOMPARE(change.gone, QStringList{QStringLiteral("thing2")});
}

void TemplateChangeTest::otherWordsAreNoDrift() {
    QVERIFY(keyChange("商品：{{thing2.DATA}}", "商品名称：{{thing2.DATA}}").none());
    QVERIFY(keyChange("", "").none());
}

void TemplateChangeTest::theSentenceNamesWhatChanged() {
    TemplateVersion before;
    before.title = "付款通知";
    before.content = "{{thing2.DATA}}";
    const QString text = changeText(before, "订单支付成功通知", "{{thing5.DATA}}");
    for (const char *part : {"thing5", "thing2", "付款通知"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    QVERIFY(!changeText(before, before.title, "x {{thing2.DATA}}").isEmpty());
}

QTEST_GUILESS_MAIN(TemplateChangeTest)
#include "template_change_test.moc"
