// SPDX-License-Identifier: GPL-3.0-or-later
//
// Alerts as an operator meets them: each number equals the rows behind it, somebody says that he sees to it, and a step
// leads there.
#include "tests/integration/hook_receiver.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/pages/alerts/alert_words.h"
#include "ui/shell/rail.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr char quick[] = R"({"alerts": {"group_within_s": 0, "recover_after_s": 1, "unknown_code": {"window_s": 60}}})";

/// A console in which two accounts are held and one has used up most of a small quota.
class Desk {
public:
    Desk()
        : console({.policy = quick}) {
        if (!console.isReady())
            return;
        NewAccount other;
        other.account.name = "second";
        other.account.appid = "wx0123456789abcdef";
        other.account.apiBase = console.simulator().baseUrl();
        other.secret = "0123456789abcdef0123456789abcdef";
        if (!wait(console.engine().addAccount(std::move(other))) || !wait(console.engine().holdAccount(accountName, "the contract is checked"))
            || !wait(console.engine().holdAccount("second", "not ours any more")))
            return;
        console.window().showPage(QStringLiteral("alerts"));
        page = console.window().page(QStringLiteral("alerts"));
        groups = table(page, "alertGroups");
        rows = table(page, "alerts");
        ready = QTest::qWaitFor([this] { return groups->model()->rowCount() == 1 && rows->model()->rowCount() == 2; }, 20'000);
    }
    std::int64_t badge() {
        for (RailButton *button : console.window().findChildren<RailButton *>()) {
            if (button->text() == console.window().page(QStringLiteral("alerts"))->accessibleName())
                return button->badge();
        }
        return -1;
    }
    QString cell(DataTable *of, int row, int column) { return of->model()->index(row, column).data().toString(); }

    ConsoleFixture console;
    bool ready = false;
    QWidget *page = nullptr;
    DataTable *groups = nullptr;
    DataTable *rows = nullptr;
};

} // namespace

class ConsoleAlertsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachAlertIsInOneGroup();
    void everyNumberEqualsItsRows();
    void somebodySeesToIt();
    void aStepLeadsThere();
    void whatIsOverIsStillToBeSeen();
    void whoIsToldIsSetUpAndTried();
};

void ConsoleAlertsTest::eachAlertIsInOneGroup() {
    std::vector<Alert> alerts;
    for (int i = 0; i < 60; ++i) {
        Alert alert;
        alert.id = i;
        alert.key.rule = allAlertRules[static_cast<std::size_t>(i * 7) % allAlertRules.size()];
        alert.level = levelOf(alert.key.rule);
        alert.since = WallTime{std::chrono::hours{i}};
        alert.acknowledgedBy = i % 3 == 0 ? "li" : "";
        alerts.push_back(alert);
    }
    const auto groups = groupsOf(alerts);
    QCOMPARE(groups.size(), allAlertRules.size());
    int n = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        n += groups[i].count;
        QVERIFY(i == 0 || groups[i].level <= groups[i - 1].level);
    }
    QCOMPARE(n, 60);
}

