// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is typed into the forms of accounts and reports: wrong input is explained where it stands, and what is asked for is
// what comes out. With SONGDA_PICTURES=FOLDER it leaves pictures there.
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/pages/reports/reports_page.h"
#include "ui/widgets/batch_picker.h"
#include "ui/widgets/parts.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QSpinBox>
#include <nlohmann/json.hpp>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;

/// What stands below a field.
QString hint(QWidget *field) { return field->parentWidget()->findChild<QLabel *>()->text(); }

bool isWrong(QWidget *field) { return field->property("wrong").toBool(); }

QString said(QWidget *page) {
    QStringList all;
    for (const Notice *notice : page->findChildren<Notice *>()) {
        if (notice->isVisible())
            all.append(notice->text());
    }
    return all.join(QLatin1Char('\n'));
}

} // namespace

class DeskFieldsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wrongInputIsExplainedAtItsField();
    void everyValueHasItsUnitItsRangeAndItsDefault();
    void theConnectionTestSaysTokenTemplatesAndQuota();
    void theConnectionTestNamesOurAddress();
    void aReportIsOfWhatItsFieldsSay();
    void wrongFieldsMakeNoReport();
};

void DeskFieldsTest::wrongInputIsExplainedAtItsField() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("accounts"));
    QWidget *page = console.window().page(QStringLiteral("accounts"));
    auto *save = part<QPushButton>(page, "saveAccount");
    QTRY_VERIFY(save->isEnabled());
    auto *rate = part<QDoubleSpinBox>(page, "rate");
    auto *burst = part<QSpinBox>(page, "burst");
    auto *connections = part<QSpinBox>(page, "connections");
    rate->setValue(0);
    QVERIFY(isWrong(rate) && hint(rate).contains(QStringLiteral("0.01 to 100,000")));
    QVERIFY(!save->isEnabled());
    rate->setValue(200'000);
    QVERIFY(isWrong(rate));
    rate->setValue(35.5);
    QVERIFY(!isWrong(rate) && save->isEnabled());
    connections->setValue(481);
    QVERIFY(isWrong(connections) && hint(connections).contains(QStringLiteral("480")) && !save->isEnabled());
    connections->setValue(480);
    burst->setValue(0);
    QVERIFY(isWrong(burst) && !save->isEnabled());
    burst->setValue(1);
    QVERIFY(!isWrong(connections) && !isWrong(burst) && save->isEnabled());
    auto *base = part<QLineEdit>(page, "apiBase");
    for (const char *bad : {"http://example.com", "api.weixin.qq.com", "https://user@api.weixin.qq.com", "https://api.weixin.qq.com/?x=1", "https://"}) {
        base->setText(QString::fromLatin1(bad));
        QVERIFY2(isWrong(base) && hint(base).contains(QStringLiteral("https://")) && !save->isEnabled(), bad);
    }
    base->setText({});
    QVERIFY(!isWrong(base) && !save->isEnabled()); // nothing there is not wrong, but not enough either
    base->setText(QStringLiteral("https://relay.example.com/wx"));
    QVERIFY(!isWrong(base) && save->isEnabled());
    auto *second = part<QLineEdit>(page, "secondBase");
    for (const char *bad : {"http://example.com", "https://relay.example.com/wx", "https://relay.example.com/wx/", "http://127.0.0.1:8080", "https://user@api2.weixin.qq.com"}) {
        second->setText(QString::fromLatin1(bad));
        QVERIFY2(isWrong(second) && !save->isEnabled(), bad);
    }
    second->setText({});
    QVERIFY(!isWrong(second) && save->isEnabled()); // none is what most have
    second->setText(QStringLiteral("https://api2.weixin.qq.com"));
    QVERIFY(!isWrong(second) && save->isEnabled());

    for (auto *button : page->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Add an account"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    auto *name = part<QLineEdit>(page, "accountName");
    auto *appid = part<QLineEdit>(page, "appid");
    auto *secret = part<QLineEdit>(page, "appSecret");
    QVERIFY(!save->isEnabled());
    name->setText(QString::fromUtf8(accountName));
    QVERIFY(isWrong(name) && hint(name).contains(QStringLiteral("already")));
    name->setText(QStringLiteral("a/b"));
    QVERIFY(isWrong(name) && hint(name).contains(QStringLiteral("slash")));
    name->setText(QStringLiteral("shop"));
    appid->setText(QStringLiteral("wx 123"));
    secret->setText(QStringLiteral("密钥"));
    QVERIFY(isWrong(appid) && isWrong(secret) && !save->isEnabled());
    keepPictures(console, "accounts-wrong");
    appid->setText(QStringLiteral("wx0123456789abcdef"));
    QVERIFY(!save->isEnabled());
    secret->setText(QStringLiteral("0123456789abcdef0123456789abcdef"));
    QVERIFY(!isWrong(name) && !isWrong(appid) && !isWrong(secret) && save->isEnabled());
}

void DeskFieldsTest::everyValueHasItsUnitItsRangeAndItsDefault() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("accounts"));
    QWidget *page = console.window().page(QStringLiteral("accounts"));
    QTRY_VERIFY(part<QPushButton>(page, "saveAccount")->isEnabled());
    const Account fresh;
    const auto has = [&](const char *field, const QStringList &words) {
        auto *widget = part<QWidget>(page, field);
        for (const QString &word : words)
            QVERIFY2(hint(widget).contains(word), qPrintable(hint(widget) + QStringLiteral(" without ") + word));
        QVERIFY(!widget->accessibleName().isEmpty());
    };
    has("rate", {QStringLiteral("a second"), QStringLiteral("0.01 to 100,000"), QStringLiteral("%1 by default").arg(fresh.rate)});
    has("burst", {QStringLiteral("Messages"), QStringLiteral("1 to 100,000"), QStringLiteral("%1 by default").arg(fresh.burst)});
    has("connections", {QStringLiteral("Requests"), QStringLiteral("1 to 480"), QStringLiteral("%1 by default").arg(fresh.connections)});
    has("secondBase", {QStringLiteral("https://api2.weixin.qq.com"), QStringLiteral("empty by default")});
    has("apiBase", {QStringLiteral("%1 by default").arg(QString::fromStdString(fresh.apiBase))});
    int hints = 0;
    for (const QLabel *label : page->findChildren<QLabel *>(QStringLiteral("hint"))) {
        QVERIFY(!label->text().isEmpty());
        ++hints;
    }
    QCOMPARE(hints, 11);
}

