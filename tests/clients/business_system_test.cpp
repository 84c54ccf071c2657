// SPDX-License-Identifier: GPL-3.0-or-later
//
// A business system that knows Songda by its documents alone, made of other people's programs: PyJWT makes the token, curl
// hands the messages over and asks for them, Python is told what became of them. WeChat reports in its secure mode.
#include "tests/clients/receiver_process.h"
#include "tests/clients/tool.h"
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/csv_rows.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/open_doors.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"
#include "tests/full_form.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QMap>
#include <QTest>
#include <algorithm>

using namespace songda::testing;

namespace {

constexpr int patience = 300'000;
const QString issuer = QStringLiteral("https://login.example");
const QString audience = QStringLiteral("songda");
const QString traceparent = QStringLiteral("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

/// The columns of the report that are looked at; their order is a contract.
enum Column { MessageId = 0, State = 5, Msgid = 9, Key = 12 };

QByteArray messages(int count) {
    QByteArray lines;
    for (int i = 0; i < count; ++i) {
        const QByteArray n = QByteArray::number(i);
        lines += R"({"account":"practice","template":")" + Console::templateTitle().toUtf8() + R"(","openid":"oCustomer)" + n
            + R"(","idempotency_key":"order-)" + n + R"(","data":{"character_string1":"SO)" + n
            + R"(","thing2":"红富士苹果","amount3":"¥12.50","time4":"2026-01-31 18:30"}})" + "\n";
    }
    return lines;
}

/// An answer of lines as a map from line to message, and how many of them were handed over before; empty when a line was
/// refused.
QMap<int, qint64> messagesOf(const QByteArray &answer, int *replayed) {
    QMap<int, qint64> ids;
    *replayed = 0;
    for (const QByteArray &text : answer.trimmed().split('\n')) {
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        if (line.value(QLatin1String("status")).toInt() != 202)
            return {};
        ids[line.value(QLatin1String("line")).toInt()] = line.value(QLatin1String("message_id")).toInteger();
        *replayed += line.value(QLatin1String("replayed")).toBool() ? 1 : 0;
    }
    return ids;
}

QStringList bearing(const QJsonObject &tokens, const char *which) {
    return {QStringLiteral("--header"), QStringLiteral("Authorization: Bearer ") + tokens.value(QLatin1String(which)).toString()};
}

QJsonObject takenFrom(const char *name) {
    const QString lower = QLatin1String(name);
    return {{QStringLiteral("issuer"), issuer}, {QStringLiteral("audience"), audience}, {QStringLiteral("algorithm"), lower.toUpper()},
        {QStringLiteral("kid"), lower}, {QStringLiteral("key_file"), lower + QStringLiteral(".pem")}, {QStringLiteral("scopes"), QStringLiteral("send read")}};
}

/// How the simulator shall report: to the callback as `callback set` printed it, some of it bad news.
QJsonObject reportsTo(const QString &door, const QJsonObject &callback) {
    return {{QStringLiteral("url"), door + callback.value(QLatin1String("path")).toString()}, {QStringLiteral("mode"), QStringLiteral("secure")},
        {QStringLiteral("token"), callback.value(QLatin1String("token"))}, {QStringLiteral("aes_key"), callback.value(QLatin1String("encoding_aes_key"))},
        {QStringLiteral("delay_ms"), 50}, {QStringLiteral("blocked"), 3}, {QStringLiteral("failed"), 2}};
}

/// Every message with its state, asked for one by one over a connection that is kept; curl waits when it is told to.
QMap<qint64, QString> statesByHttp(const QString &door, const QStringList &token, const QList<qint64> &ids) {
    QByteArray config;
    for (const qint64 id : ids)
        config += "url = \"" + door.toUtf8() + "/v1/messages/" + QByteArray::number(id) + "\"\n";
    const ToolResult result = runTool(debianTool("curl"), words("--silent --show-error --retry 9 --write-out \\n --config -") + token, config);
    QMap<qint64, QString> states;
    for (const QByteArray &line : result.output.split('\n')) {
        const QJsonObject message = QJsonDocument::fromJson(line).object();
        const bool whole = message.value(QLatin1String("ended")).toBool() && !message.value(QLatin1String("msgid")).toString().isEmpty()
            && !message.value(QLatin1String("attempts")).toArray().isEmpty()
            && message.value(QLatin1String("created_by")).toString() == QLatin1String("api:clerk@") + issuer;
        if (whole)
            states[message.value(QLatin1String("message_id")).toInteger()] = message.value(QLatin1String("state")).toString();
    }
    return states;
}

