// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

Json toJson(const Forecast &f) {
    Json stops = Json::array();
    for (const ForecastStop &s : f.stops)
        stops.push_back({{"why", toString(s.why)}, {"from", toIso8601(s.from)}, {"until", toIso8601(s.until)}, {"waiting", s.waiting}});
    return {{"will_go", f.willGo}, {"held", f.held}, {"expired", f.expired}, {"refused", f.refused}, {"first_at", toIso8601(f.firstAt)},
        {"ends_at", toIso8601(f.endsAt)}, {"stops", stops}};
}

void printForecast(const Forecast &f) {
    std::cout << "will go: " << f.willGo << (f.endsAt ? ", the last at " + toIso8601(*f.endsAt) : std::string{}) << "\n";
    if (f.held > 0)
        std::cout << "held: " << f.held << " behind a hold or a paused batch\n";
    if (f.expired > 0)
        std::cout << "expire: " << f.expired << " before their turn comes\n";
    if (f.refused > 0)
        std::cout << "refused: " << f.refused << "\n";
    for (const ForecastStop &s : f.stops)
        std::cout << "stops " << toIso8601(s.from) << " until " << toIso8601(s.until) << ": " << toString(s.why) << ", " << s.waiting << " wait\n";
}

namespace {

void forecast(Context &context, const ForecastRequest &request, const std::string &at) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    ForecastRequest r = request;
    if (!at.empty())
        r.at = parseTime(at, "--at");
    const auto f = context.await(engine->forecast(r));
    if (!f)
        return;
    if (context.json)
        printJson(toJson(*f));
    else
        printForecast(*f);
}

} // namespace

void addForecast(CLI::App &app, Context &context) {
    auto request = std::make_shared<ForecastRequest>();
    auto at = std::make_shared<std::string>();
    CLI::App *command = app.add_subcommand("forecast", "When what waits, and perhaps more, will have gone");
    command->add_option("--account", request->account, "Account")->required();
    command->add_option("--messages", request->messages, "Size of a batch that is still to come")->check(CLI::NonNegativeNumber);
    addPriority(command, request->priority);
    command->add_option("--at", *at, "When that batch is due (default: now)");
    command->callback([&context, request, at] { forecast(context, *request, *at); });
}

} // namespace songda::cli
