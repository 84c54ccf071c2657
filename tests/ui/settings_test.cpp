// SPDX-License-Identifier: GPL-3.0-or-later
//
// The settings as an operator changes them: what a change does is shown before it is applied, and the file, the engine
// and the audit say the same afterwards.
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/settings/setting_words.h"
#include "ui/widgets/parts.h"

#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

QByteArray readAll(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string inForce(ConsoleFixture &console, const std::string &field) {
    const auto values = console.engine().policyOf(accountName);
    if (!values)
        return {};
    for (const PolicyValue &value : *values) {
        if (value.field == field)
            return value.value;
    }
    return {};
}

/// Chooses a setting by its name in the file.
bool choose(QWidget *page, const QString &field) {
    auto *search = part<QLineEdit>(page, "settingSearch");
    search->setText(field);
    DataTable *settings = table(page, "settings");
    if (!QTest::qWaitFor([&] { return settings->model()->rowCount() == 1; }, 5000))
        return false;
    settings->selectRow(0);
    return true;
}

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySettingHasWords();
    void aChangeIsShownThenAppliedAndRecorded();
    void whatContradictsIsRefusedAndNothingIsWritten();
    void aFileThatWasChangedMeanwhileIsNotOverwritten();
    void whatDoesNotFitIsSaidAtTheField();
    void aBrokenFileIsShownAsSuch();
    void connectionsAreTested();
    void thePassphraseIsChanged();
};

void SettingsTest::everySettingHasWords() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const auto values = console.engine().policyOf(accountName);
    QVERIFY(values.has_value());
    QVERIFY(values->size() > 50);
    for (const PolicyValue &value : *values) {
        const words::Setting setting = words::setting(value);
        QVERIFY2(!setting.part.isEmpty() && setting.title != QString::fromStdString(value.field), value.field.c_str());
        QVERIFY2(setting.explanation != QString::fromStdString(value.help), value.field.c_str());
        QVERIFY2(!words::settingRange(value).isEmpty() && !words::settingValue(value, value.builtIn).isEmpty(), value.field.c_str());
    }
}

void SettingsTest::aChangeIsShownThenAppliedAndRecorded() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("settings"));
    QWidget *page = console.window().page(QStringLiteral("settings"));
    QVERIFY(choose(page, QStringLiteral("retry.transient.attempts")));
    const QString file = QString::fromStdString(console.profileDir()) + QStringLiteral("/policy.json");
    const std::string before = inForce(console, "retry.transient.attempts");
    auto *number = part<QDoubleSpinBox>(page, "settingNumber");
    QTRY_VERIFY(number->isVisible());
    number->setValue(9);
    QVERIFY(!part<QPushButton>(page, "applyChange")->isVisible()); // not unseen
    QVERIFY(pressSoon(page, "seeChange"));
    auto *effect = part<Notice>(page, "effect");
    QTRY_VERIFY2(effect->text().contains(QStringLiteral("becomes 9")), qPrintable(effect->text()));
    QVERIFY(effect->text().contains(QString::fromUtf8(accountName)));
    QVERIFY(!QFile::exists(file)); // and nothing is written yet
    // Another value makes what was seen worth nothing.
    number->setValue(11);
    QVERIFY(!part<QPushButton>(page, "applyChange")->isVisible());
    number->setValue(9);
    QVERIFY(pressSoon(page, "seeChange"));
    QTRY_VERIFY(part<QPushButton>(page, "applyChange")->isVisible());
    answerReason(QStringLiteral("longer evening troubles"));
    QVERIFY(pressSoon(page, "applyChange"));
    QTRY_COMPARE_WITH_TIMEOUT(inForce(console, "retry.transient.attempts"), std::string("9"), 10'000);
    QVERIFY(readAll(file).contains("\"attempts\": 9"));
    const auto acts = wait(console.engine().audit(std::nullopt, 20));
    QVERIFY(acts.has_value());
    const auto change = std::find_if(acts->begin(), acts->end(), [](const AuditEntry &a) { return a.act == "policy.change"; });
    QVERIFY(change != acts->end());
    QCOMPARE(change->reason, std::string("longer evening troubles"));
    QVERIFY(change->object.find(before + " -> 9") != std::string::npos);
    // Back: the field leaves the file.
    QTRY_VERIFY(part<QPushButton>(page, "asBuiltIn")->isEnabled());
    QVERIFY(pressSoon(page, "asBuiltIn"));
    QTRY_VERIFY(part<QPushButton>(page, "applyChange")->isVisible());
    answerReason(QStringLiteral("over"));
    QVERIFY(pressSoon(page, "applyChange"));
    QTRY_COMPARE_WITH_TIMEOUT(inForce(console, "retry.transient.attempts"), before, 10'000);
    QVERIFY(!readAll(file).contains("attempts"));
    QVERIFY(readAll(QString::fromStdString(console.profileDir()) + QStringLiteral("/policy.json.before")).contains("\"attempts\": 9"));
}

void SettingsTest::whatContradictsIsRefusedAndNothingIsWritten() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    for (const auto &[field, value] : {std::pair("deadline.shortest_ms", "119999"), std::pair("quota.kept_for_urgent", "2"), std::pair("quota.dayly", "5"),
             std::pair("quiet_hours.from", "\"25:00\""), std::pair("breaker.probes", "many")}) {
        const auto draft = wait(console.engine().draftPolicy({accountName, {{field, std::string(value)}}}));
        QVERIFY2(!draft.has_value(), field);
        QVERIFY(draft.error().code == ErrorCode::InvalidInput);
    }
    QVERIFY(!QFile::exists(QString::fromStdString(console.profileDir()) + QStringLiteral("/policy.json")));
    // A word file that is not there is found before the file is in its place.
    const auto draft = wait(console.engine().draftPolicy({accountName, {{"words_file", std::string("\"none.txt\"")}}}));
    QVERIFY(draft.has_value());
    QVERIFY(!wait(console.engine().writePolicy(*draft, "x")).has_value());
    QVERIFY(!QFile::exists(QString::fromStdString(console.profileDir()) + QStringLiteral("/policy.json")));
}

