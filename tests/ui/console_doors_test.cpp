// SPDX-License-Identifier: GPL-3.0-or-later
//
// The doors of a console: opened and closed by hand, every setting with what may stand there, a wrong one refused with a
// sentence and nothing changed.
#include "app/console/console_doors.h"
#include "app/console/door_words.h"
#include "app/console/doors_pane.h"
#include "engine/doors/door_settings.h"
#include "tests/free_port.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/widgets/parts.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTabWidget>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;

int statusOf(const QString &url) {
    QNetworkAccessManager manager;
    QNetworkReply *reply = manager.get(QNetworkRequest(QUrl(url)));
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, patience))
        return -1;
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

class ConsoleDoorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void doorsAreOpenedAndClosedByHand();
    void theTabHasItsKeyAndKeepsWhatIsTyped();
    void everySettingIsSaidInChinese();
    void valuesAreSaidAndTypedAsPeopleWriteThem();
};

void ConsoleDoorsTest::doorsAreOpenedAndClosedByHand() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console::ConsoleDoors doors(console.engine(), console.profileDir());
    auto *pane = new console::DoorsPane(console.window().context(), &doors, console.profileDir());
    console.window().addConnection(QStringLiteral("doors"), [] { return QStringLiteral("Doors"); }, pane);
    doors.openAnew();
    console.window().show();
    console.window().showPage(QStringLiteral("connections"));
    auto *tabs = part<QTabWidget>(console.window().page(QStringLiteral("connections")), "connectionTabs");
    tabs->setCurrentIndex(tabs->count() - 1);
    auto *settings = table(pane, "doors");
    QCOMPARE(settings->model()->rowCount(), static_cast<int>(doors::doorFields().size()));
    QVERIFY(!doors.isOpen()); // off unless somebody wants them
    const auto choose = [&](const QString &name) {
        for (int row = 0; row < settings->model()->rowCount(); ++row) {
            if (settings->model()->index(row, 0).data().toString() == name)
                settings->selectRow(row);
        }
    };
    auto *value = part<QLineEdit>(pane, "doorValue");
    choose(QStringLiteral("Port"));
    QCOMPARE(value->text(), QStringLiteral("8460"));
    value->setText(QStringLiteral("70000"));
    QVERIFY(pressSoon(pane, "doorSet"));
    auto *notice = pane->findChild<Notice *>();
    QTRY_VERIFY2_WITH_TIMEOUT(notice->text().contains(QStringLiteral("65535")), qPrintable(notice->text()), patience);
    QCOMPARE(wait(console.engine().doorSection()).value(), std::string());
    const int port = testing::freePort();
    value->setText(QString::number(port));
    QVERIFY(pressSoon(pane, "doorSet"));
    QTRY_VERIFY_WITH_TIMEOUT(wait(console.engine().doorSection()).value().find(std::to_string(port)) != std::string::npos, patience);
    QVERIFY(pressSoon(pane, "doorsOpen"));
    QTRY_VERIFY_WITH_TIMEOUT(doors.isOpen(), patience);
    const QString url = QStringLiteral("http://127.0.0.1:%1/healthz").arg(port);
    QCOMPARE(doors.url() + QStringLiteral("/healthz"), url);
    QCOMPARE(statusOf(url), 200);
    keepPictures(console, "connections-doors");
    // How they are reached from outside is what the platform is told.
    choose(QStringLiteral("Address from outside"));
    value->setText(QStringLiteral("https://notify.example.com"));
    QVERIFY(pressSoon(pane, "doorSet"));
    QTRY_COMPARE_WITH_TIMEOUT(doors.publicUrl(), QStringLiteral("https://notify.example.com"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(doors.isOpen() && statusOf(url) == 200, patience);
    QVERIFY(pressSoon(pane, "doorsOpen"));
    QTRY_VERIFY_WITH_TIMEOUT(!doors.isOpen(), patience);
    QCOMPARE(statusOf(url), 0);
    // Back to the usual value.
    choose(QStringLiteral("Port"));
    QVERIFY(pressSoon(pane, "doorUsual"));
    QTRY_VERIFY_WITH_TIMEOUT(wait(console.engine().doorSection()).value().find("port") == std::string::npos, patience);
    const auto acts = wait(console.engine().audit(std::nullopt, 50));
    QVERIFY(acts.has_value());
    QCOMPARE(std::ranges::count(*acts, std::string("doors.change"), &AuditEntry::act), 5);
}

void ConsoleDoorsTest::theTabHasItsKeyAndKeepsWhatIsTyped() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console::ConsoleDoors doors(console.engine(), console.profileDir());
    auto *pane = new console::DoorsPane(console.window().context(), &doors, console.profileDir());
    console.window().addConnection(QStringLiteral("doors"), [] { return QStringLiteral("Doors"); }, pane);
    console.window().showPage(QStringLiteral("connections"));
    console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    auto *tabs = part<QTabWidget>(console.window().page(QStringLiteral("connections")), "connectionTabs");
    const int last = tabs->count() - 1;
    QVERIFY(tabs->currentIndex() != last);
    QVERIFY(tabs->tabToolTip(last).contains(QStringLiteral("Ctrl+4")));
    QTest::keyClick(&console.window(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), last);
    // The map of keys goes by the same list.
    const auto &entries = console.window().commands().entries();
    QVERIFY(std::any_of(entries.begin(), entries.end(), [](const auto &entry) { return entry.command.id == QLatin1String("connections.doors"); }));

    auto *settings = table(pane, "doors");
    const auto choose = [settings](const QString &name) {
        for (int row = 0; row < settings->model()->rowCount(); ++row) {
            if (settings->model()->index(row, 0).data().toString() == name)
                settings->selectRow(row);
        }
    };
    auto *value = part<QLineEdit>(pane, "doorValue");
    choose(QStringLiteral("Port"));
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("9001"));
    auto *set = part<QPushButton>(pane, "doorSet");
    set->setFocus();
    console.language().set(Language::Choice::Chinese); // fills everything anew, as news do
    QTRY_VERIFY(set->text() != QStringLiteral("Set"));
    QCOMPARE(value->text(), QStringLiteral("9001"));
    console.language().set(Language::Choice::English);
    QTRY_COMPARE(set->text(), QStringLiteral("Set"));
    QCOMPARE(value->text(), QStringLiteral("9001"));
    choose(QStringLiteral("Address from outside"));
    choose(QStringLiteral("Port"));
    QCOMPARE(value->text(), QStringLiteral("8460"));
}

