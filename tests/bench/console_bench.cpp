// SPDX-License-Identifier: GPL-3.0-or-later
//
// The console over a profile with millions of messages, while its engine sends as fast as it can: pages of rows at any
// depth, pages of the window, typing, the longest block of the GUI thread, memory. Printed, never asserted.
#include "tests/bench/bench_profile.h"
#include "tests/bench/target_process.h"
#include "tests/bench/waiting.h"
#include "tests/ui/measured_application.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"
#include "ui/widgets/data_table.h"

#include <QCommandLineParser>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

namespace songda::bench {

namespace {

using test::MeasuredApplication;

constexpr int patience = 30'000;

double ms(const QElapsedTimer &clock) { return static_cast<double>(clock.nsecsElapsed()) / 1e6; }

bool fill(TargetProcess &target, BenchProfile &profile, int rows, int dead) {
    Engine &engine = profile.engine();
    if (!target.control(R"({"mix":"43004=100"})") || !engine.importCsv(BenchProfile::importOf(profile.writeCsv(dead))).result())
        return false;
    waitFor([&] { return engine.snapshot().counts[MessageState::Dead] >= dead; });
    if (!target.control(R"({"mix":"busy=2,43004=0.5"})"))
        return false;
    engine.setPaused(true);
    auto imported = engine.importCsv(BenchProfile::importOf(profile.writeCsv(rows - dead, dead)));
    waitFor([&] { return imported.isFinished(); });
    return imported.result().has_value();
}

/// Pages of 200 rows at depths drawn at random: how long from the question to the answer.
void measurePages(Engine &engine, const char *what, const MessageFilter &filter, std::int64_t newest) {
    std::vector<double> took;
    for (int i = 0; i < 1000; ++i) {
        QElapsedTimer clock;
        clock.start();
        const MessageId before{QRandomGenerator::global()->bounded(static_cast<quint32>(newest)) + std::int64_t{1}};
        if (!engine.page({filter, before, 200}).result())
            return;
        took.push_back(ms(clock));
    }
    std::printf("page of 200 rows, %s: p50 %.2f ms, p99 %.2f ms, most %.2f ms\n", what, MeasuredApplication::percentile(took, 0.5),
        MeasuredApplication::percentile(took, 0.99), MeasuredApplication::percentile(took, 1));
}

/// The first page, as when somebody has typed or picked a filter.
void measureFirstPage(Engine &engine, const char *what, const MessageFilter &filter) {
    std::vector<double> took;
    std::size_t rows = 0;
    for (int i = 0; i < 100; ++i) {
        QElapsedTimer clock;
        clock.start();
        const auto page = engine.page({filter, std::nullopt, 200}).result();
        if (!page)
            return;
        rows = page->rows.size();
        took.push_back(ms(clock));
    }
    std::printf("first page, %s: %zu rows, p50 %.2f ms, p99 %.2f ms, most %.2f ms\n", what, rows, MeasuredApplication::percentile(took, 0.5),
        MeasuredApplication::percentile(took, 0.99), MeasuredApplication::percentile(took, 1));
}

/// Every kind of filter that the queue page has, also those that nothing answers to.
void measureFilters(Engine &engine) {
    using S = MessageState;
    const auto measure = [&engine](const char *what, auto change) {
        MessageFilter filter;
        change(filter);
        measureFirstPage(engine, what, filter);
    };
    const auto batches = engine.batches(1000).result();
    const auto newest = engine.page({{}, std::nullopt, 1}).result();
    if (!batches || batches->empty() || !newest || newest->rows.empty())
        return;
    const Batch &old = batches->back();
    const WallTime begun = old.createdAt;
    measure("a key that nobody has", [](MessageFilter &f) { f.idempotencyKey = "no such key"; });
    measure("digits that nobody has", [](MessageFilter &f) { f.number = "202601311234"; });
    measure("waiting", [](MessageFilter &f) { f.states = {S::Queued, S::Retrying}; });
    measure("waiting for a repeat", [](MessageFilter &f) { f.states = {S::Retrying}; });
    measure("accepted or delivered", [](MessageFilter &f) { f.states = {S::Accepted, S::Delivered}; });
    measure("delivered", [](MessageFilter &f) { f.states = {S::Delivered}; });
    measure("an old batch", [&](MessageFilter &f) { f.batch = old.id; });
    measure("what can be cancelled of an old batch", [&](MessageFilter &f) {
        f.batch = old.id;
        f.states = {S::Held, S::Queued, S::Retrying};
    });
    measure("a template", [&](MessageFilter &f) { f.templateRef = old.templateRef; });
    measure("an account", [&](MessageFilter &f) { f.account = old.account; });
    measure("until long ago", [&](MessageFilter &f) { f.createdTo = begun + Seconds{1}; });
    measure("since just now", [&](MessageFilter &f) { f.createdFrom = newest->rows.front().createdAt; });
    measure("dead letters of the last hour", [](MessageFilter &f) {
        f.states = {S::Dead, S::Undelivered, S::Uncertain};
        f.endedFrom = Engine::wallNow() - Seconds{3600};
    });
    measure("dead letters of a cause that is none", [](MessageFilter &f) {
        f.states = {S::Dead};
        f.cause = "47003";
    });
}

/// From the click until the page is there and painted; the queue with its rows.
double open(ui::MainWindow &window, const QString &name) {
    QElapsedTimer clock;
    clock.start();
    window.showPage(name);
    ui::Page *page = window.page(name);
    if (name == QLatin1String("queue")) {
        const auto *table = page->findChild<ui::DataTable *>(QStringLiteral("queue"));
        if (!QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, patience))
            std::printf("no rows in the queue's table\n");
    }
    page->repaint();
    return ms(clock);
}

void measureWindow(MeasuredApplication &app, Engine &engine) {
    QTemporaryDir settings; // nobody's own are read or written
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    ui::Theme theme;
    ui::Language language;
    QElapsedTimer clock;
    clock.start();
    ui::MainWindow window(engine, theme, language);
    window.resize(1360, 860);
    window.show();
    QTest::qWait(1);
    std::printf("window made and shown in %.0f ms\n", ms(clock));
    app.measuring = true;
    for (const QString &name : window.pageNames()) {
        std::vector<double> took;
        for (int round = 0; round < 5; ++round) {
            window.showPage(QStringLiteral("audit"));
            QTest::qWait(150);
            took.push_back(open(window, name));
            QTest::qWait(250);
        }
        std::printf("page %-13s opens in %5.1f ms (median), %5.1f ms (most)\n", qPrintable(name), MeasuredApplication::percentile(took, 0.5),
            MeasuredApplication::percentile(took, 1));
    }
    window.showPage(QStringLiteral("queue"));
    auto *table = window.page(QStringLiteral("queue"))->findChild<ui::DataTable *>(QStringLiteral("queue"));
    for (int i = 0; i < 300; ++i) {
        table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
        QTest::qWait(10);
    }
    auto *search = window.page(QStringLiteral("queue"))->findChild<QLineEdit *>();
    app.keys.clear();
    for (int i = 0; i < 20; ++i) {
        search->clear();
        QTest::keyClicks(search, i % 2 == 0 ? QStringLiteral("code:43004") : QStringLiteral("state:dead since:2h"), Qt::NoModifier, 25);
        QTest::qWait(200);
    }
    app.measuring = false;
    std::printf("a key in the filter: %zu, p50 %.2f ms, p99 %.2f ms, most %.2f ms\n", app.keys.size(), MeasuredApplication::percentile(app.keys, 0.5),
        MeasuredApplication::percentile(app.keys, 0.99), MeasuredApplication::percentile(app.keys, 1));
    std::printf("longest block of the GUI thread %.1f ms (%s), %.1f ms of its own work; of %zu events over 1 ms p99 %.1f ms\n", app.longestMs,
        app.longestAt.constData(), app.longestCpuMs, app.blocks.size(), MeasuredApplication::percentile(app.blocks, 0.99));
    std::printf("resident memory of console and engine %.0f MB, most so far %.0f MB\n", residentMb(), peakResidentMb());
}

int consoleBench(MeasuredApplication &app, int rows, int dead) {
    TargetProcess target;
    if (!target.start(0)) {
        std::fputs("bench: songda-simulator did not start\n", stderr);
        return 1;
    }
    BenchProfile profile(target.baseUrl().toStdString(), 100'000, 36, TransportChoice::Bulk);
    Engine &engine = profile.engine();
    if (!engine.start() || !fill(target, profile, rows, dead)) {
        std::fputs("bench: the profile could not be filled\n", stderr);
        return 1;
    }
    engine.setPaused(false);
    waitFor([&] { return engine.snapshot().accepted > 1000; });
    const std::int64_t begun = engine.snapshot().accepted;
    QElapsedTimer clock;
    clock.start();
    MessageFilter all;
    MessageFilter deadOnes;
    deadOnes.states = {MessageState::Dead};
    MessageFilter ofACode = deadOnes;
    ofACode.cause = "43004";
    measurePages(engine, "all messages", all, rows);
    measurePages(engine, "dead letters", deadOnes, rows);
    measurePages(engine, "dead letters of a code", ofACode, rows);
    measureFilters(engine);
    measureWindow(app, engine);
    const auto counts = engine.snapshot().counts;
    std::printf("%lld messages, %lld dead letters; %.0f deliveries/s all the while\n", static_cast<long long>(counts.total()),
        static_cast<long long>(counts[MessageState::Dead]), static_cast<double>(engine.snapshot().accepted - begun) * 1000 / ms(clock));
    stop(profile);
    return 0;
}

} // namespace

} // namespace songda::bench

int main(int argc, char **argv) {
    songda::test::MeasuredApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("rows"), QStringLiteral("messages"), QStringLiteral("n"), QStringLiteral("5000000")},
        {QStringLiteral("dead"), QStringLiteral("dead letters among them"), QStringLiteral("n"), QStringLiteral("200000")},
    });
    parser.process(app);
    return songda::bench::consoleBench(app, parser.value(QStringLiteral("rows")).toInt(), parser.value(QStringLiteral("dead")).toInt());
}