void SettingsTest::aFileThatWasChangedMeanwhileIsNotOverwritten() {
    ConsoleFixture console({.policy = R"({"quota": {"daily": 1000}})"});
    QVERIFY(console.isReady());
    const auto draft = wait(console.engine().draftPolicy({{}, {{"quota.daily", std::string("2000")}}}));
    QVERIFY(draft.has_value());
    QCOMPARE(draft->differences.size(), std::size_t(1));
    QVERIFY((draft->differences.front() == PolicyDifference{accountName, "quota.daily", "1000", "2000"}));
    QFile file(QString::fromStdString(console.profileDir()) + QStringLiteral("/policy.json"));
    QVERIFY(file.open(QIODevice::Append));
    file.write("\n// somebody else\n");
    file.close();
    const auto written = wait(console.engine().writePolicy(*draft, "x"));
    QVERIFY(!written.has_value());
    QVERIFY(written.error().code == ErrorCode::AlreadyExists);
    QVERIFY(readAll(file.fileName()).contains("somebody else"));
}

void SettingsTest::whatDoesNotFitIsSaidAtTheField() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("settings"));
    QWidget *page = console.window().page(QStringLiteral("settings"));
    QVERIFY(choose(page, QStringLiteral("retry.transient.attempts")));
    auto *number = part<QDoubleSpinBox>(page, "settingNumber");
    auto *see = part<QPushButton>(page, "seeChange");
    QTRY_VERIFY(number->isVisible());
    const auto type = [number](const char *text) {
        number->selectAll();
        QTest::keyClicks(number, QString::fromLatin1(text));
    };
    type("900");
    QCOMPARE(number->value(), 900.0); // it stays as it was typed, and is not another number
    QVERIFY(number->property("wrong").toBool());
    QVERIFY(!see->isEnabled());
    const auto says = [&](const QString &words) {
        return std::ranges::any_of(page->findChildren<QLabel *>(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(words); });
    };
    QVERIFY(says(QStringLiteral("Does not fit")));
    type("9");
    QVERIFY(!number->property("wrong").toBool());
    QVERIFY(see->isEnabled());
    // A share is edited as it is shown.
    QVERIFY(choose(page, QStringLiteral("breaker.failure_share")));
    QTRY_COMPARE(number->suffix(), QStringLiteral(" %"));
    QVERIFY(number->value() >= 5 && number->value() <= 95);
    type("62.5");
    QVERIFY(pressSoon(page, "seeChange"));
    auto *effect = part<Notice>(page, "effect");
    QTRY_VERIFY2(effect->text().contains(QStringLiteral("becomes 62.5 %")), qPrintable(effect->text()));
    type("96");
    QVERIFY(!see->isEnabled());
}

