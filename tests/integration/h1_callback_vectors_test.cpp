// SPDX-License-Identifier: GPL-3.0-or-later
//
// H1 at the door: every form of a push, right and wrong, in any order, gets its verdict; and how long a refusal takes says
// nothing of where a signature is wrong. The pushes are written by the simulator's reading of WeChat's description.
#include "engine/channels/wechat/callback_crypto.h"
#include "tests/full_form.h"
#include "tests/integration/callback_fixture.h"

#include <algorithm>
#include <random>

using namespace songda;
using namespace songda::testing;
using simulator::PushMode;
using simulator::PushRequest;

namespace {

using Client = DoorClient;

struct Case {
    std::string name;
    PushRequest request;
    int status = 403;
};

void replace(std::string &text, const std::string &what, const std::string &by) {
    const auto at = text.find(what);
    if (at == std::string::npos)
        qFatal("\"%s\" is not there", what.c_str());
    text.replace(at, what.size(), by);
}

std::string changed(std::string text, std::size_t at) {
    text[at] = text[at] == 'a' ? 'b' : 'a';
    return text;
}

std::string argument(const PushRequest &request, const std::string &name) {
    const auto at = request.query.find(name + "=") + name.size() + 1;
    return request.query.substr(at, request.query.find('&', at) - at);
}

/// A push whose query is right for `encrypt`, whatever that is.
PushRequest sealed(const CallbackFixture &c, const std::string &encrypt) {
    const std::string time = std::to_string(toMillis(c.start) / 1000);
    return {"?timestamp=" + time + "&nonce=1&encrypt_type=aes&msg_signature=" + wechat::callbackSignature({c.setup.secrets.token, time, "1", encrypt}),
        "<xml><ToUserName>gh_1</ToUserName><Encrypt>" + encrypt + "</Encrypt></xml>"};
}

std::vector<Case> casesFor(const CallbackFixture &c, CallbackMode mode) {
    const bool plain = mode == CallbackMode::Plain;
    const std::string id = "18446744073709551557";
    std::vector<Case> cases;
    const auto add = [&](std::string name, PushRequest request, int status) { cases.push_back({std::move(name), std::move(request), status}); };
    for (const bool json : {false, true}) {
        const std::string form = json ? " JSON" : " XML";
        for (const PushMode m : {PushMode::Plain, PushMode::Compatible, PushMode::Secure}) {
            const auto target = c.target(m, json);
            const bool encrypted = m != PushMode::Plain;
            const int good = encrypted || plain ? 200 : 403;
            const std::string what = (encrypted ? "encrypted" : "clear") + form;
            const PushRequest right = c.push(target, "oABC", 18446744073709551557U);
            add(what, right, good);
            for (const int seconds : {-301, 301, 86'400})
                add(what + " out of time", c.push(target, "oABC", 1, "success", Seconds{seconds}), 403);
            for (const int seconds : {-300, 300})
                add(what + " just in time", c.push(target, "oABC", 1, "success", Seconds{seconds}), good);
            for (std::size_t at = 0; at < 40; at += 3) {
                PushRequest wrong = right;
                replace(wrong.query, argument(right, "signature"), changed(argument(right, "signature"), at));
                add(what + " with a wrong signature", wrong, 403);
            }
            PushRequest other = right;
            replace(other.query, "nonce=" + callback::nonce, "nonce=" + callback::nonce + "1");
            add(what + " with another nonce", other, 403);
            other = right;
            replace(other.query, "timestamp=", "timestamp=0");
            add(what + " with its time spelt otherwise", other, 403);
            other = right;
            replace(other.query, "&timestamp=" + argument(right, "timestamp"), "");
            add(what + " without a time", other, 400);
            other = right;
            other.query.clear();
            add(what + " without anything", other, 400);
            if (!encrypted) {
                other = right;
                other.body.resize(other.body.size() - 3);
                add(what + " cut off", other, plain ? 400 : 403);
                add(what + " without a body", {right.query, ""}, plain ? 400 : 403);
                continue;
            }
            for (std::size_t at = 0; at < 40; at += 3) {
                PushRequest wrong = right;
                replace(wrong.query, argument(right, "msg_signature"), changed(argument(right, "msg_signature"), at));
                add(what + " with a wrong second signature", wrong, 403);
            }
            other = right;
            replace(other.query, "&msg_signature=" + argument(right, "msg_signature"), "");
            add(what + " without the second signature", other, 403);
            other = right;
            other.body = c.push(c.target(PushMode::Plain, json), "oABC", 1).body;
            add(what + " with a clear body", other, 403);
            other = right;
            replace(other.body, "Encrypt", "Encrypted");
            add(what + " under another name", other, json ? 403 : 403);
        }
    }
    // Every length of padding: 1 to 32.
    const auto key = must(wechat::CallbackKey::fromText(callback::encodingAesKey));
    for (std::size_t extra = 0; extra < 32; ++extra) {
        const std::string message = "<xml><MsgType>event</MsgType><Event>VIEW</Event><A>" + std::string(extra, 'x') + "</A></xml>";
        add("padding", sealed(c, must(key.seal(message, callback::appid, callback::random))), 200);
    }
    add("of another account", sealed(c, must(key.seal("<xml></xml>", "wx0123456789abcdee", callback::random))), 403);
    const auto otherKey = must(wechat::CallbackKey::fromText(std::string(43, 'A')));
    add("under another key", sealed(c, must(otherKey.seal("<xml></xml>", callback::appid, callback::random))), 403);
    const std::string good = must(key.seal("<xml><MsgType>event</MsgType></xml>", callback::appid, callback::random));
    for (const std::string &encrypt : {good.substr(0, good.size() - 4), good.substr(4), good + "AAAA", good + "=", std::string("*") + good.substr(1),
             std::string("AAAA"), std::string("="), std::string(64, 'A')})
        add("not what was encrypted", sealed(c, encrypt), 403);
    add("well encrypted nonsense", sealed(c, must(key.seal("nonsense", callback::appid, callback::random))), 400);
    add("well encrypted nothing", sealed(c, must(key.seal("", callback::appid, callback::random))), 400);
    return cases;
}

} // namespace

class H1CallbackVectorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormHasItsVerdict_data();
    void everyFormHasItsVerdict();
    void verification();
    void theEncryptedPartIsBelieved();
    void whatIsNoCallback();
    void aReplacedKeyIsTakenForAWhile();
    void secretsThatCannotBeReadRefuseAll();
    void refusalsTakeTheSameTimeWhereverTheyDiffer();
};

void H1CallbackVectorsTest::everyFormHasItsVerdict_data() {
    QTest::addColumn<int>("mode");
    for (const CallbackMode mode : {CallbackMode::Plain, CallbackMode::Compatible, CallbackMode::Secure})
        QTest::newRow(toString(mode)) << static_cast<int>(mode);
}

void H1CallbackVectorsTest::everyFormHasItsVerdict() {
    QFETCH(int, mode);
    CallbackFixture c(static_cast<CallbackMode>(mode));
    std::vector<Case> cases = casesFor(c, static_cast<CallbackMode>(mode));
    std::mt19937 random(20'260'131);
    const int rounds = inFullForm(100, 3);
    for (int round = 0; round < rounds; ++round) {
        std::shuffle(cases.begin(), cases.end(), random);
        for (const Case &k : cases) {
            const QByteArray answer = c.post(k.request); // a refusal by the head ends the connection
            const bool right = k.status == 200 ? CallbackFixture::isSuccess(answer) : CallbackFixture::isProblem(answer, k.status);
            QVERIFY2(right, (k.name + ": " + answer.toStdString()).c_str());
            // Nothing of what was expected, and no secret.
            QVERIFY(!answer.contains(c.setup.secrets.token.c_str()) && !answer.contains(c.setup.secrets.encodingAesKey.c_str()));
        }
    }
    qInfo("%s: %zu cases, %d rounds", toString(static_cast<CallbackMode>(mode)), cases.size(), rounds);
    QCOMPARE(must(c.f.engine->verify().result()).size(), std::size_t{0});
}

void H1CallbackVectorsTest::verification() {
    CallbackFixture c;
    for (int i = 0; i < 3; ++i) { // it may come again, at whatever time
        const QByteArray answer = c.get();
        QCOMPARE(Client::statusOf(answer), 200);
        QCOMPARE(Client::bodyOf(answer), QByteArray("5837483294732984"));
        QVERIFY(Client::headerOf(answer, "Content-Type").startsWith("text/plain"));
        c.passed = Seconds{86'400 * i};
    }
    QVERIFY(CallbackFixture::isProblem(c.get(QByteArray(40, '0')), 403));
    QVERIFY(CallbackFixture::isProblem(c.get({}, "%3Cscript%3E"), 403));
    QVERIFY(CallbackFixture::isProblem(c.get({}, ""), 403));
}

void H1CallbackVectorsTest::theEncryptedPartIsBelieved() {
    CallbackFixture c(CallbackMode::Compatible);
    PushRequest request = c.push(c.target(PushMode::Compatible), "oABC", 77, "success");
    // The clear copy beside it is signed by nobody.
    replace(request.body, "<MsgID>77</MsgID>", "<MsgID>78</MsgID>");
    replace(request.body, "success", "failed:user block");
    QVERIFY(CallbackFixture::isSuccess(c.post(request)));
    const EventReceipt again = must(c.f.engine->recordEvents("main", {DeliveryReport{"77", "oABC", "success", std::nullopt}}).result());
    QCOMPARE(again.repeated, 1);
}

void H1CallbackVectorsTest::whatIsNoCallback() {
    CallbackFixture c(CallbackMode::Plain);
    const PushRequest right = c.push(c.target(PushMode::Plain), "oABC", 1);
    const auto ask = [&](const QByteArray &method, const QByteArray &path, const std::string &body) {
        return c.f.client()->ask(method, path + QByteArray::fromStdString(right.query), QByteArray::fromStdString(body));
    };
    QVERIFY(CallbackFixture::isProblem(ask("POST", "/wechat/wx0000000000000000", right.body), 404));
    QVERIFY(CallbackFixture::isProblem(ask("PUT", c.path(), right.body), 405));
    QVERIFY(CallbackFixture::isProblem(ask("POST", c.path(), std::string((1 << 20) + 1, 'x')), 413));
    // Without a right signature nobody gets a body read.
    PushRequest wrong = right;
    replace(wrong.query, argument(right, "signature"), std::string(40, '0'));
    const auto client = c.f.client();
    QVERIFY(client->say("POST " + c.path() + QByteArray::fromStdString(wrong.query) + " HTTP/1.1\r\nHost: door\r\nContent-Length: 1000000\r\n\r\n"));
    QVERIFY(CallbackFixture::isProblem(client->answer(), 403));
    QVERIFY(must(c.f.engine->removeCallback("main").result()));
    QVERIFY(QTest::qWaitFor([&] { return CallbackFixture::isProblem(c.post(right), 404); }, 10'000));
}

void H1CallbackVectorsTest::aReplacedKeyIsTakenForAWhile() {
    CallbackFixture c;
    const auto before = c.target();
    // The doors' clock is the one that counts, and the callback is set by the machine's.
    c.passed = std::chrono::floor<Seconds>(Engine::wallNow() - c.start);
    CallbackWish wish;
    wish.account = "main";
    wish.newAesKey = true;
    wish.overlap = Seconds{3600};
    c.setup = must(c.f.engine->setCallback(wish).result());
    QVERIFY(c.setup.secrets.encodingAesKey != before.aesKey);
    QVERIFY(QTest::qWaitFor([&] { return CallbackFixture::isSuccess(c.post(c.push(c.target(), "oNew", 1))); }, 10'000));
    QVERIFY(CallbackFixture::isSuccess(c.post(c.push(before, "oOld", 2))));
    c.passed = c.passed.load() + Seconds{3605}; // it was set a moment after the clock was read
    QVERIFY(CallbackFixture::isProblem(c.post(c.push(before, "oOld", 3)), 403));
    QVERIFY(CallbackFixture::isSuccess(c.post(c.push(c.target(), "oNew", 4))));
}

void H1CallbackVectorsTest::secretsThatCannotBeReadRefuseAll() {
    EngineFixture base;
    {
        auto engine = base.open(EngineOptions::Role::Tool);
        CallbackWish wish;
        wish.account = "main";
        must(engine->setCallback(wish).result());
    } // its secrets were in its memory: gone with it
    auto engine = base.open();
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.running; }));
    std::vector<std::string> warnings;
    auto doors = must(doors::Doors::open(*engine, DoorsFixture::defaults(), {}, [&](const std::string &text) { warnings.push_back(text); }));
    const QByteArray answer = DoorClient(doors->port()).ask("GET", CallbackFixture::path() + "?signature=0&timestamp=1&nonce=1&echostr=1");
    QVERIFY(CallbackFixture::isProblem(answer, 503));
    QCOMPARE(warnings.size(), std::size_t{1});
    QVERIFY(warnings[0].find("main") != std::string::npos);
    doors.reset();
    EngineFixture::stop(*engine);
}

void H1CallbackVectorsTest::refusalsTakeTheSameTimeWhereverTheyDiffer() {
    const std::string right = wechat::callbackSignature({"token", "1700000000", "1"});
    std::string given = right; // in one place for all: where bytes lie costs more than what they are
    const int tries = inFullForm(10'000, 2'000);
    constexpr int calls = 200; // one lies below what the clock can tell
    std::array<std::vector<double>, 3> times;
    for (int i = 0; i < tries; ++i) {
        for (std::size_t which = 0; which < times.size(); ++which) {
            given = changed(right, which == 1 ? right.size() - 1 : 0);
            const auto start = std::chrono::steady_clock::now();
            for (int n = 0; n < calls; ++n)
                QVERIFY(!wechat::isSignature(given, right));
            times[which].push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / calls);
        }
    }
    std::array<double, 3> median{};
    for (std::size_t which = 0; which < times.size(); ++which) {
        std::nth_element(times[which].begin(), times[which].begin() + tries / 2, times[which].end());
        median[which] = times[which][static_cast<std::size_t>(tries) / 2];
    }
    qInfo("%d tries of %d: wrong at the first letter %.1f ns, at the last %.1f ns, at the first again %.1f ns", tries, calls, median[0], median[1], median[2]);
    if (inFullForm(1, 0) == 0)
        return; // on a busy machine the clock decides
    QVERIFY(std::abs(median[1] - median[0]) <= 3 * std::abs(median[2] - median[0]) + 0.1 * median[0]);
}

QTEST_GUILESS_MAIN(H1CallbackVectorsTest)
#include "h1_callback_vectors_test.moc"
