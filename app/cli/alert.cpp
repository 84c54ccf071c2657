// SPDX-License-Identifier: GPL-3.0-or-later
//
// `alert`: what is wrong, since when, who sees to it, and who is told.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct SinkOptions {
    NewAlertSink sink;
    std::string kind = "webhook";
    std::string level = "warning";
    std::string language = "en";
    std::string server;
    std::string tls = "required";
};

Json alertJson(const Alert &a) {
    return {{"id", a.id}, {"rule", toString(a.key.rule)}, {"level", toString(a.level)}, {"account", orNull(a.key.account)}, {"object", orNull(a.key.object)},
        {"text", Engine::alertWords(a, false).sentence}, {"since", toIso8601(a.since)}, {"fired_at", toIso8601(a.firedAt)}, {"value", a.value},
        {"threshold", a.threshold}, {"recovered_at", orNull(toIso8601(a.recoveredAt))}, {"acknowledged_by", orNull(a.acknowledgedBy)},
        {"acknowledged_at", orNull(toIso8601(a.acknowledgedAt))}, {"note", orNull(a.note)}, {"told_at", orNull(toIso8601(a.toldAt))}};
}

void list(Context &context, bool all) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    auto alerts = context.await(engine->alerts({}));
    const auto past = alerts && all ? context.await(engine->alerts({true, 1000})) : std::optional(std::vector<Alert>{});
    if (!alerts || !past)
        return;
    alerts->insert(alerts->end(), past->begin(), past->end());
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Alert &a : *alerts) {
        json.push_back(alertJson(a));
        const AlertWords words = Engine::alertWords(a, context.chinese);
        rows.push_back({std::to_string(a.id), toString(a.level), words.title, a.key.account.empty() ? "every" : a.key.account, words.sentence,
            toIso8601(a.since).substr(0, 19), a.recoveredAt ? "over " + toIso8601(*a.recoveredAt).substr(0, 19) : a.acknowledgedBy.empty() ? "open" : "seen by " + a.acknowledgedBy});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"id", "level", "alert", "account", "what", "since", "state"}, rows);
}

void show(Context &context, std::int64_t id) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto tellings = context.await(engine->alertTellings(id));
    if (!tellings)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const AlertTelling &t : *tellings) {
        const char *state = t.taken ? "taken" : t.dead ? "given up" : "waiting";
        json.push_back({{"sink", t.sink}, {"target", t.target}, {"kind", toString(t.kind)}, {"at", toIso8601(t.at)}, {"tries", t.tries}, {"state", state}, {"detail", orNull(t.detail)}});
        rows.push_back({std::to_string(t.sink), t.target, toString(t.kind), toIso8601(t.at).substr(0, 19), std::to_string(t.tries), state, t.detail});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"sink", "target", "what", "at", "tries", "state", "last"}, rows);
}

void acknowledge(Context &context, std::int64_t id, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto done = context.await(engine->acknowledgeAlert(id, reason));
    if (!done)
        return;
    if (context.json)
        printJson({{"id", id}, {"acknowledged", *done}});
    else
        std::cout << (*done ? "acknowledged; it is not told again" : "it is over, acknowledged already, or there is none of that number") << "\n";
    if (!*done)
        context.exitCode = Failed;
}

void rules(Context &context, const std::string &account) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto infos = context.take(engine->alertRules(account, context.chinese));
    if (!infos)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const AlertRuleInfo &r : *infos) {
        json.push_back({{"rule", toString(r.rule)}, {"level", toString(r.level)}, {"threshold", r.threshold}, {"for_s", r.holdFor.count()}, {"condition", r.condition}});
        rows.push_back({toString(r.rule), toString(r.level), r.condition, r.holdFor.count() > 0 ? std::to_string(r.holdFor.count()) + " s" : "at once"});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"rule", "level", "when", "for"}, rows);
}

Json sinkJson(const AlertSink &s) {
    return {{"id", s.id}, {"kind", toString(s.kind)}, {"target", s.target}, {"level", toString(s.least)}, {"lang", s.chinese ? "zh" : "en"}, {"allow_private", s.allowPrivate},
        {"taken", s.taken}, {"failures", s.failures}, {"waiting", s.waiting}, {"dead", s.dead}, {"last_at", orNull(toIso8601(s.lastAt))}, {"last_detail", orNull(s.lastDetail)},
        {"created_at", toIso8601(s.createdAt)}, {"created_by", s.createdBy}};
}

