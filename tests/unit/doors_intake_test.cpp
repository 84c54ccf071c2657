// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the intake reads, what the settings allow, what the metrics say: all without a socket.
#include "engine/doors/door_settings.h"
#include "engine/doors/intake_request.h"
#include "engine/doors/json_input.h"
#include "engine/doors/figures.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace songda;
using namespace songda::doors;

namespace {

const char *const message = R"({"account":"main","template":"T","openid":"o1","data":{"thing1":"书"}})";

std::string with(const std::string &members) {
    std::string text = message;
    text.insert(text.size() - 1, "," + members);
    return text;
}

} // namespace

class DoorsIntakeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jsonThatCanBeReadInTwoWaysIsRefused_data();
    void jsonThatCanBeReadInTwoWaysIsRefused();
    void messagesAreRead();
    void messagesThatAreRefused_data();
    void messagesThatAreRefused();
    void idempotencyKeysAreRead_data();
    void idempotencyKeysAreRead();
    void keysAndWaitsAreRead();
    void aTraceIsTakenOnlyWellFormed();
    void aTraceOfALaterVersionIsRead();
    void linesAreSplit();
    void settingsHaveRangesAndSayThem_data();
    void settingsHaveRangesAndSayThem();
    void everySettingIsReadAndOffIsTheDefault();
    void metricsAreWellFormed();
    void readinessNamesTheGate();
    void everySettingStandsInTheGuide();
    void alertsAndDashboardAskForWhatThereIs();
};

void DoorsIntakeTest::jsonThatCanBeReadInTwoWaysIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char *name, const QByteArray &text, bool fine = false) { QTest::newRow(name) << text << fine; };
    row("object", "{\"a\":[1,{\"b\":null}]}", true);
    row("surrogate pair", "\"\\ud83d\\ude00\"", true);
    row("64 bits", "18446744073709551615", true);
    row("member twice", "{\"a\":1,\"a\":2}");
    row("member twice, escaped", "{\"a\":1,\"\\u0061\":2}");
    row("member twice further in", "{\"x\":[{\"a\":1,\"a\":1}]}");
    row("same member apart", "{\"x\":{\"a\":1},\"y\":{\"a\":1}}", true);
    row("byte order mark", "\xef\xbb\xbf{}");
    row("something behind", "{} {}");
    row("comment", "{/**/}");
    row("comma at the end", "[1,]");
    row("lone surrogate", "\"\\ud800\"");
    row("raw control character", "\"a\nb\"");
    row("no UTF-8", "\"\xff\"");
    row("surrogate in UTF-8", "\"\xed\xa0\x80\"");
    row("NaN", "NaN");
    row("too large", "1e999");
    row("leading zero", "01");
    row("single quotes", "{'a':1}");
    row("nothing", "");
    row("NUL behind", QByteArray("{}\0", 3));
    row("eight deep", "[[[[[[[[]]]]]]]]", true);
    row("nine deep", "[[[[[[[[[]]]]]]]]]");
    row("a million deep", QByteArray(1'000'000, '['));
    row("a million deep in objects", QByteArray("{\"a\":").repeated(200'000));
}

void DoorsIntakeTest::jsonThatCanBeReadInTwoWaysIsRefused() {
    QFETCH(QByteArray, text);
    QFETCH(bool, fine);
    const auto json = readJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    QVERIFY2(json.has_value() == fine, json ? json->dump().c_str() : json.error().detail.c_str());
}

void DoorsIntakeTest::messagesAreRead() {
    const auto plain = readMessageText(message);
    QVERIFY(plain);
    QCOMPARE(plain->data.at("thing1"), std::string("书"));
    QCOMPARE(plain->priority, 1);
    const auto full = readMessageText(with(
        R"("url":"https://a.example","at":"2026-01-31T18:30:00+08:00","expires":"2026-02-01","priority":"urgent","idempotency_key":"SO 1")"));
    QVERIFY(full);
    QCOMPARE(full->url, std::string("https://a.example"));
    QCOMPARE(toIso8601(*full->at), std::string("2026-01-31T18:30:00.000+08:00"));
    QCOMPARE(full->priority, 2);
    QCOMPARE(full->idempotencyKey, std::string("SO 1"));
}

void DoorsIntakeTest::messagesThatAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("word"); // that names the fault
    const auto row = [](const char *name, const std::string &text, const char *word) { QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(word); };
    row("array", "[]", "object");
    row("no account", R"({"template":"T","openid":"o1","data":{}})", "account");
    row("no data", R"({"account":"main","template":"T","openid":"o1"})", "data");
    row("misspelt member", with(R"("expire":"2026-02-01")"), "expire");
    row("number as text", R"({"account":1,"template":"T","openid":"o1","data":{}})", "account");
    row("number as value", R"({"account":"main","template":"T","openid":"o1","data":{"thing1":1}})", "thing1");
    row("data as list", R"({"account":"main","template":"T","openid":"o1","data":[]})", "data");
    row("no time", with(R"("at":"tomorrow")"), "at");
    row("time as number", with(R"("at":1800000000)"), "at");
    row("no priority", with(R"("priority":"high")"), "priority");
    row("priority as number", with(R"("priority":2)"), "priority");
    row("empty key", with(R"("idempotency_key":"")"), "idempotency");
    row("long key", with("\"idempotency_key\":\"" + std::string(129, 'k') + "\""), "idempotency");
    row("line break in the key", with(R"("idempotency_key":"a\nb")"), "idempotency");
    row("NUL in the key", with(R"("idempotency_key":"a\u0000b")"), "idempotency");
}

void DoorsIntakeTest::messagesThatAreRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, word);
    const auto read = readMessageText(text.toStdString());
    QVERIFY(!read);
    QVERIFY2(read.error().detail.find(word.toStdString()) != std::string::npos, read.error().detail.c_str());
}

