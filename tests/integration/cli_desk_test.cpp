// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dead-letter desk from the command line, beside an engine that delivers.
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace songda;
using songda::testing::EngineFixture;
using songda::testing::must;

namespace {

void control(EngineFixture &fixture, const std::string &json) {
    if (const auto done = fixture.simulator->control(json); !done)
        qFatal("%s", done.error().c_str());
}

constexpr int rows = 30;

} // namespace

class CliDeskTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aLadderIsBegunWatchedAndEnds();
    void aDryRunChangesNothingAndAFingerprintHolds();
    void aReplayIsPausedResumedAndCancelled();
    void aMessageIsEdited();
    void discardedOnesAreRestoredAndCausesHaveNotes();
    void mistakesAreTold_data();
    void mistakesAreTold();

private:
    struct Answer {
        int code = -1;
        QJsonDocument json;
        QByteArray error;
    };
    Answer cli(QStringList arguments) const {
        QProcess process;
        arguments.prepend(QStringLiteral("--json"));
        arguments.prepend(m_fixture->profile());
        arguments.prepend(QStringLiteral("--profile"));
        process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"), arguments);
        if (!process.waitForFinished(30'000))
            qFatal("songda-cli does not end");
        return {process.exitCode(), QJsonDocument::fromJson(process.readAllStandardOutput()), process.readAllStandardError()};
    }
    QJsonObject latest() const { return cli({QStringLiteral("dead"), QStringLiteral("runs")}).json.array().first().toObject(); }
    bool until(const std::function<bool()> &reached) {
        return EngineFixture::runUntil(*m_engine, [&](const Snapshot &) { return reached(); });
    }

    std::unique_ptr<EngineFixture> m_fixture;
    std::unique_ptr<Engine> m_engine;
};

void CliDeskTest::init() {
    m_fixture = std::make_unique<EngineFixture>();
    m_engine = m_fixture->open();
    control(*m_fixture, R"({"mix": "43004=100"})");
    m_fixture->import(*m_engine, rows, QStringLiteral("c"));
    must(m_engine->start());
    QVERIFY(EngineFixture::runUntil(*m_engine, [](const Snapshot &s) { return s.counts[MessageState::Dead] == rows; }));
    control(*m_fixture, R"({"mix": ""})");
}

void CliDeskTest::cleanup() {
    EngineFixture::stop(*m_engine);
    m_engine.reset();
    m_fixture.reset();
}

void CliDeskTest::aLadderIsBegunWatchedAndEnds() {
    const Answer begun = cli({QStringLiteral("dead"), QStringLiteral("retry"), QStringLiteral("--errcode"), QStringLiteral("43004"), QStringLiteral("--ladder"),
        QStringLiteral("1,9,20"), QStringLiteral("--reason"), QStringLiteral("followed again")});
    QVERIFY2(begun.code == 0, begun.error);
    const QJsonObject run = begun.json.object();
    QCOMPARE(run[QStringLiteral("size")].toInt(), rows);
    QCOMPARE(run[QStringLiteral("state")].toString(), QStringLiteral("running"));
    QCOMPARE(run[QStringLiteral("ladder")].toArray().size(), 3);
    QCOMPARE(run[QStringLiteral("fingerprint")].toString().size(), 64);
    QVERIFY(until([&] { return m_engine->snapshot().counts[MessageState::Accepted] == rows; }));
    QVERIFY(until([&] { return latest()[QStringLiteral("state")].toString() == QStringLiteral("done"); }));
    QCOMPARE(latest()[QStringLiteral("accepted")].toInt(), rows);
    QCOMPARE(latest()[QStringLiteral("reason")].toString(), QStringLiteral("followed again"));
}

void CliDeskTest::aDryRunChangesNothingAndAFingerprintHolds() {
    const Answer plan = cli({QStringLiteral("dead"), QStringLiteral("retry"), QStringLiteral("--all"), QStringLiteral("--dry-run")});
    QVERIFY2(plan.code == 0, plan.error);
    QCOMPARE(plan.json[QStringLiteral("will_go")].toInt(), rows);
    QVERIFY(cli({QStringLiteral("dead"), QStringLiteral("runs")}).json.array().isEmpty());
    const QString fingerprint = plan.json[QStringLiteral("fingerprint")].toString();
    const auto retry = [&](const QString &expected) {
        return cli({QStringLiteral("dead"), QStringLiteral("retry"), QStringLiteral("--all"), QStringLiteral("--reason"), QStringLiteral("as seen"),
                       QStringLiteral("--expect"), expected})
            .code;
    };
    QCOMPARE(retry(QString(64, QLatin1Char('0'))), 1);
    QCOMPARE(retry(fingerprint), 0);
    QVERIFY(until([&] { return m_engine->snapshot().counts[MessageState::Accepted] == rows; }));
}

void CliDeskTest::aReplayIsPausedResumedAndCancelled() {
    // Without sizes it is the usual ladder.
    QCOMPARE(cli({QStringLiteral("dead"), QStringLiteral("retry"), QStringLiteral("--all"), QStringLiteral("--reason"), QStringLiteral("again"), QStringLiteral("--pace"),
                     QStringLiteral("2"), QStringLiteral("--ladder")})
                 .code,
        0);
    QVERIFY(latest()[QStringLiteral("ladder")].toArray().size() > 4);
    for (const auto &[command, state] : {std::pair{"pause", "paused"}, {"resume", "running"}, {"cancel", "cancelled"}}) {
        const Answer answer = cli({QStringLiteral("dead"), QLatin1String(command), QStringLiteral("1"), QStringLiteral("--reason"), QStringLiteral("because")});
        QVERIFY2(answer.code == 0, answer.error);
        QCOMPARE(answer.json[QStringLiteral("state")].toString(), QLatin1String(state));
    }
    QCOMPARE(cli({QStringLiteral("dead"), QStringLiteral("resume"), QStringLiteral("1")}).code, 1);
    QVERIFY(m_engine->snapshot().counts[MessageState::Dead] > 0);
}

void CliDeskTest::aMessageIsEdited() {
    const Answer edited = cli({QStringLiteral("message"), QStringLiteral("edit"), QStringLiteral("7"), QStringLiteral("--data"), QStringLiteral("thing2=保温杯"),
        QStringLiteral("--reason"), QStringLiteral("wrong name"), QStringLiteral("--life"), QStringLiteral("1")});
    QVERIFY2(edited.code == 0, edited.error);
    QVERIFY(edited.json[QStringLiteral("resent")].toBool());
    QCOMPARE(edited.json[QStringLiteral("changed")].toArray().first().toString(), QStringLiteral("thing2"));
    QVERIFY(until([&] { return m_engine->snapshot().counts[MessageState::Accepted] == 1; }));
    const QJsonObject shown = cli({QStringLiteral("message"), QStringLiteral("show"), QStringLiteral("7")}).json.object();
    QCOMPARE(shown[QStringLiteral("life")].toInt(), 2);
    QCOMPARE(shown[QStringLiteral("earlier_content")].toArray().size(), 1);
    QCOMPARE(shown[QStringLiteral("acts")].toArray().first()[QStringLiteral("act")].toString(), QStringLiteral("message.edit"));
    QCOMPARE(shown[QStringLiteral("retry_odds")][QStringLiteral("tried")].toInt(), 0); // it failed with nothing now
}

void CliDeskTest::discardedOnesAreRestoredAndCausesHaveNotes() {
    const auto act = [&](const char *what, const char *key) {
        const Answer answer = cli({QStringLiteral("dead"), QLatin1String(what), QStringLiteral("--all"), QStringLiteral("--reason"), QStringLiteral("because")});
        return answer.json[QLatin1String(key)].toInt();
    };
    QCOMPARE(act("discard", "discarded"), rows);
    QCOMPARE(act("restore", "restored"), rows);
    QCOMPARE(act("restore", "restored"), 0);
    QCOMPARE(cli({QStringLiteral("dead"), QStringLiteral("note"), QStringLiteral("--account"), QStringLiteral("main"), QStringLiteral("--errcode"),
                     QStringLiteral("43004"), QStringLiteral("asked the shop")})
                 .code,
        0);
    const auto groups = must(m_engine->causeGroups().result());
    QCOMPARE(groups.front().note.text, std::string("asked the shop"));
}

void CliDeskTest::mistakesAreTold_data() {
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("no reason") << QStringLiteral("dead retry --all --frozen") << 1;
    QTest::newRow("no sizes") << QStringLiteral("dead retry --all --reason x --ladder 1,b") << 2;
    QTest::newRow("nothing matches") << QStringLiteral("dead retry --errcode 99999 --frozen --reason x") << 1;
    QTest::newRow("no such replay") << QStringLiteral("dead pause 9") << 1;
    QTest::newRow("a wrong value") << QStringLiteral("message edit 1 --data amount3=much --reason x") << 1;
    QTest::newRow("no such message") << QStringLiteral("message edit 999 --data thing2=x --reason x") << 1;
    QTest::newRow("not key=value") << QStringLiteral("message edit 1 --data thing2 --reason x") << 2;
    QTest::newRow("no reason for an edit") << QStringLiteral("message edit 1 --data thing2=x") << 2;
}

void CliDeskTest::mistakesAreTold() {
    QFETCH(QString, arguments);
    QFETCH(int, code);
    const Answer answer = cli(arguments.split(QLatin1Char(' ')));
    QCOMPARE(answer.code, code);
    QVERIFY(!answer.error.isEmpty());
    QCOMPARE(m_engine->snapshot().counts[MessageState::Dead], rows);
}

QTEST_GUILESS_MAIN(CliDeskTest)
#include "cli_desk_test.moc"
