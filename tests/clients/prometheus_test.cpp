// SPDX-License-Identifier: GPL-3.0-or-later
//
// Debian's Prometheus watches `songda-cli serve`: what it makes of /metrics by the dashboard's and the alerts' own expressions
// is what the command line says. promtool checks the texts.
#include "tests/clients/tool.h"
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/open_doors.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"
#include "tests/full_form.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <cmath>

using namespace songda::testing;

namespace {

constexpr int patience = 120'000;
constexpr int drainPatience = 600'000;
const QString rulesFile = QStringLiteral(SONGDA_SOURCE_DIR "/resources/prometheus-alerts.yml");

QByteArray contentOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A Prometheus of its own, which looks at one target and at our rules every second.
class Prometheus {
public:
    Prometheus(const QString &folder, quint16 target)
        : m_folder(folder)
        , m_port(freePort())
        , m_process(debianTool("prometheus"),
              {QStringLiteral("--config.file=") + configFile(), QStringLiteral("--storage.tsdb.path=") + folder + QStringLiteral("/prometheus"),
                  QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(m_port), QStringLiteral("--log.level=warn")},
              QProcessEnvironment::systemEnvironment(), folder + QStringLiteral("/prometheus.log"))
        , m_target(target) {}

    bool start() {
        QFile config(configFile());
        return config.open(QIODevice::WriteOnly)
            && config.write(QStringLiteral("global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
                                           "rule_files: ['%1']\n"
                                           "scrape_configs: [{job_name: songda, static_configs: [{targets: ['127.0.0.1:%2']}]}]\n")
                                .arg(rulesFile)
                                .arg(m_target)
                                .toUtf8())
            > 0
            && config.flush() && m_process.start();
    }

    /// What an expression gives now: one entry for each label set; nothing when Prometheus does not take it.
    std::optional<QJsonArray> query(const QString &expression) const {
        const QJsonObject answer = ask(QStringLiteral("query"), words("--get --data-urlencode") + QStringList{QStringLiteral("query=") + expression});
        if (answer.value(QLatin1String("status")).toString() != QLatin1String("success"))
            return std::nullopt;
        return answer.value(QLatin1String("data")).toObject().value(QLatin1String("result")).toArray();
    }
    /// The only value of an expression; not a number when there is none or more than one.
    double number(const QString &expression) const {
        const auto result = query(expression);
        if (!result || result->size() != 1)
            return std::nan("");
        return result->first().toObject().value(QLatin1String("value")).toArray().at(1).toString().toDouble();
    }
    QJsonArray rules() const {
        const QJsonObject data = ask(QStringLiteral("rules")).value(QLatin1String("data")).toObject();
        return data.value(QLatin1String("groups")).toArray().first().toObject().value(QLatin1String("rules")).toArray();
    }
    /// "pending" or "firing"; empty when all is well.
    QString stateOf(const char *alert) const {
        const auto result = query(QStringLiteral("ALERTS{alertname=\"%1\"}").arg(QLatin1String(alert)));
        if (!result || result->isEmpty())
            return {};
        return result->first().toObject().value(QLatin1String("metric")).toObject().value(QLatin1String("alertstate")).toString();
    }

private:
    QString configFile() const { return m_folder + QStringLiteral("/prometheus.yml"); }
    QJsonObject ask(const QString &what, const QStringList &more = {}) const {
        return curl(QStringList{QStringLiteral("http://127.0.0.1:%1/api/v1/%2").arg(m_port).arg(what)} + more).json();
    }

    QString m_folder;
    quint16 m_port;
    Program m_process;
    quint16 m_target;
};

/// Attempts as the command line tells them.
struct Sums {
    qint64 accepted = 0;
    qint64 failed = 0;
    qint64 engineFailures = 0; ///< those that are not the recipient's or the content's

