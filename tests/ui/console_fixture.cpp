// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/console_fixture.h"

#include "app/simulator/followers.h"
#include "app/simulator/identity.h"
#include "tests/canary/canary_search.h"

#include <QFile>
#include <QSettings>

namespace songda::test {

namespace {

/// True when it worked; else the sentence is printed.
template <class T> bool worked(const Result<T> &result) {
    if (!result)
        qWarning("%s", result.error().detail.c_str());
    return result.has_value();
}

} // namespace

ConsoleFixture::ConsoleFixture(const Options &wanted) {
    // Nobody's own settings are read or written.
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_dir.path());
    simulator::Options options;
    options.mix = wanted.mix;
    options.dailyLimit = 0;
    options.followers = wanted.followers;
    options.secret = canary::appSecret.toStdString();
    auto started = simulator::Simulator::start(std::move(options));
    if (!started) {
        qWarning("%s", started.error().c_str());
        return;
    }
    m_simulator = std::move(*started);
    if (!worked(Engine::createProfile(profileDir())))
        return;
    if (!wanted.policy.isEmpty()) {
        QFile file(QString::fromStdString(profileDir()) + QStringLiteral("/policy.json"));
        if (!file.open(QIODevice::WriteOnly)
            || file.write(R"({"format": "songda-policy-1", "defaults": )" + wanted.policy + "}") < 0)
            return;
    }
    EngineOptions engineOptions;
    engineOptions.profileDir = profileDir();
    engineOptions.role = EngineOptions::Role::Engine;
    engineOptions.user = "tester";
    engineOptions.secretsInMemory = wanted.passphrase.isEmpty();
    if (!wanted.passphrase.isEmpty())
        qputenv("SONGDA_PASSPHRASE", wanted.passphrase);
    auto engine = Engine::open(std::move(engineOptions));
    if (!worked(engine))
        return;
    m_engine = std::move(*engine);
    NewAccount account;
    account.account.name = accountName;
    account.account.appid = std::string(simulator::practiceAppId);
    account.account.apiBase = m_simulator->baseUrl();
    account.account.rate = wanted.rate;
    account.account.burst = 100;
    account.account.connections = wanted.connections;
    account.secret = canary::appSecret.toStdString();
    if (!worked(m_engine->start()) || !worked(wait(m_engine->addAccount(std::move(account)))) || !worked(wait(m_engine->syncTemplates(accountName))))
        return;
    m_window = std::make_unique<ui::MainWindow>(*m_engine, m_theme, m_language);
    m_window->resize(1360, 860);
    m_window->show();
}

ConsoleFixture::~ConsoleFixture() {
    m_window.reset();
    m_engine.reset();
    // What was written holds no secret, whatever the test was about.
    const QStringList found = canary::Search({{"app secret", canary::appSecret}}).inFolder(m_dir.path());
    if (!found.isEmpty())
        qFatal("%s", qPrintable(found.join(QLatin1Char('\n'))));
    qunsetenv("SONGDA_PASSPHRASE");
}

QString ConsoleFixture::writeCsv(const QString &name, int first, int rows, const QByteArray &extra) const {
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("openid,character_string1,thing2,amount3,time4\r\n");
    QByteArray text;
    for (int i = first; i < first + rows; ++i) {
        text += QByteArray::fromStdString(simulator::followerOpenid(static_cast<std::size_t>(i)));
        text += ",SO" + QByteArray::number(10'000'000 + i) + ",新鲜水果礼盒,¥129.50,2026-01-31 18:30\r\n";
        if (text.size() > 1 << 20) {
            file.write(text);
            text.clear();
        }
    }
    file.write(text);
    file.write(extra);
    return file.fileName();
}

bool ConsoleFixture::import(const QString &path) {
    ImportRequest request;
    request.path = path.toStdString();
    request.account = accountName;
    request.templateId = orderTemplate;
    auto future = m_engine->importCsv(std::move(request));
    return QTest::qWaitFor([&] { return future.isFinished(); }, 600'000) && worked(future.result());
}

Result<ImportReport> ConsoleFixture::importForTomorrow(int rows, int first) {
    ImportRequest request;
    request.path = writeCsv(QStringLiteral("many.csv"), first, rows).toStdString();
    request.account = accountName;
    request.templateId = orderTemplate;
    request.at = Engine::wallNow() + std::chrono::hours(24);
    return wait(m_engine->importCsv(std::move(request)));
}

bool ConsoleFixture::signIn(const char *name) {
    if (!wait(m_engine->signIn(name, usersPassword)))
        return false;
    m_window->userChanged();
    return true;
}

bool ConsoleFixture::drain(int seconds) {
    return QTest::qWaitFor([this] { return m_engine->isDrained(); }, seconds * 1000);
}

} // namespace songda::test
