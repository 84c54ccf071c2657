// SPDX-License-Identifier: GPL-3.0-or-later
//
// A big profile with the engine at full rate: how long the GUI thread is blocked, and how long pages take to open.
// SONGDA_SCALE_ROWS says how many messages. The figures are printed; what is checked is that pages show their rows and
// that no block is so long that a person would call the window frozen.
#include "tests/ui/console_fixture.h"
#include "tests/ui/measured_application.h"
#include "ui/widgets/data_table.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <algorithm>

using namespace songda;
using namespace songda::ui;
using songda::test::ConsoleFixture;
using songda::test::MeasuredApplication;

class ConsoleScaleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void staysQuickWhileTheEngineRuns();
};

void ConsoleScaleTest::staysQuickWhileTheEngineRuns() {
    const int rows = qEnvironmentVariableIntValue("SONGDA_SCALE_ROWS") > 0 ? qEnvironmentVariableIntValue("SONGDA_SCALE_ROWS") : 40'000;
    auto *app = static_cast<MeasuredApplication *>(qApp);
    ConsoleFixture console({.mix = "busy=2,43004=0.5,http500=0.5", .rate = 100'000, .connections = 24});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("big.csv"), 0, rows)));
    console.engine().setPaused(false);
    QTRY_VERIFY(console.engine().snapshot().inFlight > 0);

    // Each page, several times, with the engine at work: from the click until its rows are there and painted.
    struct Opened {
        QString name;
        double worst = 0;
        double firstCallMs = 0;
    };
    std::vector<Opened> opened;
    app->measuring = true;
    for (int round = 0; round < 3; ++round) {
        for (const QString &name : console.window().pageNames()) {
            QElapsedTimer clock;
            clock.start();
            console.window().showPage(name);
            const double call = static_cast<double>(clock.nsecsElapsed()) / 1e6;
            ui::Page *page = console.window().page(name);
            DataTable *wanted = page->findChild<DataTable *>(name == QStringLiteral("queue") ? QStringLiteral("queue") : QString());
            if (name == QStringLiteral("queue"))
                QTRY_VERIFY(wanted->model()->rowCount() > 0);
            page->repaint();
            const double all = static_cast<double>(clock.nsecsElapsed()) / 1e6;
            if (round == 0)
                opened.push_back({name, 0, 0});
            auto entry = std::find_if(opened.begin(), opened.end(), [&](const Opened &o) { return o.name == name; });
            entry->worst = std::max(entry->worst, all);
            entry->firstCallMs = std::max(entry->firstCallMs, call);
            QTest::qWait(400);
        }
    }
    // Scrolling deep into the queue while it changes.
    console.window().showPage(QStringLiteral("queue"));
    auto *queue = console.window().page(QStringLiteral("queue"))->findChild<DataTable *>(QStringLiteral("queue"));
    for (int i = 0; i < 200; ++i) {
        queue->verticalScrollBar()->setValue(queue->verticalScrollBar()->maximum());
        QTest::qWait(10);
    }
    // Typing in the filter.
    auto *search = console.window().page(QStringLiteral("queue"))->findChild<QLineEdit *>();
    QTest::keyClicks(search, QStringLiteral("code:43004"), Qt::NoModifier, 30);
    QTest::qWait(1500);
    app->measuring = false;

    const StateCounts counts = console.engine().snapshot().counts;
    QVERIFY(counts.total() == rows);
    std::printf("messages %d, sent meanwhile %lld\n", rows, static_cast<long long>(counts.finished()));
    std::printf("longest block of the GUI thread %.1f ms wall (%s), %.1f ms of its own work; events over 1 ms: %zu, p99 of them %.1f ms\n",
        app->longestMs, app->longestAt.constData(), app->longestCpuMs, app->blocks.size(), MeasuredApplication::percentile(app->blocks, 0.99));
    for (const Opened &o : opened)
        std::printf("page %-13s opens in %6.1f ms at worst\n", qPrintable(o.name), o.worst);
    std::fflush(stdout);
    // A frozen window would be seconds; the figures above are for people, who know how busy the machine was.
    QVERIFY2(app->longestCpuMs < 1000, "the GUI thread was blocked by its own work");
}

int main(int argc, char **argv) {
    MeasuredApplication app(argc, argv);
    ConsoleScaleTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "console_scale_test.moc"
