// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/model/hash.h"
#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/suppressions.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// One message that the platform refuses, or accepts.
void sendOne(TestJournal &journal, BatchId to, const std::string &openid, MessageState end, SuppressScope scope = SuppressScope::None,
    const std::string &code = "43004") {
    const MessageId id = journal.add(to, TestJournal::newMessage(openid));
    for (const ClaimedMessage &claim : journal.claim(1000).messages) {
        if (claim.id != id)
            continue;
        AttemptResult r = TestJournal::result(claim, journal.run, end);
        r.suppress = scope;
        r.life = claim.life;
        if (end == MessageState::Dead)
            r.outcome.cause = code;
        journal.finish({r});
        return;
    }
}

/// What becomes of a fresh message to this person when its turn comes.
std::string fate(TestJournal &journal, BatchId to, const std::string &openid) {
    const MessageId id = journal.add(to, TestJournal::newMessage(openid));
    journal.release(journal.claim(1000).messages);
    const Message m = journal.message(id);
    const std::string end = m.state == MessageState::Queued ? "goes" : std::string(toString(m.state)) + " " + m.cause;
    journal.exec("UPDATE message SET expires_at = 1 WHERE state = 1"); // out of the way of the next question
    journal.claim(1000);
    return end;
}

Suppression byHand(const TestJournal &journal, const std::string &openid, const std::string &cause) {
    Suppression s;
    s.account = journal.account;
    s.openid = openid;
    s.cause = cause;
    s.since = morning.wall;
    s.by = "li";
    return s;
}

bool add(TestJournal &journal, const Suppression &entry) {
    return journal.write([&](store::WriteSession &session) { return store::addSuppression(session, entry); });
}

std::int64_t lift(TestJournal &journal, const std::string &openid, std::optional<TemplateRef> templateRef = std::nullopt) {
    return journal.write([&](store::WriteSession &session) {
        return store::liftSuppressions(session, journal.account, openid, templateRef, "li", morning.wall + 1h);
    });
}

std::vector<Suppression> list(const TestJournal &journal, const std::string &openid = {}) {
    auto database = journal.reader();
    return must(store::readSuppressions(database, std::nullopt, openid, std::nullopt, 100));
}

void resend(TestJournal &journal, const std::string &openid) {
    store::ActRequest request;
    request.filter.openid = openid;
    request.run = journal.run;
    request.bootId = "boot-1";
    request.audit = journal.write([&](store::WriteSession &session) {
        return store::recordAct(session, {"li", "asked for"}, "message.resend", openid, 0, morning.wall);
    });
    journal.write([&](store::WriteSession &session) { return store::actOnChunk(session, request, morning); });
}

} // namespace

class StoreSuppressionsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPersonWhoLeftIsNotWrittenToAgain();
    void aRefusedTemplateIsNotSentAgainToThisPersonOnly();
    void theWiderEntryIsAddedBesideTheNarrowOne();
    void theSameRefusalIsOnTheListOnce();
    void theSameEntryByHandIsOnTheListOnce();
    void peopleWithOneHashAreToldApart();
    void anEntryCountsForItsAccountOnly();
    void anEntryCountsForItsTemplateOnly();
    void aPersonsResendPassesWhatThePlatformSaid();
    void noResendPassesAnOptOut_data();
    void noResendPassesAnOptOut();
    void anAcceptedResendLiftsWhatThePlatformSaidAndNothingElse();
    void aLiftedEntryIsHistory();
    void liftingOneTemplateLeavesTheOthers();
    void whatIsSuppressedIsCountedTrue();
    void anOptOutStandsBeforeAllElse();
    void whatMayHaveArrivedIsRepeatedAllTheSame();
    void hashesAreOfThisAccountAndThisTemplate();
    void theListIsReadInPages();
};