    qint64 total() const { return accepted + failed; }
};

Sums sumsOf(const Console &console) {
    Sums sums;
    sums.accepted = console.counts().accepted;
    const CommandResult errors = console.run({QStringLiteral("errors")});
    for (const QJsonValue &row : QJsonDocument::fromJson(errors.output).array()) {
        const qint64 attempts = row.toObject().value(QLatin1String("attempts")).toInteger();
        const QString what = row.toObject().value(QLatin1String("error_class")).toString();
        sums.failed += attempts;
        sums.engineFailures += what == QLatin1String("recipient") || what == QLatin1String("content") ? 0 : attempts;
    }
    return sums;
}

/// The expressions of a panel of the dashboard by its title.
QMap<QString, QStringList> panels() {
    QMap<QString, QStringList> expressions;
    const QJsonObject dashboard = QJsonDocument::fromJson(contentOf(QStringLiteral(SONGDA_SOURCE_DIR "/resources/grafana-dashboard.json"))).object();
    for (const QJsonValue &panel : dashboard.value(QLatin1String("panels")).toArray()) {
        for (const QJsonValue &target : panel.toObject().value(QLatin1String("targets")).toArray())
            expressions[panel.toObject().value(QLatin1String("title")).toString()] << target.toObject().value(QLatin1String("expr")).toString();
    }
    return expressions;
}

} // namespace

class PrometheusTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void alertsFireWhenTheyShould();
    void itsFiguresAreThoseOfTheCommandLine();
};

void PrometheusTest::initTestCase() {
    SONGDA_NEEDS(!debianTool("curl").isEmpty(), "curl");
    SONGDA_NEEDS(!debianTool("promtool").isEmpty() && !debianTool("prometheus").isEmpty(), "prometheus");
}

void PrometheusTest::alertsFireWhenTheyShould() {
    const ToolResult checked = runTool(debianTool("promtool"), words("check rules") + QStringList{rulesFile});
    QVERIFY2(checked.exitCode == 0 && checked.complaint.isEmpty(), checked.output + checked.complaint);
    const ToolResult tested = runTool(debianTool("promtool"), words("test rules") + QStringList{clientScript("alert_rules_test.yml")});
    QVERIFY2(tested.exitCode == 0, tested.output + tested.complaint);
}