void addSink(Context &context, SinkOptions o) {
    o.sink.kind = alertSinkKindFromString(o.kind).value_or(AlertSink::Kind::WebHook);
    o.sink.least = alertLevelFromString(o.level).value_or(AlertLevel::Warning);
    o.sink.chinese = o.language == "zh";
    o.sink.mail.tls = mailTlsFromString(o.tls).value_or(MailServer::Tls::Required);
    if (o.sink.kind == AlertSink::Kind::Mail) {
        const auto colon = o.server.rfind(':');
        o.sink.mail.host = o.server.substr(0, colon);
        o.sink.mail.port = o.sink.mail.tls == MailServer::Tls::Implicit ? 465 : 587;
        if (colon != std::string::npos)
            o.sink.mail.port = std::atoi(o.server.c_str() + colon + 1);
    }
    // What is secret is read, so that it stands in no history of a shell.
    if (o.sink.kind == AlertSink::Kind::WeCom && o.sink.url.empty()) {
        const auto url = readSecret("Address of the robot: ");
        o.sink.url = url.value_or(std::string());
    }
    if (o.sink.kind == AlertSink::Kind::Mail && !o.sink.mail.user.empty())
        o.sink.password = readSecret("Password at the mail server: ").value_or(std::string());
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto issued = context.await(engine->addAlertSink(o.sink));
    if (!issued)
        return;
    if (context.json) {
        Json json = sinkJson(issued->sink);
        json["secret"] = orNull(issued->secret);
        printJson(json);
        return;
    }
    if (!issued->secret.empty()) {
        std::cout << issued->secret << "\n";
        std::cerr << "This is the only time the secret is shown. ";
    }
    std::cerr << "Alert sink " << issued->sink.id << " is set up. Try it: songda-cli alert sink test " << issued->sink.id << "\n";
}

void listSinks(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto sinks = context.await(engine->alertSinks());
    if (!sinks)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const AlertSink &s : *sinks) {
        json.push_back(sinkJson(s));
        rows.push_back({std::to_string(s.id), toString(s.kind), s.target, toString(s.least), std::to_string(s.taken), std::to_string(s.waiting), std::to_string(s.dead), s.lastDetail});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"id", "kind", "target", "from level", "taken", "waiting", "given up", "last"}, rows);
}

void removeSink(Context &context, std::int64_t id, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto removed = context.await(engine->removeAlertSink(id, reason));
    if (removed)
        printRemoved(context, id, *removed, "sink");
}

void testSink(Context &context, std::int64_t id) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto result = context.await(engine->testAlertSink(id));
    if (result)
        printTest(context, id, *result);
}

void addSinkCommands(CLI::App &alert, Context &context) {
    CLI::App *sink = alert.add_subcommand("sink", "Who is told")->require_subcommand(1);
    auto o = std::make_shared<SinkOptions>();
    CLI::App *add = sink->add_subcommand("add", "Tell somebody from now on");
    add->add_option("--kind", o->kind, "webhook (signed, Standard Webhooks), wecom (group robot), mail, command")
        ->required()
        ->check(CLI::IsMember({"webhook", "wecom", "mail", "command"}));
    add->add_option("--url", o->sink.url, "Address of a web hook; that of a group robot is secret and is read from standard input when it is left away");
    add->add_option("--server", o->server, "Mail: HOST or HOST:PORT");
    add->add_option("--tls", o->tls, "Mail: required (STARTTLS), implicit (from the first byte) or off")->check(CLI::IsMember({"required", "implicit", "off"}));
    add->add_option("--user", o->sink.mail.user, "Mail: user; the password is read from standard input");
    add->add_option("--from", o->sink.mail.from, "Mail: address of the sender");
    add->add_option("--to", o->sink.mail.to, "Mail: address of a recipient; may be given several times");
    add->add_option("--command", o->sink.command, "Command: full path of a program and its arguments, one option each; the notice comes on its standard input");
    add->add_option("--level", o->level, "Nothing below this level")->check(CLI::IsMember({"warning", "minor", "major", "critical"}));
    add->add_option("--notice-lang", o->language, "Language of the notices: en or zh")->check(CLI::IsMember({"en", "zh"}));
    add->add_flag("--allow-private", o->sink.allowPrivate, "This very host is on this machine or in one's own network, and meant");
    add->callback([&context, o] { addSink(context, *o); });
    sink->add_subcommand("list", "All sinks, and how much waits for them")->callback([&context] { listSinks(context); });
    auto reason = std::make_shared<std::string>();
    withId(sink, "remove", "Tell it nothing any more", "Number of the sink, see alert sink list", [&context, reason](std::int64_t id) { removeSink(context, id, *reason); })
        ->add_option("--reason", *reason, "Why, for the audit");
    withId(sink, "test", "Send it something that says that it is a test", "Number of the sink, see alert sink list", [&context](std::int64_t id) { testSink(context, id); });
}

} // namespace

void addAlert(CLI::App &app, Context &context) {
    CLI::App *alert = app.add_subcommand("alert", "What is wrong, since when, who sees to it, and who is told")->require_subcommand(1);
    auto all = std::make_shared<bool>(false);
    CLI::App *listCommand = alert->add_subcommand("list", "Open alerts");
    listCommand->add_flag("--all", *all, "Those that are over as well");
    listCommand->callback([&context, all] { list(context, *all); });
    withId(alert, "show", "What was told of an alert, to whom, and what came of it", "Number of the alert, see alert list", [&context](std::int64_t id) { show(context, id); });
    auto reason = std::make_shared<std::string>();
    withId(alert, "ack", "Say that somebody sees to it: it is not told again", "Number of the alert, see alert list",
        [&context, reason](std::int64_t id) { acknowledge(context, id, *reason); })
        ->add_option("--reason", *reason, "What is done about it, for the others and the audit")
        ->required();
    auto account = std::make_shared<std::string>();
    CLI::App *rulesCommand = alert->add_subcommand("rules", "What is watched, with the figures in force");
    rulesCommand->add_option("--account", *account, "As they are for this account");
    rulesCommand->callback([&context, account] { rules(context, *account); });
    addSinkCommands(*alert, context);
}

} // namespace songda::cli
