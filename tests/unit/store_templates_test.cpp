// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

Template listed(const TestJournal &journal, char letter, const std::string &content) {
    Template t;
    t.account = journal.account;
    t.templateId = std::string(43, letter);
    t.title = "orders";
    t.content = content;
    t.fetchedAt = morning.wall;
    return t;
}

store::TemplateSyncReport sync(TestJournal &journal, const std::vector<Template> &list) {
    return journal.write([&](store::WriteSession &session) { return store::syncTemplates(session, journal.account, list, morning.wall + 1h); });
}

std::optional<Hold> holdOf(const TestJournal &journal) {
    auto database = journal.reader();
    return must(store::readTemplates(database, journal.account)).front().hold;
}

constexpr const char *oldContent = "{{thing1.DATA}}\n{{amount2.DATA}}";
constexpr const char *newContent = "{{thing1.DATA}}\n{{amount3.DATA}}";
constexpr const char *otherWords = "Goods: {{thing1.DATA}}\nPrice: {{amount2.DATA}}";

} // namespace

class StoreTemplatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changedKeysHoldWhatWaits();
    void nothingIsHeldThatNobodyWaitsFor();
    void otherWordsBreakNothing();
    void whatIsGoneWaitsUntilItIsBack();
    void aPersonsHoldStandsWhenItIsBack();
};

void StoreTemplatesTest::changedKeysHoldWhatWaits() {
    TestJournal journal;
    sync(journal, {listed(journal, 'a', oldContent)});
    const MessageId id = journal.add(journal.batch, TestJournal::newMessage("oUser"));
    QCOMPARE(sync(journal, {listed(journal, 'a', newContent)}).changed, 1);
    const auto hold = holdOf(journal);
    QVERIFY(hold.has_value());
    QCOMPARE(hold->cause, std::string("template_changed"));
    QCOMPARE(hold->detail, std::string("-amount2 +amount3"));
    QVERIFY(journal.claim(10).messages.empty());
    QVERIFY(journal.message(id).state == MessageState::Queued); // unharmed
    QCOMPARE(journal.broken(), std::string());
    // A person looked at it. What comes next is for them to say, and the next look changes nothing.
    journal.write([&](store::WriteSession &session) { return store::setTemplateHold(session, journal.templateRef, std::nullopt); });
    sync(journal, {listed(journal, 'a', newContent)});
    QVERIFY(!holdOf(journal));
    QCOMPARE(journal.claim(10).messages.size(), std::size_t{1});
}

void StoreTemplatesTest::nothingIsHeldThatNobodyWaitsFor() {
    TestJournal journal;
    sync(journal, {listed(journal, 'a', oldContent)});
    sync(journal, {listed(journal, 'a', newContent)});
    QVERIFY(!holdOf(journal));
    // What is through does not wait any more.
    journal.add(journal.batch, TestJournal::newMessage("oUser"));
    const auto claimed = journal.claim(10).messages;
    QCOMPARE(claimed.size(), std::size_t{1});
    journal.finish({TestJournal::result(claimed.front(), journal.run, MessageState::Accepted)});
    sync(journal, {listed(journal, 'a', oldContent)});
    QVERIFY(!holdOf(journal));
}

void StoreTemplatesTest::otherWordsBreakNothing() {
    TestJournal journal;
    sync(journal, {listed(journal, 'a', oldContent)});
    journal.add(journal.batch, TestJournal::newMessage("oUser"));
    QCOMPARE(sync(journal, {listed(journal, 'a', otherWords)}).changed, 1);
    QVERIFY(!holdOf(journal));
}

void StoreTemplatesTest::whatIsGoneWaitsUntilItIsBack() {
    TestJournal journal;
    sync(journal, {listed(journal, 'a', oldContent)});
    QCOMPARE(sync(journal, {}).gone, 1);
    QCOMPARE(holdOf(journal)->cause, std::string("template_gone"));
    journal.add(journal.batch, TestJournal::newMessage("oUser"));
    sync(journal, {listed(journal, 'a', oldContent)});
    QVERIFY(!holdOf(journal));
    // Back, and another one: what waits was made for the keys it had.
    sync(journal, {});
    sync(journal, {listed(journal, 'a', newContent)});
    QCOMPARE(holdOf(journal)->cause, std::string("template_changed"));
}

void StoreTemplatesTest::aPersonsHoldStandsWhenItIsBack() {
    TestJournal journal;
    const auto hold = [&](const Hold &with) {
        return journal.write([&](store::WriteSession &session) { return store::setTemplateHold(session, journal.templateRef, with); });
    };
    sync(journal, {listed(journal, 'a', oldContent)});
    sync(journal, {});
    QVERIFY(hold({"operator", "the shop looks at it", "li", morning.wall}));
    sync(journal, {listed(journal, 'a', oldContent)});
    QCOMPARE(holdOf(journal).value().by, std::string("li"));
    // Neither what the engine finds nor somebody who comes second takes its place.
    QVERIFY(!hold({"40037", "", "engine", morning.wall}));
    QVERIFY(!hold({"operator", "me too", "wang", morning.wall}));
    QCOMPARE(holdOf(journal).value().detail, std::string("the shop looks at it"));
}

QTEST_GUILESS_MAIN(StoreTemplatesTest)
#include "store_templates_test.moc"
