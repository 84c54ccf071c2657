// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/policy_file.h"

#include "engine/policy/policy_fields.h"
#include "engine/policy/utf8.h"
#include "tests/unit/files.h"
#include "tests/unit/printing.h"

#include <nlohmann/json.hpp>
#include <random>
#include <set>

using namespace songda;

namespace {

std::string refusal(std::string_view text) {
    const auto read = readPolicy(text);
    return read ? "taken" : read.error().detail;
}

/// A file whose defaults begin in line 3.
std::string withDefaults(const std::string &members) { return "{\"format\": \"songda-policy-1\",\n\"defaults\": {\n" + members + "\n}}\n"; }

/// {"a": {"b": value}} without its braces, for the path a.b.
std::string member(std::string_view path, const std::string &value) {
    const auto dot = path.find('.');
    const std::string name = '"' + std::string(path.substr(0, dot)) + "\": ";
    return dot == std::string_view::npos ? name + value : name + "{" + member(path.substr(dot + 1), value) + "}";
}

std::vector<std::string> valuesOf(const Policy &policy) {
    std::vector<std::string> values;
    for (const PolicyField &field : policyFields())
        values.push_back(std::string(field.path) + " = " + policyFieldText(field, policy));
    return values;
}

const PolicyField &fieldOf(std::string_view path) {
    return *std::ranges::find_if(policyFields(), [path](const PolicyField &f) { return path == f.path; });
}

bool isNumber(const PolicyField &field) { return policyFieldRange(field).find("number") != std::string::npos; }
bool isWhole(const PolicyField &field) { return policyFieldRange(field).find("whole number") != std::string::npos; }

std::string numberText(const PolicyField &field, double value) {
    return isWhole(field) ? std::to_string(static_cast<std::int64_t>(value)) : nlohmann::json(value).dump();
}

/// What else must be said with a field at its end, so that no two fields contradict each other.
std::string withCompanion(const PolicyField &field, double value) {
    const std::string path = field.path;
    const auto both = [&](const std::string &parent, const char *one, const char *other, double otherValue) {
        return member(parent, "{\"" + std::string(one) + "\": " + numberText(field, value) + ", \"" + other + "\": " + numberText(field, otherValue) + "}");
    };
    if (path.ends_with(".base_ms"))
        return both(path.substr(0, path.size() - 8), "base_ms", "cap_ms", field.most);
    if (path.ends_with(".cap_ms"))
        return both(path.substr(0, path.size() - 7), "cap_ms", "base_ms", field.least);
    const std::pair<const char *, const char *> pairs[] = {{"breaker.open_ms", "open_at_most_ms"}, {"breaker.open_at_most_ms", "open_ms"},
        {"deadline.shortest_ms", "longest_ms"}, {"deadline.longest_ms", "shortest_ms"}, {"pause.offline_base_ms", "offline_cap_ms"},
        {"pause.offline_cap_ms", "offline_base_ms"}, {"failover.stay_ms", "stay_at_most_ms"}, {"failover.stay_at_most_ms", "stay_ms"}};
    for (const auto &[one, other] : pairs) {
        if (path == one)
            return both(path.substr(0, path.find('.')), one + path.find('.') + 1, other, value);
    }
    return member(path, numberText(field, value));
}

} // namespace

class PolicyFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysLineAndReason_data();
    void saysLineAndReason();
    void refusesWhatContradictsItself_data();
    void refusesWhatContradictsItself();
    void numbersTakeBothEndsAndNothingBeyond();
    void otherKindsTakeWhatTheySay_data();
    void otherKindsTakeWhatTheySay();
    void everyKindRefusesTheOthers();
    void accountsHaveWhatTheDefaultsHave();
    void theExampleIsWhatIsBuiltIn();
    void anEmptyPolicyIsWhatIsBuiltIn();
    void everyFieldHasItsOwnPlace();
    void tooLargeIsRefused();
    void takesLongNamesAndManyAccounts();
    void mutationsAreTakenOrRefusedWithALine();
    void theDocumentationSaysWhatTheCodeDoes();
};

