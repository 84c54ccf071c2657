// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/search_text.h"

#include <QTest>

using namespace songda;
using namespace songda::ui;

namespace {

const WallTime now = *parseIso8601("2026-01-31T18:30:00+08:00");

SearchNames names() {
    return {
        [](const QString &n) { return n == QStringLiteral("店铺") ? std::optional(AccountId{3}) : std::nullopt; },
        [](const QString &n, std::optional<AccountId> account) {
            std::vector<TemplateRef> found;
            if (n == QStringLiteral("订单 通知") && account.value_or(AccountId{3}) == AccountId{3})
                found.push_back(TemplateRef{4});
            if (n == QStringLiteral("发货")) { // each account has one
                if (account.value_or(AccountId{3}) == AccountId{3})
                    found.push_back(TemplateRef{5});
                if (account.value_or(AccountId{9}) == AccountId{9})
                    found.push_back(TemplateRef{6});
            }
            return found;
        },
        [](const QString &n) { return n == QStringLiteral("5") || n == QStringLiteral("会员日") ? std::optional(BatchId{5}) : std::nullopt; },
    };
}

using Change = std::function<void(MessageFilter &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class SearchTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void namesTheWordItDoesNotUnderstand_data();
    void namesTheWordItDoesNotUnderstand();
    void narrowsWhatTheBoxesSay();
    void aTitleIsLookedForWithinTheAccount();
    void whatIsWrittenIsReadAgain_data();
    void whatIsWrittenIsReadAgain();
    void statesAreKeptInAnyLanguage();
};

void SearchTextTest::reads_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *text, Change change) { QTest::newRow(name) << QString::fromUtf8(text) << std::move(change); };
    row("nothing", "", [](MessageFilter &) {});
    row("blanks", "   ", [](MessageFilter &) {});
    row("state", "state:dead", [](MessageFilter &f) { f.states = {MessageState::Dead}; });
    row("state in capitals", "STATE:Dead", [](MessageFilter &f) { f.states = {MessageState::Dead}; });
    row("code", "code:43004", [](MessageFilter &f) { f.cause = "43004"; });
    row("a negative code", "code:-1", [](MessageFilter &f) { f.cause = "-1"; });
    row("a cause that is a word", "cause:timeout", [](MessageFilter &f) { f.cause = "timeout"; });
    row("since two hours", "since:2h", [](MessageFilter &f) { f.createdFrom = now - std::chrono::hours(2); });
    row("since minutes", "since:90m", [](MessageFilter &f) { f.createdFrom = now - std::chrono::minutes(90); });
    row("since a day in China", "since:2026-01-31", [](MessageFilter &f) { f.createdFrom = parseIso8601("2026-01-31T00:00:00+08:00"); });
    row("until", "until:2026-01-31T12:00", [](MessageFilter &f) { f.createdTo = parseIso8601("2026-01-31T12:00:00+08:00"); });
    row("account", "account:店铺", [](MessageFilter &f) { f.account = AccountId{3}; });
    row("template in quotes", "template:\"订单 通知\"", [](MessageFilter &f) { f.templateRef = TemplateRef{4}; });
    row("batch", "batch:5", [](MessageFilter &f) { f.batch = BatchId{5}; });
    row("a replay", "replay:7", [](MessageFilter &f) { f.replay = ReplayId{7}; });
    row("an act", "act:31 state:dead", [](MessageFilter &f) {
        f.act = AuditId{31};
        f.states = {MessageState::Dead};
    });
    row("an openid by its look", "oABCDEFGHIJKLMNOPQRSTUVWXYZ_", [](MessageFilter &f) { f.openid = "oABCDEFGHIJKLMNOPQRSTUVWXYZ_"; });
    row("digits", "12345", [](MessageFilter &f) { f.number = "12345"; });
    row("an order number of digits", "202601311234", [](MessageFilter &f) { f.number = "202601311234"; });
    row("WeChat's msgid above 2^53", "3906471234567890123", [](MessageFilter &f) { f.number = "3906471234567890123"; });
    row("more digits than any number of ours", "123456789012345678901234", [](MessageFilter &f) { f.number = "123456789012345678901234"; });
    row("a message given as one", "id:12345", [](MessageFilter &f) { f.ids = {MessageId{12345}}; });
    row("a msgid given as one", "msgid:3906471234567890123", [](MessageFilter &f) { f.msgid = "3906471234567890123"; });
    row("an order number", "SO-2026/0001", [](MessageFilter &f) { f.idempotencyKey = "SO-2026/0001"; });
    row("a key with a colon that is no filter", "order:77", [](MessageFilter &f) { f.idempotencyKey = "order:77"; });
    row("several states", "state:dead,uncertain", [](MessageFilter &f) { f.states = {MessageState::Dead, MessageState::Uncertain}; });
    row("a trace id by its look", "0123456789abcdef00000000000000ff", [](MessageFilter &f) { f.traceId = "0123456789abcdef00000000000000ff"; });
    row("a batch by its name", "会员日", [](MessageFilter &f) { f.batch = BatchId{5}; });
    row("a key given as one", "key:12345", [](MessageFilter &f) { f.idempotencyKey = "12345"; });
    row("several", "state:uncertain code:timeout since:1d", [](MessageFilter &f) {
        f.states = {MessageState::Uncertain};
        f.cause = "timeout";
        f.createdFrom = now - std::chrono::days(1);
    });
}

