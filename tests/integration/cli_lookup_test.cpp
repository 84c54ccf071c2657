// SPDX-License-Identifier: GPL-3.0-or-later
//
// What WeChat is asked about one message from the command line.
#include "app/simulator/identity.h"
#include "app/simulator/simulator.h"
#include "app/simulator/templates.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace songda;

class CliLookupTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whetherItWasIntercepted();
    void whatItRemembersOfARefusal();
    void mistakesAreTold();

private:
    struct Answer {
        int code = -1;
        QByteArray out, error;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };
    Answer cli(const QByteArrayList &arguments, const QByteArray &input = {}) const {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SONGDA_PASSPHRASE"), QStringLiteral("open sesame"));
        process.setProcessEnvironment(environment);
        QStringList list{QStringLiteral("--profile"), m_dir.filePath(QStringLiteral("profile"))};
        for (const QByteArray &argument : arguments)
            list.append(QString::fromUtf8(argument));
        process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"), list);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000))
            qFatal("songda-cli does not end");
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    qint64 send(const QByteArray &openid) const {
        return cli({"--json", "send", "--account", "main", "--template", QByteArray::fromStdString(simulator::builtinTemplates().front().id), "--to", openid, "--data",
                       "character_string1=SO1", "thing2=书", "amount3=¥1.50", "time4=2026-01-31 15:01"})
            .json().value(QStringLiteral("message_id"))
            .toInteger();
    }

    QTemporaryDir m_dir;
    std::unique_ptr<simulator::Simulator> m_simulator;
    QByteArray m_intercepted, m_refused, m_fine; ///< ids
};

void CliLookupTest::initTestCase() {
    simulator::Options options;
    options.script = R"({"oKept": "intercepted", "oRefused": "43004"})";
    auto started = simulator::Simulator::start(options);
    QVERIFY(started.has_value());
    m_simulator = std::move(*started);
    QCOMPARE(cli({"init"}).code, 0);
    const Answer added = cli({"account", "add", "--name", "main", "--appid", QByteArray::fromStdString(std::string(simulator::practiceAppId)), "--secret-stdin",
                                 "--api-base", QByteArray::fromStdString(m_simulator->baseUrl())},
        QByteArray::fromStdString(std::string(simulator::practiceSecret)) + "\n");
    QVERIFY2(added.code == 0, added.error);
    QCOMPARE(cli({"template", "sync", "--account", "main"}).code, 0);
    m_intercepted = QByteArray::number(send("oKept"));
    m_refused = QByteArray::number(send("oRefused"));
    m_fine = QByteArray::number(send("oFine"));
    QCOMPARE(cli({"run", "--until-drained"}).code, 3); // with a dead letter
}

void CliLookupTest::whetherItWasIntercepted() {
    const Answer kept = cli({"message", "intercepted", m_intercepted});
    QVERIFY2(kept.code == 0, kept.error);
    QVERIFY2(kept.out.contains("accepted, but intercepted by the platform") && kept.out.contains("oKept"), kept.out);
    const QJsonObject json = cli({"--json", "message", "intercepted", m_intercepted}).json();
    QVERIFY(json[QStringLiteral("intercepted")].toBool());
    QCOMPARE(json[QStringLiteral("found")][QStringLiteral("openid")].toString(), QStringLiteral("oKept"));
    QVERIFY(cli({"message", "intercepted", m_fine}).out.contains("not intercepted by the platform"));
    QCOMPARE(cli({"--json", "message", "intercepted", m_fine}).json().value(QStringLiteral("intercepted")), QJsonValue(false));
    const QJsonArray acts = cli({"--json", "message", "show", m_intercepted}).json().value(QStringLiteral("acts")).toArray();
    QCOMPARE(acts.first()[QStringLiteral("act")].toString(), QStringLiteral("message.intercepted"));
}

void CliLookupTest::whatItRemembersOfARefusal() {
    const Answer told = cli({"message", "rid", m_refused});
    QVERIFY2(told.code == 0, told.error);
    QVERIFY2(told.out.contains("43004") && told.out.contains("127.0.0.1") && told.out.contains("oRefused"), told.out);
    const QJsonObject json = cli({"--json", "message", "rid", m_refused, "--attempt", "1"}).json();
    QVERIFY(json[QStringLiteral("call")][QStringLiteral("answer")].toString().contains(QStringLiteral("43004")));
    QVERIFY(m_simulator->control(R"({"script": {"@lookup": "76004"}})").has_value());
    const Answer old = cli({"message", "rid", m_refused});
    QCOMPARE(old.code, 1);
    QVERIFY2(old.error.contains("76004") && old.error.contains("more than 7 days"), old.error);
    QCOMPARE(cli({"--json", "message", "intercepted", m_fine}).json().value(QStringLiteral("cause")).toString(), QStringLiteral("76004"));
    QVERIFY(m_simulator->control(R"({"clear_script": true})").has_value());
}

void CliLookupTest::mistakesAreTold() {
    QCOMPARE(cli({"message", "intercepted", m_refused}).code, 1); // never accepted
    QCOMPARE(cli({"message", "rid", m_fine}).code, 1); // nothing was refused
    QCOMPARE(cli({"message", "rid", m_refused, "--attempt", "9"}).code, 1);
    QCOMPARE(cli({"message", "rid", m_refused, "--attempt", "0"}).code, 2);
    QCOMPARE(cli({"message", "intercepted", "999"}).code, 1);
    QCOMPARE(cli({"message", "intercepted"}).code, 2);
}

QTEST_GUILESS_MAIN(CliLookupTest)
#include "cli_lookup_test.moc"