void PolicyFileTest::saysLineAndReason_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *name, const std::string &text, const char *said) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(said);
    };
    const auto in = withDefaults;
    row("no JSON", in("\"retry\": {\n\"transient\": {\n\"attempts\": 5\n\"base_ms\": 3}}"), "line 6: this is no JSON");
    row("quote forgotten", in("\"retry\": {\"transient\": {\n\"jitter\": \"full\n}}"), "line 4: this is no JSON");
    row("comment not ended", in("/* \"retry\": {}"), "line 4: this is no JSON");
    row("something behind", in("") + "\n{}", "line 6: this is no JSON");
    row("NUL behind", in("") + std::string("\0{}", 3), "line 5: this is no JSON, there is a NUL byte");
    row("no object", "[]", "line 1: a policy is a JSON object");
    row("a number", "\n5\n", "line 2: a policy is a JSON object");
    row("no format", "// x\n{\n\"defaults\": {}}", "line 2: \"format\" must be \"songda-policy-1\"");
    row("another format", "{\n\n\"format\": \"songda-policy-2\"}", "line 3: \"format\" must be \"songda-policy-1\"");
    row("format of another kind", "{\n\"format\": 1}", "line 2: \"format\" must be \"songda-policy-1\"");
    row("unknown at the top", "{\"format\": \"songda-policy-1\",\n\"default\": {}}", "line 2: \"default\" is not known here; there are format, defaults and accounts");
    row("defaults of another kind", "{\"format\": \"songda-policy-1\",\n\"defaults\": []}", "line 2: \"defaults\" must be an object");
    row("accounts of another kind", "{\"format\": \"songda-policy-1\",\n\"accounts\": []}", "line 2: \"accounts\" must be an object");
    row("account of another kind", "{\"format\": \"songda-policy-1\",\n\"accounts\": {\n\"shop\": 5}}", "line 3: the policy of account \"shop\" must be an object");
    row("twice", in("\"quota\": {\"daily\": 5,\n\"daily\": 6}"), "line 4: \"daily\" stands twice in one object");
    row("group twice", in("\"quota\": {\"daily\": 5},\n\"quota\": {\"ask\": true}"), "line 4: \"quota\" stands twice in one object");
    row("account twice", "{\"format\": \"songda-policy-1\", \"accounts\": {\"a\": {},\n\"a\": {}}}", "line 2: \"a\" stands twice in one object");
    row("unknown", in("\n\"quota\": {\n\"dayly\": 5}"), "line 5: \"quota.dayly\" is no field of a policy; did you mean \"quota.daily\"?");
    row("unknown group", in("\"quotas\": {\"daily\": 5}"), "line 3: \"quotas\" is no field of a policy; did you mean \"quota\"?");
    row("unknown deeper", in("\"retry\": {\n\"transiant\": {}}"), "line 4: \"retry.transiant\" is no field of a policy; did you mean \"retry.transient\"?");
    row("unknown far from all", in("\"colour\": \"red\""), "line 3: \"colour\" is no field of a policy");
    row("no name", in("\"\": 1"), "line 3: \"\" is no field of a policy");
    row("in the wrong place", in("\"attempts\": 1"), "line 3: \"attempts\" is no field of a policy");
    row("dots", in("\"quota.daily\": 5"), "line 3: \"quota.daily\" is written with objects, one in another, instead of dots");
    row("object for a value", in("\"quota\": {\n\"daily\": {}}"), "line 4: \"quota.daily\" must be a whole number from 0 to 1000000000000");
    row("value for an object", in("\"quota\":\n5"), "line 3: \"quota\" must be an object");
    row("too little", in("\"retry\": {\"transient\": {\"attempts\": 0}}"), "line 3: \"retry.transient.attempts\" must be a whole number from 1 to 50");
    row("too much", in("\"retry\": {\"transient\": {\"attempts\":\n51}}"), "line 3: \"retry.transient.attempts\" must be a whole number from 1 to 50");
    row("fraction", in("\"retry\": {\"transient\": {\"attempts\": 2.0}}"), "line 3: \"retry.transient.attempts\" must be a whole number from 1 to 50");
    row("number as text", in("\"quota\": {\"daily\": \"5\"}"), "line 3: \"quota.daily\" must be a whole number");
    row("beyond 64 bits", in("\"quota\": {\"daily\": 18446744073709551615}"), "line 3: \"quota.daily\" must be a whole number");
    row("null", in("\"quota\": {\"daily\": null}"), "line 3: \"quota.daily\" must be a whole number");
    row("jitter", in("\"retry\": {\n\"unknown\": {\n\"jitter\": \"half\"}}"), "line 5: \"retry.unknown.jitter\" must be \"full\", \"equal\" or \"none\"");
    row("jitter in capitals", in("\"retry\": {\"unknown\": {\"jitter\": \"Full\"}}"), "line 3: \"retry.unknown.jitter\" must be \"full\", \"equal\" or \"none\"");
    row("switch as number", in("\"quota\": {\"ask\": 1}"), "line 3: \"quota.ask\" must be true or false");
    for (const char *time : {"24:00", "22:60", "7:00", "07:00:00", "22.30", "-1:30", "2a:30", "", " 7:00", "22:3", "２２:30"})
        row(qPrintable(QStringLiteral("time of day %1").arg(QString::fromUtf8(time))), in("\"quiet_hours\": {\"from\": \"" + std::string(time) + "\"}"),
            "line 3: \"quiet_hours.from\" must be a time of day such as \"22:30\"");
    for (const char *name : {"../words", "/etc/passwd", "a/b", "a\\\\b", "..", ".", "a\\u0000b"})
        row(qPrintable(QStringLiteral("words_file %1").arg(QString::fromUtf8(name))), in("\"words_file\": \"" + std::string(name) + "\""),
            "line 3: \"words_file\" must be the name of a file, without a folder");
    row("in an account", "{\"format\": \"songda-policy-1\", \"accounts\": {\n\"shop\": {\n\"breaker\": {\"probes\": 0}}}}",
        "line 3: \"breaker.probes\" must be a whole number from 1 to 100");
    row("too deep", in("\"retry\": " + std::string(100, '[')), "line 3: nested too deep");
    row("not UTF-8", in("\"words_file\": \"\xff\""), "line 3: this is no JSON");
    row("a name for a line of its own", in("\"a\\nline 9: b\": 1"), "line 3: \"a line 9: b\" is no field of a policy");
}

