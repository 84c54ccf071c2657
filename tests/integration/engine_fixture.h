// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/simulator.h"
#include "app/simulator/templates.h"
#include "engine/engine.h"
#include "tests/canary/canary_search.h"
#include "tests/must.h"

#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>
#include <memory>

namespace songda::testing {

/// A simulator in the process, and a profile with one account that speaks to it.
class EngineFixture {
public:
    explicit EngineFixture(simulator::Options target = {}, TransportChoice transport = TransportChoice::Auto) {
        target.dailyLimit = 0;
        target.secret = canary::appSecret.toStdString();
        auto started = simulator::Simulator::start(target);
        if (!started)
            qFatal("%s", started.error().c_str());
        simulator = std::move(*started);
        must(Engine::createProfile(profile().toStdString()));
        auto engine = open();
        NewAccount account;
        account.account.name = "main";
        account.account.appid = std::string(simulator::practiceAppId);
        account.account.apiBase = simulator->baseUrl();
        account.account.rate = 2000;
        account.account.burst = 50;
        account.account.connections = 16;
        account.account.transport = transport;
        account.secret = canary::appSecret.toStdString();
        must(engine->addAccount(account).result());
        must(engine->syncTemplates("main").result());
    }

    /// What was written holds no secret, whatever the test was about.
    ~EngineFixture() {
        const QStringList found = canary::Search({{"app secret", canary::appSecret}}).inFolder(m_dir.path());
        if (!found.isEmpty())
            qFatal("%s", qPrintable(found.join(QLatin1Char('\n'))));
    }
    EngineFixture(const EngineFixture &) = delete;
    EngineFixture &operator=(const EngineFixture &) = delete;

    QString profile() const { return m_dir.filePath(QStringLiteral("profile")); }
    QString path(const char *file) const { return m_dir.filePath(QLatin1String(file)); }

    /// The secret lives in memory, so each engine gets it anew.
    std::unique_ptr<Engine> open(EngineOptions::Role role = EngineOptions::Role::Engine) {
        EngineOptions o;
        o.profileDir = profile().toStdString();
        o.role = role;
        o.user = "tester";
        o.secretsInMemory = true;
        auto engine = must(Engine::open(o));
        if (role == EngineOptions::Role::Engine)
            static_cast<void>(engine->changeSecret("main", canary::appSecret.toStdString()).result());
        return engine;
    }

    /// A policy file with these defaults, as JSON.
    void writePolicy(const QByteArray &defaults) const { writeFile("profile/policy.json", R"({"format": "songda-policy-1", "defaults": )" + defaults + "}"); }
    void writeFile(const char *name, const QByteArray &text) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", name);
    }

    /// Queues `rows` messages to people of their own.
    void import(Engine &engine, int rows, const QString &prefix) {
        const QString csv = m_dir.filePath(prefix + QStringLiteral(".csv"));
        QFile file(csv);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a file");
        file.write("openid,character_string1,thing2,amount3,time4\n");
        for (int i = 0; i < rows; ++i)
            file.write(QStringLiteral("%1%2,SO1,书,¥1.50,2026-01-31 15:01\n").arg(prefix).arg(i, 8, 10, QLatin1Char('0')).toUtf8());
        file.close();
        ImportRequest request;
        request.path = csv.toStdString();
        request.account = "main";
        request.templateId = templateId();
        if (must(engine.importCsv(request).result()).queued != rows)
            qFatal("not all rows were queued");
    }
    static std::string templateId() { return simulator::builtinTemplates().front().id; }

    /// Runs the event loop until a snapshot satisfies `done`; false after half a minute.
    static bool runUntil(Engine &engine, const std::function<bool(const Snapshot &)> &done) {
        QEventLoop loop;
        bool reached = false;
        QObject::connect(&engine, &Engine::snapshotChanged, &loop, [&](const Snapshot &s) {
            if (!reached && done(s)) {
                reached = true;
                loop.quit();
            }
        });
        QTimer::singleShot(30'000, &loop, &QEventLoop::quit); // a bound for a run that fails
        loop.exec();
        return reached;
    }
    static void stop(Engine &engine) {
        QEventLoop loop;
        QObject::connect(&engine, &Engine::stopped, &loop, &QEventLoop::quit);
        engine.requestStop();
        loop.exec();
    }

    std::unique_ptr<simulator::Simulator> simulator;

private:
    QTemporaryDir m_dir;
};

} // namespace songda::testing
