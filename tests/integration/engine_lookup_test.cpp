// SPDX-License-Identifier: GPL-3.0-or-later
//
// What WeChat is asked about one message: whether it was intercepted, and how a refused attempt looked there.
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr const char *kept = "oKept_0123456789abcdefghijkl";
constexpr const char *refused = "oRefused_0123456789abcdefghi";
constexpr const char *fine = "oFine_0123456789abcdefghijkl";
const std::string password = "correct horse battery";

simulator::Options target() {
    simulator::Options options;
    options.script = std::string(R"({")") + kept + R"(": "intercepted", ")" + refused + R"(": "43004"})";
    return options;
}

/// One message to each of the three, sent.
struct Asked : EngineFixture {
    Asked()
        : EngineFixture(target())
        , engine(open()) {
        must(engine->start());
        intercepted = to(kept);
        dead = to(refused);
        accepted = to(fine);
    }
    ~Asked() { EngineFixture::stop(*engine); }

    MessageId to(const char *openid) {
        SendRequest request;
        request.account = "main";
        request.templateId = templateId();
        request.openid = openid;
        request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
        return must(finished(engine->sendAndWait(request, 1min))).id;
    }
    template <class T> static Result<T> finished(QFuture<Result<T>> future) {
        while (!future.isFinished())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        return future.result();
    }
    MessageDetail detail(MessageId id) { return must(engine->message(id).result()); }
    void control(const std::string &json) {
        if (const auto done = simulator->control(json); !done)
            qFatal("%s", done.error().c_str());
    }

    std::unique_ptr<Engine> engine;
    MessageId intercepted, dead, accepted;
};

bool isInvalid(const auto &result) { return !result && result.error().code == ErrorCode::InvalidInput; }

} // namespace

class EngineLookupTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anInterceptedMessageIsFoundOut() {
        Asked f;
        COMPARE_NAMED(f.detail(f.intercepted).message.state, MessageState::Accepted);
        QCOMPARE(f.simulator->received(kept).at(0).userCopies, 0U);
        const auto lookup = must(f.engine->lookUpInterception(f.intercepted).result());
        QVERIFY(lookup.found.has_value());
        COMPARE_TEXT(lookup.found->openid, std::string(kept));
        COMPARE_TEXT(lookup.found->msgid, f.detail(f.intercepted).message.msgid);
        QVERIFY(!lookup.found->title.empty() && lookup.found->content.find("书") != std::string::npos && lookup.found->sentAt);
        COMPARE_TEXT(lookup.cause, std::string());
        // It is no state of its own, and stands in the message's history and in the audit.
        const MessageDetail after = f.detail(f.intercepted);
        COMPARE_NAMED(after.message.state, MessageState::Accepted);
        COMPARE_TEXT(after.acts.front().act, std::string("message.intercepted"));
        COMPARE_TEXT(after.acts.front().object, "message " + std::to_string(f.intercepted.value) + ": accepted, but intercepted by the platform");
        COMPARE_TEXT(after.acts.front().who, std::string("tester"));