QMap<qint64, QString> statesByReport(const Console &console, const QString &csv) {
    QMap<qint64, QString> states;
    QFile file(csv);
    if (console.run({QStringLiteral("report"), QStringLiteral("export"), QStringLiteral("--out"), csv}).exitCode != 0 || !file.open(QIODevice::ReadOnly))
        return states;
    const auto table = parseCsv(file.readAll());
    for (qsizetype i = 1; table && i < table->size(); ++i) {
        const QByteArrayList &row = table->at(i);
        if (row.size() > Key && row[Key].startsWith("order-") && !row[Msgid].isEmpty())
            states[row[MessageId].toLongLong()] = QString::fromUtf8(row[State]);
    }
    return states;
}

/// The end of each message as the receiver was told it; those whose trace was lost are left out.
QMap<qint64, QString> statesByHook(const QJsonObject &outcomes) {
    QMap<qint64, QString> states;
    for (auto it = outcomes.begin(); it != outcomes.end(); ++it) {
        const QJsonObject outcome = it->toObject();
        if (outcome.value(QLatin1String("traceparent")).toString() != traceparent)
            continue;
        for (const QJsonValue &state : outcome.value(QLatin1String("states")).toArray()) {
            if (state.toString().endsWith(QLatin1String("delivered")))
                states[it.key().toLongLong()] = state.toString();
        }
    }
    return states;
}

} // namespace

class BusinessSystemTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyMessageIsTakenReportedAndTold();

private:
    void onlyGenuineOutcomesAreTaken(const ReceiverProcess &receiver);
};

void BusinessSystemTest::initTestCase() {
    SONGDA_NEEDS(!debianTool("curl").isEmpty(), "curl");
    SONGDA_NEEDS(runTool(debianTool("python3"), {QStringLiteral("-c"), QStringLiteral("import cryptography")}).exitCode == 0, "python3-cryptography");
    SONGDA_NEEDS(runTool(debianTool("python3"), {QStringLiteral("-c"), QStringLiteral("import jwt")}).exitCode == 0, "python3-jwt");
}

void BusinessSystemTest::onlyGenuineOutcomesAreTaken(const ReceiverProcess &receiver) {
    const qint64 ids = receiver.count("ids");
    const qint64 again = receiver.count("again");
    const QJsonObject sample = receiver.ask("/sample");
    const QJsonObject headers = sample.value(QLatin1String("headers")).toObject();
    const QByteArray body = sample.value(QLatin1String("body")).toString().toUtf8();
    QVERIFY(headers.size() == 4 && !body.isEmpty());
    const auto with = [&headers](const char *name, const QString &value) {
        QJsonObject changed = headers;
        changed[QLatin1String(name)] = value;
        return changed;
    };
    QCOMPARE(receiver.deliver(headers, body), 204);
    QCOMPARE(receiver.deliver(headers, body + ' '), 401);
    QCOMPARE(receiver.deliver(with("webhook-id", QStringLiteral("evt_0")), body), 401);
    const qint64 signedAt = headers.value(QLatin1String("webhook-timestamp")).toString().toLongLong();
    QCOMPARE(receiver.deliver(with("webhook-timestamp", QString::number(signedAt + 1)), body), 401);
    const QString other = QStringLiteral("v1,") + QString::fromLatin1(QByteArray(32, 'x').toBase64());
    QCOMPARE(receiver.deliver(with("webhook-signature", other), body), 401);
    QCOMPARE(receiver.deliver(with("webhook-signature", QString()), body), 401);
    QCOMPARE(receiver.count("ids"), ids);
    QCOMPARE(receiver.count("again"), again + 1);
    QCOMPARE(receiver.count("refused"), 5);
}