void PolicyFileTest::saysLineAndReason() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, said);
    const std::string answer = refusal(text.toStdString());
    QVERIFY2(answer.starts_with(said.toStdString()), answer.c_str());
    QVERIFY(utf8::isValid(answer));
}

void PolicyFileTest::refusesWhatContradictsItself_data() {
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("said"); // empty: taken
    const auto row = [](const char *name, const char *members, const char *said) { QTest::newRow(name) << QByteArray(members) << QByteArray(said); };
    row("deadline", R"("deadline": {"shortest_ms": 6000, "longest_ms": 5999})", "deadline.shortest_ms must not be more than deadline.longest_ms");
    row("deadline, equal", R"("deadline": {"shortest_ms": 6000, "longest_ms": 6000})", "");
    row("deadline against what is built in", R"("deadline": {"shortest_ms": 16000})", "deadline.shortest_ms must not be");
    row("breaker", R"("breaker": {"open_ms": 3001, "open_at_most_ms": 3000})", "breaker.open_ms must not be more than breaker.open_at_most_ms");
    for (const char *name : {"transient", "uncertain", "unknown", "token"})
        row(name, qPrintable(QStringLiteral(R"("retry": {"%1": {"base_ms": 3001, "cap_ms": 3000}})").arg(QLatin1String(name))),
            qPrintable(QStringLiteral("retry.%1.base_ms must not be more than retry.%1.cap_ms").arg(QLatin1String(name))));
    row("offline", R"("pause": {"offline_base_ms": 3001, "offline_cap_ms": 3000})", "pause.offline_base_ms must not be more than pause.offline_cap_ms");
    row("reserves", R"("quota": {"kept_for_urgent": 0.5, "kept_for_normal": 0.46})", "quota.kept_for_urgent and quota.kept_for_normal leave nothing");
    row("reserves, just enough", R"("quota": {"kept_for_urgent": 0.9, "kept_for_normal": 0.05})", "");
    row("shares", R"("shares": {"bulk": 0.5, "normal": 0.41})", "shares.bulk and shares.normal leave nothing");
    row("shares, just enough", R"("shares": {"bulk": 0.4, "normal": 0.5})", "");
}

