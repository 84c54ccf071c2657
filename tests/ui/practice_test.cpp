// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drills: each can be won by doing the right thing and lost by doing the wrong one.
#include "app/console/drills.h"
#include "app/console/practice_page.h"
#include "engine/when_done.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/widgets/parts.h"

#include <QLabel>
#include <QRadioButton>

using namespace songda;
using namespace songda::ui;
using namespace songda::console;
using namespace songda::test;

namespace {

constexpr int patience = 60'000;

/// A console with the practice page, as --demo makes it.
class Ground {
public:
    Ground()
        : console({.rate = 1000, .followers = 5000}) {
        if (!console.isReady())
            return;
        PracticeGround ground;
        ground.control = [this](const std::string &json) { return console.simulator().control(json); };
        ground.shownTwice = [this] { return static_cast<std::int64_t>(console.simulator().ledger().notifiedTwiceCount); };
        ground.newDay = [this] {
            whenDone(console.engine().holdAccount(accountName, "a new day"), &console.engine(), [this](const Result<bool> &) { console.engine().resumeAccount(accountName); });
        };
        ground.send = [this](int rows, const QString &batch) {
            ImportRequest request;
            request.path = console.writeCsv(QStringLiteral("drill.csv"), m_next, rows).toStdString();
            m_next += rows;
            request.account = accountName;
            request.templateId = orderTemplate;
            request.batchName = batch.toStdString();
            return console.engine().importCsv(std::move(request));
        };
        page = new PracticePage(console.window().context(), std::move(ground));
        console.window().addPage(QStringLiteral("practice"), QStringLiteral("practice"), [] { return QStringLiteral("Practice"); }, {}, page);
        console.window().showPage(QStringLiteral("practice"));
    }
    bool begin(const char *drill) {
        page->choose(QLatin1String(drill));
        return pressSoon(page, "beginDrill") && QTest::qWaitFor([this] { return part<QPushButton>(page, "endDrill")->isVisible(); }, patience);
    }
    bool answer(const char *drill) {
        for (const Drill &d : drills()) {
            if (d.id != QLatin1String(drill))
                continue;
            auto *answer = page->findChild<QRadioButton *>(QStringLiteral("answer%1").arg(d.rightAnswer));
            QTest::keyClick(answer, Qt::Key_Space);
            return answer->isChecked();
        }
        return false;
    }
    int goalsMet() const {
        int met = 0;
        for (const Chip *chip : page->findChildren<Chip *>())
            met += chip->isVisible() && chip->text() == QStringLiteral("met") ? 1 : 0;
        return met;
    }
    QString score() const { return part<Notice>(page, "drillScore")->text(); }

    ConsoleFixture console;
    PracticePage *page = nullptr;

private:
    int m_next = 0;
};

} // namespace

class PracticeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyDrillIsWhole_data();
    void everyDrillIsWhole();
    void whoDoesNothingGetsNothing();
    void blockedUsersAreHandled();
    void theTokenStormPasses();
    void theDailyLimitLetsWhatWaitsWait();
    void lostReportsArriveOnce();
};

void PracticeTest::everyDrillIsWhole_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(drills().size()); ++i)
        QTest::newRow(qPrintable(drills()[static_cast<std::size_t>(i)].id)) << i;
}

void PracticeTest::everyDrillIsWhole() {
    QFETCH(int, index);
    const Drill &drill = drills()[static_cast<std::size_t>(index)];
    simulator::Options options;
    auto platform = simulator::Simulator::start(std::move(options));
    QVERIFY(platform.has_value());
    std::chrono::seconds last{0};
    for (const WeatherChange &change : drill.weather) {
        QVERIFY(change.after >= last);
        last = change.after;
        const auto done = (*platform)->control(change.control);
        QVERIFY2(done.has_value(), done ? "" : done.error().c_str());
    }
    QVERIFY((*platform)->control(everydayWeather).has_value());
    QCOMPARE(mostPoints(drill), 100);
    QCOMPARE(drill.answers.size(), std::size_t(3));
    QVERIFY(drill.goals.size() <= 4 && drill.rightAnswer >= 0 && drill.rightAnswer < 3);
    for (const auto &text : {drill.title, drill.situation, drill.task, drill.question, drill.lesson})
        QVERIFY(!text().isEmpty());
}

