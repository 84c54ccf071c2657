// SPDX-License-Identifier: GPL-3.0-or-later
//
// Users and their roles: what is not for somebody is refused by the engine, whoever asks, and people are masked.
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr const char *person = "oPerson_0123456789abcdefghij";
const std::string password = "correct horse battery";

SendRequest toPerson() {
    SendRequest request;
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.openid = person;
    request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    request.idempotencyKey = "key-77";
    return request;
}

MessageFilter everything() { return {}; }

/// A profile with a message, and a user of each role; all have the same password.
struct Users : EngineFixture {
    Users() {
        auto engine = open(EngineOptions::Role::Tool);
        message = must(engine->send(toPerson()).result()).id;
        must(engine->addUser("ada", UserRole::Admin, password).result());
        must(engine->signIn("ada", password).result());
        must(engine->addUser("otto", UserRole::Operator, password).result());
        must(engine->addUser("sue", UserRole::Support, password).result());
        must(engine->addUser("ulf", UserRole::Auditor, password).result());
    }
    std::unique_ptr<Engine> as(const char *name, EngineOptions::Role role = EngineOptions::Role::Tool) {
        auto engine = open(role);
        must(engine->signIn(name, password).result());
        return engine;
    }
    MessageId message;
};

template <class T> bool isRefused(QFuture<Result<T>> future) {
    const auto result = future.result();
    return !result && result.error().code == ErrorCode::NotAllowed;
}

} // namespace

class UsersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutUsersEverybodyMayDoEverything() {
        EngineFixture fixture;
        auto engine = fixture.open(EngineOptions::Role::Tool);
        QVERIFY(!engine->session().mustSignIn);
        for (int p = 0; p < permissionCount; ++p)
            COMPARE_TEXT(engine->whyNot(static_cast<Permission>(p)), std::string());
        COMPARE_TEXT(engine->session().user, std::string("tester"));
    }

    void theFirstUserIsAnAdminAndOneStays() {
        EngineFixture fixture;
        auto engine = fixture.open(EngineOptions::Role::Tool);
        QVERIFY(!engine->addUser("otto", UserRole::Operator, password).result());
        QVERIFY(!engine->session().mustSignIn);
        must(engine->addUser("ada", UserRole::Admin, password).result());
        QVERIFY(engine->session().mustSignIn);
        QVERIFY(isRefused(engine->addUser("eve", UserRole::Admin, password)));
        must(engine->signIn("ada", password).result());
        must(engine->addUser("otto", UserRole::Operator, password).result());
        QVERIFY(!engine->setUserRole("ada", UserRole::Operator).result());
        QVERIFY(!engine->removeUser("ada").result());
        must(engine->removeUser("otto").result());
        must(engine->removeUser("ada").result());
        QVERIFY(!engine->session().mustSignIn);
        COMPARE_TEXT(must(engine->checkAudit().result()).problem, std::string());
    }

    void nobodyMeansNothing() {
        Users users;
        auto engine = users.open(EngineOptions::Role::Tool);
        QVERIFY(engine->session().mustSignIn);
        QVERIFY(isRefused(engine->page({everything(), std::nullopt, 10})));
        QVERIFY(isRefused(engine->message(users.message)));
        QVERIFY(isRefused(engine->send(toPerson())));
        QVERIFY(isRefused(engine->cancel(everything(), "x")));
        QVERIFY(isRefused(engine->audit(std::nullopt, 10)));
        QVERIFY(isRefused(engine->eraseRecipient({"main", person, "x", false, false})));
        QVERIFY(isRefused(engine->users()));
        // Whether all is well may be asked by anybody.
        QVERIFY(must(engine->verify().result()).empty());
    }

    /// The table of policy_permissions_test, at the doors it is meant for.
    void eachRoleAtTheFacade() {
        Users users;
        struct Try {
            Permission permission;
            std::function<bool(Engine &)> refused;
        };
        const std::vector<Try> tries{
            {Permission::Look, [&](Engine &e) { return isRefused(e.page({everything(), std::nullopt, 10})); }},
            {Permission::Send, [&](Engine &e) { return isRefused(e.send({})); }},
            {Permission::Steer, [&](Engine &e) { return isRefused(e.setBatchState(BatchId{99}, BatchState::Paused, "x")); }},
            {Permission::HandleFailed, [&](Engine &e) { return isRefused(e.discard(everything(), "x")); }},
            {Permission::KeepList, [&](Engine &e) { return isRefused(e.suppress({"main", {}, {}, true, "x"})); }},
            {Permission::Export, [&](Engine &e) { return isRefused(e.exportReport({users.path("x.csv").toStdString(), {}, false, {}})); }},
            {Permission::ReadAudit, [&](Engine &e) { return isRefused(e.audit(std::nullopt, 10)); }},
            {Permission::Forget, [&](Engine &e) { return isRefused(e.eraseRecipient({"main", person, "x", false, false})); }},
            {Permission::SetUp, [&](Engine &e) { return isRefused(e.changeAccount("nobody", {})); }},
            {Permission::Maintain, [&](Engine &e) { return isRefused(e.backup("/nowhere/x")); }},
            {Permission::ManageUsers, [&](Engine &e) { return isRefused(e.users()); }},
        };
        int asked = 0;
        for (const char *name : {"otto", "sue", "ulf", "ada"}) {
            auto engine = users.as(name);
            for (const Try &one : tries) {
                const std::string why = engine->whyNot(one.permission);
                QVERIFY2(one.refused(*engine) == !why.empty(), (std::string(name) + ": " + why).c_str());
                ++asked;
            }
        }
        QCOMPARE(asked, 44);
    }

    void actsAreTheUsers() {
        Users users;
        auto engine = users.as("otto");
        must(engine->cancel(everything(), "wrong list").result());
        engine.reset();
        auto admin = users.as("ada");
        const auto acts = must(admin->audit(std::nullopt, 3).result());
        COMPARE_TEXT(acts[0].act + " " + acts[0].who, std::string("user.sign_in ada"));
        COMPARE_TEXT(acts[1].act + " " + acts[1].who, std::string("message.cancel otto"));
        admin->signOut();
        QVERIFY(isRefused(admin->audit(std::nullopt, 3)));
    }

    void peopleAreMasked() {
        Users users;
        for (const char *name : {"sue", "otto"}) {
            const bool masked = std::string(name) == "sue";
            auto engine = users.as(name);
            COMPARE_TEXT(must(engine->page({everything(), std::nullopt, 10}).result()).rows.front().openid, masked ? std::string("oPe...ij") : std::string(person));
            const Message message = must(engine->message(users.message).result()).message;
            COMPARE_TEXT(message.openid, masked ? std::string("oPe...ij") : std::string(person));
            QCOMPARE(message.content.find("SO1") == std::string::npos, masked);
            QCOMPARE(message.idempotencyKey.empty(), masked);
        }
        auto auditor = users.as("ulf");
        ExportRequest request;
        request.path = users.path("masked.csv").toStdString();
        must(auditor->exportReport(request).result());
        QFile report(users.path("masked.csv"));
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QByteArray text = report.readAll();
        QVERIFY(!text.contains(person) && !text.contains("key-77") && text.contains("oPe...ij"));
        QFile manifest(users.path("masked.csv.manifest.json"));
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(manifest.readAll()).object()[QLatin1String("masked")].toBool(), true);
        QVERIFY(must(Engine::checkReports({request.path})).front().problems.empty());
    }

    void wrongPasswordsLock() {
        Users users;
        auto engine = users.open(EngineOptions::Role::Viewer);
        for (int i = 0; i < 3; ++i)
            QVERIFY(isRefused(engine->signIn("otto", "wrong password")));
        // The third locks, for the right one, too.
        const auto locked = engine->signIn("otto", password).result();
        QVERIFY(!locked);
        QVERIFY(locked.error().detail.find("is locked until") != std::string::npos);
        QVERIFY(isRefused(engine->signIn("nobody", password)));
        engine.reset();
        auto admin = users.as("ada");
        const auto list = must(admin->users().result());
        QCOMPARE(list.size(), 4U);
        QCOMPARE(list[1].failures, 3);
        QVERIFY(list[1].lockedUntil);
        must(admin->unlockUser("otto").result());
        must(users.open(EngineOptions::Role::Viewer)->signIn("otto", password).result());
        QCOMPARE(must(admin->users().result())[1].failures, 0);
        COMPARE_TEXT(must(admin->checkAudit().result()).problem, std::string());
    }

    void passwordsAreNowhere() {
        Users users;
        auto sue = users.as("sue");
        QVERIFY(isRefused(sue->setUserPassword("otto", "another password")));
        must(sue->setUserPassword("sue", "my new password").result());
        QVERIFY(!sue->setUserPassword("sue", "short").result());
        sue.reset();
        must(users.open(EngineOptions::Role::Tool)->signIn("sue", "my new password").result());
        QDirIterator it(users.profile(), QDir::Files);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray all = file.readAll();
            QVERIFY(!all.contains(QByteArray::fromStdString(password)) && !all.contains("my new password"));
        }
    }

    void deliveryNeedsNobody() {
        Users users;
        EngineOptions options;
        options.profileDir = users.profile().toStdString();
        options.role = EngineOptions::Role::Engine;
        options.unattended = true;
        options.secretsInMemory = true;
        auto engine = must(Engine::open(options));
        must(engine->changeSecret("main", canary::appSecret.toStdString()).result());
        must(engine->start());
        QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 1; }));
        EngineFixture::stop(*engine);
    }

    void fromTheCommandLine() {
        EngineFixture fixture;
        QCOMPARE(cli(fixture, {"user", "add", "ada", "--role", "admin"}, "correct horse battery\n").first, 0);
        auto refused = cli(fixture, {"queue", "list"}, {});
        QCOMPARE(refused.first, 1);
        QVERIFY(refused.second.contains("nobody has signed in"));
        QCOMPARE(cli(fixture, {"--as", "ada", "queue", "list"}, "correct horse battery\n").first, 0);
        QCOMPARE(cli(fixture, {"--as", "ada", "queue", "list"}, "wrong password\n").first, 1);
        QCOMPARE(cli(fixture, {"--as", "ada", "user", "add", "sue", "--role", "support"}, "correct horse battery\nhers is longer\n").first, 0);
        refused = cli(fixture, {"--as", "sue", "account", "hold", "main", "--reason", "x"}, "hers is longer\n");
        QCOMPARE(refused.first, 1);
        QVERIFY(refused.second.contains("is for operator and admin; you are support"));
        QCOMPARE(cli(fixture, {"--as", "ada", "user", "role", "sue", "--role", "operator"}, "correct horse battery\n").first, 0);
        QCOMPARE(cli(fixture, {"--as", "ada", "user", "unlock", "sue"}, "correct horse battery\n").first, 0);
        QCOMPARE(cli(fixture, {"--as", "ada", "user", "remove", "sue"}, "correct horse battery\n").first, 0);
        QCOMPARE(cli(fixture, {"--as", "ada", "user", "list"}, "correct horse battery\n").first, 0);
        QCOMPARE(cli(fixture, {"verify"}, {}).first, 0);
    }

private:
    /// Exit code, and what it said.
    static std::pair<int, QByteArray> cli(const EngineFixture &fixture, std::initializer_list<const char *> arguments, const QByteArray &input) {
        QStringList list{QStringLiteral("--profile"), fixture.profile()};
        for (const char *argument : arguments)
            list << QString::fromLatin1(argument);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"), list);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(30'000))
            qFatal("songda-cli does not end");
        return {process.exitCode(), process.readAll()};
    }
};

QTEST_GUILESS_MAIN(UsersTest)
#include "users_test.moc"
