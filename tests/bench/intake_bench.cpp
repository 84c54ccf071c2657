// SPDX-License-Identifier: GPL-3.0-or-later
//
// Durable intake over HTTP against bare libmicrohttpd with a handler that only answers, by wrk, in turns; and against such a
// handler behind the doors, which tells what the doors cost and what the disk.
#include "engine/doors/door_settings.h"
#include "engine/doors/doors.h"
#include "engine/doors/router.h"
#include "tests/bench/bare_handler.h"
#include "tests/bench/bench_profile.h"
#include "tests/bench/benches.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <cstdio>

namespace songda::bench {

namespace {

struct Load {
    QString url;
    QString script;
    int clients = 64;
    int seconds = 5;
};

struct Measured {
    double perSecond = 0;
    QString p99;
    int refused = 0;
};

/// The script of wrk: each request with a key of its own; `lines` messages in each.
QString scriptOf(const QString &key, const QString &path, int round, int lines) {
    return QStringLiteral(R"lua(
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
local n = 0
local headers = {["Authorization"] = "Bearer %1", ["Content-Type"] = "%2"}
function request()
  local body = {}
  for i = 1, %3 do
    n = n + 1
    body[i] = '{"account":"bench","template":"bench","openid":"oUser' .. n .. '","data":{"character_string1":"SO' .. n ..
      '","thing2":"book","amount3":"12.50","time4":"2026-01-31 15:01"},"idempotency_key":"r%4-' .. id .. '-' .. n .. '"}'
  end
  return wrk.format("POST", "%5", headers, table.concat(body, "\n"))
end
)lua")
        .arg(key, lines == 1 ? QStringLiteral("application/json") : QStringLiteral("application/x-ndjson"))
        .arg(lines)
        .arg(round)
        .arg(path);
}

Measured measure(const Load &load) {
    QProcess wrk;
    wrk.start(QStringLiteral("wrk"),
        {QStringLiteral("-t1"), QStringLiteral("-c%1").arg(load.clients), QStringLiteral("-d%1s").arg(load.seconds), QStringLiteral("--latency"),
            QStringLiteral("-s"), load.script, load.url});
    Measured measured;
    if (!wrk.waitForFinished(120'000) || wrk.exitCode() != 0) {
        std::fprintf(stderr, "bench: wrk cannot be run (Debian package wrk)\n");
        return measured;
    }
    const QString said = QString::fromUtf8(wrk.readAll());
    const auto find = [&](const char *pattern) { return QRegularExpression(QLatin1String(pattern)).match(said).captured(1); };
    measured.perSecond = find("Requests/sec:\\s+([0-9.]+)").toDouble();
    measured.p99 = find("99%\\s+(\\S+)");
    measured.refused = find("Non-2xx or 3xx responses: ([0-9]+)").toInt();
    return measured;
}

void print(const char *what, const Measured &m, int lines) {
    std::printf("  %-34s %8.0f requests/s %9.0f messages/s  p99 %s  %d refused\n", what, m.perSecond, m.perSecond * lines, qPrintable(m.p99), m.refused);
}

} // namespace

int intakeBench(const IntakeBench &bench) {
    BenchProfile profile("http://127.0.0.1:9", 20, 10);
    Engine &engine = profile.engine();
    if (const auto started = engine.start(); !started) {
        std::fprintf(stderr, "bench: %s\n", started.error().detail.c_str());
        return 1;
    }
    engine.setPaused(true);
    QElapsedTimer clock;
    for (clock.start(); !engine.snapshot().running && clock.elapsed() < 10'000;)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const auto issued = engine.addApiKey({"bench", ApiScopes{ApiScope::Send}}).result();
    auto settings = doors::readDoorSettings(R"({"enabled": true, "client_rate": 1000000, "client_burst": 1000000})", ".");
    if (!issued || !settings)
        return 1;
    settings->server.port = 0;
    settings->server.limits.perAddress = settings->server.limits.total;
    settings->server.requestsPerConnection = 1'000'000'000;
    static const std::string answer = "{\"message_id\":1,\"batch_id\":1,\"idempotency_key\":\"r0-0-1\"}\n";
    const doors::Route answering{
        "POST", "/answering", 1 << 20, {}, [](doors::Request &) -> doors::Answer { return doors::Response{202, "application/json", answer, {}, false}; }};
    const auto open = doors::Doors::open(engine, *settings, {answering});
    const auto bare = BareHandler::start(settings->server.threads, answer);
    if (!bare) {
        std::fprintf(stderr, "bench: libmicrohttpd cannot be started\n");
        return 1;
    }
    if (!open) {
        std::fprintf(stderr, "bench: %s\n", open.error().detail.c_str());
        return 1;
    }
    const QString key = QString::fromStdString(issued->secret);
    int script = 0;
    const auto run = [&](const std::string &base, const char *path, int lines, int clients) {
        const QString file = QString::fromStdString(profile.path("wrk.lua"));
        QFile out(file);
        if (out.open(QIODevice::WriteOnly | QIODevice::Truncate))
            out.write(scriptOf(key, QString::fromLatin1(path), ++script, lines).toUtf8());
        out.close();
        return measure({QString::fromStdString(base), file, clients, bench.seconds});
    };
    for (int round = 1; round <= bench.rounds; ++round) {
        std::printf("round %d\n", round);
        const std::string door = (*open)->url();
        const Measured answered = run(bare->url(), "/", 1, bench.clients);
        const Measured behindDoors = run(door, "/answering", 1, bench.clients);
        const Measured durable = run(door, "/v1/messages", 1, bench.clients);
        const Measured many = run(door, "/v1/messages", 100, 8);
        print("bare handler that only answers", answered, 1);
        print("the same behind the doors", behindDoors, 1);
        print("durable intake, one a request", durable, 1);
        print("durable intake, 100 a request", many, 100);
        if (answered.perSecond > 0)
            std::printf("  one a request: %.2f of the bare handler, %.2f of it behind the doors\n", durable.perSecond / answered.perSecond,
                durable.perSecond / behindDoors.perSecond);
    }
    const Meters meters = engine.meters();
    std::printf("%lld messages stored in %lld commits\n", static_cast<long long>(engine.counts().result()->total()),
        static_cast<long long>(meters.commitTimes.count));
    return 0;
}

} // namespace songda::bench
