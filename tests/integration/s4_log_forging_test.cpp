// SPDX-License-Identifier: GPL-3.0-or-later
//
// S4: whatever comes in by whichever door, one event is one line of the log, without control characters or secrets; errors
// that repeat are summed up, and the files hold their ceiling.
#include "engine/log/log.h"
#include "tests/integration/doors_fixture.h"
#include "tests/simulation/compare.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTest>
#include <map>
#include <sys/stat.h>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

constexpr std::size_t tenMegabytes = 10 << 20;
/// A line holds a few texts of half a kilobyte.
constexpr int longestLine = 8192;
constexpr const char *forgedLine = R"({"at":"2026-01-01T00:00:00.000+08:00","level":"error","category":"engine","event":"forged"})";

constexpr const char *cutLine = "{\"at\":\"2026-03-02";
constexpr const char *answerText = R"({"access_token":"57_KEYsecret9","expires_in":7200})";
constexpr const char *quotedAnswerText = R"({\"access_token\": \"57_KEYsecret9\"})";

/// What people and machines hand in to write lines of their own, or to move somebody's terminal.
std::vector<std::pair<const char *, std::string>> evilTexts() {
    const std::string forged(forgedLine);
    return {
        {"line feed", "x\n" + forged + "\ny"},
        {"carriage return", "x\r\n" + forged + "\r\n"},
        {"vertical tab and form feed", "x\v" + forged + "\f"},
        {"line separator", "x\xE2\x80\xA8" + forged + "\xE2\x80\xA9"},
        {"next line", "x\xC2\x85" + forged},
        {"quotes", "\"}\n" + forged},
        {"backslashes", "\\\"}\\n" + forged + "\\"},
        {"escapes", "\x1b[2J\x1b]0;title\x07\x1b[31mred\x1b[0m"},
        {"8-bit escapes", "\xC2\x9B" "2J\x9b" "31m"},
        {"nul", std::string("a\0b", 3)},
        {"delete and backspace", "secret\b\b\b\x7f"},
        {"direction", "\xE2\x80\xAE" "gnp.exe\xE2\x81\xA6"},
        {"broken UTF-8", "\xC3\x28\xF0\x28\x8C\xBC\xED\xA0\x80"},
        {"10 MB", std::string(tenMegabytes, 'x')},
        {"10 MB of lines", std::string(tenMegabytes, '\n')},
        {"10 MB of escapes", [] { std::string t; while (t.size() < tenMegabytes) t += "\x1b[31m\r\n"; return t; }()},
    };
}

QList<QByteArray> linesOf(const QString &file) {
    QFile log(file);
    if (!log.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file));
    QList<QByteArray> lines = log.readAll().split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

/// Why these are not lines of a log; empty when they are.
QString faultOf(const QList<QByteArray> &lines) {
    for (const QByteArray &line : lines) {
        if (line.size() > longestLine)
            return QStringLiteral("a line of %1 bytes").arg(line.size());
        const QString text = QString::fromUtf8(line);
        if (text.toUtf8() != line)
            return QStringLiteral("not UTF-8: ") + text;
        for (const QChar c : text) {
            if (c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph
                || c.category() == QChar::Other_Format)
                return QStringLiteral("U+%1 in %2").arg(c.unicode(), 4, 16).arg(text);
        }
        const Json json = Json::parse(line.toStdString(), nullptr, false);
        if (!json.is_object() || !json.contains("at") || !json.contains("level") || !json.contains("category") || !json.contains("event"))
            return QStringLiteral("no event: ") + text;
        if (json["event"] == "forged")
            return QStringLiteral("forged: ") + text;
    }
    return {};
}

/// A log in a folder of its own, under a clock that goes when told.
struct Book {
    explicit Book(std::int64_t fileBytes = 8 << 20, int files = 4) {
        log::Log::Options options;
        options.folder = folder.path().toStdString();
        options.fileBytes = fileBytes;
        options.files = files;
        options.clock = [this] { return now; };
        log = must(log::Log::open(options));
        log->setLevels(must(log::Levels::parse("all=debug")));
    }
    void pass(Millis by) { now = {now.wall + by, now.steady + by}; }
    QString file() const { return folder.filePath(QStringLiteral("songda.log")); }
    qint64 bytes() const {
        qint64 sum = 0;
        for (const QFileInfo &info : QDir(folder.path()).entryInfoList(QDir::Files))
            sum += info.size();
        return sum;
    }

    QTemporaryDir folder;
    Now now{parseIso8601("2026-03-02T10:00:00").value(), SteadyTime{1h}};
    std::unique_ptr<log::Log> log;
};

} // namespace

