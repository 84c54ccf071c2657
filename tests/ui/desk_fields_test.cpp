// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is typed into the forms of accounts, messages and reports: wrong input is explained where it stands, and what is asked for is
// what comes out. With SONGDA_PICTURES=FOLDER it leaves pictures there.
#include "app/simulator/followers.h"
#include "tests/canary/canary_search.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/pages/reports/reports_page.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/message_form.h"
#include "ui/pages/send/send_page.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/batch_picker.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QSpinBox>
#include <QWheelEvent>
#include <algorithm>
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
    void whatIsAddedIsWhatIsChosen();
    void aTimeThatIsAskedForIsToCome();
    void theWheelTurnsOnlyWhatHasTheFocus();
    void valuesStayWithTheirKeys();
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
    auto *proxy = part<QLineEdit>(page, "proxy");
    for (const char *bad : {"proxy.example.com", "http://proxy.example.com", "http://user:pass@proxy.example.com:3128", "https://proxy.example.com:3128", "socks5h://169.254.169.254:1080"}) {
        proxy->setText(QString::fromLatin1(bad));
        QVERIFY2(isWrong(proxy) && hint(proxy).contains(QStringLiteral("socks5h://host:port")) && !save->isEnabled(), bad);
    }
    proxy->setText({});
    QVERIFY(!isWrong(proxy) && save->isEnabled());
    proxy->setText(QStringLiteral("socks5h://127.0.0.1:1080"));
    QVERIFY(!isWrong(proxy) && save->isEnabled());

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
    has("proxy", {QStringLiteral("socks5h://127.0.0.1:1080"), QStringLiteral("empty by default")});
    has("apiBase", {QStringLiteral("%1 by default").arg(QString::fromStdString(fresh.apiBase))});
    int hints = 0;
    for (const QLabel *label : page->findChildren<QLabel *>(QStringLiteral("hint"))) {
        QVERIFY(!label->text().isEmpty());
        ++hints;
    }
    QCOMPARE(hints, 12);
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

void DeskFieldsTest::whatIsAddedIsWhatIsChosen() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("accounts"));
    QWidget *page = console.window().page(QStringLiteral("accounts"));
    auto *save = part<QPushButton>(page, "saveAccount");
    QTRY_VERIFY(save->isEnabled());
    const Account before = wait(console.engine().accounts()).value().front();
    QVERIFY(pressSoon(page, "addAccount"));
    part<QLineEdit>(page, "accountName")->setText(QStringLiteral("shop"));
    part<QLineEdit>(page, "appid")->setText(QStringLiteral("wx0123456789abcdef"));
    part<QLineEdit>(page, "appSecret")->setText(QString::fromStdString(canary::appSecret.toStdString()));
    part<QLineEdit>(page, "apiBase")->setText(QString::fromStdString(console.simulator().baseUrl()));
    part<QDoubleSpinBox>(page, "rate")->setValue(33);
    QVERIFY(press(page, "saveAccount"));
    // A hand that presses again as soon as it can.
    QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), patience);
    DataTable *accounts = table(page, "accounts");
    QCOMPARE(accounts->chosenRows().size(), qsizetype(1));
    QCOMPARE(accounts->model()->index(accounts->chosenRows().first(), 0).data().toString(), QStringLiteral("shop"));
    QVERIFY(press(page, "saveAccount"));
    QTRY_VERIFY_WITH_TIMEOUT(said(page).contains(QStringLiteral("Saved.")), patience);
    const auto after = wait(console.engine().accounts()).value();
    QCOMPARE(after.size(), std::size_t(2));
    const auto old = std::find_if(after.begin(), after.end(), [&](const Account &a) { return a.id == before.id; });
    QVERIFY(old != after.end() && *old == before);
    // What is said of a test says whose it is.
    const int row = accounts->model()->index(0, 0).data().toString() == QStringLiteral("shop") ? 1 : 0;
    accounts->selectRow(row);
    QVERIFY(pressSoon(page, "testAccount"));
    accounts->selectRow(1 - row);
    QTRY_VERIFY2_WITH_TIMEOUT(said(page).contains(QString::fromUtf8(accountName) + QStringLiteral(": All is well")), qPrintable(said(page)), patience);
}