void DoorsIntakeTest::aTraceIsTakenOnlyWellFormed() {
    Request request;
    QCOMPARE(readTraceparent(request), std::string());
    const std::string good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    request.headers = {{"traceparent", good}};
    QCOMPARE(readTraceparent(request), good);
    const auto with = [&](std::size_t at, char c) {
        std::string text = good;
        text[at] = c;
        return text;
    };
    for (const std::string &bad : {std::string(), good.substr(1), good + "0", with(0, 'G'), with(2, '0'), with(5, 'A'), with(54, '\n'), "ff" + good.substr(2),
             "00-" + std::string(32, '0') + good.substr(35), good.substr(0, 36) + std::string(16, '0') + "-01"}) {
        request.headers = {{"traceparent", bad}};
        QVERIFY2(readTraceparent(request).empty(), bad.c_str());
    }
    // Two are none.
    request.headers = {{"traceparent", good}, {"traceparent", good}};
    QCOMPARE(readTraceparent(request), std::string());
}

void DoorsIntakeTest::aTraceOfALaterVersionIsRead() {
    const std::string ids = "-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";
    const auto read = [](const std::string &text) {
        Request request;
        request.headers = {{"traceparent", text}};
        return readTraceparent(request);
    };
    QCOMPARE(read("01" + ids + "01"), "00" + ids + "01");
    QCOMPARE(read("01" + ids + "01-x"), "00" + ids + "01");
    QCOMPARE(read("cc" + ids + "0a-what-the-future-brings"), "00" + ids + "00");
    QCOMPARE(read("fe" + ids + "ff-"), "00" + ids + "01");
    for (const std::string &bad : {"00" + ids + "01-x", "01" + ids + "01x", "01" + ids + "01.x", "ff" + ids + "01-x", "01" + ids + "0"})
        QVERIFY2(read(bad).empty(), bad.c_str());
}

