// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/content_edit.h"
#include "tests/must.h"

#include <QTest>

using namespace songda;
using namespace songda::exchange;
using songda::testing::must;

namespace {

const std::string stored = R"({"url":"https://example.com/a?b=1","miniprogram":{"appid":"wx1","pagepath":"p"},)"
                           R"("data":{"thing1":{"value":"书","color":"#173177"},"amount2":{"value":"¥1.50"}}})";
const std::vector<std::string> keys{"thing1", "amount2"};

} // namespace

class ExchangeContentEditTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingChangedIsTheSameToTheByte();
    void oneValueChangesAndAllElseStays();
    void theUrlChangesAndGoes();
    void keysTheTemplateLostAreDropped();
    void aNewKeyIsAdded();
    void theRecordHasNoOldValue();
    void whatCannotBeReadIsRefused();
};

void ExchangeContentEditTest::nothingChangedIsTheSameToTheByte() {
    const auto edited = must(editContent(stored, keys, {{"thing1", "书"}}, std::string("https://example.com/a?b=1")));
    QVERIFY(edited.changes.empty());
    QCOMPARE(edited.content, stored);
    QCOMPARE(edited.data.size(), std::size_t(2));
}

void ExchangeContentEditTest::oneValueChangesAndAllElseStays() {
    const auto edited = must(editContent(stored, keys, {{"thing1", "新鲜水果"}}, std::nullopt));
    QCOMPARE(edited.changes.size(), std::size_t(1));
    QCOMPARE(edited.content,
        std::string(R"({"url":"https://example.com/a?b=1","miniprogram":{"appid":"wx1","pagepath":"p"},)"
                    R"("data":{"thing1":{"value":"新鲜水果","color":"#173177"},"amount2":{"value":"¥1.50"}}})"));
    QCOMPARE(edited.data.at("thing1"), std::string("新鲜水果"));
    QCOMPARE(edited.data.at("amount2"), std::string("¥1.50"));
}

void ExchangeContentEditTest::theUrlChangesAndGoes() {
    const auto changed = must(editContent(stored, keys, {}, std::string("https://example.com/c")));
    QVERIFY(changed.content.find("https://example.com/c") != std::string::npos);
    const auto gone = must(editContent(stored, keys, {}, std::string()));
    QVERIFY(gone.content.find("\"url\"") == std::string::npos);
    QVERIFY(gone.content.find("miniprogram") != std::string::npos);
    QCOMPARE(gone.changes.front().key, std::string("url"));
}

void ExchangeContentEditTest::keysTheTemplateLostAreDropped() {
    const auto edited = must(editContent(stored, {"thing1"}, {}, std::nullopt));
    QVERIFY(!edited.data.contains("amount2"));
    QVERIFY(edited.content.find("amount2") == std::string::npos);
    QCOMPARE(edited.changes.size(), std::size_t(1));
}

void ExchangeContentEditTest::aNewKeyIsAdded() {
    const auto edited = must(editContent(stored, {"thing1", "amount2", "time3"}, {{"time3", "2026-01-31"}}, std::nullopt));
    QCOMPARE(edited.data.at("time3"), std::string("2026-01-31"));
    QVERIFY(edited.changes.front().oldHash.empty());
}

void ExchangeContentEditTest::theRecordHasNoOldValue() {
    const auto edited = must(editContent(stored, keys, {{"amount2", "¥2.00"}}, std::nullopt));
    const ContentChange &change = edited.changes.front();
    QCOMPARE(change.key, std::string("amount2"));
    QCOMPARE(change.value, std::string("¥2.00"));
    QCOMPARE(change.oldHash.size(), std::size_t(12));
}

void ExchangeContentEditTest::whatCannotBeReadIsRefused() {
    for (const char *damaged : {"", "[]", "{\"data\":", "12"})
        QVERIFY(!editContent(damaged, keys, {}, std::nullopt).has_value());
}

QTEST_GUILESS_MAIN(ExchangeContentEditTest)
#include "exchange_content_edit_test.moc"
