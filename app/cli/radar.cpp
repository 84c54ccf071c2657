// SPDX-License-Identifier: GPL-3.0-or-later
//
// `radar`: what WeChat took and did not report on.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct RadarOptions {
    std::string account;
    std::string since = "24h";
    int limit = 20;
};

std::string sentenceOf(const RadarReport &r) {
    const auto minutes = std::to_string(std::chrono::ceil<std::chrono::minutes>(r.usual).count());
    switch (r.state) {
    case RadarState::NotSetUp: return "no report has ever come; set up where WeChat reports with: songda-cli callback set --account " + r.account;
    case RadarState::TooFew: return "nothing was sent that should have been reported by now";
    case RadarState::Fine: return "all " + std::to_string(r.considered) + " that should have been reported were";
    case RadarState::Missing:
        return std::to_string(r.missing) + " of " + std::to_string(r.considered) + " were not reported within " + minutes + " minutes, although reports come";
    case RadarState::Silent:
        if (!r.lastReport)
            return "reports are not reaching us at all: none has ever come, although a callback is set up and " + std::to_string(r.unheard)
                + " messages since " + toIso8601(r.silentSince) + " should have been reported. Check what is entered at the platform (songda-cli callback"
                  " show) and what stands between WeChat and here; it says nothing of the messages";
        return "reports do not reach us since " + toIso8601(r.silentSince) + ": " + std::to_string(r.unheard)
            + " messages in a row, none reported. Check the callback (songda-cli callback show) and what stands between WeChat and here; it says"
              " nothing of the messages"
            + (r.missing > 0 ? ". Before that " + std::to_string(r.missing) + " were missing" : "");
    }
    return {};
}

Json radarJson(const RadarReport &r) {
    const auto orNull = [](const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json first = Json::array();
    for (const UnconfirmedMessage &m : r.first)
        first.push_back({{"message_id", m.id.value}, {"openid", m.openid}, {"msgid", m.msgid}, {"accepted_at", toIso8601(m.acceptedAt)}});
    return {{"account", r.account}, {"state", toString(r.state)}, {"usual_seconds", std::chrono::ceil<Seconds>(r.usual).count()}, {"considered", r.considered},
        {"missing", r.missing}, {"unheard", r.unheard}, {"silent_since", orNull(toIso8601(r.silentSince))}, {"last_report", orNull(toIso8601(r.lastReport))},
        {"first", first}};
}

void radar(Context &context, const RadarOptions &o) {
    const WallTime since = parseTime(o.since, "--since", true);
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto reports = context.await(engine->radar(o.account, since, o.limit));
    if (!reports)
        return;
    Json json = Json::array();
    for (const RadarReport &r : *reports) {
        json.push_back(radarJson(r));
        if (r.state == RadarState::Missing || r.state == RadarState::Silent)
            context.exitCode = Failed;
        if (context.json)
            continue;
        std::cout << r.account << ": " << sentenceOf(r) << "\n";
        std::vector<std::vector<std::string>> rows;
        for (const UnconfirmedMessage &m : r.first)
            rows.push_back({std::to_string(m.id.value), m.openid, m.msgid, toIso8601(m.acceptedAt)});
        if (!rows.empty())
            printTable({"message", "openid", "msgid", "accepted"}, rows);
    }
    if (context.json)
        printJson(json);
}

} // namespace

void addRadar(CLI::App &app, Context &context) {
    auto o = std::make_shared<RadarOptions>();
    CLI::App *command = app.add_subcommand("radar", "What WeChat took and did not report on; ends with 1 when something is missing");
    command->add_option("--account", o->account, "Only this account");
    command->add_option("--since", o->since, "Sent since then: a time, or a span such as 24h")->capture_default_str();
    command->add_option("--limit", o->limit, "How many of the missing ones to show")->check(CLI::Range(0, 100'000))->capture_default_str();
    command->callback([&context, o] { radar(context, *o); });
}

} // namespace songda::cli