void SettingsTest::aBrokenFileIsShownAsSuch() {
    ConsoleFixture console({.policy = R"({"quota": {"daily": 1000}})"});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("settings"));
    QWidget *page = console.window().page(QStringLiteral("settings"));
    QFile file(QString::fromStdString(console.profileDir()) + QStringLiteral("/policy.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"format\": \"songda-policy-1\", \"defaults\": {\"quota\": {\"daily\": \"much\"}}}");
    file.close();
    const auto said = [&] {
        for (const Notice *notice : page->findChildren<Notice *>()) {
            if (notice->text().contains(QStringLiteral("quota.daily")) && notice->isVisible())
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(said(), 10'000);
    QCOMPARE(inForce(console, "quota.daily"), std::string("1000")); // what was in force goes on
    QVERIFY(!wait(console.engine().draftPolicy({{}, {{"quota.daily", std::string("5")}}})).has_value());
}

void SettingsTest::connectionsAreTested() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("settings"));
    QWidget *page = console.window().page(QStringLiteral("settings"));
    const auto says = [&](const QString &words) {
        return std::ranges::any_of(page->findChildren<Notice *>(), [&](const Notice *n) { return n->text().contains(words); });
    };
    QVERIFY(pressSoon(page, "testConnections"));
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("All is well")), 20'000);
    QVERIFY(console.simulator().control(R"({"whitelist": "refuse", "invalidate_tokens": true})").has_value());
    QVERIFY(pressSoon(page, "testConnections"));
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("40164")), 20'000);
}

void SettingsTest::thePassphraseIsChanged() {
    {
        ConsoleFixture practice({});
        QVERIFY(practice.isReady());
        practice.window().showPage(QStringLiteral("settings"));
        QWidget *page = practice.window().page(QStringLiteral("settings"));
        QTRY_VERIFY(part<QLabel>(page, "secretsPlace")->text().contains(QStringLiteral("in memory")));
        QVERIFY(!part<QPushButton>(page, "passphrase")->isVisible()); // nothing there to seal
    }
    ConsoleFixture console({.passphrase = "the one before"});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("settings"));
    QWidget *page = console.window().page(QStringLiteral("settings"));
    QTRY_VERIFY(part<QPushButton>(page, "passphrase")->isVisible());
    withDialog(QStringLiteral("passphraseDialog"), [](QDialog *dialog) {
        const auto type = [dialog](const char *field, const char *text) {
            part<QLineEdit>(dialog, field)->clear();
            QTest::keyClicks(part<QLineEdit>(dialog, field), QString::fromLatin1(text));
        };
        auto *change = part<QPushButton>(dialog, "changePassphrase");
        auto *hint = part<QLabel>(dialog, "passphraseHint");
        QVERIFY(!change->isEnabled());
        type("presentPassphrase", "not the one");
        type("newPassphrase", "short");
        QVERIFY(hint->text().startsWith(QStringLiteral("Weak")));
        type("newPassphrase", "four words make one");
        type("newPassphraseAgain", "four words make two");
        QVERIFY(hint->text().contains(QStringLiteral("differ")) && !change->isEnabled());
        type("newPassphraseAgain", "four words make one");
        QVERIFY(change->isEnabled());
        // A wrong present one is told, and what was typed stays.
        QTest::mouseClick(change, Qt::LeftButton);
        QTRY_VERIFY(part<Notice>(dialog, "passphraseNotice")->text().contains(QStringLiteral("passphrase does not open")));
        QVERIFY(dialog->isVisible());
        type("presentPassphrase", "the one before");
        QTest::mouseClick(change, Qt::LeftButton);
    });
    QVERIFY(pressSoon(page, "passphrase"));
    // The screen is taken away: what was typed is gone with it.
    withDialog(QStringLiteral("passphraseDialog"), [](QDialog *dialog) {
        auto *typed = part<QLineEdit>(dialog, "presentPassphrase");
        QTest::keyClicks(typed, QStringLiteral("half of it"));
        dialog->hide();
        QVERIFY(typed->text().isEmpty());
    });
    QVERIFY(pressSoon(page, "passphrase"));
    const auto acts = wait(console.engine().audit(std::nullopt, 20));
    QVERIFY(acts.has_value());
    QVERIFY(std::any_of(acts->begin(), acts->end(), [](const AuditEntry &a) { return a.act == "secrets.rekey"; }));
    QVERIFY(wait(console.engine().changePassphrase("four words make one", "and back again")).has_value());
}

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"
