// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message that failed is sent with other words.
#include "engine/store/journal_writer.h"
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QTest>
#include <set>

using namespace songda;
using namespace std::chrono_literals;
using songda::testing::EngineFixture;
using songda::testing::must;

namespace {

const std::string openid = "oEditMe00000000000000000000";

void control(EngineFixture &fixture, const std::string &json) {
    if (const auto done = fixture.simulator->control(json); !done)
        qFatal("%s", done.error().c_str());
}

/// One message that died of 43004, with every field an integrator may give.
MessageId buried(EngineFixture &fixture, Engine &engine, const char *result = "43004") {
    control(fixture, R"({"script": {")" + openid + R"(": {"results": [")" + result + R"("], "then": "repeat"}}})");
    SendRequest request;
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.openid = openid;
    request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    request.url = "https://example.com/order?id=1&from=wx";
    request.idempotencyKey = "order-1";
    request.priority = 2;
    const MessageId id = must(engine.send(request).result()).id;
    must(engine.start());
    if (!EngineFixture::runUntil(engine, [](const Snapshot &s) { return s.counts[MessageState::Dead] + s.counts[MessageState::Uncertain] == 1; }))
        qFatal("it did not die");
    return id;
}

EditRequest edit(MessageId id, const std::string &thing) {
    EditRequest request;
    request.id = id;
    request.data = {{"thing2", thing}};
    request.reason = "the name was wrong";
    return request;
}

/// How often the person was shown a notice.
unsigned shownTo(EngineFixture &fixture) {
    unsigned shown = 0;
    for (const simulator::LedgerRecord &record : fixture.simulator->received(openid))
        shown += record.userCopies;
    return shown;
}

bool ends(Engine &engine, MessageId id, int life) {
    return EngineFixture::runUntil(engine, [&](const Snapshot &) {
        const Message m = must(engine.message(id).result()).message;
        return m.life == life && isTerminal(m.state);
    });
}

} // namespace

class EngineEditTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldIsKeptAndTheChangeIsRecorded();
    void aSecondEditIsNotDropped();
    void wrongValuesAreRefused_data();
    void wrongValuesAreRefused();
    void whatMayHaveArrivedNeedsAYes();
    void twoPeopleCannotEditTheSameLife();
    void aResendKeepsAllFields();
};

void EngineEditTest::everyFieldIsKeptAndTheChangeIsRecorded() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const MessageId id = buried(fixture, *engine);
    const Message before = must(engine->message(id).result()).message;
    control(fixture, R"({"clear_script": true})");
    const EditReport report = must(engine->editAndResend(edit(id, "新鲜水果礼盒")).result());
    QVERIFY(report.resent);
    QCOMPARE(report.life, 2);
    QCOMPARE(report.changed.size(), std::size_t(1));
    QVERIFY(ends(*engine, id, 2));
    const MessageDetail after = must(engine->message(id).result());
    COMPARE_NAMED(after.message.state, MessageState::Accepted);

    // All but what a new life begins anew.
    Message expected = before;
    const Message &m = after.message;
    expected.state = m.state;
    expected.life = 2;
    expected.attempts = 2;
    expected.errcode = m.errcode;
    expected.cause = m.cause;
    expected.errorClass = m.errorClass;
    expected.msgid = m.msgid;
    expected.dueAt = m.dueAt;
    expected.finishedAt = m.finishedAt;
    expected.clientMsgId = m.clientMsgId;
    expected.content = m.content;
    QVERIFY(static_cast<const MessageRow &>(expected) == static_cast<const MessageRow &>(m));
    for (const auto &[a, b] : {std::pair{&expected.accountName, &m.accountName}, {&expected.batchName, &m.batchName}, {&expected.templateId, &m.templateId},
             {&expected.traceId, &m.traceId}, {&expected.createdBy, &m.createdBy}})
        QCOMPARE(*a, *b);
    QVERIFY(before.clientMsgId != m.clientMsgId); // other bytes under the old id would be dropped
    QVERIFY(m.content.find("新鲜水果礼盒") != std::string::npos);
    QVERIFY(m.content.find("https://example.com/order?id=1&from=wx") != std::string::npos);

    QCOMPARE(shownTo(fixture), 1U);
    // Both lives: what each said, and who changed it.
    QCOMPARE(after.earlier.size(), std::size_t(1));
    QCOMPARE(after.earlier.front().life, 1);
    QCOMPARE(after.earlier.front().content, before.content);
    const AuditEntry &act = after.acts.front();
    QCOMPARE(act.act, std::string("message.edit"));
    QCOMPARE(act.reason, std::string("the name was wrong"));
    QVERIFY(act.object.find("新鲜水果礼盒") != std::string::npos);
    QVERIFY(act.object.find("书") == std::string::npos);
    QVERIFY(must(engine->verify().result()).empty());
    // The key still stands for this message.
    SendRequest again;
    again.account = "main";
    again.templateId = EngineFixture::templateId();
    again.openid = openid;
    again.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    again.idempotencyKey = "order-1";
    const SendReport twice = must(engine->send(again).result());
    QVERIFY(twice.duplicate);
    QVERIFY(twice.id == id);
    EngineFixture::stop(*engine);
}