        const auto other = must(f.engine->lookUpInterception(f.accepted).result());
        QVERIFY(!other.found && other.cause.empty());
        COMPARE_TEXT(f.detail(f.accepted).acts.front().act, std::string("message.not_intercepted"));
        QVERIFY(isInvalid(f.engine->lookUpInterception(f.dead).result())); // it was never accepted
        QVERIFY(f.engine->lookUpInterception(MessageId{99}).result().error().code == ErrorCode::NotFound);
        QVERIFY(must(f.engine->verify().result()).empty());
    }

    void aRefusedAttemptIsLookedUpByItsRid() {
        Asked f;
        const std::string rid = f.detail(f.dead).attempts.front().rid;
        QVERIFY(!rid.empty());
        const auto lookup = must(f.engine->lookUpFailure(f.dead, 1).result());
        COMPARE_TEXT(lookup.rid, rid);
        QVERIFY(lookup.call && lookup.call->at && lookup.call->took);
        QVERIFY(lookup.call->url.starts_with("/cgi-bin/message/template/send?access_token="));
        QVERIFY(lookup.call->requestBody.find(refused) != std::string::npos);
        QVERIFY(lookup.call->responseBody.find("43004") != std::string::npos);
        COMPARE_TEXT(lookup.call->clientIp, std::string("127.0.0.1"));
        const AuditEntry act = f.detail(f.dead).acts.front();
        COMPARE_TEXT(act.act, std::string("attempt.ask"));
        COMPARE_TEXT(act.object, "message " + std::to_string(f.dead.value) + " attempt 1 rid " + rid);
        QVERIFY(isInvalid(f.engine->lookUpFailure(f.accepted, 1).result())); // what was taken has no rid
        QVERIFY(f.engine->lookUpFailure(f.dead, 2).result().error().code == ErrorCode::NotFound);
    }

    void whatIsNotSaidIsSaidInWords_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("cause");
        QTest::newRow("missing") << QByteArray(R"("@lookup": "76001")") << QByteArray("76001");
        QTest::newRow("wrong") << QByteArray(R"("@lookup": "76002")") << QByteArray("76002");
        QTest::newRow("another account's") << QByteArray(R"("@lookup": "76003")") << QByteArray("76003");
        QTest::newRow("too old") << QByteArray(R"("@lookup": "76004")") << QByteArray("76004");
        QTest::newRow("no right") << QByteArray(R"("@lookup": "48001")") << QByteArray("48001");
        QTest::newRow("no answer") << QByteArray(R"("@lookup": "http:500")") << QByteArray("http_500");
        QTest::newRow("no token") << QByteArray(R"("@token": "40013")") << QByteArray("token.40013");
    }

    void whatIsNotSaidIsSaidInWords() {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, cause);
        Asked f;
        f.control("{\"script\": {" + script.toStdString() + "}}");
        const auto failure = must(f.engine->lookUpFailure(f.dead, 1).result());
        QVERIFY(!failure.call);
        QVERIFY2(QByteArray::fromStdString(failure.cause).endsWith(cause.mid(cause.indexOf('.') + 1)), failure.cause.c_str());
        const CauseWords words = f.engine->causeWords(failure.cause, false);
        QVERIFY(words.known && !words.meaning.empty() && !f.engine->causeWords(failure.cause, true).meaning.empty());
        const auto interception = must(f.engine->lookUpInterception(f.intercepted).result());
        QVERIFY(!interception.found);
        COMPARE_TEXT(interception.cause, failure.cause);
        COMPARE_TEXT(f.detail(f.intercepted).acts.front().act, std::string("message.ask"));
        QVERIFY(f.detail(f.dead).acts.front().object.ends_with(": not answered, " + failure.cause));
    }

    void aTokenThatIsNotTakenIsRenewedOnce_data() {
        QTest::addColumn<QByteArray>("code");
        for (const char *code : {"40001", "40014", "42001"})
            QTest::newRow(code) << QByteArray(code);
    }

    void aTokenThatIsNotTakenIsRenewedOnce() {
        QFETCH(QByteArray, code);
        const std::string once = "[\"" + code.toStdString() + "\"]";
        const std::string twice = "[\"" + code.toStdString() + "\", \"" + code.toStdString() + "\"]";
        Asked f;
        f.control(R"({"script": {"@lookup": )" + once + R"(, "@templates": )" + once + "}}");
        QVERIFY(must(f.engine->lookUpInterception(f.intercepted).result()).found.has_value());
        must(f.engine->syncTemplates("main").result());
        f.control(R"({"script": {"@lookup": )" + once + R"(, "@templates": )" + once + "}}");
        QVERIFY(must(f.engine->lookUpFailure(f.dead, 1).result()).call.has_value());
        const AccountTest test = must(f.engine->testAccount("main").result());
        COMPARE_TEXT(test.cause, std::string());
        QVERIFY(test.token && test.templates > 0);
        // Not taken a second time it is not asked for a third.
        f.control(R"({"script": {"@lookup": )" + twice + R"(, "@templates": )" + twice + "}}");
        COMPARE_TEXT(must(f.engine->lookUpFailure(f.dead, 1).result()).cause, code.toStdString());
        QVERIFY(!f.engine->syncTemplates("main").result().has_value());
    }

    void supportAsksAndSeesNobody() {
        Asked f;
        must(f.engine->addUser("ada", UserRole::Admin, password).result());
        must(f.engine->signIn("ada", password).result());
        must(f.engine->addUser("sue", UserRole::Support, password).result());
        must(f.engine->addUser("ulf", UserRole::Auditor, password).result());
        must(f.engine->signIn("sue", password).result());
        const auto lookup = must(f.engine->lookUpInterception(f.intercepted).result());
        QVERIFY(lookup.found && lookup.found->content.empty());
        COMPARE_TEXT(lookup.found->openid, std::string("oKe...kl"));
        const auto failure = must(f.engine->lookUpFailure(f.dead, 1).result());
        QVERIFY(failure.call && failure.call->requestBody.empty());
        QVERIFY(failure.call->responseBody.find("43004") != std::string::npos);
        must(f.engine->signIn("ulf", password).result());
        for (const auto &code : {f.engine->lookUpInterception(f.intercepted).result().error().code, f.engine->lookUpFailure(f.dead, 1).result().error().code})
            QVERIFY(code == ErrorCode::NotAllowed);
        must(f.engine->signIn("ada", password).result());
    }

    void whoOnlyLooksOrWasErasedIsNotAskedAbout() {
        Asked f;
        auto viewer = f.open(EngineOptions::Role::Viewer);
        QVERIFY(viewer->lookUpInterception(f.intercepted).result().error().code == ErrorCode::InUse);
        QVERIFY(viewer->lookUpFailure(f.dead, 1).result().error().code == ErrorCode::InUse);
        ErasureRequest request;
        request.account = "main";
        request.reason = "asked for it";
        request.confirmed = true;
        for (const char *openid : {kept, refused}) {
            request.openid = openid;
            viewer.reset();
            must(f.engine->eraseRecipient(request).result());
        }
        QVERIFY(isInvalid(f.engine->lookUpInterception(f.intercepted).result()));
        QVERIFY(isInvalid(f.engine->lookUpFailure(f.dead, 1).result()));
    }
};

QTEST_GUILESS_MAIN(EngineLookupTest)
#include "engine_lookup_test.moc"