void StoreSuppressionsTest::aPersonWhoLeftIsNotWrittenToAgain() {
    TestJournal journal;
    const BatchId other = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("goes"));
    sendOne(journal, journal.batch, "oA", MessageState::Dead, SuppressScope::Recipient);
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("dead suppressed"));
    COMPARE_TEXT(fate(journal, other, "oA"), std::string("dead suppressed"));
    COMPARE_TEXT(fate(journal, journal.batch, "oB"), std::string("goes"));
    const auto entries = list(journal);
    QCOMPARE(entries.size(), 1U);
    COMPARE_TEXT(entries[0].cause, std::string("43004"));
    COMPARE_TEXT(entries[0].by, std::string("engine"));
    QVERIFY(!entries[0].templateRef);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreSuppressionsTest::aRefusedTemplateIsNotSentAgainToThisPersonOnly() {
    TestJournal journal;
    const BatchId other = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    sendOne(journal, journal.batch, "oA", MessageState::Dead, SuppressScope::RecipientAndTemplate, "43101");
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("dead suppressed"));
    COMPARE_TEXT(fate(journal, other, "oA"), std::string("goes"));
    COMPARE_TEXT(fate(journal, journal.batch, "oB"), std::string("goes"));
    QVERIFY(list(journal).at(0).templateRef == journal.templateRef);
}

void StoreSuppressionsTest::theWiderEntryIsAddedBesideTheNarrowOne() {
    TestJournal journal;
    const BatchId other = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    sendOne(journal, journal.batch, "oA", MessageState::Dead, SuppressScope::RecipientAndTemplate, "43101");
    sendOne(journal, other, "oA", MessageState::Dead, SuppressScope::Recipient);
    QCOMPARE(list(journal).size(), 2U);
    const BatchId third = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'c'));
    COMPARE_TEXT(fate(journal, third, "oA"), std::string("dead suppressed"));
}

void StoreSuppressionsTest::theSameRefusalIsOnTheListOnce() {
    TestJournal journal;
    journal.addMany(journal.batch, 5, "oA");
    journal.exec("UPDATE message SET content_hash = NULL, openid = 'oA', recipient_hash = " + std::to_string(storedHash("oA")));
    // Under way together, refused together.
    std::vector<AttemptResult> results;
    for (const ClaimedMessage &claim : journal.claim(10).messages) {
        results.push_back(TestJournal::result(claim, journal.run, MessageState::Dead));
        results.back().suppress = SuppressScope::Recipient;
    }
    QCOMPARE(results.size(), 5U);
    journal.finish(results);
    QCOMPARE(list(journal).size(), 1U);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreSuppressionsTest::theSameEntryByHandIsOnTheListOnce() {
    TestJournal journal;
    QVERIFY(add(journal, byHand(journal, "oA", "opt_out")));
    QVERIFY(!add(journal, byHand(journal, "oA", "opt_out")));
    QVERIFY(add(journal, byHand(journal, "oA", "operator"))); // another reason, lifted apart
    Suppression narrow = byHand(journal, "oA", "opt_out");
    narrow.templateRef = journal.templateRef;
    QVERIFY(add(journal, narrow));
    QVERIFY(!add(journal, narrow));
    QCOMPARE(list(journal).size(), 3U);
}

void StoreSuppressionsTest::peopleWithOneHashAreToldApart() {
    TestJournal journal;
    add(journal, byHand(journal, "oA", "opt_out"));
    journal.exec("UPDATE suppression SET recipient_hash = " + std::to_string(storedHash("oB")));
    COMPARE_TEXT(fate(journal, journal.batch, "oB"), std::string("goes"));
    journal.exec("UPDATE message SET recipient_hash = " + std::to_string(storedHash("oB")));
    sendOne(journal, journal.batch, "oB", MessageState::Dead, SuppressScope::Recipient);
    QCOMPARE(list(journal).size(), 2U);
}

void StoreSuppressionsTest::anEntryCountsForItsAccountOnly() {
    TestJournal journal;
    const AccountId second = journal.addAccount("second");
    const BatchId its = journal.addBatch(second, journal.addTemplate(second, 'b'));
    sendOne(journal, journal.batch, "oA", MessageState::Dead, SuppressScope::Recipient);
    const MessageId id = journal.add(second, its, TestJournal::newMessage("oA")).id;
    const auto reply = journal.claim(ClaimRequest{second, journal.run, 10, morning});
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages[0].id.value, id.value);
}

