// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benches.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <cstdio>
#include <optional>

namespace {

std::optional<songda::bench::SoakBench> soakOf(const QCommandLineParser &parser) {
    songda::bench::SoakBench soak;
    bool isMinutes = false;
    bool isRate = true;
    soak.minutes = parser.value(QStringLiteral("minutes")).toDouble(&isMinutes);
    if (const QString rate = parser.value(QStringLiteral("rate-limit")); rate != QLatin1String("none"))
        soak.rate = rate.toDouble(&isRate);
    const QString transport = parser.value(QStringLiteral("transport"));
    soak.bulk = transport == QLatin1String("bulk");
    if (isMinutes && soak.minutes >= 1 && isRate && soak.rate > 0 && (soak.bulk || transport == QLatin1String("standard")))
        return soak;
    std::fputs("usage: songda-bench soak [--minutes n] [--rate-limit n|none] [--transport bulk|standard]\n", stderr);
    return std::nullopt;
}

} // namespace

int main(int argc, char **argv) {
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("bench"), QStringLiteral("delivery, exchange, intake, screen, upkeep, growth or soak"));
    parser.addOptions({
        {QStringLiteral("messages"), QStringLiteral("messages a round (delivery)"), QStringLiteral("n"), QStringLiteral("30000")},
        {QStringLiteral("connections"), QStringLiteral("connections of the bare loop (delivery)"), QStringLiteral("n"), QStringLiteral("24")},
        {QStringLiteral("standard-connections"), QStringLiteral("connections with network managers (delivery)"), QStringLiteral("n"),
            QStringLiteral("24")},
        {QStringLiteral("bulk-connections"), QStringLiteral("connections in bulk (delivery)"), QStringLiteral("n"), QStringLiteral("64")},
        {QStringLiteral("latency"), QStringLiteral("milliseconds the target takes (delivery)"), QStringLiteral("ms"), QStringLiteral("0")},
        {QStringLiteral("rounds"), QStringLiteral("rounds (delivery, intake, screen)"), QStringLiteral("n"), QStringLiteral("3")},
        {QStringLiteral("rows"), QStringLiteral("rows (exchange, screen, upkeep; most of growth)"), QStringLiteral("n"), QStringLiteral("1000000")},
        {QStringLiteral("clients"), QStringLiteral("connections (intake)"), QStringLiteral("n"), QStringLiteral("64")},
        {QStringLiteral("seconds"), QStringLiteral("of each measurement (intake)"), QStringLiteral("s"), QStringLiteral("5")},
        {QStringLiteral("words"), QStringLiteral("sensitive words (screen)"), QStringLiteral("n"), QStringLiteral("10000")},
        {QStringLiteral("minutes"), QStringLiteral("how long to send, at least 1; from 20 on memory is judged (soak)"), QStringLiteral("n"),
            QStringLiteral("60")},
        {QStringLiteral("rate-limit"), QStringLiteral("messages a second, or none (soak)"), QStringLiteral("n"), QStringLiteral("none")},
        {QStringLiteral("transport"), QStringLiteral("bulk or standard (soak)"), QStringLiteral("name"), QStringLiteral("bulk")},
    });
    parser.process(app);
    const QString bench = parser.positionalArguments().value(0);
    const auto number = [&](const char *name) { return parser.value(QLatin1String(name)).toInt(); };
    if (bench == QLatin1String("delivery"))
        return songda::bench::deliveryBench(
            {number("messages"), number("connections"), number("standard-connections"), number("bulk-connections"), number("latency"), number("rounds")});
    if (bench == QLatin1String("upkeep"))
        return songda::bench::upkeepBench(number("rows"));
    if (bench == QLatin1String("growth"))
        return songda::bench::growthBench(number("rows"), number("messages"));
    if (bench == QLatin1String("exchange"))
        return songda::bench::exchangeBench(number("rows"));
    if (bench == QLatin1String("screen"))
        return songda::bench::screenBench(number("rows"), number("words"), number("rounds"));
    if (bench == QLatin1String("soak")) {
        const auto soak = soakOf(parser);
        return soak ? songda::bench::soakBench(*soak) : 2;
    }
    if (bench == QLatin1String("intake"))
        return songda::bench::intakeBench({number("clients"), number("seconds"), number("rounds")});
    std::fputs("usage: songda-bench delivery|exchange|intake|screen|upkeep|growth|soak [options]\n", stderr);
    return 2;
}
