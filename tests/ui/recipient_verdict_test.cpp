// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipient/recipient_verdict.h"

#include <QTest>

using namespace songda;
using namespace songda::ui;

namespace {

using Advice = RecipientVerdict::Advice;
using namespace std::chrono_literals;

/// Noon in China.
const WallTime noon = *parseIso8601("2026-03-02T12:00:00+08:00");

MessageRow message(MessageState state, std::optional<WallTime> sent) {
    MessageRow row;
    row.state = state;
    row.firstSentAt = sent;
    return row;
}

RecipientFacts nobody() {
    RecipientFacts facts;
    facts.now = noon;
    return facts;
}

using Change = std::function<void(RecipientFacts &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class RecipientVerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatSpeaksAgainstAnotherMessage_data();
    void whatSpeaksAgainstAnotherMessage();
    void theRulesComeFromThePolicy();
    void theSumsAreOfTheRows();
};

void RecipientVerdictTest::whatSpeaksAgainstAnotherMessage_data() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("advice");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, Change change, Advice advice, const char *says) {
        QTest::newRow(name) << std::move(change) << static_cast<int>(advice) << QString::fromUtf8(says);
    };
    row("nothing known", [](RecipientFacts &) {}, Advice::Go, "Nothing was ever sent");
    row(
        "had one", [](RecipientFacts &f) { f.messages = {message(MessageState::Accepted, noon - 2h)}; }, Advice::Go,
        "accepted 2 h 0 min ago");
    row("opted out",
        [](RecipientFacts &f) {
            Suppression s;
            s.cause = "opt_out";
            s.since = noon - 24h;
            f.suppressions = {s};
        },
        Advice::Leave, "asked for no more messages");
    row("refused by the platform",
        [](RecipientFacts &f) {
            Suppression s;
            s.cause = "43004";
            s.since = noon - 24h;
            f.suppressions = {s};
        },
        Advice::Leave, "43004");
    row("at the cap",
        [](RecipientFacts &f) {
            f.rules.messages = 2;
            f.messages = {message(MessageState::Accepted, noon - 1h), message(MessageState::Delivered, noon - 3h)};
        },
        Advice::Wait, "03-03 09:00"); // the second oldest leaves the window
    row("below the cap",
        [](RecipientFacts &f) {
            f.rules.messages = 2;
            f.messages = {message(MessageState::Accepted, noon - 1h), message(MessageState::Accepted, noon - 25h)};
        },
        Advice::Go, "accepted");
    row("what never arrived is not counted",
        [](RecipientFacts &f) {
            f.rules.messages = 1;
            f.messages = {message(MessageState::Accepted, noon - 30h), message(MessageState::Cancelled, noon - 1h)};
        },
        Advice::Go, "accepted");
    row("quiet hours",
        [](RecipientFacts &f) {
            f.rules.quietHours = {11h, 13h, true};
        },
        Advice::Wait, "13:00");
    row(
        "one waits", [](RecipientFacts &f) { f.messages = {message(MessageState::Queued, std::nullopt)}; }, Advice::Wait,
        "1 messages to this person wait");
    row("the last one was refused",
        [](RecipientFacts &f) {
            f.messages = {message(MessageState::Dead, noon - 1h)};
            f.messages[0].cause = "47003";
        },
        Advice::Wait, "47003");
    row(
        "nobody knows", [](RecipientFacts &f) { f.messages = {message(MessageState::Uncertain, noon - 1h)}; }, Advice::Wait,
        "not known");
}

void RecipientVerdictTest::whatSpeaksAgainstAnotherMessage() {
    QFETCH(Change, change);
    QFETCH(int, advice);
    QFETCH(QString, says);
    RecipientFacts facts = nobody();
    change(facts);
    const RecipientVerdict verdict = adviseOn(facts);
    QCOMPARE(static_cast<int>(verdict.advice), advice);
    QVERIFY2(verdict.reasons.join(QLatin1Char('\n')).contains(says), qPrintable(verdict.reasons.join(QLatin1Char('\n'))));
}

void RecipientVerdictTest::theRulesComeFromThePolicy() {
    const auto value = [](const char *field, const char *text) {
        PolicyValue v;
        v.field = field;
        v.value = text;
        return v;
    };
    const RecipientRules rules = rulesOf({value("frequency.messages", "3"), value("frequency.window_s", "3600"),
        value("quiet_hours.from", "\"22:30\""), value("quiet_hours.until", "\"08:00\""),
        value("quiet_hours.urgent_passes", "false"), value("breaker.probes", "5")});
    RecipientRules expected;
    expected.messages = 3;
    expected.window = Seconds(3600);
    expected.quietHours = {22h + 30min, 8h, false};
    QVERIFY(rules == expected);
    QVERIFY(rulesOf({}) == RecipientRules{});
}

void RecipientVerdictTest::theSumsAreOfTheRows() {
    const RecipientSums sums = sumsOf({message(MessageState::Accepted, noon), message(MessageState::Dead, noon),
        message(MessageState::Queued, std::nullopt), message(MessageState::Retrying, noon),
        message(MessageState::Cancelled, std::nullopt), message(MessageState::Delivered, noon), message(MessageState::Delivered, noon)});
    QCOMPARE(sums.sent, 5);
    // What WeChat took is not what arrived.
    QCOMPARE(sums.accepted, 1);
    QCOMPARE(sums.delivered, 2);
    QCOMPARE(sums.refused, 1);
    QCOMPARE(sums.waiting, 2);
}

QTEST_GUILESS_MAIN(RecipientVerdictTest)
#include "recipient_verdict_test.moc"