void StoreSuppressionsTest::anEntryCountsForItsTemplateOnly() {
    TestJournal journal;
    const BatchId other = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    Suppression narrow = byHand(journal, "oA", "opt_out");
    narrow.templateRef = journal.templateRef;
    add(journal, narrow);
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("dead opted_out"));
    COMPARE_TEXT(fate(journal, other, "oA"), std::string("goes"));
}

void StoreSuppressionsTest::aPersonsResendPassesWhatThePlatformSaid() {
    TestJournal journal;
    sendOne(journal, journal.batch, "oA", MessageState::Dead, SuppressScope::Recipient);
    resend(journal, "oA");
    const auto reply = journal.claim(10);
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages[0].life, 2);
    // The next fresh message is still stopped.
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("dead suppressed"));
}

void StoreSuppressionsTest::noResendPassesAnOptOut_data() {
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("end");
    QTest::newRow("by their wish") << QStringLiteral("opt_out") << QStringLiteral("opted_out");
    QTest::newRow("by an operator") << QStringLiteral("operator") << QStringLiteral("suppressed");
}

void StoreSuppressionsTest::noResendPassesAnOptOut() {
    QFETCH(QString, cause);
    QFETCH(QString, end);
    TestJournal journal;
    sendOne(journal, journal.batch, "oA", MessageState::Dead);
    add(journal, byHand(journal, "oA", cause.toStdString()));
    for (int life = 2; life < 5; ++life) {
        resend(journal, "oA");
        QVERIFY(journal.claim(10).messages.empty());
        const Message m = journal.message(MessageId{1});
        QCOMPARE(m.life, life);
        COMPARE_NAMED(m.state, MessageState::Dead);
        COMPARE_TEXT(m.cause, end.toStdString());
        COMPARE_TEXT(journal.broken(), std::string());
    }
}

void StoreSuppressionsTest::anAcceptedResendLiftsWhatThePlatformSaidAndNothingElse() {
    TestJournal journal;
    const TemplateRef otherTemplate = journal.addTemplate(journal.account, 'b');
    const BatchId other = journal.addBatch(journal.account, otherTemplate);
    sendOne(journal, other, "oA", MessageState::Dead, SuppressScope::RecipientAndTemplate, "43101");
    sendOne(journal, journal.batch, "oA", MessageState::Dead, SuppressScope::Recipient);
    sendOne(journal, journal.batch, "oB", MessageState::Dead, SuppressScope::Recipient);
    journal.exec("UPDATE suppression SET since = since + id"); // told apart below
    resend(journal, "oA"); // both messages of this person
    for (const ClaimedMessage &claim : journal.claim(10).messages) {
        AttemptResult r = TestJournal::result(claim, journal.run, claim.batch == journal.batch ? MessageState::Accepted : MessageState::Dead);
        r.life = claim.life;
        journal.finish({r});
    }
    const auto left = list(journal);
    QCOMPARE(left.size(), 2U);
    COMPARE_TEXT(left[0].openid, std::string("oB"));
    COMPARE_TEXT(left[1].openid, std::string("oA"));
    QVERIFY(left[1].templateRef == otherTemplate); // of this one nothing was heard
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("goes"));
    COMPARE_TEXT(fate(journal, other, "oA"), std::string("dead suppressed"));
    for (const Suppression &s : list(journal, "oA")) {
        if (s.liftedAt)
            COMPARE_TEXT(s.liftedBy, std::string("engine"));
    }
}

void StoreSuppressionsTest::aLiftedEntryIsHistory() {
    TestJournal journal;
    add(journal, byHand(journal, "oA", "opt_out"));
    QCOMPARE(lift(journal, "oA"), 1);
    QCOMPARE(lift(journal, "oA"), 0);
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("goes"));
    QVERIFY(list(journal).empty());
    const auto history = list(journal, "oA");
    QCOMPARE(history.size(), 1U);
    COMPARE_TEXT(history[0].liftedBy, std::string("li"));
    QCOMPARE(toMillis(history[0].liftedAt.value()), toMillis(morning.wall + 1h));
    QVERIFY(add(journal, byHand(journal, "oA", "opt_out"))); // and again
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("dead opted_out"));
    QCOMPARE(list(journal, "oA").size(), 2U);
}

