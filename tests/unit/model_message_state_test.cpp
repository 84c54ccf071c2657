// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/message_state.h"

#include "tests/unit/printing.h"

#include <set>
#include <utility>

using namespace songda;

namespace {

using S = MessageState;

const std::set<S> terminalStates{
    S::Accepted, S::Delivered, S::Undelivered, S::Dead, S::Uncertain, S::Cancelled, S::Expired};

/// Every move there is; all others are refused.
const std::set<std::pair<S, S>> moves{// Of the engine, by itself.
    {S::Queued, S::Sending}, {S::Retrying, S::Sending}, {S::Sending, S::Accepted}, {S::Sending, S::Retrying},
    {S::Sending, S::Queued}, {S::Sending, S::Dead}, {S::Sending, S::Uncertain}, {S::Sending, S::Expired},
    {S::Held, S::Expired}, {S::Queued, S::Expired}, {S::Retrying, S::Expired}, {S::Queued, S::Uncertain},
    {S::Retrying, S::Uncertain}, // the safe window of an earlier attempt passed
    // Of an event push.
    {S::Accepted, S::Delivered}, {S::Accepted, S::Undelivered}, {S::Uncertain, S::Accepted},
    {S::Uncertain, S::Delivered}, {S::Uncertain, S::Undelivered}, {S::Retrying, S::Delivered},
    // Of an operator: hold, release, cancel.
    {S::Queued, S::Held}, {S::Retrying, S::Held}, {S::Held, S::Queued}, {S::Held, S::Cancelled},
    {S::Held, S::Retrying}, {S::Held, S::Uncertain}, {S::Held, S::Delivered}, // with tries behind it
    {S::Queued, S::Cancelled}, {S::Retrying, S::Cancelled},
    // Resend.
    {S::Dead, S::Queued}, {S::Undelivered, S::Queued}, {S::Uncertain, S::Queued}, {S::Cancelled, S::Queued},
    {S::Expired, S::Queued},
    // Discard, and its undoing.
    {S::Dead, S::Cancelled}, {S::Undelivered, S::Cancelled}, {S::Uncertain, S::Cancelled},
    {S::Cancelled, S::Dead}, {S::Cancelled, S::Undelivered}, {S::Cancelled, S::Uncertain}};

} // namespace

class ModelMessageStateTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAndNumbersNeverChange_data();
    void namesAndNumbersNeverChange();
    void otherNamesAndNumbersAreNoStates();
    void everyPairMovesOrNot_data();
    void everyPairMovesOrNot();
    void terminalStatesAreLeftOnlyByResendReportOrDiscard();
    void everyUnfinishedStateCanEnd();
};

void ModelMessageStateTest::namesAndNumbersNeverChange_data() {
    QTest::addColumn<MessageState>("state");
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("terminal");
    QTest::addColumn<bool>("waiting");
    QTest::newRow("held") << S::Held << 0 << false << false;
    QTest::newRow("queued") << S::Queued << 1 << false << true;
    QTest::newRow("sending") << S::Sending << 2 << false << false;
    QTest::newRow("retrying") << S::Retrying << 3 << false << true;
    QTest::newRow("accepted") << S::Accepted << 4 << true << false;
    QTest::newRow("delivered") << S::Delivered << 5 << true << false;
    QTest::newRow("undelivered") << S::Undelivered << 6 << true << false;
    QTest::newRow("dead") << S::Dead << 7 << true << false;
    QTest::newRow("uncertain") << S::Uncertain << 8 << true << false;
    QTest::newRow("cancelled") << S::Cancelled << 9 << true << false;
    QTest::newRow("expired") << S::Expired << 10 << true << false;
}

void ModelMessageStateTest::namesAndNumbersNeverChange() {
    QFETCH(MessageState, state);
    QFETCH(int, number);
    QFETCH(bool, terminal);
    QFETCH(bool, waiting);
    QCOMPARE(static_cast<int>(state), number);
    QCOMPARE(toString(state), QTest::currentDataTag());
    QVERIFY(messageStateFromString(QTest::currentDataTag()) == state);
    QVERIFY(messageStateFromNumber(number) == state);
    QCOMPARE(isTerminal(state), terminal);
    QCOMPARE(isWaiting(state), waiting);
    QVERIFY(allMessageStates[static_cast<std::size_t>(number)] == state);
}

void ModelMessageStateTest::otherNamesAndNumbersAreNoStates() {
    QCOMPARE(allMessageStates.size(), std::size_t{11});
    for (const char *name : {"", "Queued", "QUEUED", "queue", "queued ", "unknown"})
        QVERIFY2(!messageStateFromString(name), name);
    for (const long long number : {-1LL, 11LL, 1LL << 32, (1LL << 32) + 1, -9223372036854775807LL})
        QVERIFY2(!messageStateFromNumber(number), std::to_string(number).c_str());
}

void ModelMessageStateTest::everyPairMovesOrNot_data() {
    QTest::addColumn<MessageState>("from");
    QTest::addColumn<MessageState>("to");
    for (const S from : allMessageStates) {
        for (const S to : allMessageStates)
            QTest::addRow("%s to %s", toString(from), toString(to)) << from << to;
    }
}

void ModelMessageStateTest::everyPairMovesOrNot() {
    QFETCH(MessageState, from);
    QFETCH(MessageState, to);
    QCOMPARE(canMove(from, to), moves.contains({from, to}));
}

void ModelMessageStateTest::terminalStatesAreLeftOnlyByResendReportOrDiscard() {
    for (const S from : allMessageStates) {
        QCOMPARE(isTerminal(from), terminalStates.contains(from));
        if (!isTerminal(from))
            continue;
        for (const S to : allMessageStates) {
            // The one way back to life is the queue, where a person put it.
            if (!isTerminal(to) && to != S::Queued)
                QVERIFY2(!canMove(from, to), toString(from));
        }
        QVERIFY(!canMove(from, from));
    }
    // What WeChat took is never sent again, not even by a person.
    for (const S to : allMessageStates) {
        QVERIFY(!canMove(S::Delivered, to));
        QCOMPARE(canMove(S::Accepted, to), to == S::Delivered || to == S::Undelivered);
    }
}

void ModelMessageStateTest::everyUnfinishedStateCanEnd() {
    for (const S from : allMessageStates) {
        if (isTerminal(from))
            continue;
        bool ends = false;
        for (const S to : allMessageStates)
            ends = ends || (isTerminal(to) && canMove(from, to));
        QVERIFY2(ends, toString(from));
    }
    // A message on the wire belongs to its attempt: nobody cancels or holds it.
    QVERIFY(!canMove(S::Sending, S::Cancelled));
    QVERIFY(!canMove(S::Sending, S::Held));
    // Nothing leaves for the wire but from the queue.
    for (const S from : allMessageStates)
        QCOMPARE(canMove(from, S::Sending), isWaiting(from));
}

QTEST_GUILESS_MAIN(ModelMessageStateTest)
#include "model_message_state_test.moc"
