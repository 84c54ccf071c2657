// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/message_history.h"
#include "ui/widgets/state_map.h"
#include "ui/widgets/words.h"

#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::ui;
using S = MessageState;

namespace {

const WallTime t0 = *parseIso8601("2026-01-31T18:30:00+08:00");

QString causeWords(const std::string &cause) { return QStringLiteral("because of ") + QString::fromStdString(cause); }

Attempt attempt(int number, int life, ErrorClass result, const char *cause, AttemptPhase phase = AttemptPhase::Answered) {
    Attempt a;
    a.number = number;
    a.life = life;
    a.phase = phase;
    a.startedAt = t0 + std::chrono::minutes(number);
    a.finishedAt = a.startedAt + std::chrono::seconds(1);
    a.cause = cause;
    a.errorClass = result;
    a.node = "desk1";
    return a;
}

AuditEntry act(int id, const char *what, WallTime at) {
    AuditEntry a;
    a.id = AuditId{id};
    a.act = what;
    a.who = "li";
    a.reason = "why";
    a.at = at;
    return a;
}

/// Died after two tries, was edited, died again, was resent and accepted.
MessageDetail threeLives() {
    MessageDetail d;
    d.message.id = MessageId{7};
    d.message.life = 3;
    d.message.attempts = 4;
    d.message.state = S::Accepted;
    d.message.createdAt = t0;
    d.message.createdBy = "wang";
    d.message.finishedAt = t0 + std::chrono::minutes(5);
    d.attempts = {attempt(4, 3, ErrorClass::Success, ""), attempt(3, 2, ErrorClass::Recipient, "43004"), attempt(2, 1, ErrorClass::Content, "47003"),
        attempt(1, 1, ErrorClass::Transient, "-1")};
    d.acts = {act(2, "message.resend", t0 + std::chrono::seconds(230)), act(1, "message.edit", t0 + std::chrono::seconds(170))};
    return d;
}

QStringList linesOf(const std::vector<HistoryRow> &rows) {
    QStringList lines;
    for (const HistoryRow &row : rows)
        lines.append(QStringLiteral("%1 %2").arg(row.life).arg(row.what));
    return lines;
}

} // namespace

Q_DECLARE_METATYPE(MessageDetail)
Q_DECLARE_METATYPE(std::vector<S>)

class MessageHistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportsAreReadAsTheEngineReadsThem();
    void allLivesNewestFirst();
    void keysAreDistinct();
    void whatTheReportSaid();
    void reportsOfEarlierLives();
    void theTextHasEverything();
    void passages_data();
    void passages();
    void everyActHasWords();
};

void MessageHistoryTest::allLivesNewestFirst() {
    const QStringList wanted{QStringLiteral("3 Accepted"), QStringLiteral("3 Attempt 4: accepted by WeChat"), QStringLiteral("3 Resent"),
        QStringLiteral("2 Attempt 3: because of 43004"), QStringLiteral("2 Edited and resent"), QStringLiteral("1 Attempt 2: because of 47003"),
        QStringLiteral("1 Attempt 1: because of -1"), QStringLiteral("1 Taken in")};
    QCOMPARE(linesOf(historyOf(threeLives(), causeWords)), wanted);
}

void MessageHistoryTest::keysAreDistinct() {
    QSet<QString> keys;
    const auto rows = historyOf(threeLives(), causeWords);
    for (const HistoryRow &row : rows)
        keys.insert(row.key);
    QCOMPARE(keys.size(), static_cast<qsizetype>(rows.size()));
}

void MessageHistoryTest::whatTheReportSaid() {
    MessageDetail d = threeLives();
    d.message.state = S::Undelivered;
    d.message.reportStatus = "failed:user block";
    d.message.reportedAt = t0 + std::chrono::minutes(6);
    d.message.finishedAt = d.message.reportedAt;
    const auto rows = historyOf(d, causeWords);
    QVERIFY(rows[1].what.contains(QStringLiteral("blocked")));
    QCOMPARE(rows[0].what, QStringLiteral("Undelivered"));
}

void MessageHistoryTest::reportsOfEarlierLives() {
    MessageDetail d = threeLives();
    d.message.state = S::Delivered;
    d.message.reportStatus = "success";
    d.message.reportedAt = t0 + std::chrono::minutes(6);
    const WallTime before = t0 + std::chrono::seconds(150); // between the second try and the edit
    d.reports.push_back({1, before, "failed:user block", false});
    d.reports.push_back({3, *d.message.reportedAt, "success", true});
    const auto rows = historyOf(d, causeWords);
    const auto ofLife = [&rows](int life, const std::string &status) {
        return std::count_if(rows.begin(), rows.end(), [&](const HistoryRow &row) { return row.life == life && row.what == words::report(status); });
    };
    QCOMPARE(ofLife(1, "failed:user block"), std::ptrdiff_t{1});
    QCOMPARE(ofLife(3, "success"), std::ptrdiff_t{1}); // said by the message itself, and not a second time
    const auto first = std::find_if(rows.begin(), rows.end(), [](const HistoryRow &row) { return row.life == 1; });
    QVERIFY(first->what == words::report("failed:user block") && first->at == before && first->tone == Tone::Bad);
    QSet<QString> keys;
    for (const HistoryRow &row : rows)
        keys.insert(row.key);
    QCOMPARE(keys.size(), static_cast<qsizetype>(rows.size()));
    const std::vector<S> passed = passageOf(d).before;
    QVERIFY(std::find(passed.begin(), passed.end(), S::Undelivered) != passed.end());
    QVERIFY(std::find(passed.begin(), passed.end(), S::Delivered) == passed.end());
}