void PolicyFileTest::refusesWhatContradictsItself() {
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, said);
    const std::string inDefaults = refusal(withDefaults(members.toStdString()));
    const std::string inAccount = refusal("{\"format\": \"songda-policy-1\",\n\n\"accounts\": {\n\"shop\": {" + members.toStdString() + "}}}");
    QVERIFY2(inDefaults.starts_with(said.isEmpty() ? "taken" : "line 2: " + said.toStdString()), inDefaults.c_str());
    QVERIFY2(inAccount.starts_with(said.isEmpty() ? "taken" : "line 4: " + said.toStdString()), inAccount.c_str());
}

void PolicyFileTest::numbersTakeBothEndsAndNothingBeyond() {
    int numbers = 0;
    for (const PolicyField &field : policyFields()) {
        if (!isNumber(field))
            continue;
        ++numbers;
        for (const double end : {field.least, field.most}) {
            const auto set = readPolicy(withDefaults(withCompanion(field, end)));
            QVERIFY2(set.has_value(), set ? "" : set.error().detail.c_str());
            QCOMPARE(std::stod(policyFieldText(field, set->defaults)), end);
        }
        const double beyond = isWhole(field) ? 1 : 1e-6;
        for (const double value : {field.least - beyond, field.most + beyond, -1e15, 1e15}) {
            const std::string said = refusal(withDefaults(withCompanion(field, value)));
            QVERIFY2(said == "line 3: \"" + std::string(field.path) + "\" must be " + policyFieldRange(field), said.c_str());
        }
    }
    QVERIFY(numbers > 30);
}

void PolicyFileTest::otherKindsTakeWhatTheySay_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("value");
    for (const PolicyField &field : policyFields()) {
        const std::string range = policyFieldRange(field);
        std::vector<const char *> values;
        if (range == "true or false")
            values = {"true", "false"};
        else if (range.starts_with("\"full\""))
            values = {"\"full\"", "\"equal\"", "\"none\""};
        else if (range.starts_with("a time of day"))
            values = {"\"00:00\"", "\"07:05\"", "\"22:30\"", "\"23:59\""};
        else if (!isNumber(field))
            values = {"\"\"", "\"words.txt\"", "\"敏感词.txt\"", "\"..words\""};
        for (const char *value : values)
            QTest::addRow("%s %s", field.path, value) << QByteArray(field.path) << QByteArray(value);
    }
}

void PolicyFileTest::otherKindsTakeWhatTheySay() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, value);
    const auto set = readPolicy(withDefaults(member(path.toStdString(), value.toStdString())));
    QVERIFY2(set.has_value(), set ? "" : set.error().detail.c_str());
    QCOMPARE(policyFieldText(fieldOf(path.toStdString()), set->defaults), value.toStdString());
}

void PolicyFileTest::everyKindRefusesTheOthers() {
    for (const PolicyField &field : policyFields()) {
        const bool isSwitch = policyFieldRange(field) == "true or false";
        const bool isName = policyFieldRange(field).find("text") != std::string::npos || policyFieldRange(field).find("name") != std::string::npos;
        for (const std::string value : {"null", "[]", "{}", "[1]", "true", "\"x\"", "1e300", "-1e300"}) {
            if ((value == "true" && isSwitch) || (value == "\"x\"" && isName))
                continue;
            const std::string said = refusal(withDefaults(member(field.path, value)));
            QVERIFY2(said == "line 3: \"" + std::string(field.path) + "\" must be " + policyFieldRange(field), said.c_str());
        }
    }
}