void DeskFieldsTest::theConnectionTestSaysTokenTemplatesAndQuota() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("accounts"));
    QWidget *page = console.window().page(QStringLiteral("accounts"));
    QVERIFY(console.simulator().control(R"({"daily_limit": 12345})").has_value());
    QVERIFY(pressSoon(page, "testAccount"));
    QTRY_VERIFY_WITH_TIMEOUT(said(page).contains(QStringLiteral("All is well")), patience);
    QVERIFY2(said(page).contains(QStringLiteral("0 of 12,345 sends")), qPrintable(said(page)));
    keepPictures(console, "accounts-tested");
    const auto test = wait(console.engine().testAccount(accountName)).value();
    QVERIFY(test.token && test.templates > 0 && test.quota == 12'345);
    // An account that may not ask is well all the same.
    QVERIFY(console.simulator().control(R"({"daily_limit": 0})").has_value());
    const auto unlimited = wait(console.engine().testAccount(accountName)).value();
    QVERIFY(unlimited.cause.empty());
}

void DeskFieldsTest::theConnectionTestNamesOurAddress() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(console.simulator().control(R"({"whitelist": "refuse", "invalidate_tokens": true})").has_value());
    for (const char *name : {"accounts", "settings"}) {
        console.window().showPage(QLatin1String(name));
        QWidget *page = console.window().page(QLatin1String(name));
        QVERIFY(pressSoon(page, QLatin1String(name) == QLatin1String("accounts") ? "testAccount" : "testConnections"));
        QTRY_VERIFY2_WITH_TIMEOUT(said(page).contains(QStringLiteral("127.0.0.1")), qPrintable(said(page)), patience);
        QVERIFY(said(page).contains(QStringLiteral("40164")));
        QVERIFY(said(page).contains(QStringLiteral("IP whitelist")));
        if (QLatin1String(name) == QLatin1String("accounts"))
            keepPictures(console, "accounts-refused");
    }
    const auto test = wait(console.engine().testAccount(accountName)).value();
    QCOMPARE(test.address, std::string("127.0.0.1"));
}

