// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/report_verdict.h"
#include "tests/unit/printing.h"

using namespace songda;
using songda::testing::named;

class PolicyReportVerdictTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allSpellings_data();
    void allSpellings();
};

void PolicyReportVerdictTest::allSpellings_data() {
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("verdict");
    const auto row = [](const char *status, ReportVerdict verdict) {
        QTest::addRow("\"%s\"", status) << std::string(status) << named(verdict);
    };
    for (const char *status : {"success", "SUCCESS", "Success", " success ", "success\n"})
        row(status, ReportVerdict::Delivered);
    for (const char *status : {"failed:user block", "failed: user block", "Failed : User Block", "FAILED:USERBLOCK", "failed:  user  block", "failed:user blocked"})
        row(status, ReportVerdict::Blocked);
    for (const char *status : {"failed: system failed", "failed:system failed", "FAILED: SYSTEM FAILED", "failed", "failed:", "failed: something new"})
        row(status, ReportVerdict::Failed);
    // Nothing is concluded from these.
    for (const char *status : {"", " ", "successful", "not success", "user block", "pending", "fail", "succes", "unsuccess", "送达"})
        row(status, ReportVerdict::Unknown);
}

void PolicyReportVerdictTest::allSpellings() {
    QFETCH(std::string, status);
    QFETCH(std::string, verdict);
    QCOMPARE(named(verdictOf(status)), verdict);
}

QTEST_GUILESS_MAIN(PolicyReportVerdictTest)
#include "policy_report_verdict_test.moc"