void EngineEditTest::aSecondEditIsNotDropped() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const MessageId id = buried(fixture, *engine);
    std::set<std::string> ids{must(engine->message(id).result()).message.clientMsgId};
    for (const auto &[thing, life] : {std::pair{"保温杯", 2}, {"羊毛围巾", 3}}) {
        if (life == 3)
            control(fixture, R"({"clear_script": true})");
        QVERIFY(must(engine->editAndResend(edit(id, thing)).result()).resent);
        QVERIFY(ends(*engine, id, life));
        const MessageDetail detail = must(engine->message(id).result());
        QVERIFY(detail.message.content.find(thing) != std::string::npos);
        QVERIFY(ids.insert(detail.message.clientMsgId).second);
        QCOMPARE(detail.earlier.size(), static_cast<std::size_t>(life - 1));
        COMPARE_NAMED(detail.message.state, life == 3 ? MessageState::Accepted : MessageState::Dead);
    }
    QCOMPARE(shownTo(fixture), 1U);
    const MessageDetail detail = must(engine->message(id).result());
    QCOMPARE(detail.attempts.size(), std::size_t(3));
    QVERIFY(detail.earlier[0].content.find("保温杯") != std::string::npos); // newest first
    QVERIFY(detail.earlier[1].content.find("书") != std::string::npos);
    QVERIFY(must(engine->verify().result()).empty());
    EngineFixture::stop(*engine);
}

void EngineEditTest::wrongValuesAreRefused_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("too long") << QStringLiteral("thing2") << QString(21, QChar(0x4e66));
    QTest::newRow("no amount") << QStringLiteral("amount3") << QStringLiteral("much");
    QTest::newRow("empty") << QStringLiteral("thing2") << QString();
    QTest::newRow("a key the template has not") << QStringLiteral("thing9") << QStringLiteral("x");
    QTest::newRow("no address") << QStringLiteral("url") << QStringLiteral("not an address");
}

void EngineEditTest::wrongValuesAreRefused() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    EngineFixture fixture;
    auto engine = fixture.open();
    const MessageId id = buried(fixture, *engine);
    const std::string before = must(engine->message(id).result()).message.content;
    EditRequest request = edit(id, "书");
    if (key == QStringLiteral("url"))
        request.url = value.toStdString();
    else
        request.data = {{key.toStdString(), value.toStdString()}};
    const auto refused = engine->editAndResend(request).result();
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().code == ErrorCode::InvalidInput);
    const MessageDetail detail = must(engine->message(id).result());
    COMPARE_NAMED(detail.message.state, MessageState::Dead);
    QCOMPARE(detail.message.content, before);
    QCOMPARE(detail.message.life, 1);
    EngineFixture::stop(*engine);
}

void EngineEditTest::whatMayHaveArrivedNeedsAYes() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const MessageId id = buried(fixture, *engine);
    // As if its answer had been lost on the way.
    {
        auto tool = must(store::JournalWriter::open({fixture.profile().toStdString() + "/songda.db", store::JournalWriter::Mode::Inline, 512}));
        must(tool->submitAndWait([](store::WriteSession &session) {
            return session.database().exec("UPDATE attempt SET phase = 2, errcode = NULL, error_class = 4, cause = 'timeout'");
        }));
    }
    control(fixture, R"({"clear_script": true})");
    EditRequest request = edit(id, "保温杯");
    const EditReport refused = must(engine->editAndResend(request).result());
    QVERIFY(!refused.resent);
    QCOMPARE(must(engine->message(id).result()).message.life, 1);
    QVERIFY(must(engine->message(id).result()).acts.empty() || must(engine->message(id).result()).acts.front().act != "message.edit");
    request.mayArriveTwice = true;
    QVERIFY(must(engine->editAndResend(request).result()).resent);
    QVERIFY(ends(*engine, id, 2));
    EngineFixture::stop(*engine);
}

void EngineEditTest::twoPeopleCannotEditTheSameLife() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const MessageId id = buried(fixture, *engine);
    EditRequest first = edit(id, "保温杯");
    first.life = 1;
    EditRequest second = edit(id, "羊毛围巾");
    second.life = 1;
    QVERIFY(must(engine->editAndResend(first).result()).resent);
    QVERIFY(ends(*engine, id, 2));
    const auto refused = engine->editAndResend(second).result();
    QVERIFY(!refused.has_value());
    QVERIFY(must(engine->message(id).result()).message.content.find("保温杯") != std::string::npos);
    EngineFixture::stop(*engine);
}

void EngineEditTest::aResendKeepsAllFields() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const MessageId id = buried(fixture, *engine);
    const Message before = must(engine->message(id).result()).message;
    control(fixture, R"({"clear_script": true})");
    MessageFilter one;
    one.ids = {id};
    QCOMPARE(must(engine->resend(one, "again", {}).result()).resent, 1);
    QVERIFY(ends(*engine, id, 2));
    const Message m = must(engine->message(id).result()).message;
    QCOMPARE(m.content, before.content);
    QCOMPARE(m.openid, before.openid);
    QCOMPARE(m.idempotencyKey, before.idempotencyKey);
    QCOMPARE(m.traceId, before.traceId);
    QCOMPARE(m.createdBy, before.createdBy);
    QVERIFY(m.batch == before.batch && m.templateRef == before.templateRef && m.createdAt == before.createdAt);
    EngineFixture::stop(*engine);
}

QTEST_GUILESS_MAIN(EngineEditTest)
#include "engine_edit_test.moc"