class S4LogForgingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneEventIsOneLine_data() {
        QTest::addColumn<QByteArray>("text");
        for (const auto &[name, text] : evilTexts())
            QTest::newRow(name) << QByteArray::fromStdString(text);
    }
    void oneEventIsOneLine() {
        QFETCH(QByteArray, text);
        const std::string evil = text.toStdString();
        Book book;
        for (std::size_t c = 0; c < log::categoryCount; ++c)
            book.log->write(static_cast<log::Category>(c), log::Level::Info, "something", {{"cause", evil}, {"text", evil}, {"number", std::int64_t{7}}});
        book.log->write(log::Category::Engine, log::Level::Error, evil, {{evil, evil}});
        const auto lines = linesOf(book.file());
        QCOMPARE(lines.size(), qsizetype(log::categoryCount + 1));
        QVERIFY2(faultOf(lines).isEmpty(), qPrintable(faultOf(lines)));
    }

    void secretsAreRedacted_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("what Qt says") << QByteArray("Error transferring https://api.weixin.qq.com/cgi-bin/message/template/send?access_token=57_KEYsecret9&x=1 - server replied: Bad") << QByteArray("57_KEYsecret9");
        QTest::newRow("a token request") << QByteArray("GET /cgi-bin/token?grant_type=client_credential&appid=wx1&secret=0123abcdKEY") << QByteArray("0123abcdKEY");
        QTest::newRow("JSON") << QByteArray(answerText) << QByteArray("57_KEYsecret9");
        QTest::newRow("JSON in JSON") << QByteArray(quotedAnswerText) << QByteArray("57_KEYsecret9");
        QTest::newRow("percent") << QByteArray("redirect=%3Faccess_token%3D57_KEYsecret9") << QByteArray("57_KEYsecret9");
        QTest::newRow("header") << QByteArray("Authorization: Bearer KEYsecret9\r\nHost: x") << QByteArray("KEYsecret9");
        QTest::newRow("upper case") << QByteArray("ACCESS_TOKEN=KEYsecret9") << QByteArray("KEYsecret9");
        QTest::newRow("JWT") << QByteArray("refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.KEYsecret9 at") << QByteArray("KEYsecret9");
        QTest::newRow("hook secret") << QByteArray("whsec_KEYsecret9 is") << QByteArray("KEYsecret9");
        QTest::newRow("AES key") << QByteArray("EncodingAESKey=KEYsecret9") << QByteArray("KEYsecret9");
        QTest::newRow("the profile's own") << QByteArray("bad value 'KEYsecret9-of-this-profile' there") << QByteArray("KEYsecret9");
        QTest::newRow("at the end of what is looked at") << QByteArray(8192 - 20, 'x') + " access_token=KEYsecret9" << QByteArray("KEYsecret9");
    }
    void secretsAreRedacted() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, secret);
        Book book;
        book.log->redactor().learn("KEYsecret9-of-this-profile");
        book.log->write(log::Category::Qt, log::Level::Warning, "message", {{"cause", text.toStdString()}, {"text", text.toStdString()}});
        const auto lines = linesOf(book.file());
        QCOMPARE(lines.size(), 1);
        QVERIFY2(!lines.first().contains(secret), lines.first().constData());
    }

    void openidsAreMasked() {
        const log::Redactor redactor;
        COMPARE_TEXT(redactor("invalid openid oAbcdefghijklmnopqrstuvwxyx9 rid: 5f2a"), std::string("invalid openid oAb...x9 rid: 5f2a"));
    }

    void innocentWordsStay() {
        const log::Redactor redactor;
        COMPARE_TEXT(redactor("no token: timeout after 5 s"), std::string("no token: timeout after 5 s"));
        COMPARE_TEXT(redactor("errcode 43004, require subscribe 关注"), std::string("errcode 43004, require subscribe 关注"));
    }

    /// A million errors of three causes in one hour.
    void repeatedErrorsAreSummedUp() {
        Book book;
        constexpr int errors = 1'000'000;
        const std::string causes[] = {"timeout", "45009", "connection refused"};
        for (int i = 0; i < errors; ++i) {
            if (i % 1000 == 0)
                book.pass(3600ms);
            book.log->write(log::Category::Delivery, log::Level::Warning, "attempt.failed", {{"message", std::int64_t{i}}, {"cause", causes[i % 3]}});
        }
        const QString file = book.file();
        book.log.reset();
        const auto lines = linesOf(file);
        QVERIFY2(faultOf(lines).isEmpty(), qPrintable(faultOf(lines)));
        std::int64_t told = 0;
        for (const QByteArray &line : lines) {
            const Json json = Json::parse(line.toStdString());
            told += json["event"] == "repeated" ? json["times"].get<std::int64_t>() - json["written"].get<std::int64_t>() : 1;
        }
        qInfo("%d errors in %lld lines, %lld bytes", errors, static_cast<long long>(lines.size()), static_cast<long long>(QFileInfo(file).size()));
        QCOMPARE(told, errors);
        QVERIFY(lines.size() < 10'000);
        QVERIFY(QFileInfo(file).size() < 2 << 20);
    }

    void theCeilingHolds() {
        constexpr std::int64_t fileBytes = 64 << 10;
        constexpr int files = 4;
        Book book(fileBytes, files);
        qint64 most = 0;
        for (int i = 0; i < 200'000; ++i) {
            // Causes that are all different, so that nothing is summed up.
            const std::string cause = "cause " + std::to_string(i) + std::string(static_cast<std::size_t>(i % 400), 'y');
            book.log->write(log::Category::Doors, log::Level::Warning, "request", {{"cause", cause}});
            if (i % 500 == 0)
                most = std::max(most, book.bytes());
        }
        most = std::max(most, book.bytes());
        qInfo("%lld bytes at most", static_cast<long long>(most));
        QVERIFY(most <= fileBytes * files);
        QCOMPARE(QDir(book.folder.path()).entryList(QDir::Files).size(), files);
        for (const QFileInfo &info : QDir(book.folder.path()).entryInfoList(QDir::Files)) {
            const auto lines = linesOf(info.filePath());
            QVERIFY2(faultOf(lines).isEmpty(), qPrintable(faultOf(lines)));
        }
    }

    void filesAreTheOwnersAndNoLinkIsFollowed() {
        Book book;
        struct stat status{};
        QCOMPARE(::stat(book.file().toUtf8().constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        QTemporaryDir other;
        QVERIFY(QFile::link(book.file(), other.filePath(QStringLiteral("songda.log"))));
        log::Log::Options options;
        options.folder = other.path().toStdString();
        QVERIFY(!log::Log::open(options));
    }

    void aLineCutOffByADeathStaysOneForItself() {
        Book book;
        book.log.reset();
        QFile file(book.file());
        QVERIFY(file.open(QIODevice::Append));
        file.write(cutLine);
        file.close();
        log::Log::Options options;
        options.folder = book.folder.path().toStdString();
        must(log::Log::open(options))->write(log::Category::Engine, log::Level::Info, "started", {});
        const auto lines = linesOf(book.file());
        QCOMPARE(lines.size(), 2);
        QVERIFY(faultOf({lines[1]}).isEmpty());
    }

    void levelsAreRead() {
        COMPARE_TEXT(must(log::Levels::parse("")).text(), log::Levels().text());
        COMPARE_TEXT(must(log::Levels::parse("delivery=debug,all=off")).text(),
            std::string("engine=off,delivery=debug,intake=off,reports=off,hooks=off,doors=off,qt=off"));
        for (const char *wrong : {"x", "delivery", "delivery=loud", "all", "=debug", "delivery=debug,,"})
            QVERIFY2(!log::Levels::parse(wrong), wrong);
        Book book;
        book.log->setLevels(must(log::Levels::parse("doors=error")));
        book.log->write(log::Category::Doors, log::Level::Warning, "request", {});
        book.log->write(log::Category::Doors, log::Level::Error, "request", {});
        book.log->write(log::Category::Hooks, log::Level::Debug, "request", {});
        QCOMPARE(linesOf(book.file()).size(), 1);
    }

    /// The intake, the callbacks, a file, reports of the platform, and Qt itself.
    void fromEveryDoor() {
        DoorsFixture f;
        must(f.engine->setLogLevels("all=debug").result());
        const auto keep = qInstallMessageHandler(nullptr);
        log::catchQtMessages();
        int asked = 0;
        for (const auto &[name, text] : evilTexts()) {
            Json message = DoorsFixture::message("oDoor", text.substr(0, 60));
            message["data"]["thing2"] = text.substr(0, 200'000);
            message["url"] = "https://example.com/" + text.substr(0, 2000);
            std::string body = message.dump(-1, ' ', false, Json::error_handler_t::replace);
            for (const QByteArray &path : {QByteArray("/v1/messages"), QByteArray("/wechat/") + QByteArray::fromStdString(text.substr(0, 200)).toPercentEncoding(),
                     QByteArray("/") + QByteArray::fromStdString(text.substr(0, 200)).toPercentEncoding()}) {
                f.client()->ask("POST", path, QByteArray::fromStdString(body),
                    f.all + DoorsFixture::json + "Traceparent: " + QByteArray::fromStdString(text.substr(0, 100)).toPercentEncoding() + "\r\n");
                ++asked;
            }
            static_cast<void>(f.engine->recordEvents("main", {DeliveryReport{"1" + text.substr(0, 100), "oDoor", text, std::nullopt}}).result());
            f.base.writeFile("evil.csv", QByteArray("openid,character_string1,thing2,amount3,time4\noFile,\"") + QByteArray::fromStdString(text.substr(0, 100'000)) + "\",b,c,d\n");
            ImportRequest import;
            import.path = f.base.path("evil.csv").toStdString();
            import.account = "main";
            import.templateId = EngineFixture::templateId();
            static_cast<void>(f.engine->importCsv(import).result());
            qWarning("%s", text.substr(0, 100'000).c_str());
        }
        qInstallMessageHandler(keep);
        const auto lines = linesOf(f.base.profile() + QStringLiteral("/songda.log"));
        QVERIFY2(faultOf(lines).isEmpty(), qPrintable(faultOf(lines)));
        std::map<std::string, std::int64_t> events;
        for (const QByteArray &line : lines) {
            const Json json = Json::parse(line.toStdString());
            ++events[json["category"].get<std::string>() + " " + json["event"].get<std::string>()];
        }
        QCOMPARE(events["reports report"], std::int64_t(evilTexts().size()));
        QVERIFY(events["doors request"] > 0 && events["doors request"] <= asked);
        QVERIFY(events["qt message"] >= std::int64_t(evilTexts().size()) - 1); // Qt says nothing of an empty text
    }

    /// From the sender's trace over the queue and the attempt to the report, by one id.
    void oneTraceFromIntakeToReport() {
        DoorsFixture f(DoorsFixture::defaults(), false);
        must(f.engine->setLogLevels("all=debug").result());
        const QByteArray parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        const QByteArray answer = f.client()->ask("POST", "/v1/messages", DoorsFixture::bytes(DoorsFixture::message("oTraced")),
            f.all + DoorsFixture::json + "traceparent: " + parent + "\r\n");
        QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 1; }));
        const MessageId id{DoorsFixture::jsonOf(answer)["message_id"].get<std::int64_t>()};
        const Message message = must(f.engine->message(id).result()).message;
        const std::string trace = message.traceId;
        const DeliveryReport arrived{message.msgid, "oTraced", "success", {}};
        const DeliveryReport nobodys{"17", "oTraced", "success", {}};
        QCOMPARE(must(f.engine->recordEvents("main", {arrived, nobodys}).result()).delivered, 1);
        const QByteArray asked = f.client()->ask("GET", "/v1/messages/" + QByteArray::number(static_cast<qlonglong>(id.value)), {}, f.all);
        QVERIFY2(asked.startsWith("HTTP/1.1 200"), asked);
        std::vector<std::string> story;
        for (const QByteArray &line : linesOf(f.base.profile() + QStringLiteral("/songda.log"))) {
            const Json json = Json::parse(line.toStdString());
            if (json.value("trace", "") != trace)
                continue;
            QCOMPARE(json["message"].get<std::int64_t>(), id.value);
            story.push_back(json["event"].get<std::string>() + (json.contains("state") ? " " + json["state"].get<std::string>() : ""));
            if (json.contains("traceparent"))
                COMPARE_TEXT(json["traceparent"].get<std::string>(), parent.toStdString());
        }
        // The door may write its line before or after the attempt does.
        std::sort(story.begin(), story.end());
        QVERIFY((story == std::vector<std::string>{"attempt.accepted", "message.queued", "report delivered", "request", "request"}));
    }

    void anotherProcessSetsTheLevels() {
        EngineFixture fixture;
        auto engine = fixture.open();
        must(engine->start());
        QProcess cli;
        cli.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"),
            {QStringLiteral("--profile"), fixture.profile(), QStringLiteral("log"), QStringLiteral("levels"), QStringLiteral("delivery=debug")});
        QVERIFY(cli.waitForFinished(30'000));
        QCOMPARE(cli.exitCode(), 0);
        QVERIFY(QTest::qWaitFor([&] { return engine->log()->wants(log::Category::Delivery, log::Level::Debug); }, 10'000));
        EngineFixture::stop(*engine);
    }
};

QTEST_GUILESS_MAIN(S4LogForgingTest)
#include "s4_log_forging_test.moc"