void BusinessSystemTest::everyMessageIsTakenReportedAndTold() {
    const int rows = inFullForm(10'000, 500);
    const quint32 seed = Scale::fromEnvironment().seed;
    qInfo("SONGDA_CRASH_SEED=%u", seed);
    KeptWhenFailed folder;
    SimulatorProcess simulator(folder.path());
    QVERIFY(simulator.start(QStringLiteral("busy=2"), seed, QStringLiteral("5:5")));
    const Console console(folder.path());
    QVERIFY(console.setUp(simulator.baseUrl(), 2000, 200, 32));
    ReceiverProcess receiver(folder.path());
    QVERIFY(receiver.start());
    const CommandResult hook = console.run(words("hook add --allow-private --url") + QStringList{receiver.url()});
    QVERIFY2(hook.exitCode == 0, hook.output.constData());
    QVERIFY(receiver.setSecret(hook.json().value(QLatin1String("secret")).toString()));
    const CommandResult callback = console.run(words("callback set --account practice"));
    QVERIFY2(callback.exitCode == 0, callback.output.constData());
    QCOMPARE(callback.json().value(QLatin1String("mode")).toString(), QStringLiteral("secure"));
    const ToolResult minted
        = runTool(debianTool("python3"), {clientScript("mint_tokens.py"), console.profile(), issuer, audience, QStringLiteral("clerk")});
    QVERIFY2(minted.exitCode == 0, minted.complaint.constData());
    const QJsonObject tokens = QJsonDocument::fromJson(minted.output).object();

    const quint16 port = freePort();
    QVERIFY(port != 0 && setDoors(console, port, {{QStringLiteral("jwt"), QJsonArray{takenFrom("es256"), takenFrom("rs256")}}}));
    const QString door = QStringLiteral("http://127.0.0.1:%1").arg(port);
    const auto engine = console.start({QStringLiteral("serve")});
    QVERIFY(engine && waitForDoors(port));
    QVERIFY(simulator.control({{QStringLiteral("events"), reportsTo(door, callback.json())}}));

    // Handed over in one piece, and once more as a stream of unknown length.
    const QString list = door + QStringLiteral("/v1/messages");
    QCOMPARE(curl(bearing(tokens, "rs256") + QStringList{door + QStringLiteral("/v1/templates")}).status, 200);
    QCOMPARE(curl(bearing(tokens, "stranger") + QStringList{door + QStringLiteral("/v1/templates")}).status, 401);
    QElapsedTimer clock;
    clock.start();
    const QByteArray lines = messages(rows);
    const QStringList asLines = bearing(tokens, "es256")
        + QStringList{QStringLiteral("--header"), QStringLiteral("Content-Type: application/x-ndjson"), QStringLiteral("--header"),
              QStringLiteral("traceparent: ") + traceparent};
    const Fetched taken = curl(asLines + words("--data-binary @-") + QStringList{list}, lines);
    const qint64 takenAfter = clock.elapsed();
    QVERIFY2(taken.status == 200, taken.body.constData());
    int replayed = 0;
    const QMap<int, qint64> ids = messagesOf(taken.body, &replayed);
    QCOMPARE(ids.size(), rows);
    QCOMPARE(replayed, 0);
    const Fetched streamed = curl(asLines + words("--request POST --upload-file -") + QStringList{list}, lines);
    QVERIFY2(streamed.status == 200, streamed.body.constData());
    QCOMPARE(messagesOf(streamed.body, &replayed), ids);
    QCOMPARE(replayed, rows);

    QVERIFY(QTest::qWaitFor([&] { return console.counts().others == rows; }, patience));
    const qint64 endedAfter = clock.elapsed();
    QVERIFY(QTest::qWaitFor([&] { return receiver.count("ended") == rows; }, patience));
    const qint64 toldAfter = clock.elapsed();

    // The same of every message from three sides, and from the database's own.
    QList<qint64> all = ids.values();
    std::sort(all.begin(), all.end());
    const QMap<qint64, QString> byHttp = statesByHttp(door, bearing(tokens, "es256"), all);
    QCOMPARE(byHttp.keys(), all);
    const qint64 delivered = byHttp.values().count(QStringLiteral("delivered"));
    const qint64 undelivered = byHttp.values().count(QStringLiteral("undelivered"));
    QCOMPARE(delivered + undelivered, rows);
    QVERIFY(undelivered > 0 && delivered > undelivered);
    QCOMPARE(statesByReport(console, folder.path() + QStringLiteral("/report.csv")), byHttp);
    QCOMPARE(statesByHook(receiver.ask("/outcomes")), byHttp);
    const Fetched byKey = curl(bearing(tokens, "es256") + QStringList{list + QStringLiteral("?account=practice&key=order-7")});
    QCOMPARE(byKey.json().value(QLatin1String("message_id")).toInteger(), ids.value(8));
    for (const char *never : {"refused", "changed", "malformed", "other_id"})
        QVERIFY2(receiver.count(never) == 0, never);
    QCOMPARE(receiver.count("ids") - receiver.count("ended"), receiver.count("accepted"));
    const qint64 told = receiver.count("requests");
    onlyGenuineOutcomesAreTaken(receiver);
    if (QTest::currentTestFailed())
        return;

    engine->terminate();
    QVERIFY(engine->waitForEnd(patience));
    QCOMPARE(engine->exitCode(), 0);
    const auto state = readJournalState(console.databaseFile());
    QVERIFY(state);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    QCOMPARE(state->total(), static_cast<qint64>(rows));
    QCOMPARE(console.verify().exitCode, 0);
    const auto sums = simulator.sums();
    QVERIFY(sums);
    QCOMPARE(sums->userCopies, static_cast<qint64>(rows));
    QCOMPARE(sums->notifiedTwice, 0);
    const auto seconds = [](qint64 milliseconds) { return static_cast<double>(milliseconds) / 1000; };
    qInfo("%d messages: answered after %.1f s, ended after %.1f s, told after %.1f s; %lld delivered, %lld undelivered; the hook got %lld requests", rows,
        seconds(takenAfter), seconds(endedAfter), seconds(toldAfter), static_cast<long long>(delivered), static_cast<long long>(undelivered),
        static_cast<long long>(told));
}

SONGDA_CRASH_MAIN(BusinessSystemTest)
#include "business_system_test.moc"