/// RFC 8941, 3.3.3 and 4.2.5; beside them keys without quotation marks.
void DoorsIntakeTest::idempotencyKeysAreRead_data() {
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("key"); // null: refused
    const auto row = [](const char *name, const QByteArray &field, const QByteArray &key = QByteArray()) { QTest::newRow(name) << field << key; };
    row("the draft's own", R"("8e03978e-40d5-43e8-bc93-6894a57f9324")", "8e03978e-40d5-43e8-bc93-6894a57f9324");
    row("blanks inside", R"("order 4711")", "order 4711");
    row("blanks around", R"(  "k"  )", "k");
    row("escaped quotation mark", R"("a\"b")", "a\"b");
    row("escaped backslash", R"("a\\b")", "a\\b");
    row("only escapes", R"("\"\\\"")", "\"\\\"");
    row("all that is printable", R"("!#$%&'()*+,-./:;<=>?@[]^_`{|}~")", "!#$%&'()*+,-./:;<=>?@[]^_`{|}~");
    row("as long as it may be", "\"" + QByteArray(128, 'k') + "\"", QByteArray(128, 'k'));
    row("escapes do not count", "\"" + QByteArray("\\\"").repeated(128) + "\"", QByteArray(128, '"'));
    row("parameter", R"("k";p=1)", "k");
    row("parameter without a value", R"("k";p)", "k");
    row("blank before a parameter's name", R"("k"; p=1)", "k");
    row("every kind of parameter", R"("k";a="x\"y";b=1.5;*c=?1;d=:aGk=:;e-_.*=tok/en:1;f=-12)", "k");
    row("bare", "plain", "plain");
    row("bare with punctuation", "order/4711;v=2", "order/4711;v=2");
    row("bare and not ASCII", "订单4711", "订单4711");
    row("nothing", "");
    row("blanks", "  ");
    row("empty string", R"("")");
    row("not closed", R"("k)");
    row("not opened", R"(k")");
    row("a quotation mark alone", R"(")");
    row("closed by an escape", R"("k\")");
    row("another escape", R"("a\nb")");
    row("a backslash at the end", R"("a\)");
    row("a quotation mark inside", R"("a"b")");
    row("something behind it", R"("k" x)");
    row("two of them", R"("a", "b")");
    row("not ASCII", R"("订单")");
    row("control character", "\"a\tb\"");
    row("DEL", "\"a\x7f\"");
    row("longer than it may be", "\"" + QByteArray(129, 'k') + "\"");
    row("parameter without a name", R"("k";)");
    row("parameter with a capital", R"("k";P=1)");
    row("parameter with an empty value", R"("k";p=)");
    row("number too long", R"("k";p=1234567890123456)");
    row("number that ends in a dot", R"("k";p=1.)");
    row("bytes not closed", R"("k";p=:aGk=)");
    row("neither true nor false", R"("k";p=?2)");
    row("blank before the semicolon", R"("k" ;p=1)");
}

void DoorsIntakeTest::idempotencyKeysAreRead() {
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, key);
    Request request;
    request.headers = {{"idempotency-key", field.toStdString()}};
    const auto read = readIdempotencyKey(request);
    QCOMPARE(read ? QByteArray::fromStdString(*read) : QByteArray("refused"), key.isNull() ? QByteArray("refused") : key);
}

void DoorsIntakeTest::keysAndWaitsAreRead() {
    Request request;
    QCOMPARE(*readIdempotencyKey(request), std::string());
    request.headers = {{"idempotency-key", "a"}, {"idempotency-key", "a"}};
    QVERIFY(!readIdempotencyKey(request));

    QCOMPARE(*readWait(request), 0);
    request.query = {{"wait", "60"}};
    QCOMPARE(*readWait(request), 60);
    for (const char *bad : {"", "-1", "61", "1s", "1.5", "99999999999999999999"}) {
        request.query = {{"wait", bad}};
        QVERIFY2(!readWait(request), bad);
    }
    request.headers = {{"content-type", "Application/JSON ; charset=utf-8"}};
    QCOMPARE(mediaType(request), std::string("application/json"));
}

