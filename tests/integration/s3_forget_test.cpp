// SPDX-License-Identifier: GPL-3.0-or-later
//
// S3: one person is erased, and afterwards nothing of their openid or their values is in any byte of the profile's files, in
// whatever form; the counts stay, and both chains hold.
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <sqlite3.h>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// Letters that every form of writing treats in its own way.
constexpr const char *person = "oForget_Me-0123456789abcdXYZ";
constexpr const char *neighbour = "oNeighbour-123456789abcdefgh";
/// Said to this person only.
constexpr const char *value = "Canary7731";
constexpr const char *address = "https://example.com/order/canary-5521";

/// The forms of a text, made in another way than the program makes them.
QList<QByteArray> formsOf(const QByteArray &text) {
    const QString letters = QString::fromLatin1(text);
    QByteArray little, big, percent;
    for (const QChar c : letters) {
        little.append(char(c.unicode() & 0xFF)).append(char(c.unicode() >> 8));
        big.append(char(c.unicode() >> 8)).append(char(c.unicode() & 0xFF));
        percent.append('%').append(QByteArray(1, char(c.unicode())).toHex().toUpper());
    }
    QList<QByteArray> forms{text, text.toLower(), text.toUpper(), little, big, percent, text.toPercentEncoding(), text.toHex()};
    for (int offset = 0; offset < 3; ++offset) {
        for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray all = (QByteArray(offset, 'x') + text + "xxx").toBase64(alphabet);
            forms += all.mid(offset == 0 ? 0 : offset + 1, int(text.size()) * 4 / 3 - 2);
        }
    }
    return forms;
}

/// Files below a folder that hold a text, byte for byte, with the form they hold it in.
QStringList filesHolding(const QString &folder, const QByteArray &text) {
    const QList<QByteArray> forms = formsOf(text);
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        const QByteArray all = file.readAll();
        for (const QByteArray &form : forms) {
            if (all.contains(form))
                found << it.fileName() + QLatin1Char(' ') + QString::fromLatin1(form.toPercentEncoding());
        }
    }
    return found;
}

SendRequest to(const std::string &openid, const std::string &order, const std::string &key = {}) {
    SendRequest request;
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.openid = openid;
    request.data = {{"character_string1", order}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    request.idempotencyKey = key;
    return request;
}

template <class T> T finished(QFuture<Result<T>> future) {
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return must(future.result());
}

ErasureRequest erasure(bool confirmed = true) { return {"main", person, "asked for by the person", confirmed, false}; }

std::string broken(Engine &engine) {
    std::string names;
    for (const Violation &violation : must(engine.verify().result()))
        names += violation.invariant + ": " + violation.detail + "; ";
    return names;
}

/// What is counted, in one text.
std::string sums(Engine &engine) {
    std::string text;
    const StateCounts counts = must(engine.counts().result());
    for (int i = 0; i <= 10; ++i)
        text += std::to_string(counts[static_cast<MessageState>(i)]) + " ";
    for (const CauseGroup &group : must(engine.causeGroups().result()))
        text += group.cause + "=" + std::to_string(group.count) + " ";
    for (const HourlyCount &hour : must(engine.hourly(Engine::wallNow() - 24h).result()))
        text += hour.cause + ":" + std::to_string(hour.count) + " ";
    return text;
}

MessageFilter of(const std::string &openid) {
    MessageFilter filter;
    filter.openid = openid;
    return filter;
}

void reach(Engine &engine, const std::function<bool(const Snapshot &)> &done) {
    if (!EngineFixture::runUntil(engine, done))
        qFatal("it was never reached");
}

/// A profile in which one person has left traces wherever a person can.
struct Traces : EngineFixture {
    Traces() {
        auto engine = open();
        NewHook hook;
        hook.url = "http://127.0.0.1:9/"; // nobody takes anything there
        hook.allowPrivate = true;
        must(engine->addHook(hook).result());
        must(engine->start());
        SendRequest first = to(person, value, std::string("order-") + person);
        first.url = address;
        first.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        accepted = finished(engine->send(first)).id;
        other = finished(engine->send(to(neighbour, "SO9"))).id;
        import(*engine, 50, QStringLiteral("crowd"));
        reach(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 52; });
        msgid = must(engine->message(accepted).result()).message.msgid;
        finished(engine->recordEvents("main", {DeliveryReport{"777000", person, "success", std::nullopt}})); // of a message nobody knows
        leaveByHand(*engine);
        EngineFixture::stop(*engine);
    }

    void leaveByHand(Engine &engine) {
        SuppressRequest wish;
        wish.account = "main";
        wish.openids = {person};
        wish.reason = std::string("wrote a letter, ") + person;
        must(engine.suppress(wish).result());
        refused = finished(engine.send(to(person, "SO2"))).id;
        reach(engine, [](const Snapshot &s) { return s.counts[MessageState::Dead] == 1; });
        EditRequest edit;
        edit.id = refused;
        edit.data = {{"character_string1", value}};
        edit.reason = "asked for";
        must(engine.editAndResend(edit).result());
        reach(engine, [](const Snapshot &s) { return s.counts[MessageState::Dead] == 1; });
        must(engine.setCauseNote(must(engine.message(refused).result()).message.account, "opted_out", std::string("ask ") + person + " first").result());
        must(engine.discard(of(person), "done").result());
        must(engine.restore(of(person), "or not").result());
        ExportRequest report;
        report.path = path("report.csv").toStdString();
        report.filter = of(person);
        must(engine.exportReport(report).result());
    }

    /// Finds in the raw files; nobody may have them open.
    QStringList finds() const { return filesHolding(profile(), person) + filesHolding(profile(), value) + filesHolding(profile(), address); }

    MessageId accepted, refused, other;
    std::string msgid;
};