void PolicyFileTest::accountsHaveWhatTheDefaultsHave() {
    // The accounts stand first, and have the defaults all the same.
    const auto set = readPolicy(R"({"accounts": {
        "shop": {"quota": {"daily": 70}, "retry": {"transient": {"jitter": "none"}}},
        "bank": {}}, "format": "songda-policy-1",
        "defaults": {"quota": {"daily": 50, "ask": false}, "quiet_hours": {"from": "22:30", "until": "07:00"}}})");
    QVERIFY2(set.has_value(), set ? "" : set.error().detail.c_str());
    QCOMPARE(set->accounts.size(), std::size_t{2});
    QCOMPARE(set->defaults.quota.daily, 50);
    QCOMPARE(set->of("shop").quota.daily, 70);
    QVERIFY(!set->of("shop").quota.ask);
    QVERIFY(set->of("shop").quietHours.from == std::chrono::minutes{1350} && set->of("shop").quietHours.until == std::chrono::minutes{420});
    QVERIFY(set->of("shop").retry.transient.backOff.jitter == Jitter::None);
    QVERIFY(set->defaults.retry.transient.backOff.jitter == Jitter::Full);
    QCOMPARE(set->of("shop").retry.transient.attempts, Policy{}.retry.transient.attempts);
    QCOMPARE(valuesOf(set->of("bank")), valuesOf(set->defaults));
    QCOMPARE(valuesOf(set->of("nobody's")), valuesOf(set->defaults));
}

void PolicyFileTest::theExampleIsWhatIsBuiltIn() {
    const std::string example = examplePolicy();
    const auto set = readPolicy(example);
    QVERIFY2(set.has_value(), set ? "" : set.error().detail.c_str());
    QCOMPARE(valuesOf(set->defaults), valuesOf(Policy{}));
    QVERIFY(set->accounts.empty());
    // And it says all of it: without a field's line the example is another.
    const auto root = nlohmann::json::parse(example, nullptr, true, true);
    for (const PolicyField &field : policyFields()) {
        std::string pointer = "/" + std::string(field.path);
        std::ranges::replace(pointer, '.', '/');
        QVERIFY2(root["defaults"].contains(nlohmann::json::json_pointer(pointer)), field.path);
        QCOMPARE(root["defaults"][nlohmann::json::json_pointer(pointer)].dump(), nlohmann::json::parse(policyFieldText(field, {})).dump());
        QVERIFY(example.find(std::string("// ") + field.help + "; " + policyFieldRange(field)) != std::string::npos);
    }
}

void PolicyFileTest::anEmptyPolicyIsWhatIsBuiltIn() {
    for (const char *text : {R"({"format": "songda-policy-1"})", R"({"format": "songda-policy-1", "defaults": {}, "accounts": {}})",
             R"({"format": "songda-policy-1", "defaults": {"retry": {"transient": {}}}})", "\xEF\xBB\xBF{\"format\": \"songda-policy-1\"}\r\n"}) {
        const auto set = readPolicy(text);
        QVERIFY2(set.has_value(), set ? "" : set.error().detail.c_str());
        QCOMPARE(valuesOf(set->defaults), valuesOf(Policy{}));
    }
}

void PolicyFileTest::everyFieldHasItsOwnPlace() {
    Policy policy;
    std::set<const void *> places;
    std::set<std::string> paths;
    for (const PolicyField &field : policyFields()) {
        places.insert(std::visit([](auto *v) { return static_cast<const void *>(v); }, field.slot(policy)));
        paths.insert(field.path);
        QVERIFY(field.least <= field.most);
        QVERIFY(std::string_view(field.help).size() > 10);
        // What is built in is itself allowed.
        if (isNumber(field)) {
            const double builtIn = std::stod(policyFieldText(field, Policy{}));
            QVERIFY2(builtIn >= field.least && builtIn <= field.most, field.path);
        }
    }
    QCOMPARE(places.size(), policyFields().size());
    QCOMPARE(paths.size(), policyFields().size());
}

void PolicyFileTest::tooLargeIsRefused() {
    const std::string good = withDefaults("");
    QCOMPARE(refusal(std::string((1 << 20) - good.size(), ' ') + good), std::string("taken"));
    QCOMPARE(refusal(std::string((1 << 20) - good.size() + 1, ' ') + good), std::string("line 1: the file is larger than 1 MB"));
    QCOMPARE(refusal(std::string(2 << 20, '[')), std::string("line 1: the file is larger than 1 MB"));
}