void DoorsIntakeTest::linesAreSplit() {
    const auto lines = splitLines("{1}\n\n \r\n{2}\r\n{3}", 10);
    QCOMPARE(lines.size(), std::size_t{3});
    QCOMPARE(lines[1].number, 4);
    QCOMPARE(std::string(lines[2].text), std::string("{3}"));
    const auto marked = splitLines("\xef\xbb\xbf{1}\n{2}", 10);
    QCOMPARE(marked.size(), std::size_t{2});
    QVERIFY(marked.front().text == "{1}");
    for (const char *type : {"application/x-ndjson", "application/ndjson", "application/jsonl"})
        QVERIFY(isLines(type));
    QVERIFY(!isLines("application/json") && !isLines("text/plain"));
    QVERIFY(splitLines("", 10).empty());
    QVERIFY(splitLines("\n\n", 10).empty());
    QCOMPARE(splitLines("1\n2\n3\n4", 3).size(), std::size_t{3});
}

void DoorsIntakeTest::settingsHaveRangesAndSayThem_data() {
    QTest::addColumn<QByteArray>("section");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const QByteArray &section, const char *sentence) { QTest::newRow(section.constData()) << section << QByteArray(sentence); };
    row("[]", "must be an object");
    row(R"({"prot": 1})", "there is no setting \"prot\"");
    row(R"({"enabled": 1})", "\"enabled\" must be true or false");
    row(R"({"port": 0})", "\"port\" must be a whole number from 1 to 65535");
    row(R"({"port": 65536})", "\"port\" must be a whole number from 1 to 65535");
    row(R"({"port": "80"})", "\"port\" must be");
    row(R"({"port": 80.5})", "\"port\" must be");
    row(R"({"port": 1e400})", "must be");
    row(R"({"address": "localhost"})", "\"address\" must be an IP address");
    for (const char *url : {"", "notify.example.com", "ftp://notify.example.com", "https://", "https:///", "https://a b", "https://user@notify.example.com",
             "https://notify.example.com/?x=1", "https://notify.example.com/#x"})
        row("{\"public_url\": \"" + QByteArray(url) + "\"}", "\"public_url\" must be an address");
    row(R"({"public_url": 1})", "\"public_url\" must be an address");
    row(R"({"trusted_proxies": "10.0.0.0/8"})", "\"trusted_proxies\" must be a list");
    row(R"({"trusted_proxies": ["10.0.0.0/33"]})", "\"trusted_proxies\" must be a list");
    row(R"({"connections": 10, "connections_per_address": 11})", "no more than \"connections\"");
    row(R"({"certificate": "c.pem"})", "go together");
    row(R"({"request_seconds": 0.5})", "\"request_seconds\" must be a number from 1 to 300");
    row(R"({"jwt": {}})", "must be a list of issuers");
    row(R"({"jwt": [{"issuer": "i", "audience": "a", "algorithm": "none", "key_file": "k", "scopes": "send"}]})", "HS256, RS256 or ES256");
    row(R"({"jwt": [{"secret": "x"}]})", "there is no setting \"secret\"");
    row(R"({"jwt": [{"issuer": "i", "audience": "a", "algorithm": "HS256", "key_file": "/nowhere/k", "scopes": "send"}]})", "cannot read /nowhere/k");
}

void DoorsIntakeTest::settingsHaveRangesAndSayThem() {
    QFETCH(QByteArray, section);
    QFETCH(QByteArray, sentence);
    const auto settings = readDoorSettings(section.toStdString(), "/profile");
    QVERIFY(!settings);
    QVERIFY2(settings.error().detail.find(sentence.toStdString()) != std::string::npos, settings.error().detail.c_str());
}

void DoorsIntakeTest::everySettingIsReadAndOffIsTheDefault() {
    const auto none = readDoorSettings({}, "/profile");
    QVERIFY(none && !none->enabled);
    QCOMPARE(none->server.address, std::string("127.0.0.1"));
    const auto all = readDoorSettings(R"({"enabled": true, "address": "0.0.0.0", "port": 9000, "threads": 3, "certificate": "c.pem", "key": "/k.pem",
        "trusted_proxies": ["10.0.0.0/8"], "monitor_from": [], "connections": 100, "connections_per_address": 10, "request_seconds": 5,
        "answer_seconds": 6.5, "head_bytes": 8192, "body_bytes": 2048, "lines": 7, "client_rate": 0.5, "client_burst": 3, "queue_limit": 11,
        "waits": 0, "jwt": [], "public_url": "https://notify.example.com/songda//"})",
        "/profile");
    QVERIFY2(all, all ? "" : all.error().detail.c_str());
    QVERIFY(all->enabled);
    QCOMPARE(all->server.certificateFile, std::string("/profile/c.pem"));
    QCOMPARE(all->server.keyFile, std::string("/k.pem"));
    QCOMPARE(all->server.limits.answer.count(), 6500);
    QCOMPARE(all->mostWaiting, 11);
    QVERIFY(all->monitorFrom.empty());
    QCOMPARE(all->publicUrl, std::string("https://notify.example.com/songda"));
    QCOMPARE(doorFields().size(), std::size_t{21});
}

