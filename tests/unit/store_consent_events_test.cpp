// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/store/consent_events.h"
#include "engine/store/erasure.h"
#include "engine/store/suppressions.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;
using Kind = ConsentEvent::Kind;

namespace {

class Consenting final : public TestJournal {
public:
    EventReceipt tell(Kind kind, std::optional<Seconds> after, const std::string &openid = "oA", char letter = 'a') {
        ConsentEvent event{kind, openid, {}, std::nullopt};
        if (kind == Kind::TemplateAllowed || kind == Kind::TemplateRefused)
            event.templateId = std::string(43, letter);
        if (after)
            event.happenedAt = morning.wall + *after;
        EventReceipt receipt;
        write([&](store::WriteSession &session) { return store::recordConsent(session, account, event, morning.wall + 1h, receipt); });
        return receipt;
    }
    /// Whether a message to this person with this template may go.
    bool writes(const std::string &openid = "oA", std::optional<TemplateRef> with = std::nullopt, std::optional<AccountId> of = std::nullopt) const {
        auto database = reader();
        return must(store::suppressionOf(database, of.value_or(account), openid, with.value_or(templateRef), 1)).empty();
    }
    std::string entries() const { return list("SELECT cause || CASE WHEN lifted_at IS NULL THEN '' ELSE '-lifted' END FROM suppression ORDER BY id"); }
    void byHand(const std::string &cause) {
        Suppression entry;
        entry.account = account;
        entry.openid = "oA";
        entry.cause = cause;
        entry.since = morning.wall;
        entry.by = "li";
        write([&](store::WriteSession &session) { return store::addSuppression(session, entry); });
    }
};

} // namespace

class StoreConsentEventsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoLeavesIsNotWrittenToUntilTheyComeBack();
    void aRepeatUndoesNothing();
    void orderIsThePlatforms();
    void aTimeInTheFutureIsNotBelieved();
    void anEventWithoutATimeCountsAsNow();
    void followingLiftsWhatThePlatformSaid();
    void nothingAPersonDecidedIsLifted();
    void aRefusedTemplateIsOneTemplate();
    void aLateRefusalUndoesNothing_data();
    void aLateRefusalUndoesNothing();
    void ofSeveralRefusalsTheLastCounts_data();
    void ofSeveralRefusalsTheLastCounts();
    void ofOneSecondTheLaterCounts();
    void aLateBlockUndoesNothing();
    void aTemplateMayBecomeKnownLater();
    void whatIsSaidOfAnUnknownTemplateHasAnOrder();
    void whoIsErasedIsForgottenHereToo();
    void anotherAccountIsNotConcerned();
};

