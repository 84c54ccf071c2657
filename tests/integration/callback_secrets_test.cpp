// SPDX-License-Identifier: GPL-3.0-or-later
//
// The secrets of a callback while something goes wrong: what is refused changes nothing, and nothing is drawn anew because a
// store could not answer.
#include "engine/secrets/memory_store.h"
#include "tests/integration/engine_fixture.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;

namespace {

constexpr const char *kept = "main/callback";

/// A store that fails, or sees something happen, when it is told to.
class OddStore final : public secrets::SecretStore {
public:
    Result<void> put(const std::string &name, const std::string &secret) override {
        auto done = inner.put(name, secret);
        if (const auto then = std::exchange(afterPut, {}))
            then();
        return done;
    }
    Result<std::string> get(const std::string &name) override {
        return locked ? Result<std::string>(fail(ErrorCode::Secret, "the key store is locked")) : inner.get(name);
    }
    Result<void> remove(const std::string &name) override { return inner.remove(name); }

    secrets::MemoryStore inner;
    std::function<void()> afterPut; ///< once
    bool locked = false;
};

class Fixture {
public:
    Fixture() {
        EngineOptions o;
        o.profileDir = base.profile().toStdString();
        o.user = "tester";
        o.secretStore = store;
        engine = must(Engine::open(o));
        NewAccount second;
        second.account.name = "second";
        second.account.appid = "wx0123456789abcdef";
        second.account.apiBase = base.simulator->baseUrl();
        second.secret = "0123456789abcdef0123456789abcdef";
        must(engine->addAccount(second).result());
    }
    Result<CallbackSetup> set(const std::string &account, const std::string &path, bool newToken = false) {
        CallbackWish wish;
        wish.account = account;
        wish.path = path;
        wish.newToken = newToken;
        wish.newAesKey = newToken;
        return engine->setCallback(wish).result();
    }
    std::string text() { return store->inner.get(kept).value_or("nothing"); }
    std::int64_t revision() {
        for (const Callback &callback : must(engine->callbacks().result())) {
            if (callback.accountName == "main")
                return callback.revision;
        }
        return 0;
    }

    EngineFixture base;
    std::shared_ptr<OddStore> store = std::make_shared<OddStore>();
    std::unique_ptr<Engine> engine;
};

} // namespace

class CallbackSecretsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTakenPathChangesNothing();
    void aRefusedWriteChangesNothing_data();
    void aRefusedWriteChangesNothing();
    void aStoreThatCannotAnswerHasLostNothing();
    void whatIsLostOrDamagedIsDrawnAnew();
};

void CallbackSecretsTest::aTakenPathChangesNothing() {
    Fixture f;
    must(f.set("main", "one"));
    must(f.set("second", "two"));
    const std::string before = f.text();
    const std::int64_t revision = f.revision();
    const auto refused = f.set("main", "two", true);
    QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
    QVERIFY(refused.error().detail.find("second") != std::string::npos);
    QCOMPARE(f.text(), before);
    QCOMPARE(f.revision(), revision);
}

void CallbackSecretsTest::aRefusedWriteChangesNothing_data() {
    QTest::addColumn<bool>("wasThere");
    QTest::newRow("a change") << true;
    QTest::newRow("the first") << false;
}

void CallbackSecretsTest::aRefusedWriteChangesNothing() {
    QFETCH(bool, wasThere);
    Fixture f;
    if (wasThere)
        must(f.set("main", "one"));
    const std::string before = f.text();
    const std::int64_t revision = f.revision();
    // Another process takes the path between the look and the write.
    f.store->afterPut = [&] {
        EngineOptions o;
        o.profileDir = f.base.profile().toStdString();
        o.secretsInMemory = true;
        CallbackWish wish;
        wish.account = "second";
        wish.path = "two";
        must(must(Engine::open(o))->setCallback(wish).result());
    };
    const auto refused = f.set("main", "two", true);
    QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
    QCOMPARE(f.text(), before);
    QCOMPARE(f.revision(), revision);
}

void CallbackSecretsTest::aStoreThatCannotAnswerHasLostNothing() {
    Fixture f;
    must(f.set("main", "one"));
    const std::string before = f.text();
    f.store->locked = true;
    const auto refused = f.set("main", "three");
    QVERIFY(!refused && refused.error().code == ErrorCode::Secret);
    f.store->locked = false;
    QCOMPARE(f.text(), before);
    QCOMPARE(must(f.set("main", "three")).callback.path, std::string("three"));
    QCOMPARE(f.text(), before); // the secrets were not what was to be changed
}

void CallbackSecretsTest::whatIsLostOrDamagedIsDrawnAnew() {
    Fixture f;
    const auto first = must(f.set("main", "one"));
    must(f.store->inner.put(kept, "{\"token\": 5}"));
    const auto second = must(f.set("main", "one"));
    QVERIFY(second.secrets.token != first.secrets.token && second.secrets.token.size() == 32);
    must(f.store->inner.remove(kept));
    const auto third = must(f.set("main", "one"));
    QVERIFY(third.secrets.token != second.secrets.token && third.secrets.encodingAesKey.size() == 43);
}

QTEST_GUILESS_MAIN(CallbackSecretsTest)
#include "callback_secrets_test.moc"
