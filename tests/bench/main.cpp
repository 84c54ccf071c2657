// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benches.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <cstdio>

int main(int argc, char **argv) {
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("bench"), QStringLiteral("delivery, exchange, screen, upkeep or growth"));
    parser.addOptions({
        {QStringLiteral("messages"), QStringLiteral("messages a round (delivery)"), QStringLiteral("n"), QStringLiteral("30000")},
        {QStringLiteral("connections"), QStringLiteral("connections (delivery)"), QStringLiteral("n"), QStringLiteral("24")},
        {QStringLiteral("bulk-connections"), QStringLiteral("connections in bulk (delivery)"), QStringLiteral("n"), QStringLiteral("64")},
        {QStringLiteral("latency"), QStringLiteral("milliseconds the target takes (delivery)"), QStringLiteral("ms"), QStringLiteral("0")},
        {QStringLiteral("rounds"), QStringLiteral("rounds (delivery, screen)"), QStringLiteral("n"), QStringLiteral("3")},
        {QStringLiteral("rows"), QStringLiteral("rows (exchange, screen, upkeep; most of growth)"), QStringLiteral("n"), QStringLiteral("1000000")},
        {QStringLiteral("words"), QStringLiteral("sensitive words (screen)"), QStringLiteral("n"), QStringLiteral("10000")},
    });
    parser.process(app);
    const QString bench = parser.positionalArguments().value(0);
    const auto number = [&](const char *name) { return parser.value(QLatin1String(name)).toInt(); };
    if (bench == QLatin1String("delivery"))
        return songda::bench::deliveryBench(
            {number("messages"), number("connections"), number("bulk-connections"), number("latency"), number("rounds")});
    if (bench == QLatin1String("upkeep"))
        return songda::bench::upkeepBench(number("rows"));
    if (bench == QLatin1String("growth"))
        return songda::bench::growthBench(number("rows"), number("messages"));
    if (bench == QLatin1String("exchange"))
        return songda::bench::exchangeBench(number("rows"));
    if (bench == QLatin1String("screen"))
        return songda::bench::screenBench(number("rows"), number("words"), number("rounds"));
    std::fputs("usage: songda-bench delivery|exchange|screen|upkeep|growth [options]\n", stderr);
    return 2;
}