void ConsoleAlertsTest::everyNumberEqualsItsRows() {
    Desk desk;
    QVERIFY(desk.ready);
    const auto testers = testersFor(desk.console.window());
    QTRY_COMPARE(desk.badge(), 2);
    QCOMPARE(total(desk.console.engine().snapshot().openAlerts), 2);
    // A second group.
    QVERIFY(desk.console.simulator().control(R"({"daily_limit": 10})").has_value());
    const auto draft = wait(desk.console.engine().draftPolicy({accountName, {{"quota.daily", std::string("10")}, {"alerts.quota.above", std::string("0.01")}}}));
    QVERIFY(draft.has_value());
    QVERIFY(wait(desk.console.engine().writePolicy(*draft, "a test")).has_value());
    QVERIFY(wait(desk.console.engine().resumeAccount(accountName)).has_value());
    QVERIFY(desk.console.import(desk.console.writeCsv(QStringLiteral("q.csv"), 0, 5)));
    QTRY_COMPARE_WITH_TIMEOUT(desk.groups->model()->rowCount(), 2, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(desk.badge() == 2 && desk.cell(desk.groups, 0, 2) == QLatin1String("1"), 30'000); // the released one is over
    std::int64_t sum = 0;
    for (int group = 0; group < desk.groups->model()->rowCount(); ++group) {
        desk.groups->selectRow(group);
        const int said = desk.cell(desk.groups, group, 2).toInt();
        QTRY_COMPARE(desk.rows->model()->rowCount(), said);
        sum += said;
    }
    QCOMPARE(sum, desk.badge());
    const auto stored = wait(desk.console.engine().alerts({}));
    QVERIFY(stored.has_value());
    QCOMPARE(static_cast<std::int64_t>(stored->size()), sum);
    keepPicture(&desk.console.window(), QStringLiteral("alerts-light-en"));
    desk.console.theme().set(Theme::Choice::Dark);
    desk.console.language().set(Language::Choice::Chinese);
    keepPicture(&desk.console.window(), QStringLiteral("alerts-dark-zh"));
    desk.console.window().showPage(QStringLiteral("overview"));
    keepPicture(&desk.console.window(), QStringLiteral("overview-dark-zh"));
    desk.console.language().set(Language::Choice::English);
    desk.console.theme().set(Theme::Choice::Light);
}

void ConsoleAlertsTest::somebodySeesToIt() {
    Desk desk;
    QVERIFY(desk.ready);
    desk.rows->selectRow(1);
    QTRY_VERIFY(part<QPushButton>(desk.page, "alertAcknowledge")->isEnabled());
    const QString account = desk.cell(desk.rows, 1, 0);
    answerReason(QStringLiteral("the contract comes today"));
    QVERIFY(press(desk.page, "alertAcknowledge"));
    QTRY_COMPARE(desk.cell(desk.rows, 1, 4), QStringLiteral("tester"));
    QCOMPARE(desk.cell(desk.rows, 1, 0), account); // the one that was meant
    QVERIFY(desk.cell(desk.rows, 0, 4) != QLatin1String("tester"));
    QTRY_VERIFY(!part<QPushButton>(desk.page, "alertAcknowledge")->isEnabled()); // once is enough
    const auto audit = wait(desk.console.engine().audit(std::nullopt, 10));
    QVERIFY(audit.has_value());
    QVERIFY(std::any_of(audit->begin(), audit->end(), [](const AuditEntry &a) { return a.act == "alert.acknowledge" && a.reason == "the contract comes today"; }));
}

void ConsoleAlertsTest::aStepLeadsThere() {
    Desk desk;
    QVERIFY(desk.ready);
    QVERIFY(press(desk.page, "alertStep"));
    QTRY_COMPARE(desk.console.window().currentPage(), QStringLiteral("accounts"));
    for (const AlertRule rule : allAlertRules) {
        Alert alert;
        alert.key.rule = rule;
        const AlertStep step = nextStep(alert);
        QVERIFY2(step.button.isEmpty() == (step.page.isEmpty() && !step.messages), toString(rule));
        QVERIFY2(step.page.isEmpty() || desk.console.window().pageNames().contains(step.page), toString(rule));
    }
}

void ConsoleAlertsTest::whatIsOverIsStillToBeSeen() {
    Desk desk;
    QVERIFY(desk.ready);
    QVERIFY(wait(desk.console.engine().resumeAccount(accountName)).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows->model()->rowCount(), 1, 20'000);
    QTRY_COMPARE(desk.badge(), 1);
    QCOMPARE(desk.cell(desk.rows, 0, 0), QStringLiteral("second"));
    part<QCheckBox>(desk.page, "alertsPast")->setChecked(true);
    QTRY_COMPARE(desk.cell(desk.rows, 0, 0), QString::fromUtf8(accountName));
    QCOMPARE(desk.rows->model()->rowCount(), 1);
    QVERIFY(!part<QPushButton>(desk.page, "alertAcknowledge")->isEnabled());
}

void ConsoleAlertsTest::whoIsToldIsSetUpAndTried() {
    testing::HookReceiver receiver;
    Desk desk;
    QVERIFY(desk.ready);
    bool tried = false;
    const QString url = QString::fromStdString(receiver.url());
    withDialog(QStringLiteral("sinks"), [&](QDialog *dialog) {
        auto *sinks = table(dialog, "alertSinksTable");
        keepPicture(dialog, QStringLiteral("sinks"));
        part<QLineEdit>(dialog, "sinkUrl")->setText(url);
        QVERIFY(press(dialog, "sinkAdd")); // http, and nobody said that it is meant
        QTest::qWait(300);
        QCOMPARE(sinks->model()->rowCount(), 0);
        part<QCheckBox>(dialog, "sinkPrivate")->setChecked(true);
        QVERIFY(pressSoon(dialog, "sinkAdd"));
        QTRY_COMPARE(sinks->model()->rowCount(), 1);
        sinks->selectRow(0);
        QVERIFY(pressSoon(dialog, "sinkTest"));
        QTRY_COMPARE(receiver.record().requests, 1);
        part<QComboBox>(dialog, "sinkKind")->setCurrentIndex(2);
        keepPicture(dialog, QStringLiteral("sinks-mail"));
        QTRY_VERIFY(part<QPushButton>(dialog, "sinkRemove")->isEnabled());
        tried = true;
        dialog->reject();
    });
    QVERIFY(press(desk.page, "alertSinks"));
    QVERIFY(tried);
    const auto sinks = wait(desk.console.engine().alertSinks());
    QVERIFY(sinks.has_value());
    QCOMPARE(sinks->size(), std::size_t{1});
}

QTEST_MAIN(ConsoleAlertsTest)
#include "console_alerts_test.moc"
