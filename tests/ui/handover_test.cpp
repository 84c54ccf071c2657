// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/handover/handover_page.h"

#include <QFile>
#include <QPlainTextEdit>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

class HandoverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEmptyShiftSaysSo();
    void whatStandsStillAndWhoActed();
    void theSheetOfARealShift();
};

void HandoverTest::anEmptyShiftSaysSo() {
    const QString sheet = handoverText({}, {[](const std::string &) { return QString(); }, [](const Batch &) { return QString(); }});
    QVERIFY(sheet.contains(QStringLiteral("Stands still until a person acts\n  nothing")));
    QVERIFY(sheet.contains(QStringLiteral("nobody did anything by hand")));
}

void HandoverTest::whatStandsStillAndWhoActed() {
    HandoverState s;
    s.at = *parseIso8601("2026-01-31T20:00:00+08:00");
    s.since = s.at - std::chrono::hours(8);
    s.snapshot.running = true;
    s.snapshot.paused = true;
    s.snapshot.pausedBy = "ada";
    s.snapshot.pausedSince = s.at - std::chrono::hours(2);
    Account account;
    account.name = "shop";
    account.hold = Hold{"operator", "contract is checked", "li", s.at - std::chrono::hours(1)};
    s.accounts = {account};
    Batch paused;
    paused.name = "members";
    paused.state = BatchState::Paused;
    paused.counts[MessageState::Queued] = 10;
    s.batches = {paused};
    CauseGroup group;
    group.cause = "43004";
    group.count = 7;
    group.note.text = "ask the shop";
    group.note.by = "wang";
    s.groups = {group};
    AuditEntry now;
    now.at = s.at - std::chrono::minutes(5);
    now.who = "li";
    now.act = "account.hold";
    now.reason = "contract is checked";
    AuditEntry yesterday = now;
    yesterday.at = s.at - std::chrono::hours(30);
    yesterday.who = "zhao";
    s.acts = {now, yesterday};
    s.note = QStringLiteral("call Mrs Chen\nat nine");
    const QString sheet = handoverText(s, {[](const std::string &cause) { return QString::fromStdString("cause " + cause); },
                                              [](const Batch &batch) { return QString::fromStdString(batch.name); }});
    for (const char *line : {"2026-01-31 20:00", "call Mrs Chen\n  at nine", "PAUSED by ada since", "18:00:00", "account shop", "contract is checked", "batch members, paused", "7 × cause 43004",
             "note by wang: ask the shop", "Held an account"})
        QVERIFY2(sheet.contains(QString::fromUtf8(line)), qPrintable(QString::fromUtf8(line) + QStringLiteral("\nin\n") + sheet));
    QVERIFY(!sheet.contains(QStringLiteral("zhao"))); // before the shift
}

void HandoverTest::theSheetOfARealShift() {
    ConsoleFixture console({.mix = "43004=30"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("h.csv"), 0, 60)));
    QVERIFY(console.drain());
    const auto dead = console.engine().snapshot().counts[MessageState::Dead];
    console.window().showPage(QStringLiteral("handover"));
    auto *page = qobject_cast<HandoverPage *>(console.window().page(QStringLiteral("handover")));
    auto *sheet = part<QPlainTextEdit>(page, "handoverSheet");
    QTRY_VERIFY2(sheet->toPlainText().contains(QStringLiteral("%1 × 43004").arg(dead)), qPrintable(sheet->toPlainText()));
    QTRY_VERIFY(sheet->toPlainText().contains(QStringLiteral("Imported a file")));
    QTest::keyClicks(part<QPlainTextEdit>(page, "handoverNote"), QStringLiteral("watch the shop"));
    QVERIFY(sheet->toPlainText().contains(QStringLiteral("watch the shop")));
    // What happens meanwhile does not change what one reads, until one asks.
    const QString before = sheet->toPlainText();
    QVERIFY(console.import(console.writeCsv(QStringLiteral("i.csv"), 100, 30)));
    QVERIFY(console.drain());
    QTest::qWait(1300);
    QCOMPARE(sheet->toPlainText(), before);
    QVERIFY(press(page, "handoverNow"));
    QTRY_VERIFY(sheet->toPlainText() != before);
    QVERIFY(sheet->toPlainText().contains(QStringLiteral("watch the shop")));
    const QString file = console.path(QStringLiteral("handover.txt"));
    page->saveTo(file);
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(saved.readAll()), sheet->toPlainText());
}

QTEST_MAIN(HandoverTest)
#include "handover_test.moc"