void StoreSuppressionsTest::liftingOneTemplateLeavesTheOthers() {
    TestJournal journal;
    const TemplateRef second = journal.addTemplate(journal.account, 'b');
    const BatchId other = journal.addBatch(journal.account, second);
    Suppression narrow = byHand(journal, "oA", "opt_out");
    narrow.templateRef = journal.templateRef;
    add(journal, narrow);
    narrow.templateRef = second;
    add(journal, narrow);
    QCOMPARE(lift(journal, "oA", journal.templateRef), 1);
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("goes"));
    COMPARE_TEXT(fate(journal, other, "oA"), std::string("dead opted_out"));
    QCOMPARE(lift(journal, "oB"), 0);
}

void StoreSuppressionsTest::whatIsSuppressedIsCountedTrue() {
    TestJournal journal;
    for (int i = 0; i < 30; ++i)
        add(journal, byHand(journal, "oA" + std::to_string(i), i % 2 == 0 ? "opt_out" : "operator"));
    journal.addMany(journal.batch, 40, "oA");
    ClaimReply reply;
    int asked = 0;
    std::size_t claimed = 0;
    do {
        reply = journal.claim(7);
        claimed += reply.messages.size();
        QVERIFY(++asked < 30);
    } while (reply.more);
    QCOMPARE(claimed, 10U);
    COMPARE_TEXT(journal.list("SELECT cause || ' ' || n FROM cause_summary ORDER BY cause"), std::string("opted_out 15 suppressed 15"));
    QCOMPARE(journal.number("SELECT count(*) FROM attempt"), 10); // nothing was sent to them
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreSuppressionsTest::anOptOutStandsBeforeAllElse() {
    TestJournal journal;
    add(journal, byHand(journal, "oA", "operator"));
    add(journal, byHand(journal, "oA", "opt_out"));
    COMPARE_TEXT(fate(journal, journal.batch, "oA"), std::string("dead opted_out"));
}

void StoreSuppressionsTest::whatMayHaveArrivedIsRepeatedAllTheSame() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    add(journal, byHand(journal, "oA", "opt_out"));
    const auto reply = journal.claim(10, later(morning, 1min));
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages[0].id.value, id.value);
}

void StoreSuppressionsTest::hashesAreOfThisAccountAndThisTemplate() {
    TestJournal journal;
    const AccountId second = journal.addAccount("second");
    const TemplateRef otherTemplate = journal.addTemplate(journal.account, 'b');
    add(journal, byHand(journal, "oA", "opt_out"));
    add(journal, byHand(journal, "oB", "operator"));
    Suppression s = byHand(journal, "oC", "opt_out");
    s.account = second;
    add(journal, s);
    s = byHand(journal, "oD", "opt_out");
    s.templateRef = journal.templateRef;
    add(journal, s);
    s.openid = "oE";
    s.templateRef = otherTemplate;
    add(journal, s);
    add(journal, byHand(journal, "oF", "opt_out"));
    lift(journal, "oF");
    auto database = journal.reader();
    auto hashes = must(store::suppressedHashes(database, journal.account, journal.templateRef));
    std::sort(hashes.begin(), hashes.end());
    std::vector<std::int64_t> expected{storedHash("oA"), storedHash("oB"), storedHash("oD")};
    std::sort(expected.begin(), expected.end());
    QVERIFY(hashes == expected);
}

void StoreSuppressionsTest::theListIsReadInPages() {
    TestJournal journal;
    const AccountId second = journal.addAccount("second");
    for (int i = 0; i < 10; ++i) {
        Suppression s = byHand(journal, "oA" + std::to_string(i), "opt_out");
        s.account = i % 2 == 0 ? journal.account : second;
        add(journal, s);
    }
    auto database = journal.reader();
    std::string seen;
    std::optional<std::int64_t> before;
    for (;;) {
        const auto page = must(store::readSuppressions(database, journal.account, {}, before, 2));
        if (page.empty())
            break;
        for (const Suppression &s : page)
            seen += s.openid.substr(2);
        before = page.back().id;
    }
    COMPARE_TEXT(seen, std::string("86420"));
    QCOMPARE(must(store::readSuppressions(database, std::nullopt, {}, std::nullopt, 100)).size(), 10U);
}

QTEST_GUILESS_MAIN(StoreSuppressionsTest)
#include "store_suppressions_test.moc"
