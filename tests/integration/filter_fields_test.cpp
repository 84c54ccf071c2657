// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever a filter selects by is written down, in the audit and in the manifest of a report.
#include "engine/exchange/report_manifest.h"
#include "engine/facade/desk_work.h"

#include <QTest>
#include <functional>
#include <nlohmann/json.hpp>

using namespace songda;

namespace {

const WallTime moment = parseIso8601("2026-03-02T10:00:00+08:00").value();
const std::string momentText = toIso8601(moment);

nlohmann::json inManifest(const MessageFilter &filter) {
    exchange::ReportRequest request;
    request.filter = filter;
    request.at = moment;
    return nlohmann::json::parse(exchange::manifestText(request, {}))["filter"];
}

} // namespace

class FilterFieldsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachFieldIsWrittenDown_data();
    void eachFieldIsWrittenDown();
    void severalStandBesideEachOther();
    void withoutAnyItIsEverything();
};

void FilterFieldsTest::eachFieldIsWrittenDown_data() {
    using Set = std::function<void(MessageFilter &)>;
    QTest::addColumn<Set>("set");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, Set set, const std::string &words, const char *member, const std::string &value) {
        QTest::newRow(name) << std::move(set) << QByteArray::fromStdString(words) << QByteArray(member) << QByteArray::fromStdString(value);
    };
    const std::string quotedMoment = "\"" + momentText + "\"";
    row("states", [](MessageFilter &f) { f.states = {MessageState::Dead, MessageState::Uncertain}; }, "state:dead state:uncertain", "states", R"(["dead","uncertain"])");
    row("account", [](MessageFilter &f) { f.account = AccountId{3}; }, "account:3", "account_id", "3");
    row("template", [](MessageFilter &f) { f.templateRef = TemplateRef{4}; }, "template:4", "template_ref", "4");
    row("batch", [](MessageFilter &f) { f.batch = BatchId{5}; }, "batch:5", "batch_id", "5");
    row("cause", [](MessageFilter &f) { f.cause = "43004"; }, "code:43004", "cause", R"("43004")");
    row("openid", [](MessageFilter &f) { f.openid = "oOne"; }, "openid:oOne", "openid", R"("oOne")");
    row("recipient of", [](MessageFilter &f) { f.recipientOf = MessageId{12}; }, "recipient-of:12", "recipient_of", "12");
    row("key", [](MessageFilter &f) { f.idempotencyKey = "order-1"; }, "key:order-1", "idempotency_key", R"("order-1")");
    row("msgid", [](MessageFilter &f) { f.msgid = "17"; }, "msgid:17", "msgid", R"("17")");
    row("trace", [](MessageFilter &f) { f.traceId = "0af7"; }, "trace:0af7", "trace_id", R"("0af7")");
    row("ids", [](MessageFilter &f) { f.ids = {MessageId{6}, MessageId{7}}; }, "id:6,7", "message_ids", "[6,7]");
    row("replay", [](MessageFilter &f) { f.replay = ReplayId{8}; }, "replay:8", "replay_id", "8");
    row("act", [](MessageFilter &f) { f.act = AuditId{9}; }, "act:9", "act_id", "9");
    row("discarded", [](MessageFilter &f) { f.discarded = true; }, "discarded", "discarded", "true");
    row("created from", [](MessageFilter &f) { f.createdFrom = moment; }, "since:" + momentText, "created_from", quotedMoment);
    row("created to", [](MessageFilter &f) { f.createdTo = moment; }, "until:" + momentText, "created_to", quotedMoment);
    row("failed with", [](MessageFilter &f) { f.failedWith = "43004"; }, "failed:43004", "failed_with", R"("43004")");
    row("failed from", [](MessageFilter &f) { f.failedFrom = moment; }, "failed-since:" + momentText, "failed_from", quotedMoment);
    row("failed to", [](MessageFilter &f) { f.failedTo = moment; }, "failed-until:" + momentText, "failed_to", quotedMoment);
    row("ended from", [](MessageFilter &f) { f.endedFrom = moment; }, "ended-since:" + momentText, "ended_from", quotedMoment);
    row("ended to", [](MessageFilter &f) { f.endedTo = moment; }, "ended-until:" + momentText, "ended_to", quotedMoment);
}

void FilterFieldsTest::eachFieldIsWrittenDown() {
    QFETCH(std::function<void(MessageFilter &)>, set);
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, value);
    MessageFilter filter;
    set(filter);
    QCOMPARE(QByteArray::fromStdString(describe(filter)), words);
    const auto manifest = inManifest(filter);
    QCOMPARE(manifest.size(), std::size_t{1});
    QCOMPARE(QByteArray::fromStdString(manifest[member.toStdString()].dump()), value);
}

void FilterFieldsTest::severalStandBesideEachOther() {
    MessageFilter filter;
    filter.states = {MessageState::Dead};
    filter.cause = "43004";
    filter.traceId = "0af7";
    QCOMPARE(describe(filter), std::string("state:dead code:43004 trace:0af7"));
    for (std::int64_t id = 1; id <= 21; ++id)
        filter.ids.push_back(MessageId{id});
    QVERIFY(describe(filter).ends_with(",20,..."));
}

void FilterFieldsTest::withoutAnyItIsEverything() {
    QCOMPARE(describe({}), std::string("everything"));
    QVERIFY(inManifest({}).empty());
}

QTEST_APPLESS_MAIN(FilterFieldsTest)
#include "filter_fields_test.moc"
