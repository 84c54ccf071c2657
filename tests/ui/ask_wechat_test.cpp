// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an operator asks WeChat about one message: was it intercepted, and what of the attempt it refused?
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/parts.h"

#include <QLabel>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 60'000;
const std::string password = "correct horse battery";

QString openid(std::size_t n) { return QString::fromStdString(simulator::followerOpenid(n)); }

/// Twenty messages sent: the fourth was intercepted, the fifth refused.
struct Desk {
    Desk()
        : console({}) {
        const std::string script
            = R"({"script": {")" + openid(3).toStdString() + R"(": "intercepted", ")" + openid(4).toStdString() + R"(": "43004"}})";
        ready = console.isReady() && console.simulator().control(script).has_value() && console.import(console.writeCsv(QStringLiteral("a.csv"), 0, 20)) && console.drain();
        if (ready)
            page = console.window().page(QStringLiteral("recipient"));
    }
    /// Shows the message of a person in the inspector.
    bool lookAt(std::size_t n) {
        console.window().showPage(QStringLiteral("recipient"));
        const auto before = inspector()->message();
        auto *search = part<QLineEdit>(page, "recipientSearch");
        search->setText(openid(n));
        QTest::keyClick(search, Qt::Key_Return);
        return QTest::qWaitFor([&] { return inspector()->message() && inspector()->message() != before && part<QLabel>(inspector(), "lookupAnswer")->isHidden(); }, patience);
    }
    MessageInspector *inspector() { return page->findChild<MessageInspector *>(); }
    QString answer() { return part<Notice>(inspector(), "lookupAnswer")->text(); }
    bool answers(const QString &words) {
        return QTest::qWaitFor([&] { return part<Notice>(inspector(), "lookupAnswer")->isVisible() && answer().contains(words); }, patience);
    }
    bool offers(const char *button) {
        const auto *b = part<QPushButton>(inspector(), button);
        return b->isVisible() && b->isEnabled();
    }
    QStringList history() {
        const QAbstractItemModel *model = table(inspector(), "history")->model();
        QStringList lines;
        for (int row = 0; row < model->rowCount(); ++row)
            lines.append(model->index(row, 2).data().toString());
        return lines;
    }

    ConsoleFixture console;
    QWidget *page = nullptr;
    bool ready = false;
};

} // namespace

class AskWechatTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whetherItWasIntercepted() {
        Desk desk;
        QVERIFY(desk.ready);
        QVERIFY(desk.lookAt(3));
        QTRY_VERIFY_WITH_TIMEOUT(desk.offers("askIntercepted"), patience);
        QVERIFY(!desk.offers("askFailure")); // nothing was refused
        QVERIFY(press(desk.inspector(), "askIntercepted"));
        QVERIFY2(desk.answers(QStringLiteral("intercepted by the platform")), qPrintable(desk.answer()));
        QVERIFY(desk.answer().contains(openid(3)));
        QTRY_VERIFY_WITH_TIMEOUT(desk.history().contains(QStringLiteral("Accepted, but intercepted by the platform")), patience);
        QVERIFY2(desk.answers(QStringLiteral("intercepted by the platform")), "what was said stays while the page is refreshed");
        QVERIFY(desk.lookAt(5)); // another message: nothing is said of it
        QTRY_VERIFY_WITH_TIMEOUT(desk.offers("askIntercepted"), patience);
        QVERIFY(press(desk.inspector(), "askIntercepted"));
        QVERIFY2(desk.answers(QStringLiteral("did not intercept")), qPrintable(desk.answer()));
    }

    void whatItRemembersOfARefusal() {
        Desk desk;
        QVERIFY(desk.ready);
        QVERIFY(desk.lookAt(4));
        QTRY_VERIFY_WITH_TIMEOUT(desk.offers("askFailure"), patience);
        QVERIFY(!part<QPushButton>(desk.inspector(), "askIntercepted")->isVisible()); // it was never accepted
        QVERIFY(press(desk.inspector(), "askFailure"));
        QVERIFY2(desk.answers(QStringLiteral("43004")), qPrintable(desk.answer()));
        QVERIFY(desk.answer().contains(openid(4)) && desk.answer().contains(QStringLiteral("127.0.0.1")));
        QTRY_VERIFY_WITH_TIMEOUT(desk.history().contains(QStringLiteral("Asked WeChat about a refused attempt")), patience);
        for (const auto &[code, words] : {std::pair{"76002", "request ID is not valid"}, {"76003", "another account"}, {"76004", "more than 7 days"}}) {
            const std::string script = std::string("{\"script\": {\"@lookup\": \"") + code + "\"}}";
            QVERIFY(desk.console.simulator().control(script).has_value());
            QVERIFY(pressSoon(desk.inspector(), "askFailure"));
            QVERIFY2(desk.answers(QLatin1String(words)), qPrintable(desk.answer()));
        }
        // In the other language it says the same.
        desk.console.language().set(Language::Choice::Chinese);
        QVERIFY(desk.answers(QStringLiteral("7 天")));
    }

    void rolesDecide() {
        Desk desk;
        QVERIFY(desk.ready);
        QVERIFY(desk.lookAt(3));
        Engine &engine = desk.console.engine();
        QVERIFY(wait(engine.addUser("ada", UserRole::Admin, password)) && wait(engine.signIn("ada", password)));
        QVERIFY(wait(engine.addUser("sue", UserRole::Support, password)) && wait(engine.addUser("ulf", UserRole::Auditor, password)));
        QVERIFY(wait(engine.signIn("ulf", password)));
        desk.inspector()->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(!part<QPushButton>(desk.inspector(), "askIntercepted")->isEnabled(), patience);
        QVERIFY(wait(engine.signIn("sue", password)));
        desk.inspector()->refresh();
        QVERIFY(pressSoon(desk.inspector(), "askIntercepted"));
        QVERIFY2(desk.answers(QStringLiteral("intercepted by the platform")), qPrintable(desk.answer()));
        QVERIFY(!desk.answer().contains(openid(3)) && !desk.answer().contains(QStringLiteral("新鲜水果")));
    }
};

QTEST_MAIN(AskWechatTest)
#include "ask_wechat_test.moc"