void DeskFieldsTest::aTimeThatIsAskedForIsToCome() {
    ActQuestion question;
    question.title = QStringLiteral("Send at another time");
    question.button = QStringLiteral("Set the time");
    question.at = forEditor(proposedTime(Engine::wallNow(), std::chrono::hours(1)));
    bool looked = false;
    withDialog(QStringLiteral("askReason"), [&looked](QDialog *dialog) {
        auto *at = part<QDateTimeEdit>(dialog, "at");
        auto *hintOfAt = part<QLabel>(dialog, "atHint");
        auto *yes = part<QPushButton>(dialog, "yes");
        const QDateTime proposed = at->dateTime();
        looked = yes->isEnabled() && hintOfAt->isHidden();
        at->setDateTime(forEditor(Engine::wallNow() - std::chrono::minutes(1)));
        looked = looked && !yes->isEnabled() && !hintOfAt->isHidden() && isWrong(at);
        at->setDateTime(proposed);
        looked = looked && yes->isEnabled() && hintOfAt->isHidden() && !isWrong(at);
        press(dialog, "yes");
    });
    const auto answer = askReason(nullptr, question);
    QVERIFY(looked);
    QVERIFY(answer.has_value());
    QCOMPARE(answer->at, *question.at);
}

void DeskFieldsTest::theWheelTurnsOnlyWhatHasTheFocus() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("send"));
    BatchForm *form = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")))->batchForm();
    console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    const auto turn = [](QWidget *under) {
        const QPointF middle = QRectF(under->rect()).center();
        QWheelEvent wheel(middle, under->mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(under, &wheel);
        return wheel.isAccepted(); // otherwise it goes on to what scrolls
    };
    auto *recall = part<QComboBox>(form, "recall");
    part<QLineEdit>(form, "batchName")->setFocus();
    const int before = recall->currentIndex();
    QVERIFY(!turn(recall));
    QCOMPARE(recall->currentIndex(), before);
    QVERIFY(recall->focusPolicy() == Qt::StrongFocus); // nor does it take the focus by that
    part<QCheckBox>(form, "batchLater")->setChecked(true);
    auto *at = part<QDateTimeEdit>(form, "batchAt");
    const QDateTime then = at->dateTime();
    QVERIFY(!turn(at));
    QCOMPARE(at->dateTime(), then);
    recall->setFocus();
    QVERIFY(turn(recall));
    QCOMPARE(recall->currentIndex(), before + 1);
}

void DeskFieldsTest::valuesStayWithTheirKeys() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    auto *one = console.window().page(QStringLiteral("send"))->findChild<MessageForm *>();
    auto *templates = part<QComboBox>(one, "messageTemplate");
    QTRY_VERIFY_WITH_TIMEOUT(templates->count() > 1 && part<QLineEdit>(one, "value_thing2") != nullptr, patience);
    part<QLineEdit>(one, "value_thing2")->setText(QStringLiteral("book"));
    const int first = templates->currentIndex();
    // Another one with a key of the same name, and other keys.
    bool found = false;
    for (int i = 0; i < templates->count() && !found; ++i) {
        if (i == first)
            continue;
        templates->setCurrentIndex(i);
        auto *thing = part<QLineEdit>(one, "value_thing2");
        if (thing == nullptr) {
            templates->setCurrentIndex(first);
            part<QLineEdit>(one, "value_thing2")->setText(QStringLiteral("book"));
            continue;
        }
        found = true;
        QCOMPARE(thing->text(), QStringLiteral("book"));
    }
    QVERIFY(found);
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