void PracticeTest::whoDoesNothingGetsNothing() {
    for (const Drill &drill : drills())
        QCOMPARE(pointsOf(drill, DrillFacts{}), 0);
}

void PracticeTest::blockedUsersAreHandled() {
    Ground ground;
    QVERIFY(ground.page != nullptr);
    QVERIFY(ground.begin("blocked_users"));
    Engine &engine = ground.console.engine();
    QTRY_VERIFY_WITH_TIMEOUT(engine.snapshot().counts.total() == 120 && engine.snapshot().counts.waiting() == 0 && engine.snapshot().inFlight == 0, patience);
    QVERIFY(engine.snapshot().counts[MessageState::Dead] > 5);
    const auto groups = wait(engine.causeGroups());
    QVERIFY(groups && groups->size() == 1);
    QVERIFY(wait(engine.setCauseNote(groups->front().account, "43004", "they left")).has_value());
    MessageFilter dead;
    dead.states = {MessageState::Dead};
    QVERIFY(wait(engine.discard(dead, "they left")).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(ground.goalsMet(), 4, patience);
    QVERIFY(ground.answer("blocked_users"));
    QVERIFY(press(ground.page, "endDrill"));
    QVERIFY2(ground.score().startsWith(QStringLiteral("100 of 100")), qPrintable(ground.score()));
    QCOMPARE(table(ground.page, "drills")->model()->index(4, 1).data().toString(), QStringLiteral("100 of 100"));
    // Sending to them again loses points.
    QVERIFY(ground.begin("blocked_users"));
    QTRY_VERIFY_WITH_TIMEOUT(engine.snapshot().counts[MessageState::Dead] > 5 && engine.snapshot().counts.waiting() == 0, patience);
    QVERIFY(wait(engine.resend(dead, "try", {})).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(engine.snapshot().counts.waiting() == 0 && engine.snapshot().inFlight == 0, patience);
    QTest::qWait(1200);
    QVERIFY(press(ground.page, "endDrill"));
    QVERIFY2(ground.score().startsWith(QStringLiteral("20 of 100")), qPrintable(ground.score()));
    QCOMPARE(table(ground.page, "drills")->model()->index(4, 1).data().toString(), QStringLiteral("100 of 100")); // the best one stays
}

void PracticeTest::theTokenStormPasses() {
    Ground ground;
    QVERIFY(ground.page != nullptr);
    ground.page->hurry();
    QVERIFY(ground.begin("token_storm"));
    QTRY_COMPARE_WITH_TIMEOUT(ground.goalsMet(), 3, patience);
    QVERIFY(ground.answer("token_storm"));
    QVERIFY(press(ground.page, "endDrill"));
    QVERIFY2(ground.score().startsWith(QStringLiteral("100 of 100")), qPrintable(ground.score()));
}

void PracticeTest::theDailyLimitLetsWhatWaitsWait() {
    Ground ground;
    QVERIFY(ground.page != nullptr);
    QVERIFY(ground.begin("daily_limit"));
    Engine &engine = ground.console.engine();
    QTRY_VERIFY_WITH_TIMEOUT(engine.snapshot().accounts.front().gate == Gate::DayQuota, patience);
    QTRY_COMPARE_WITH_TIMEOUT(ground.goalsMet(), 3, patience);
    QVERIFY(press(ground.page, "endDrill"));
    QVERIFY2(ground.score().startsWith(QStringLiteral("80 of 100")), qPrintable(ground.score())); // without an answer
    // Tomorrow comes with the end of the drill.
    QTRY_COMPARE_WITH_TIMEOUT(engine.snapshot().counts.waiting(), 0, patience);
}

void PracticeTest::lostReportsArriveOnce() {
    Ground ground;
    QVERIFY(ground.page != nullptr);
    ground.page->hurry();
    QVERIFY(ground.begin("lost_reports"));
    QTRY_COMPARE_WITH_TIMEOUT(ground.goalsMet(), 3, patience);
    QVERIFY(ground.answer("lost_reports"));
    QVERIFY(press(ground.page, "endDrill"));
    QVERIFY2(ground.score().startsWith(QStringLiteral("100 of 100")), qPrintable(ground.score()));
    QCOMPARE(ground.console.simulator().ledger().notifiedTwiceCount, std::uint64_t(0));
}

QTEST_MAIN(PracticeTest)
#include "practice_test.moc"