void SearchTextTest::reads() {
    QFETCH(QString, text);
    QFETCH(Change, change);
    MessageFilter wanted;
    change(wanted);
    const SearchResult result = readSearch(text, {}, names(), now);
    QCOMPARE(result.problem, QString());
    QVERIFY(result.filter == wanted);
}

void SearchTextTest::namesTheWordItDoesNotUnderstand_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *text, const char *problem) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(problem); };
    row("state:gone", "state:gone");
    row("state:", "state:");
    row("state:dead,gone", "state:dead,gone");
    row("code:43004 since:yesterday", "since:yesterday");
    row("account:nobody", "account:nobody");
    row("template:none code:1", "template:none");
    row("id:abc", "id:abc");
    row("batch:999", "batch:999");
}

void SearchTextTest::namesTheWordItDoesNotUnderstand() {
    QFETCH(QString, text);
    QFETCH(QString, problem);
    QCOMPARE(readSearch(text, {}, names(), now).problem, problem);
}

void SearchTextTest::narrowsWhatTheBoxesSay() {
    MessageFilter boxes;
    boxes.states = {MessageState::Dead, MessageState::Uncertain};
    boxes.account = AccountId{9};
    const MessageFilter filter = readSearch(QStringLiteral("code:43004"), boxes, names(), now).filter;
    QVERIFY(filter.states == boxes.states);
    QVERIFY(filter.account == boxes.account);
    QCOMPARE(filter.cause, std::string("43004"));
}

void SearchTextTest::aTitleIsLookedForWithinTheAccount() {
    const SearchResult several = readSearch(QStringLiteral("template:发货 state:dead"), {}, names(), now);
    QCOMPARE(several.problem, QStringLiteral("template:发货"));
    QVERIFY(several.ambiguous);
    // Typed, before or after it, or chosen.
    for (const char *text : {"template:发货 account:店铺", "account:店铺 template:发货"}) {
        const SearchResult typed = readSearch(QString::fromUtf8(text), {}, names(), now);
        QCOMPARE(typed.problem, QString());
        QVERIFY(typed.filter.templateRef == TemplateRef{5});
    }
    MessageFilter boxes;
    boxes.account = AccountId{9};
    QVERIFY(readSearch(QStringLiteral("template:发货"), boxes, names(), now).filter.templateRef == TemplateRef{6});
    // Of another account it is not known at all.
    const SearchResult elsewhere = readSearch(QStringLiteral("template:\"订单 通知\""), boxes, names(), now);
    QCOMPARE(elsewhere.problem, QStringLiteral("template:订单 通知"));
    QVERIFY(!elsewhere.ambiguous);
}

void SearchTextTest::whatIsWrittenIsReadAgain_data() {
    reads_data();
}

void SearchTextTest::whatIsWrittenIsReadAgain() {
    QFETCH(Change, change);
    MessageFilter filter;
    change(filter);
    const SearchWords words{[](AccountId) { return QStringLiteral("店铺"); }, [](TemplateRef) { return QStringLiteral("订单 通知"); },
        [](BatchId) { return QStringLiteral("会员日"); }};
    const SearchResult again = readSearch(searchTextOf(filter, words), {}, names(), now);
    QCOMPARE(again.problem, QString());
    QVERIFY2(again.filter == filter, qPrintable(searchTextOf(filter, words)));
}

void SearchTextTest::statesAreKeptInAnyLanguage() {
    SearchNames known = names();
    known.state = [](const QString &n) { return n == QStringLiteral("死信") ? std::optional(MessageState::Dead) : std::nullopt; };
    QCOMPARE(inAnyLanguage(QStringLiteral("state:死信，expired key:\"a b\""), known), QStringLiteral("state:dead,expired key:\"a b\""));
    QCOMPARE(inAnyLanguage(QStringLiteral("  STATE:\"死信\"   since:2h "), known), QStringLiteral("state:dead since:2h"));
    // What is not understood stays as it was typed.
    QCOMPARE(inAnyLanguage(QStringLiteral("state:gone \"state of\" 5"), known), QStringLiteral("state:gone \"state of\" 5"));
    QCOMPARE(inAnyLanguage({}, known), QString());
}

QTEST_GUILESS_MAIN(SearchTextTest)
#include "search_text_test.moc"
