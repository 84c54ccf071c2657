// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/demo.h"

#include "app/simulator/followers.h"
#include "app/simulator/identity.h"
#include "engine/when_done.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

namespace songda::console {

namespace {

// What the practice platform calls its account and template; not words of the console.
const char accountName[] = "演示公众号";
const char orderTemplate[] = "订单支付成功通知";

constexpr char practicePolicy[] = R"({"format": "songda-policy-1", "defaults": {"alerts": {
  "failures": {"minimum": 100, "above": 0.02, "for_s": 3}, "dead_letters_grow": {"above": 20}, "breaker_open": {"for_s": 3}, "no_token": {"for_s": 5},
  "oldest_waiting": {"above_s": 30, "for_s": 5}, "recover_after_s": 10, "group_within_s": 3}}})";

QString goods(int i) {
    static const QStringList names{QStringLiteral("新鲜水果礼盒"), QStringLiteral("无线耳机"), QStringLiteral("儿童绘本套装"),
        QStringLiteral("保温杯"), QStringLiteral("羊毛围巾"), QStringLiteral("手冲咖啡豆")};
    return names[i % names.size()];
}

} // namespace

Demo::Demo() = default;
Demo::~Demo() = default;

tl::expected<std::unique_ptr<Demo>, std::string> Demo::start() {
    std::unique_ptr<Demo> demo(new Demo);
    if (!demo->m_dir.isValid())
        return tl::unexpected("no temporary folder could be made: " + demo->m_dir.errorString().toStdString());
    simulator::Options options;
    options.port = 0;
    options.followers = followers;
    options.followersOnly = true;
    auto simulator = simulator::Simulator::start(std::move(options));
    if (!simulator)
        return tl::unexpected(simulator.error());
    demo->m_simulator = std::move(*simulator);
    if (const auto weather = demo->m_simulator->control(everydayWeather); !weather)
        return tl::unexpected(weather.error());
    if (const auto made = Engine::createProfile(demo->profileDir() + "/profile"); !made)
        return tl::unexpected(made.error().detail);
    // A practice is short: what is wrong is an alert within seconds.
    QFile policy(demo->m_dir.filePath(QStringLiteral("profile/policy.json")));
    if (!policy.open(QIODevice::WriteOnly) || policy.write(practicePolicy) < 0)
        return tl::unexpected(std::string("the policy of the practice could not be written"));
    if (!demo->writeCsv(demo->sampleFile(), firstBatch, 400, true))
        return tl::unexpected(std::string("the sample file could not be written"));
    return demo;
}

QString Demo::sampleFile() const {
    return m_dir.filePath(QStringLiteral("会员日订单.csv"));
}

QString Demo::samplePerson() const {
    return QString::fromStdString(simulator::followerOpenid(0));
}

void Demo::said(const Error &error) {
    Q_EMIT failed(QString::fromStdString(error.detail));
}

void Demo::fill(Engine &engine) {
    NewAccount account;
    account.account.name = accountName;
    account.account.appid = std::string(simulator::practiceAppId);
    account.account.apiBase = m_simulator->baseUrl();
    account.account.rate = 120;
    account.account.burst = 60;
    account.account.connections = 12;
    account.secret = std::string(simulator::practiceSecret);
    whenDone(engine.addAccount(std::move(account)), this, [this, &engine](Result<Account> added) {
        if (!added) {
            said(added.error());
            return;
        }
        whenDone(engine.syncTemplates(accountName), this, [this, &engine](Result<TemplateSync> synced) {
            if (synced)
                sendBatches(engine);
            else
                said(synced.error());
        });
    });
}

bool Demo::writeCsv(const QString &path, int first, int rows, bool withMistakes) const {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QTextStream out(&file);
    out << "openid,订单编号,商品名称,支付金额,支付时间\r\n";
    for (int i = first; i < first + rows; ++i) {
        const auto openid = QString::fromStdString(simulator::followerOpenid(static_cast<std::size_t>(i)));
        const bool empty = withMistakes && i % 130 == 17;
        out << openid << ",SO" << 20260000 + i << ',' << (empty ? QString() : goods(i)) << ",¥" << (i * 37) % 900 + 9 << ".50,2026-01-31 18:"
            << QStringLiteral("%1").arg(i % 60, 2, 10, QLatin1Char('0')) << "\r\n";
    }
    out.flush();
    return file.error() == QFile::NoError;
}

ImportRequest Demo::requestFor(const QString &path) const {
    ImportRequest request;
    request.path = path.toStdString();
    request.account = accountName;
    request.templateId = orderTemplate;
    request.openidColumn = "openid";
    request.keyColumns = {{"character_string1", "订单编号"}, {"thing2", "商品名称"}, {"amount3", "支付金额"}, {"time4", "支付时间"}};
    return request;
}

PracticeGround Demo::ground(Engine &engine) {
    PracticeGround ground;
    ground.control = [this](const std::string &json) { return m_simulator->control(json); };
    ground.shownTwice = [this] { return static_cast<std::int64_t>(m_simulator->ledger().notifiedTwiceCount); };
    ground.newDay = [&engine] {
        // A release forgets that the platform's day was used up.
        whenDone(engine.holdAccount(accountName, "a new day of practice"), &engine, [&engine](const Result<bool> &) { engine.resumeAccount(accountName); });
    };
    ground.send = [this, &engine](int rows, const QString &batch) {
        if (m_nextFollower + rows > followers)
            m_nextFollower = firstBatch + 400;
        const QString path = m_dir.filePath(QStringLiteral("drill.csv"));
        ImportRequest request = requestFor(path);
        request.batchName = batch.toStdString();
        // An import says itself what is wrong with a file that is not there.
        if (!writeCsv(path, m_nextFollower, rows, false))
            QFile::remove(path);
        m_nextFollower += rows;
        return engine.importCsv(std::move(request));
    };
    return ground;
}

void Demo::sendBatches(Engine &engine) {
    const QString path = m_dir.filePath(QStringLiteral("付款通知.csv"));
    if (!writeCsv(path, 0, firstBatch, true)) {
        Q_EMIT failed(QCoreApplication::translate("Console", "The demo's file could not be written."));
        return;
    }
    whenDone(engine.importCsv(requestFor(path)), this, [this](Result<ImportReport> report) {
        if (report)
            Q_EMIT ready();
        else
            said(report.error());
    });
}

} // namespace songda::console