void StoreConsentEventsTest::whoLeavesIsNotWrittenToUntilTheyComeBack() {
    Consenting journal;
    const MessageId waiting = journal.add("oA");
    QCOMPARE(journal.tell(Kind::Left, 10s).suppressed, 1);
    QVERIFY(!journal.writes());
    QVERIFY(journal.writes("oB"));
    journal.claim(100, later(morning, 1h));
    COMPARE_NAMED(journal.state(waiting), MessageState::Dead);
    QCOMPARE(journal.tell(Kind::Followed, 20s).lifted, 1);
    QVERIFY(journal.writes());
    COMPARE_TEXT(journal.entries(), std::string("unsubscribed-lifted"));
    QCOMPARE(journal.tell(Kind::Left, 30s).suppressed, 1);
    QVERIFY(!journal.writes());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreConsentEventsTest::aRepeatUndoesNothing() {
    Consenting journal;
    journal.tell(Kind::Left, 10s);
    QCOMPARE(journal.tell(Kind::Left, 10s).repeated, 1);
    journal.tell(Kind::Followed, 20s);
    QCOMPARE(journal.tell(Kind::Left, 10s).repeated, 1);
    QVERIFY(journal.writes());
    QCOMPARE(journal.tell(Kind::Followed, 20s).lifted, 0);
    COMPARE_TEXT(journal.entries(), std::string("unsubscribed-lifted"));
}

void StoreConsentEventsTest::orderIsThePlatforms() {
    Consenting journal;
    journal.tell(Kind::Left, 30s);
    QCOMPARE(journal.tell(Kind::Followed, 20s).lifted, 0); // of before
    QVERIFY(!journal.writes());
    QCOMPARE(journal.tell(Kind::Followed, 30s).lifted, 1); // of the same second
}

void StoreConsentEventsTest::aTimeInTheFutureIsNotBelieved() {
    Consenting journal;
    journal.tell(Kind::Left, Seconds{24h * 365 * 900});
    QVERIFY(!journal.writes());
    QCOMPARE(journal.tell(Kind::Followed, std::nullopt).lifted, 1); // else they could never come back
}

void StoreConsentEventsTest::anEventWithoutATimeCountsAsNow() {
    Consenting journal;
    QCOMPARE(journal.tell(Kind::Left, std::nullopt).suppressed, 1);
    QCOMPARE(journal.tell(Kind::Followed, 10s).lifted, 0);
    QCOMPARE(journal.tell(Kind::Followed, 1h).lifted, 1);
}

void StoreConsentEventsTest::followingLiftsWhatThePlatformSaid() {
    Consenting journal;
    for (const char *cause : {"43004", "48002", "user_block"})
        journal.byHand(cause);
    QVERIFY(!journal.writes());
    QCOMPARE(journal.tell(Kind::Followed, 10s).lifted, 3);
    QVERIFY(journal.writes());
}

void StoreConsentEventsTest::nothingAPersonDecidedIsLifted() {
    Consenting journal;
    journal.byHand("opt_out");
    journal.byHand("operator");
    QCOMPARE(journal.tell(Kind::Followed, 10s).lifted, 0);
    QVERIFY(!journal.writes());
}

void StoreConsentEventsTest::aRefusedTemplateIsOneTemplate() {
    Consenting journal;
    const TemplateRef other = journal.addTemplate(journal.account, 'b');
    QCOMPARE(journal.tell(Kind::TemplateRefused, 10s).suppressed, 1);
    QVERIFY(!journal.writes());
    QVERIFY(journal.writes("oA", other));
    QCOMPARE(journal.tell(Kind::TemplateAllowed, 20s, "oA", 'b').lifted, 0);
    QVERIFY(!journal.writes());
    QCOMPARE(journal.tell(Kind::TemplateAllowed, 20s).lifted, 1);
    QVERIFY(journal.writes());
    // Allowing a template does not bring back who left.
    journal.tell(Kind::Left, 30s);
    QCOMPARE(journal.tell(Kind::TemplateAllowed, 40s).lifted, 0);
    QVERIFY(!journal.writes());
}

void StoreConsentEventsTest::aLateRefusalUndoesNothing_data() {
    QTest::addColumn<int>("yes");
    QTest::addColumn<int>("no");
    const auto row = [](const char *name, Kind yes, Kind no) { QTest::newRow(name) << static_cast<int>(yes) << static_cast<int>(no); };
    row("followed, left before", Kind::Followed, Kind::Left);
    row("allowed, refused before", Kind::TemplateAllowed, Kind::TemplateRefused);
    row("followed, refused a template before", Kind::Followed, Kind::TemplateRefused);
}

void StoreConsentEventsTest::aLateRefusalUndoesNothing() {
    QFETCH(int, yes);
    QFETCH(int, no);
    Consenting journal;
    QCOMPARE(journal.tell(static_cast<Kind>(yes), 20s).consents, 1); // there is nothing to lift
    QCOMPARE(journal.tell(static_cast<Kind>(no), 10s).repeated, 1);
    QVERIFY(journal.writes());
    COMPARE_TEXT(journal.entries(), std::string());
    QCOMPARE(journal.tell(static_cast<Kind>(yes), 15s).consents, 1); // no older word takes the place of a newer
    QCOMPARE(journal.tell(static_cast<Kind>(no), 18s).repeated, 1);
    QVERIFY(journal.writes());
    QCOMPARE(journal.tell(static_cast<Kind>(no), 30s).suppressed, 1);
    QVERIFY(!journal.writes());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreConsentEventsTest::ofSeveralRefusalsTheLastCounts_data() { aLateRefusalUndoesNothing_data(); }

/// No at ten, no at thirty, and the yes of twenty comes last.
void StoreConsentEventsTest::ofSeveralRefusalsTheLastCounts() {
    QFETCH(int, yes);
    QFETCH(int, no);
    Consenting journal;
    QCOMPARE(journal.tell(static_cast<Kind>(no), 10s).suppressed, 1);
    const EventReceipt again = journal.tell(static_cast<Kind>(no), 30s);
    QCOMPARE(again.suppressed, 0); // they were on the list already
    QCOMPARE(again.repeated, 1);
    QCOMPARE(journal.number("SELECT count(*) FROM suppression"), 1);
    QCOMPARE(journal.tell(static_cast<Kind>(yes), 20s).lifted, 0);
    QVERIFY(!journal.writes());
    QCOMPARE(journal.tell(static_cast<Kind>(no), 10s).repeated, 1); // nor does an older no take its place
    QCOMPARE(journal.tell(static_cast<Kind>(yes), 25s).lifted, 0);
    QVERIFY(!journal.writes());
    QCOMPARE(journal.tell(static_cast<Kind>(yes), 40s).lifted, 1);
    QVERIFY(journal.writes());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreConsentEventsTest::ofOneSecondTheLaterCounts() {
    Consenting journal;
    journal.tell(Kind::Followed, 20s);
    QCOMPARE(journal.tell(Kind::Left, 20s).suppressed, 1);
    QVERIFY(!journal.writes());
    // Allowing a template is no word on the account.
    journal.tell(Kind::TemplateAllowed, 40s, "oB");
    QCOMPARE(journal.tell(Kind::Left, 30s, "oB").suppressed, 1);
}

void StoreConsentEventsTest::aLateBlockUndoesNothing() {
    Consenting journal;
    const MessageId message = journal.add("oA");
    journal.tell(Kind::Followed, 20s);
    const auto block = [&](Seconds at) {
        journal.write([&](store::WriteSession &session) {
            return store::suppressRecipient(session, message, SuppressScope::Recipient, "user_block", morning.wall + at);
        });
    };
    block(10s);
    QVERIFY(journal.writes());
    block(30s);
    QVERIFY(!journal.writes());
}

void StoreConsentEventsTest::aTemplateMayBecomeKnownLater() {
    Consenting journal;
    QCOMPARE(journal.tell(Kind::TemplateRefused, 10s, "oA", 'z').unknownTemplates, 1);
    QCOMPARE(journal.tell(Kind::TemplateRefused, 10s, "oA", 'z').repeated, 1);
    QCOMPARE(journal.tell(Kind::TemplateRefused, 10s, "oB", 'z').unknownTemplates, 1);
    COMPARE_TEXT(journal.entries(), std::string());
    const TemplateRef fresh = journal.addTemplate(journal.account, 'z');
    QVERIFY(!journal.writes("oA", fresh) && !journal.writes("oB", fresh));
    QVERIFY(journal.writes("oA"));
    COMPARE_TEXT(journal.list("SELECT openid FROM consent"), std::string());
    QCOMPARE(journal.tell(Kind::TemplateAllowed, 20s, "oA", 'z').lifted, 1);
    QVERIFY(journal.writes("oA", fresh));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreConsentEventsTest::whatIsSaidOfAnUnknownTemplateHasAnOrder() {
    Consenting journal;
    journal.tell(Kind::TemplateAllowed, 20s, "oLate", 'z');
    QCOMPARE(journal.tell(Kind::TemplateRefused, 10s, "oLate", 'z').repeated, 1);
    journal.tell(Kind::TemplateRefused, 10s, "oAgain", 'z');
    journal.tell(Kind::TemplateAllowed, 20s, "oAgain", 'z');
    journal.tell(Kind::TemplateRefused, 10s, "oBack", 'z');
    journal.tell(Kind::Followed, 20s, "oBack");
    journal.tell(Kind::TemplateRefused, 20s, "oNo", 'z');
    journal.tell(Kind::TemplateAllowed, 10s, "oNo", 'z');
    const TemplateRef fresh = journal.addTemplate(journal.account, 'z');
    QVERIFY(journal.writes("oLate", fresh) && journal.writes("oAgain", fresh) && journal.writes("oBack", fresh));
    QVERIFY(!journal.writes("oNo", fresh));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreConsentEventsTest::whoIsErasedIsForgottenHereToo() {
    Consenting journal;
    journal.tell(Kind::Followed, 20s);
    journal.tell(Kind::TemplateRefused, 10s, "oB", 'z');
    for (const char *openid : {"oA", "oB"})
        journal.write([&](store::WriteSession &session) -> Result<void> {
            const auto erased = store::eraseRecipient(session, journal.account, openid, "erased:0123");
            return erased ? Result<void>{} : tl::unexpected(erased.error());
        });
    COMPARE_TEXT(journal.list("SELECT substr(openid, 1, 7) || accepts FROM consent"), std::string("erased:0"));
    const TemplateRef fresh = journal.addTemplate(journal.account, 'z');
    QVERIFY(journal.writes("oA", fresh));
    QVERIFY(!journal.writes("oB", fresh)); // who refused is still not written to
    QCOMPARE(journal.tell(Kind::TemplateAllowed, 20s, "oB", 'z').lifted, 1);
    QVERIFY(journal.writes("oB", fresh));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreConsentEventsTest::anotherAccountIsNotConcerned() {
    Consenting journal;
    const AccountId other = journal.addAccount("other");
    const TemplateRef theirs = journal.addTemplate(other, 'b');
    journal.tell(Kind::Left, 10s);
    QVERIFY(journal.writes("oA", theirs, other));
}

QTEST_GUILESS_MAIN(StoreConsentEventsTest)
#include "store_consent_events_test.moc"