void ConsoleDoorsTest::everySettingIsSaidInChinese() {
    Language language;
    language.set(Language::Choice::Chinese);
    for (const doors::DoorField &field : doors::doorFields()) {
        QVERIFY2(console::doorTitle(field.name) != QLatin1String(field.name), field.name);
        QVERIFY2(console::doorWords(field.what) != QLatin1String(field.what), field.what);
        QVERIFY2(console::doorWords(field.range) != QLatin1String(field.range), field.range);
    }
    for (const doors::DoorField &field : doors::doorFields()) { // the usual value is one that may stand there, and changes nothing
        if (*field.usual != '\0')
            QVERIFY2(doors::withDoorSetting({}, field.name, field.usual, "/profile").has_value(), field.name);
    }
}

void ConsoleDoorsTest::valuesAreSaidAndTypedAsPeopleWriteThem() {
    const auto field = [](const char *name) {
        return *std::ranges::find_if(doors::doorFields(), [name](const doors::DoorField &one) { return std::string_view(one.name) == name; });
    };
    using namespace songda::console;
    QCOMPARE(doorShown(field("monitor_from"), R"(["127.0.0.0/8", "::1"])"), QStringLiteral("127.0.0.0/8, ::1"));
    QCOMPARE(doorShown(field("trusted_proxies"), "[]"), QString());
    QCOMPARE(doorShown(field("enabled"), "true"), QStringLiteral("yes"));
    QCOMPARE(doorShown(field("body_bytes"), "8388608"), QStringLiteral("8 MB"));
    QCOMPARE(doorShown(field("head_bytes"), "2050"), QStringLiteral("2050 B"));
    QCOMPARE(doorShown(field("address"), "\"127.0.0.1\""), QStringLiteral("127.0.0.1"));
    QCOMPARE(doorShown(field("jwt"), R"([{"issuer":"x"}])"), QStringLiteral(R"([{"issuer":"x"}])"));
    QCOMPARE(doorTyped(field("monitor_from"), QStringLiteral("10.0.0.0/8，::1")), QStringLiteral(R"(["10.0.0.0/8","::1"])"));
    QCOMPARE(doorTyped(field("trusted_proxies"), QString()), QStringLiteral("[]"));
    QCOMPARE(doorTyped(field("enabled"), QStringLiteral("No")), QStringLiteral("false"));
    QCOMPARE(doorTyped(field("body_bytes"), QStringLiteral("16 mb")), QStringLiteral("16777216"));
    // As the file has it.
    QCOMPARE(doorTyped(field("monitor_from"), QStringLiteral("[\"::1\"]")), QStringLiteral("[\"::1\"]"));
    QCOMPARE(doorTyped(field("enabled"), QStringLiteral("true")), QStringLiteral("true"));
    QCOMPARE(doorTyped(field("head_bytes"), QStringLiteral("16384")), QStringLiteral("16384"));
    // What is shown is what is taken.
    for (const doors::DoorField &one : doors::doorFields()) {
        if (*one.usual != '\0')
            QVERIFY2(doors::withDoorSetting({}, one.name, doorTyped(one, doorShown(one, one.usual)).toStdString(), "/profile").has_value(), one.name);
    }
    QCOMPARE(doorRange(field("head_bytes")), QStringLiteral("2 KB to 64 KB"));
}

QTEST_MAIN(ConsoleDoorsTest)
#include "console_doors_test.moc"