void PrometheusTest::itsFiguresAreThoseOfTheCommandLine() {
    const int rows = inFullForm(6000, 500);
    const quint32 seed = Scale::fromEnvironment().seed;
    qInfo("SONGDA_CRASH_SEED=%u", seed);
    KeptWhenFailed folder;
    SimulatorProcess simulator(folder.path());
    QVERIFY(simulator.start(QStringLiteral("busy=4,43004=3,http:500=1"), seed, QStringLiteral("5:5")));
    const Console console(folder.path());
    QVERIFY(console.setUp(simulator.baseUrl(), inFullForm(100, 50), 10, 8));
    QCOMPARE(console.run(words("callback set --account practice")).exitCode, 0);
    const quint16 port = freePort();
    QVERIFY(port != 0 && setDoors(console, port));
    const auto engine = console.start({QStringLiteral("serve")});
    QVERIFY(engine && waitForDoors(port));
    Prometheus prometheus(folder.path(), port);
    QVERIFY(prometheus.start());
    // It sees all counters at nothing: what they are born with it would not count.
    const QString attempts = QStringLiteral("sum(songda_attempts_total)");
    QVERIFY(QTest::qWaitFor([&] { return prometheus.number(attempts) == 0; }, patience));
    QCOMPARE(prometheus.number(QStringLiteral("up{job=\"songda\"}")), 1.0);
    QCOMPARE(prometheus.number(QStringLiteral("sum(songda_callback_events_total)")), 0.0);

    const QString csv = folder.path() + QStringLiteral("/people.csv");
    QVERIFY(writeRecipients(csv, 0, rows));
    QCOMPARE(console.run(importCommand(csv)).number("queued"), static_cast<qint64>(rows));
    QVERIFY(QTest::qWaitFor([&] { return console.counts().unfinished == 0; }, drainPatience));
    const Sums sums = sumsOf(console);
    QVERIFY(sums.accepted > 0 && sums.engineFailures > 0 && sums.failed > sums.engineFailures);
    QVERIFY(QTest::qWaitFor([&] { return prometheus.number(attempts) == static_cast<double>(sums.total()); }, patience));

    // The dashboard's share of successes and the alert's share of failures.
    const QMap<QString, QStringList> shown = panels();
    const double success = prometheus.number(shown.value(QStringLiteral("Success of attempts, 10 minutes")).value(0));
    const double expected = static_cast<double>(sums.accepted) / static_cast<double>(sums.total());
    qInfo("%lld attempts, %lld accepted; success share %.6f, Prometheus says %.6f", static_cast<long long>(sums.total()),
        static_cast<long long>(sums.accepted), expected, success);
    QVERIFY(std::abs(success - expected) < 1e-9);
    QString failing;
    for (const QJsonValue &rule : prometheus.rules()) {
        const QJsonObject r = rule.toObject();
        QVERIFY2(r.value(QLatin1String("health")).toString() == QLatin1String("ok"), qPrintable(r.value(QLatin1String("lastError")).toString()));
        if (r.value(QLatin1String("name")).toString() == QLatin1String("SongdaFailures"))
            failing = r.value(QLatin1String("query")).toString();
    }
    const qsizetype limit = failing.indexOf(QLatin1String(" > 0.001"));
    QVERIFY2(limit > 0, qPrintable(failing));
    // Tries fail, and what is repeated passes in the end: that is no failure of a message.
    const auto ended = [&](const char *outcome) {
        return prometheus.number(QStringLiteral("sum(songda_messages_ended_total{outcome=\"%1\"})").arg(QLatin1String(outcome)));
    };
    const auto counts = console.counts();
    QVERIFY(QTest::qWaitFor([&] { return ended("accepted") == static_cast<double>(counts.accepted); }, patience));
    QCOMPARE(ended("failed") + ended("refused"), static_cast<double>(counts.dead + counts.uncertain));
    const double lost = ended("failed") / static_cast<double>(counts.accepted + counts.dead + counts.uncertain);
    QTRY_VERIFY(std::abs(prometheus.number(failing.left(limit)) - lost) < 1e-9);
    QVERIFY(lost < 0.001 && prometheus.stateOf("SongdaFailures").isEmpty());
    // Every other panel shows something, but for what need not be.
    for (auto it = shown.begin(); it != shown.end(); ++it) {
        for (const QString &expression : it.value()) {
            const auto result = prometheus.query(expression);
            QVERIFY2(result, qPrintable(expression));
            const bool mayBeEmpty = it.key() == QLatin1String("First closed gate of each account") || it.key() == QLatin1String("Quota used");
            QVERIFY2(mayBeEmpty || !result->isEmpty(), qPrintable(expression));
        }
    }

    // A code that nobody has foreseen is told at its first time.
    QVERIFY(prometheus.stateOf("SongdaUnknownCode").isEmpty());
    QVERIFY(simulator.control({{QStringLiteral("script"), QJsonObject{{QStringLiteral("oStranger"), QJsonArray{QStringLiteral("99999")}}}}}));
    const QStringList one = words("send --account practice --to oStranger --data character_string1=SO1 --data thing2=tea --data amount3=¥1.00")
        + QStringList{QStringLiteral("--data"), QStringLiteral("time4=2026-01-31 15:01"), QStringLiteral("--template"), Console::templateTitle()};
    QCOMPARE(console.run(one).exitCode, 0);
    QVERIFY(QTest::qWaitFor([&] { return prometheus.stateOf("SongdaUnknownCode") == QLatin1String("firing"); }, patience));

    const Fetched metrics = curl({QStringLiteral("http://127.0.0.1:%1/metrics").arg(port)});
    QCOMPARE(metrics.status, 200);
    const ToolResult checked = runTool(debianTool("promtool"), words("check metrics"), metrics.body);
    QVERIFY2(checked.exitCode == 0 && checked.output.isEmpty() && checked.complaint.isEmpty(), checked.output + checked.complaint);
    const ToolResult spoilt = runTool(debianTool("promtool"), words("check metrics"), metrics.body + "songda_unexplained 1\n");
    QVERIFY(spoilt.exitCode != 0);
    engine->terminate();
    QVERIFY(engine->waitForEnd(patience));
}

SONGDA_CRASH_MAIN(PrometheusTest)
#include "prometheus_test.moc"
