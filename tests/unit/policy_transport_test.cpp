// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/transport.h"

#include <QTest>

using namespace songda;
using namespace std::chrono_literals;

class PolicyTransportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bulkIsTakenWhereManyMustBeInFlight_data();
    void bulkIsTakenWhereManyMustBeInFlight();
};

void PolicyTransportTest::bulkIsTakenWhereManyMustBeInFlight_data() {
    QTest::addColumn<int>("choice");
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("connections");
    QTest::addColumn<qint64>("latencyMs");
    QTest::addColumn<bool>("bulk");
    const int automatic = static_cast<int>(TransportChoice::Auto);
    const int standard = static_cast<int>(TransportChoice::Standard);
    const int bulk = static_cast<int>(TransportChoice::Bulk);
    QTest::newRow("a normal account") << automatic << 20.0 << 10 << qint64{80} << false;
    QTest::newRow("nothing known yet") << automatic << 20.0 << 10 << qint64{0} << false;
    QTest::newRow("24 in flight") << automatic << 480.0 << 480 << qint64{50} << false;
    QTest::newRow("25 in flight") << automatic << 500.0 << 480 << qint64{50} << true;
    QTest::newRow("slow answers") << automatic << 100.0 << 480 << qint64{2000} << true;
    QTest::newRow("slow answers, few connections allowed") << automatic << 100.0 << 10 << qint64{2000} << false;
    QTest::newRow("a great rate, nothing known yet") << automatic << 1000.0 << 64 << qint64{0} << true;
    QTest::newRow("quick answers at a great rate") << automatic << 20000.0 << 64 << qint64{1} << true;
    QTest::newRow("a great rate, few connections allowed") << automatic << 20000.0 << 12 << qint64{1} << true;
    QTest::newRow("standard by choice") << standard << 20000.0 << 480 << qint64{50} << false;
    QTest::newRow("bulk by choice") << bulk << 1.0 << 1 << qint64{50} << true;
}

void PolicyTransportTest::bulkIsTakenWhereManyMustBeInFlight() {
    QFETCH(int, choice);
    QFETCH(double, rate);
    QFETCH(int, connections);
    QFETCH(qint64, latencyMs);
    QFETCH(bool, bulk);
    QCOMPARE(needsBulkTransport(static_cast<TransportChoice>(choice), rate, connections, Millis{latencyMs}), bulk);
}

QTEST_GUILESS_MAIN(PolicyTransportTest)
#include "policy_transport_test.moc"
