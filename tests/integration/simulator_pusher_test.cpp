// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/event_pusher.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>

using namespace songda::simulator;

/// Who stops the simulator does not wait for receivers that are silent.
class SimulatorPusherTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stopDoesNotWaitForASilentReceiver();
};

void SimulatorPusherTest::stopDoesNotWaitForASilentReceiver() {
    QTcpServer silent; // takes connections and never answers
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    EventPusher pusher([] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }, [] { return std::string("wx0123456789abcdef"); });
    EventTarget target;
    target.url = "http://127.0.0.1:" + std::to_string(silent.serverPort()) + "/wechat";
    target.token = "token";
    target.mode = PushMode::Plain;
    pusher.setTarget(target);
    pusher.report("oOne", 17);
    QVERIFY(silent.waitForNewConnection(10'000));
    QElapsedTimer clock;
    clock.start();
    pusher.stop();
    // Three tries of five seconds each would lie ahead.
    QVERIFY2(clock.elapsed() < 4'500, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(SimulatorPusherTest)
#include "simulator_pusher_test.moc"