void MessageHistoryTest::theTextHasEverything() {
    const QString text = messageAsText(threeLives(), causeWords);
    for (const HistoryRow &row : historyOf(threeLives(), causeWords))
        QVERIFY2(text.contains(row.what), qPrintable(row.what));
    QVERIFY(text.contains(QStringLiteral("why")));
    QVERIFY(!text.contains(QStringLiteral("Cause:"))); // it was accepted in the end
}

void MessageHistoryTest::passages_data() {
    QTest::addColumn<MessageDetail>("detail");
    QTest::addColumn<std::vector<S>>("path");
    QTest::addColumn<std::vector<S>>("before");
    MessageDetail d;
    const auto row = [&](const char *name, std::vector<S> path, std::vector<S> before = {}) { QTest::newRow(name) << d << path << before; };
    row("queued", {S::Queued});
    d.message.state = S::Held;
    row("held", {S::Held});
    d.message.state = S::Cancelled;
    row("cancelled before it left", {S::Queued, S::Cancelled});
    d.message.state = S::Expired;
    row("expired", {S::Queued, S::Expired});
    d.attempts = {attempt(1, 1, ErrorClass::Success, "")};
    d.message.state = S::Delivered;
    row("delivered", {S::Queued, S::Sending, S::Accepted, S::Delivered});
    d.attempts = {attempt(2, 1, ErrorClass::Success, ""), attempt(1, 1, ErrorClass::Transient, "-1")};
    d.message.state = S::Accepted;
    row("accepted at the second try", {S::Queued, S::Sending, S::Retrying, S::Accepted});
    d.attempts = {attempt(1, 1, ErrorClass::Transient, "-1")};
    d.message.state = S::Retrying;
    row("waits for the next try", {S::Queued, S::Sending, S::Retrying});
    d.attempts = {attempt(2, 1, ErrorClass::Transient, "-1"), attempt(1, 1, ErrorClass::Transient, "-1")};
    d.message.state = S::Dead;
    row("dead after two tries", {S::Queued, S::Sending, S::Retrying, S::Dead});
    d.message.state = S::Expired;
    row("expired between tries", {S::Queued, S::Sending, S::Retrying, S::Expired});
    d.attempts.clear();
    d.message.state = S::Dead;
    row("dead without a try", {S::Queued, S::Dead});
    d = threeLives();
    row("three lives", {S::Queued, S::Sending, S::Accepted}, {S::Queued, S::Sending, S::Dead, S::Retrying});
    d.message.life = 2;
    d.message.state = S::Queued;
    d.attempts = {attempt(1, 1, ErrorClass::Transient, "timeout", AttemptPhase::Written)};
    row("uncertain, sent again", {S::Queued}, {S::Queued, S::Sending, S::Uncertain});
}

void MessageHistoryTest::passages() {
    QFETCH(MessageDetail, detail);
    QFETCH(std::vector<S>, path);
    QFETCH(std::vector<S>, before);
    const StatePassage passage = passageOf(detail);
    QVERIFY(passage.path == path);
    // Every step is drawn, one after the other from the first to where it stands.
    for (const auto &[from, to] : passage.steps)
        QVERIFY2(StateMap::draws(from, to), qPrintable(words::state(from) + QStringLiteral(" → ") + words::state(to)));
    for (std::size_t i = 1; i < path.size(); ++i)
        QVERIFY(std::any_of(passage.steps.begin(), passage.steps.end(), [&](const auto &step) { return step.second == path[i]; }));
    QVERIFY(passage.before == before);
    QCOMPARE(passage.life, detail.message.life);
}

void MessageHistoryTest::everyActHasWords() {
    for (const char *name : {"message.resend", "message.edit", "message.discard", "message.restore", "message.cancel", "message.send", "batch.import", "batch.pause",
             "batch.resume", "batch.cancel", "account.add", "account.change", "account.secret", "secrets.rekey", "secrets.rekey_begin", "account.hold", "account.resume", "template.sync", "template.add",
             "template.hold", "template.resume", "recipient.suppress", "recipient.lift", "report.export", "engine.pause", "engine.resume", "engine.recover",
             "policy.load", "policy.refuse", "policy.change", "key.add", "key.rotate", "key.revoke", "restore.accept", "replay.pause", "replay.resume", "replay.cancel", "replay.stop",
             "cause.note", "backup", "archive", "message.hold", "message.release", "message.due", "message.cut_short", "hook.add", "hook.set", "hook.rotate", "hook.resume", "hook.stop",
             "hook.remove", "callback.set", "callback.remove"})
        QVERIFY2(words::act(name) != QString::fromLatin1(name), name);
}

void MessageHistoryTest::reportsAreReadAsTheEngineReadsThem() {
    const QString arrived = words::report("success");
    const QString blocked = words::report("failed:user block");
    const QString failed = words::report("failed: system failed");
    QVERIFY(blocked.contains(QStringLiteral("blocked")) && failed.contains(QStringLiteral("failed")));
    QCOMPARE(words::report("Success "), arrived);
    for (const char *same : {"failed: userblock", "failed:user_block", "FAILED: USER  BLOCK", "failed:blocked"})
        QCOMPARE(words::report(same), blocked);
    for (const char *same : {"failed:systemfailed", "Failed: System failed"})
        QCOMPARE(words::report(same), failed);
    QVERIFY(words::report("failed:no idea").startsWith(failed));
    QVERIFY(words::report("failed:no idea").contains(QStringLiteral("no idea")));
    QVERIFY(words::report("something else").endsWith(QStringLiteral("something else")));
}

QTEST_MAIN(MessageHistoryTest)
#include "message_history_test.moc"