void PolicyFileTest::takesLongNamesAndManyAccounts() {
    const std::string longName = refusal(withDefaults("\"" + std::string(1'000'000, 'q') + "\": 1"));
    QVERIFY(longName.size() < 300 && longName.starts_with("line 3: \"qqq"));
    std::string accounts;
    for (int i = 0; i < 60'000; ++i)
        accounts += (i > 0 ? ",\n\"" : "\"") + std::to_string(i) + "\": {}";
    const auto many = readPolicy("{\"format\": \"songda-policy-1\", \"accounts\": {" + accounts + "}}");
    QVERIFY(many.has_value());
    QCOMPARE(many->accounts.size(), std::size_t{60'000});
}

void PolicyFileTest::mutationsAreTakenOrRefusedWithALine() {
    std::string base = examplePolicy();
    base.replace(base.rfind("{}"), 2, "{\"shop\": {\"quota\": {\"daily\": 7}}}");
    QVERIFY(readPolicy(base).has_value());
    const auto linesOf = [](std::string_view text) { return 1 + std::ranges::count(text, '\n'); };
    const std::vector<std::string> snippets{"{", "}", "[", "]", ",", ":", "\"", "//", "/*", "*/", "\n", "\r", "\\", "-", "0", "9", "1e9", "1e999", ".",
        "null", "true", "NaN", "\"format\"", "\"defaults\": {}", "\"a\": 1,", "\\u0000", "\\ud800", "\xff", "\xE5", "\xEF\xBB\xBF", "费", std::string(1, '\0'),
        "9223372036854775808", "\"24:00\"", std::string(40, '['), std::string(300, '{')};
    std::mt19937_64 random(9);
    int taken = 0;
    for (int round = 0; round < 5000; ++round) {
        std::string text = base;
        const int changes = 1 + static_cast<int>(random() % 4);
        for (int i = 0; i < changes; ++i) {
            const std::size_t at = random() % (text.size() + 1);
            const std::size_t size = std::min<std::size_t>(random() % 30, text.size() - at);
            switch (random() % 6) {
            case 0: text.insert(at, snippets[random() % snippets.size()]); break;
            case 1: text.replace(at, std::min<std::size_t>(1, text.size() - at), snippets[random() % snippets.size()]); break;
            case 2: text.erase(at, size); break;
            case 3: text.insert(random() % (text.size() + 1), text.substr(at, size)); break;
            case 4: text[std::min(at, text.size() - 1)] = static_cast<char>(random() % 256); break;
            case 5:
                if (random() % 10 == 0)
                    text.resize(at + 1);
                break;
            }
        }
        const auto read = readPolicy(text);
        if (read) {
            ++taken;
            for (const PolicyField &field : policyFields()) { // whatever was taken is in its range
                if (isNumber(field)) {
                    const double value = std::stod(policyFieldText(field, read->defaults));
                    QVERIFY(value >= field.least && value <= field.most);
                }
            }
            continue;
        }
        const std::string &said = read.error().detail;
        const std::string where = "seed 9, round " + std::to_string(round) + ": " + said;
        int line = 0;
        QVERIFY2(std::sscanf(said.c_str(), "line %d: ", &line) == 1 && said.find(": ") + 2 < said.size(), where.c_str());
        QVERIFY2(line >= 1 && line <= linesOf(text), where.c_str());
        QVERIFY2(utf8::isValid(said) && said.find('\n') == std::string::npos && said.size() < 400, where.c_str());
        QVERIFY(read.error().code == ErrorCode::InvalidInput);
    }
    qInfo("%d of 5000 mutations were right all the same", taken);
    QVERIFY(taken > 100 && taken < 4500);
}

void PolicyFileTest::theDocumentationSaysWhatTheCodeDoes() {
    const std::string page = songda::testing::Files::bytesOf(SONGDA_SOURCE_DIR "/docs/policy.md");
    QVERIFY(!page.empty());
    for (const PolicyField &field : policyFields()) {
        const std::string row = "| `" + std::string(field.path) + "` | " + policyFieldRange(field) + " | `" + policyFieldText(field, {}) + "` | ";
        QVERIFY2(page.find(row) != std::string::npos, ("docs/policy.md lacks: " + row).c_str());
    }
    // And nothing that is no field any more.
    std::size_t rows = 0;
    for (auto at = page.find("\n| `"); at != std::string::npos; at = page.find("\n| `", at + 1))
        ++rows;
    QCOMPARE(rows, policyFields().size());
}

QTEST_GUILESS_MAIN(PolicyFileTest)
#include "policy_file_test.moc"
