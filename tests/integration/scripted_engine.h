// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "engine/store/database.h"
#include "engine/store/migrations.h"
#include "engine/store/statement.h"
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"
#include "tests/must.h"

#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>
#include <atomic>
#include <map>
#include <memory>

namespace songda::net::testing {

using songda::testing::must;

/// What a platform that works says: a token, or a yes with a message id of its own.
inline QByteArray platformAnswer(const SeenRequest &request) {
    static std::atomic<qint64> msgid{3564882607550627845};
    if (request.target.startsWith("/cgi-bin/stable_token"))
        return ok("{\"access_token\":\"TOKEN_OF_A_SCRIPT\",\"expires_in\":7200}");
    return ok("{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":" + QByteArray::number(msgid += 2) + "}");
}

inline Plan workingPlatform() {
    Plan plan;
    plan.answerTo = platformAnswer;
    return plan;
}

inline bool isSend(const SeenRequest &request) { return request.target.startsWith("/cgi-bin/message/template/send"); }

/// The whole engine with its journal on a profile of its own, sending to a server that does what the test says.
class ScriptedEngine {
public:
    struct Options {
        std::string apiBase;
        QByteArray roots; ///< trusted beside the system's
        int connections = 16;
        double rate = 1000;
        int burst = 100;
    };

    explicit ScriptedEngine(const Options &options) {
        must(Engine::createProfile(profile()));
        EngineOptions o;
        o.profileDir = profile();
        o.role = EngineOptions::Role::Engine;
        o.user = "tester";
        o.secretsInMemory = true;
        o.extraRootsPem = options.roots;
        engine = must(Engine::open(o));
        NewAccount account;
        account.account.name = "main";
        account.account.appid = "wx0123456789abcdef";
        account.account.apiBase = options.apiBase;
        account.account.rate = options.rate;
        account.account.burst = options.burst;
        account.account.connections = options.connections;
        account.account.transport = onBulkPort() ? TransportChoice::Bulk : TransportChoice::Standard;
        account.secret = "0123456789abcdef0123456789abcdef";
        must(engine->addAccount(account).result());
        Template t;
        t.templateId = templateId();
        t.title = "title";
        t.content = "{{thing1.DATA}}";
        must(engine->addTemplate("main", t).result());
    }

    static std::string templateId() { return std::string(43, 'a'); }

    /// One message each to o00000, o00001 ...
    void queue(int messages) {
        const QString csv = m_dir.filePath(QStringLiteral("list.csv"));
        QFile file(csv);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a file");
        file.write("openid,thing1\n");
        for (int i = 0; i < messages; ++i)
            file.write(QStringLiteral("o%1,text %1\n").arg(i, 5, 10, QLatin1Char('0')).toUtf8());
        file.close();
        ImportRequest request;
        request.path = csv.toStdString();
        request.account = "main";
        request.templateId = templateId();
        if (must(engine->importCsv(request).result()).queued != messages)
            qFatal("not all rows were queued");
    }

    void start() { must(engine->start()); }

    /// Runs the event loop until a snapshot satisfies `done`; false after two minutes.
    bool runUntil(const std::function<bool(const Snapshot &)> &done) {
        QEventLoop loop;
        bool reached = false;
        QObject::connect(engine.get(), &Engine::snapshotChanged, &loop, [&](const Snapshot &s) {
            if (!reached && done(s)) {
                reached = true;
                loop.quit();
            }
        });
        QTimer::singleShot(120'000, &loop, &QEventLoop::quit); // a bound for a run that fails
        loop.exec();
        return reached;
    }
    bool drain() {
        return runUntil([this](const Snapshot &) { return engine->isDrained(); });
    }
    void stop() {
        QEventLoop loop;
        QObject::connect(engine.get(), &Engine::stopped, &loop, &QEventLoop::quit);
        engine->requestStop();
        loop.exec();
    }

    std::int64_t number(const char *sql) const { return must(reader().scalar(sql)).value_or(INT64_MIN); }

    struct Rows {
        int notWritten = 0;
        int written = 0; ///< with an answer or without
        int open = 0; ///< begun, and no end known
    };
    /// The attempt rows of each person.
    std::map<std::string, Rows> attemptRows() const {
        auto database = reader();
        auto s = must(store::Statement::prepare(database.handle(),
            "SELECT m.openid, total(a.phase = 1), total(a.phase IN (2, 3)), total(a.phase IN (0, 4))"
            " FROM message m LEFT JOIN attempt a ON a.message_id = m.id GROUP BY m.openid"));
        std::map<std::string, Rows> rows;
        while (must(s.step()))
            rows[s.string(0)] = {static_cast<int>(s.integer(1)), static_cast<int>(s.integer(2)), static_cast<int>(s.integer(3))};
        return rows;
    }
    /// Names of the invariants that do not hold, joined by commas; empty when all is well.
    std::string broken() {
        std::string names;
        for (const Violation &violation : must(engine->verify().result()))
            names += (names.empty() ? "" : ", ") + violation.invariant;
        return names;
    }

    std::unique_ptr<Engine> engine;

private:
    std::string profile() const { return m_dir.filePath(QStringLiteral("profile")).toStdString(); }
    store::Database reader() const {
        return must(store::Database::open(profile() + "/songda.db", store::Database::Mode::ReadOnly, store::newestSchemaVersion()));
    }

    QTemporaryDir m_dir;
};

} // namespace songda::net::testing