QStringList namesOf(const std::vector<std::string> &files) {
    QStringList names;
    for (const std::string &file : files)
        names << QFileInfo(QString::fromStdString(file)).fileName();
    names.sort();
    return names;
}

} // namespace

class S3ForgetTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLeftInAnyByte() {
        Traces traces;
        // Or the search would prove nothing.
        QVERIFY(!filesHolding(traces.profile(), person).isEmpty() && !filesHolding(traces.profile(), value).isEmpty() && !filesHolding(traces.profile(), address).isEmpty());
        auto engine = traces.open(EngineOptions::Role::Tool);
        const std::string before = sums(*engine);
        COMPARE_TEXT(broken(*engine), std::string());
        const ErasureReport look = must(engine->eraseRecipient(erasure(false)).result());
        QVERIFY(look.name.empty());
        QCOMPARE(look.counts.messages, 2);
        QCOMPARE(look.counts.reports, 1);
        QCOMPARE(look.counts.suppressions, 1);
        QVERIFY(look.counts.acts >= 4);
        QVERIFY(look.counts.hookDeliveries >= 2);
        QCOMPARE(must(engine->page({of(person), std::nullopt, 10}).result()).rows.size(), 2U);

        const ErasureReport done = must(engine->eraseRecipient(erasure()).result());
        QVERIFY(done.counts == look.counts);
        COMPARE_TEXT(done.notRewritten, std::string());
        QVERIFY2(done.places.empty(), done.places.empty() ? "" : done.places.front().c_str());
        // Its manifest's chain would break: it stays, and is named.
        QCOMPARE(namesOf(done.files), (QStringList{QStringLiteral("report.csv"), QStringLiteral("report.csv.manifest.json")}));
        COMPARE_TEXT(sums(*engine), before);
        COMPARE_TEXT(broken(*engine), std::string());
        COMPARE_TEXT(must(engine->checkAudit().result()).problem, std::string());
        engine.reset();
        const QStringList finds = traces.finds();
        QVERIFY2(finds.isEmpty(), qPrintable(finds.join(QStringLiteral(", "))));
    }

    /// Rows that were deleted long ago, by a SQLite that overwrites nothing.
    void whatLiesInFreePagesGoesToo() {
        Traces traces;
        sqlite3 *db = nullptr;
        QCOMPARE(sqlite3_open((traces.profile() + QStringLiteral("/songda.db")).toUtf8().constData(), &db), SQLITE_OK);
        const std::string plant = std::string("PRAGMA secure_delete=OFF; CREATE TABLE old(x TEXT); INSERT INTO old SELECT '") + person
            + "' || value FROM json_each('[1,2,3,4,5,6,7,8,9]'); DROP TABLE old; PRAGMA wal_checkpoint(TRUNCATE)";
        QCOMPARE(sqlite3_exec(db, plant.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(db);
        auto engine = traces.open(EngineOptions::Role::Tool);
        must(engine->eraseRecipient(erasure()).result());
        engine.reset();
        const QStringList finds = traces.finds();
        QVERIFY2(finds.isEmpty(), qPrintable(finds.join(QStringLiteral(", "))));
    }

    void countsStatesAndAttemptsStay() {
        Traces traces;
        auto engine = traces.open(EngineOptions::Role::Tool);
        const ErasureReport done = must(engine->eraseRecipient(erasure()).result());
        const MessageDetail kept = must(engine->message(traces.accepted).result());
        COMPARE_NAMED(kept.message.state, MessageState::Accepted);
        COMPARE_TEXT(kept.message.openid, done.name);
        COMPARE_TEXT(kept.message.content, std::string("{}"));
        COMPARE_TEXT(kept.message.idempotencyKey, std::string());
        COMPARE_TEXT(kept.message.msgid, traces.msgid);
        QCOMPARE(kept.attempts.size(), 1U);
        QCOMPARE(must(engine->page({of(done.name), std::nullopt, 10}).result()).rows.size(), 2U);
        const MessageDetail near = must(engine->message(traces.other).result());
        COMPARE_TEXT(near.message.openid, std::string(neighbour));
        QVERIFY(near.message.content.find("SO9") != std::string::npos);
        const auto audit = must(engine->audit(std::nullopt, 1).result());
        COMPARE_TEXT(audit.front().act, std::string("recipient.erase"));
        COMPARE_TEXT(audit.front().object, "main " + done.name);
        QCOMPARE(audit.front().count, 2);
    }

    void anOptOutStillHolds() {
        Traces traces;
        auto engine = traces.open(EngineOptions::Role::Tool);
        must(engine->eraseRecipient(erasure()).result());
        traces.writeFile("again.csv", QByteArray("openid,character_string1,thing2,amount3,time4\n") + person + ",SO1,书,¥1.50,2026-01-31 15:01\n" + neighbour
                + ",SO1,书,¥1.50,2026-01-31 15:01\n");
        ImportRequest again;
        again.path = traces.path("again.csv").toStdString();
        again.account = "main";
        again.templateId = EngineFixture::templateId();
        again.dryRun = true;
        ImportReport report = must(engine->importCsv(again).result());
        QCOMPARE(report.optedOut, 1);
        QCOMPARE(report.queued, 1);
        QCOMPARE(must(engine->liftSuppression("main", person, {}, "came back").result()), 1);
        report = must(engine->importCsv(again).result());
        QCOMPARE(report.queued, 2);
    }

    /// What the platform says later, and what people try with the rest, brings nobody back.
    void nothingComesBack() {
        Traces traces;
        auto engine = traces.open(EngineOptions::Role::Tool);
        const ErasureReport done = must(engine->eraseRecipient(erasure()).result());
        const EventReceipt receipt = must(engine->recordEvents("main", {DeliveryReport{traces.msgid, person, "success", std::nullopt}}).result());
        QCOMPARE(receipt.delivered, 1);
        COMPARE_NAMED(must(engine->message(traces.accepted).result()).message.state, MessageState::Delivered);
        const ResendReport resent = must(engine->resend(of(done.name), "try", {true, 0}).result());
        QCOMPARE(resent.resent, 0);
        EditRequest edit;
        edit.id = traces.refused;
        edit.data = {{"character_string1", "SO3"}};
        QVERIFY(!engine->editAndResend(edit).result());
        COMPARE_TEXT(broken(*engine), std::string());
        engine.reset();
        const QStringList finds = traces.finds();
        QVERIFY2(finds.isEmpty(), qPrintable(finds.join(QStringLiteral(", "))));
    }

    void whatWaitsIsAReasonToRefuse() {
        Traces traces;
        auto engine = traces.open(EngineOptions::Role::Tool);
        SendRequest later = to(person, "SO4");
        later.at = Engine::wallNow() + 24h;
        must(engine->send(later).result());
        const auto refused = engine->eraseRecipient(erasure()).result();
        QVERIFY(!refused);
        COMPARE_NAMED(refused.error().code, ErrorCode::InUse);
        QCOMPARE(must(engine->page({of(person), std::nullopt, 10}).result()).rows.size(), 3U);
        ErasureRequest all = erasure();
        all.cancelWaiting = true;
        const ErasureReport done = must(engine->eraseRecipient(all).result());
        QCOMPARE(done.cancelled, 1);
        QCOMPARE(done.counts.messages, 3);
        COMPARE_TEXT(broken(*engine), std::string());
        engine.reset();
        const QStringList finds = traces.finds();
        QVERIFY2(finds.isEmpty(), qPrintable(finds.join(QStringLiteral(", "))));
    }

    void mistakesAreRefused() {
        Traces traces;
        auto engine = traces.open(EngineOptions::Role::Tool);
        ErasureRequest named = erasure();
        named.reason = std::string("letter of ") + person;
        QVERIFY(!engine->eraseRecipient(named).result());
        ErasureRequest wrong = erasure();
        wrong.openid = "no openid!";
        QVERIFY(!engine->eraseRecipient(wrong).result());
        ErasureRequest nobody = erasure();
        nobody.account = "nobody";
        QVERIFY(!engine->eraseRecipient(nobody).result());
        QCOMPARE(must(engine->page({of(person), std::nullopt, 10}).result()).rows.size(), 2U);
    }

    /// While an engine delivers in another process's place: the file is written anew under its hands.
    void besideARunningEngine() {
        Traces traces;
        auto engine = traces.open();
        must(engine->start());
        traces.import(*engine, 2000, QStringLiteral("more"));
        const auto erased = finished(engine->eraseRecipient(erasure()));
        COMPARE_TEXT(erased.notRewritten, std::string());
        QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 2052; }));
        COMPARE_TEXT(engine->snapshot().problem, std::string());
        EngineFixture::stop(*engine);
        COMPARE_TEXT(broken(*engine), std::string());
        engine.reset();
        const QStringList finds = traces.finds();
        QVERIFY2(finds.isEmpty(), qPrintable(finds.join(QStringLiteral(", "))));
    }

    void fromTheCommandLine() {
        Traces traces;
        const QStringList command{QStringLiteral("recipient"), QStringLiteral("erase"), QString::fromLatin1(person), QStringLiteral("--account"), QStringLiteral("main"),
            QStringLiteral("--reason"), QStringLiteral("asked for")};
        const QJsonObject look = cli(traces, command);
        QCOMPARE(look[QLatin1String("erased")].toBool(), false);
        QCOMPARE(look[QLatin1String("messages")].toInt(), 2);
        QVERIFY(!traces.finds().isEmpty());
        const QJsonObject done = cli(traces, command + QStringList{QStringLiteral("--confirm")});
        QCOMPARE(done[QLatin1String("erased")].toBool(), true);
        QCOMPARE(done[QLatin1String("rewritten")].toBool(), true);
        QVERIFY(done[QLatin1String("places")].toArray().isEmpty());
        QCOMPARE(cli(traces, {QStringLiteral("verify")})[QLatin1String("ok")].toBool(), true);
        QCOMPARE(cli(traces, {QStringLiteral("audit"), QStringLiteral("verify")})[QLatin1String("ok")].toBool(), true);
        const QStringList finds = traces.finds();
        QVERIFY2(finds.isEmpty(), qPrintable(finds.join(QStringLiteral(", "))));
    }

private:
    static QJsonObject cli(const Traces &traces, QStringList arguments) {
        QProcess process;
        process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"), QStringList{QStringLiteral("--profile"), traces.profile(), QStringLiteral("--json")} + arguments);
        if (!process.waitForFinished(30'000) || process.exitCode() != 0)
            qFatal("songda-cli: %s", process.readAllStandardError().constData());
        return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    }
};

QTEST_GUILESS_MAIN(S3ForgetTest)
#include "s3_forget_test.moc"
