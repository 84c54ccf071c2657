// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/deadline.h"

#include <QTest>

using namespace songda;
using namespace std::chrono_literals;

class PolicyDeadlineTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDeadlineFollowsWhatAnswersTake_data();
    void aDeadlineFollowsWhatAnswersTake();
};

void PolicyDeadlineTest::aDeadlineFollowsWhatAnswersTake_data() {
    QTest::addColumn<qint64>("p99Millis");
    QTest::addColumn<int>("samples");
    QTest::addColumn<qint64>("deadline");
    QTest::newRow("nothing known") << qint64{0} << 0 << qint64{15000};
    QTest::newRow("too few to know") << qint64{10} << 199 << qint64{15000};
    QTest::newRow("quick answers") << qint64{10} << 200 << qint64{5000};
    QTest::newRow("at the shortest") << qint64{250} << 200 << qint64{5000};
    QTest::newRow("in between") << qint64{400} << 200 << qint64{8000};
    QTest::newRow("at the longest") << qint64{750} << 200 << qint64{15000};
    QTest::newRow("slow answers") << qint64{9000} << 100000 << qint64{15000};
}

void PolicyDeadlineTest::aDeadlineFollowsWhatAnswersTake() {
    QFETCH(qint64, p99Millis);
    QFETCH(int, samples);
    QFETCH(qint64, deadline);
    QCOMPARE(answerDeadline({}, Millis{p99Millis}, samples).count(), deadline);
}

QTEST_GUILESS_MAIN(PolicyDeadlineTest)
#include "policy_deadline_test.moc"