void DeskFieldsTest::aReportIsOfWhatItsFieldsSay() {
    ConsoleFixture console({.mix = "43004=50"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("first.csv"), 0, 40)));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("second.csv"), 40, 30)));
    QVERIFY(console.drain());
    console.window().showPage(QStringLiteral("reports"));
    auto *page = qobject_cast<ReportsPage *>(console.window().page(QStringLiteral("reports")));
    const auto batches = wait(console.engine().batches(2)).value();
    auto *picker = part<BatchPicker>(page, "reportBatch");
    auto *cause = part<QLineEdit>(page, "reportCause");
    auto *openid = part<QLineEdit>(page, "reportOpenid");
    picker->choose(batches.front().id);
    cause->setText(QStringLiteral(" 43004 "));
    QVERIFY2(hint(cause).contains(QStringLiteral("follow")), qPrintable(hint(cause))); // what it means
    keepPictures(console, "reports");
    const QString file = console.path(QStringLiteral("out.csv"));
    page->exportTo(file);
    QTRY_VERIFY_WITH_TIMEOUT(said(page).contains(QStringLiteral("rows are in out.csv")), patience);
    const auto manifest = [&] {
        QFile json(file + QStringLiteral(".manifest.json"));
        return json.open(QIODevice::ReadOnly) ? nlohmann::json::parse(json.readAll().toStdString(), nullptr, false) : nlohmann::json();
    };
    auto written = manifest();
    QCOMPARE(written["filter"]["batch_id"].get<std::int64_t>(), batches.front().id.value);
    QCOMPARE(written["filter"]["cause"].get<std::string>(), std::string("43004"));
    QVERIFY(!written["filter"].contains("openid"));
    QCOMPARE(written["rows"].get<std::int64_t>(), batches.front().counts[MessageState::Dead]);
    QVERIFY(written["rows"].get<std::int64_t>() > 0);
    // One person, everything about her.
    picker->choose(std::nullopt);
    cause->clear();
    openid->setText(QString::fromStdString(simulator::followerOpenid(3)));
    QFile::remove(file);
    page->exportTo(file);
    QTRY_VERIFY_WITH_TIMEOUT(said(page).contains(QStringLiteral("1 rows are in")), patience);
    written = manifest();
    QCOMPARE(written["filter"]["openid"].get<std::string>(), simulator::followerOpenid(3));
    QVERIFY(!written["filter"].contains("batch_id") && !written["filter"].contains("cause"));
    QCOMPARE(written["rows"].get<int>(), 1);
}

void DeskFieldsTest::wrongFieldsMakeNoReport() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("reports"));
    auto *page = qobject_cast<ReportsPage *>(console.window().page(QStringLiteral("reports")));
    auto *cause = part<QLineEdit>(page, "reportCause");
    auto *openid = part<QLineEdit>(page, "reportOpenid");
    auto *go = part<QPushButton>(page, "export");
    QTRY_VERIFY(go->isEnabled());
    cause->setText(QStringLiteral("43004 43019"));
    QVERIFY(isWrong(cause) && !go->isEnabled());
    page->exportTo(console.path(QStringLiteral("none.csv")));
    QVERIFY(!QFile::exists(console.path(QStringLiteral("none.csv"))));
    cause->setText(QStringLiteral("-1"));
    QVERIFY(!isWrong(cause) && go->isEnabled());
    openid->setText(QStringLiteral("张三"));
    QVERIFY(isWrong(openid) && !go->isEnabled());
    openid->clear();
    QVERIFY(!isWrong(openid) && go->isEnabled());
}

QTEST_MAIN(DeskFieldsTest)
#include "desk_fields_test.moc"