void DoorsIntakeTest::metricsAreWellFormed() {
    MetricsInput in;
    AccountSnapshot account;
    account.id = AccountId{1};
    account.name = "a \"quoted\\ name\"\nof two lines";
    account.gate = Gate::AccountHeld;
    account.breakerProbing = true;
    account.endedFailed = 2;
    account.tokenLife = Seconds{7000};
    account.quotaLimit = 100'000;
    account.counts[MessageState::Accepted] = 12;
    account.counts[MessageState::Queued] = 3;
    in.snapshot.at = fromMillis(10'000);
    in.snapshot.oldestDue = fromMillis(4'000);
    in.snapshot.accounts.push_back(account);
    in.meters.addAttempt(AccountId{1}, ErrorClass::Success, "");
    in.meters.addAttempt(AccountId{1}, ErrorClass::Recipient, "43004");
    for (int i = 0; i < 1000; ++i)
        in.meters.addAttempt(AccountId{1}, ErrorClass::Unknown, "made up " + std::to_string(i));
    in.meters.diskFree = 5'000'000;
    in.meters.logBytes = 70'000'000;
    in.snapshot.accounts.emplace_back();
    in.snapshot.accounts.back().id = AccountId{2};
    in.snapshot.accounts.back().name = "other";
    in.meters.addAttempt(AccountId{2}, ErrorClass::Success, "");
    in.meters.attemptTimes.add(Micros{120'000});
    in.meters.attemptTimes.add(Micros{60'000'000});
    in.answers[{"POST /v1/messages", 202}] = 5;
    const QString text = QString::fromStdString(metricsText(in));

    // The text format, line by line: what has a sample has help and type before it.
    static const QRegularExpression sample(QStringLiteral(
        R"re(^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? (-?[0-9.eE+-]+|\+Inf|NaN)$)re"));
    QSet<QString> typed;
    QSet<QString> seen;
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(QLatin1String("# TYPE "))) {
            typed << line.section(QLatin1Char(' '), 2, 2);
            continue;
        }
        if (line.startsWith(QLatin1String("# HELP ")))
            continue;
        const auto match = sample.match(line);
        QVERIFY2(match.hasMatch(), qPrintable(line));
        QString family = match.captured(1);
        for (const char *suffix : {"_bucket", "_sum", "_count"}) {
            if (family.endsWith(QLatin1String(suffix)) && typed.contains(family.chopped(static_cast<qsizetype>(qstrlen(suffix)))))
                family.chop(static_cast<qsizetype>(qstrlen(suffix)));
        }
        QVERIFY2(typed.contains(family), qPrintable(line));
        QVERIFY2(!seen.contains(line.section(QLatin1Char(' '), 0, -2)), qPrintable(line));
        seen << line.section(QLatin1Char(' '), 0, -2);
    }
    const auto has = [&](const char *line) { return text.contains(QLatin1String(line)); };
    QVERIFY(has("nof two lines\",class=\"recipient\",code=\"43004\"} 1\n"));
    QVERIFY(has("songda_attempts_total{account=\"other\",class=\"success\",code=\"0\"} 1\n"));
    // The state of the breaker is told whatever gate is the first that is closed.
    QVERIFY(has("\",state=\"half_open\"} 1\n") && has("songda_breaker_state{account=\"other\",state=\"closed\"} 1\n"));
    QVERIFY(has("songda_breaker_state{account=\"other\",state=\"open\"} 0\n"));
    QVERIFY(has("\",outcome=\"failed\"} 2\n") && has("songda_messages_ended_total{account=\"other\",outcome=\"failed\"} 0\n"));
    QVERIFY(has("songda_disk_free_bytes 5000000\n"));
    QVERIFY(has("songda_journal_log_bytes 70000000\n"));
    QVERIFY(has("songda_second_host{account=\"other\"} 0\n"));
    QVERIFY(has("songda_queue_oldest_age_seconds 6\n"));
    QVERIFY(has("songda_attempt_duration_seconds_bucket{le=\"0.25\"} 1\n"));
    QVERIFY(has("songda_attempt_duration_seconds_bucket{le=\"+Inf\"} 2\n"));
    QVERIFY(has("songda_attempt_duration_seconds_count 2\n"));
    QVERIFY(text.count(QLatin1String("songda_attempts_total{")) <= static_cast<qsizetype>(Meters::mostCauses) + 2);
}

void DoorsIntakeTest::readinessNamesTheGate() {
    Snapshot s;
    QCOMPARE(readiness(s, IntakeGate::Open, ReadyFor::IntakeAndDelivery, true).status, 503);
    s.engineOwner = true;
    s.running = true;
    AccountSnapshot account;
    account.name = "main";
    account.gate = Gate::NoToken;
    s.accounts.push_back(account);
    const Response ready = readiness(s, IntakeGate::Open, ReadyFor::IntakeAndDelivery, true);
    QCOMPARE(ready.status, 200);
    const auto json = nlohmann::json::parse(ready.body);
    QCOMPARE(json["accounts"][0]["gate"].get<std::string>(), std::string("no-token"));
    QVERIFY(json["accounts"][0]["closed"].get<bool>());
    QVERIFY(readiness(s, IntakeGate::Open, ReadyFor::IntakeAndDelivery, false).body.find("main") == std::string::npos);
    s.mustRestart = true;
    s.problem = "the disk is full";
    QCOMPARE(readiness(s, IntakeGate::Open, ReadyFor::IntakeAndDelivery, true).status, 503);
    QVERIFY(readiness(s, IntakeGate::Open, ReadyFor::IntakeAndDelivery, true).body.find("journal-blocked") != std::string::npos);
}

void DoorsIntakeTest::everySettingStandsInTheGuide() {
    QFile guide(QStringLiteral(SONGDA_SOURCE_DIR "/docs/doors.md"));
    QVERIFY(guide.open(QIODevice::ReadOnly));
    const QByteArray text = guide.readAll();
    for (const DoorField &field : doorFields())
        QVERIFY2(text.contains("`" + QByteArray(field.name) + "`"), field.name);
}

void DoorsIntakeTest::alertsAndDashboardAskForWhatThereIs() {
    MetricsInput in;
    AccountSnapshot account;
    account.tokenLife = Seconds{1};
    account.quotaLimit = 1;
    account.clockDifference = Millis{1};
    in.snapshot.accounts.push_back(account);
    in.meters.addAttempt({}, ErrorClass::Success, "");
    in.meters.diskFree = 1;
    in.meters.hooks.emplace_back();
    in.server.callbacks[{"main", "delivered"}] = 1;
    in.answers[{"GET /healthz", 200}] = 1;
    const QString metrics = QString::fromStdString(metricsText(in));
    static const QRegularExpression name(QStringLiteral("\\bsongda_[a-z_]+"));
    for (const char *file : {"/resources/prometheus-alerts.yml", "/resources/grafana-dashboard.json"}) {
        QFile opened(QStringLiteral(SONGDA_SOURCE_DIR) + QLatin1String(file));
        QVERIFY(opened.open(QIODevice::ReadOnly));
        auto found = name.globalMatch(QString::fromUtf8(opened.readAll()));
        QVERIFY(found.hasNext());
        while (found.hasNext()) {
            const QString metric = found.next().captured();
            QVERIFY2(metrics.contains(QLatin1Char('\n') + metric) || metrics.startsWith(metric), qPrintable(metric));
        }
    }
}

QTEST_GUILESS_MAIN(DoorsIntakeTest)
#include "doors_intake_test.moc"
