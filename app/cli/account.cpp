// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>
#include <map>

namespace songda::cli {

namespace {

struct AddOptions {
    std::string name, appid, apiBase, secondBase, proxy;
    bool secretStdin = false;
    bool test = false;
    double rate = 20;
    int burst = 0;
    int connections = 10;
    std::string uncertain = "hold";
    TransportChoice transport = TransportChoice::Auto;
};

const std::map<std::string, TransportChoice> transports{
    {"auto", TransportChoice::Auto}, {"standard", TransportChoice::Standard}, {"bulk", TransportChoice::Bulk}};

void add(Context &context, const AddOptions &o) {
    const auto secret = readSecret("AppSecret: ");
    if (!secret) {
        context.failed({ErrorCode::InvalidInput, "no secret came on standard input; pipe it in: printf %s SECRET | songda-cli ... --secret-stdin"});
        return;
    }
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    NewAccount request;
    request.account.name = o.name;
    request.account.appid = o.appid;
    if (!o.apiBase.empty())
        request.account.apiBase = o.apiBase;
    request.account.secondBase = o.secondBase;
    request.account.proxy = o.proxy;
    request.account.rate = o.rate;
    request.account.burst = o.burst > 0 ? o.burst : std::max(1, static_cast<int>(o.rate));
    request.account.connections = o.connections;
    request.account.testAccount = o.test;
    request.account.uncertainPolicy = o.uncertain == "resend" ? UncertainPolicy::Resend : UncertainPolicy::HoldForPerson;
    request.account.transport = o.transport;
    request.secret = *secret;
    const auto account = context.await(engine->addAccount(std::move(request)));
    if (!account)
        return;
    if (context.json)
        printJson(toJson(*account));
    else
        std::cout << "added the account " << account->name << " (" << toString(environmentOf(*account)) << ")\n";
}

void list(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto accounts = context.await(engine->accounts());
    if (!accounts)
        return;
    if (context.json) {
        Json json = Json::array();
        for (const Account &a : *accounts)
            json.push_back(toJson(a));
        printJson(json);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    const auto base = [](const Account &a) {
        const std::string way = a.proxy.empty() ? std::string() : " by " + a.proxy;
        return baseInUse(a) + (a.secondBase.empty() ? "" : a.secondSince ? " (second)" : " (first of two)") + way;
    };
    for (const Account &a : *accounts)
        rows.push_back({a.name, a.appid, toString(environmentOf(a)), base(a), Json(a.rate).dump(), std::to_string(a.connections),
            a.hold ? "held: " + causeText(*engine, a.hold->cause, context.chinese) : "open"});
    printTable({"name", "appid", "environment", "api base", "rate/s", "connections", "state"}, rows);
}

void test(Context &context, const std::string &name) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto test = context.await(engine->testAccount(name));
    if (!test)
        return;
    const bool ok = test->cause.empty();
    const CauseWords words = ok ? CauseWords{} : engine->causeWords(test->cause, context.chinese);
    if (context.json) {
        printJson({{"ok", ok}, {"token", test->token}, {"token_life_s", test->tokenLife.count()}, {"templates", test->templates},
            {"quota", test->quota ? Json(*test->quota) : Json(nullptr)}, {"quota_used", test->quota ? Json(test->quotaUsed) : Json(nullptr)},
            {"address", test->address.empty() ? Json(nullptr) : Json(test->address)}, {"cause", ok ? Json(nullptr) : Json(test->cause)}, {"meaning", words.meaning}, {"advice", words.advice},
            {"detail", test->detail}});
    } else if (ok) {
        std::cout << "token: good for " << test->tokenLife.count() << " s\ntemplates: " << test->templates << "\n";
        if (test->quota)
            std::cout << "quota: " << test->quotaUsed << " of " << *test->quota << " used today\n";
    } else {
        std::cerr << "songda-cli: " << (test->token ? "the token is good, but the templates could not be read" : "no token") << ": "
                  << test->cause << ", " << words.meaning << " " << words.advice << (test->detail.empty() ? "" : " [" + test->detail + "]")
                  << "\n";
        if (!test->address.empty())
            std::cerr << "enter this address in the IP whitelist: " << test->address << "\n";
    }
    if (!ok)
        context.exitCode = Failed;
}

void changed(Context &context, const char *what, bool done) {
    if (context.json)
        printJson({{"changed", done}});
    else
        std::cout << (done ? what : "nothing to change") << "\n";
}

} // namespace

void addAccount(CLI::App &app, Context &context) {
    CLI::App *account = app.add_subcommand("account", "WeChat accounts")->require_subcommand(1);

    auto o = std::make_shared<AddOptions>();
    CLI::App *addCommand = account->add_subcommand("add", "Add an account");
    addCommand->add_option("--name", o->name, "Name on this profile")->required();
    addCommand->add_option("--appid", o->appid, "AppID, wx and 16 hex digits")->required();
    addCommand->add_flag("--secret-stdin", o->secretStdin, "Read the AppSecret from standard input")->required();
    addCommand->add_option("--api-base", o->apiBase, "API address (default https://api.weixin.qq.com)");
    addCommand->add_option("--second-api-base", o->secondBase, "Where to go while the API address cannot be reached, e.g. https://api2.weixin.qq.com");
    addCommand->add_option("--proxy", o->proxy, "By which proxy everything travels: http://host:port or socks5h://host:port, without a password");
    addCommand->add_option("--rate", o->rate, "Sends a second, 0.01 to 100000")->capture_default_str();
    addCommand->add_option("--burst", o->burst, "Sends at once after a pause, 1 to 100000 (default: the rate)");
    addCommand->add_option("--connections", o->connections, "Requests in flight, 1 to 480")->capture_default_str();
    addCommand->add_flag("--test-account", o->test, "A WeChat test account, shown as such");
    addCommand->add_option("--uncertain", o->uncertain, "What to do with messages whose fate is unknown when a repeat is no longer safe: hold or resend")
        ->check(CLI::IsMember({"hold", "resend"}))
        ->capture_default_str();
    addCommand->add_option("--transport", o->transport, "How requests travel: auto, standard or bulk (many at a time)")
        ->transform(CLI::CheckedTransformer(transports))
        ->default_str("auto");
    addCommand->callback([&context, o] { add(context, *o); });

    account->add_subcommand("list", "List accounts")->callback([&context] { list(context); });

    auto name = std::make_shared<std::string>();
    CLI::App *testCommand = account->add_subcommand("test", "Fetch a token and the templates");
    testCommand->add_option("name", *name, "Account")->required();
    testCommand->callback([&context, name] { test(context, *name); });

    auto setName = std::make_shared<std::string>();
    auto change = std::make_shared<AccountChange>();
    auto newSecret = std::make_shared<bool>(false);
    CLI::App *setCommand = account->add_subcommand("set", "Change limits, address or secret");
    setCommand->add_option("name", *setName, "Account")->required();
    setCommand->add_option("--api-base", change->apiBase, "API address");
    setCommand->add_option("--second-api-base", change->secondBase, "Where to go while the API address cannot be reached; \"\" for nowhere");
    setCommand->add_option("--proxy", change->proxy, "By which proxy everything travels: http://host:port or socks5h://host:port; \"\" for none");
    setCommand->add_option("--rate", change->rate, "Sends a second");
    setCommand->add_option("--burst", change->burst, "Sends at once after a pause");
    setCommand->add_option("--connections", change->connections, "Requests in flight");
    setCommand->add_option("--transport", change->transport, "How requests travel: auto, standard or bulk")
        ->transform(CLI::CheckedTransformer(transports));
    setCommand->add_flag("--secret-stdin", *newSecret, "Read a new AppSecret from standard input");
    setCommand->callback([&context, setName, change, newSecret] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (!engine)
            return;
        if (*newSecret) {
            const auto secret = readSecret("AppSecret: ");
            if (!secret || !context.await(engine->changeSecret(*setName, *secret)))
                return context.failed({ErrorCode::InvalidInput, "the secret was not changed"});
        }
        if (context.await(engine->changeAccount(*setName, *change)))
            changed(context, "changed", true);
    });

    auto holdName = std::make_shared<std::string>();
    auto reason = std::make_shared<std::string>();
    CLI::App *holdCommand = account->add_subcommand("hold", "Stop sending through an account; messages wait");
    holdCommand->add_option("name", *holdName, "Account")->required();
    holdCommand->add_option("--reason", *reason, "Why, for the audit")->required();
    holdCommand->callback([&context, holdName, reason] {
        if (const auto engine = context.open(EngineOptions::Role::Tool)) {
            if (const auto done = context.await(engine->holdAccount(*holdName, *reason)))
                changed(context, "held", *done);
        }
    });

    auto resumeName = std::make_shared<std::string>();
    CLI::App *resumeCommand = account->add_subcommand("resume", "Let a held account send again");
    resumeCommand->add_option("name", *resumeName, "Account")->required();
    resumeCommand->callback([&context, resumeName] {
        if (const auto engine = context.open(EngineOptions::Role::Tool)) {
            if (const auto done = context.await(engine->resumeAccount(*resumeName)))
                changed(context, "resumed", *done);
        }
    });
}

} // namespace songda::cli
