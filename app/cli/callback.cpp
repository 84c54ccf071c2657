// SPDX-License-Identifier: GPL-3.0-or-later
//
// `callback`: where WeChat reports what became of messages.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"
#include "engine/doors/doors.h"

#include <iostream>

namespace songda::cli {

namespace {

struct SetOptions {
    CallbackWish wish;
    std::string mode;
    std::string path;
    bool secretsStdin = false;
    double overlapHours = 1;
};

const char *chineseName(CallbackMode mode) {
    switch (mode) {
    case CallbackMode::Plain: return "明文模式";
    case CallbackMode::Compatible: return "兼容模式";
    case CallbackMode::Secure: return "安全模式";
    }
    return "安全模式";
}

/// The address to enter; its beginning is a stand-in while the settings do not say it.
std::string urlOf(const std::string &publicUrl, const Callback &callback) {
    return (publicUrl.empty() ? "https://YOUR-HOST" : publicUrl) + "/wechat/" + callback.path;
}

Json setupJson(const CallbackSetup &setup, const std::string &publicUrl) {
    const Callback &c = setup.callback;
    const auto orNull = [](const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); };
    return {{"account", c.accountName}, {"appid", c.appid}, {"url", publicUrl.empty() ? Json(nullptr) : Json(urlOf(publicUrl, c))},
        {"path", "/wechat/" + c.path}, {"mode", toString(c.mode)}, {"token", orNull(setup.secrets.token)},
        {"encoding_aes_key", orNull(setup.secrets.encodingAesKey)}, {"former_key_until", orNull(toIso8601(setup.secrets.formerUntil))},
        {"changed_at", toIso8601(c.changedAt)}, {"changed_by", c.changedBy}, {"problem", orNull(setup.problem)}};
}

void print(const CallbackSetup &setup, const std::string &publicUrl) {
    const Callback &c = setup.callback;
    std::cout << "Account " << c.accountName << " (" << c.appid << "). Enter on its page, under 设置与开发 > 基本配置 > 服务器配置:\n\n"
              << "  URL (服务器地址)                    " << urlOf(publicUrl, c) << "\n"
              << "  Token (令牌)                        " << setup.secrets.token << "\n"
              << "  EncodingAESKey (消息加解密密钥)     " << setup.secrets.encodingAesKey << "\n"
              << "  Mode (消息加解密方式)               " << toString(c.mode) << " (" << chineseName(c.mode) << ")\n"
              << "  Format (数据格式), where asked      XML\n\n";
    if (setup.secrets.formerUntil && *setup.secrets.formerUntil > Engine::wallNow())
        std::cout << "The EncodingAESKey before is taken until " << toIso8601(*setup.secrets.formerUntil) << ".\n";
    if (!setup.problem.empty())
        std::cerr << "songda-cli: " << setup.problem << "\n";
}

void remind(const std::string &publicUrl) {
    if (publicUrl.empty())
        std::cerr << "songda-cli: say in settings.json, under \"doors\", that they are \"enabled\" and what their \"public_url\" is; WeChat reports to"
                     " port 80 or 443 only (docs/doors.md)\n";
}

void set(Context &context, SetOptions o) {
    CallbackWish &wish = o.wish;
    if (!o.mode.empty())
        wish.mode = o.mode == "plain" ? CallbackMode::Plain : o.mode == "compatible" ? CallbackMode::Compatible : CallbackMode::Secure;
    if (!o.path.empty())
        wish.path = o.path;
    wish.overlap = std::chrono::duration_cast<Seconds>(std::chrono::duration<double, std::ratio<3600>>(o.overlapHours));
    if (o.secretsStdin) {
        wish.token = readSecret("Token: ");
        wish.encodingAesKey = wish.token ? readSecret("EncodingAESKey: ") : std::nullopt;
        if (!wish.encodingAesKey) {
            context.failed({ErrorCode::InvalidInput, "two lines are read from standard input: the Token and the EncodingAESKey"});
            return;
        }
    }
    const auto publicUrl = context.take(doors::Doors::publicUrl(context.profile));
    if (!publicUrl)
        return;
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto setup = context.await(engine->setCallback(wish));
    if (!setup)
        return;
    if (context.json)
        printJson(setupJson(*setup, *publicUrl));
    else
        print(*setup, *publicUrl);
    remind(*publicUrl);
    if (setup->callback.mode == CallbackMode::Plain)
        std::cerr << "songda-cli: in plain mode what is reported is not signed: whoever has seen one request can make up others for five minutes."
                     " secure is better\n";
}

void show(Context &context, const std::string &account) {
    const auto publicUrl = context.take(doors::Doors::publicUrl(context.profile));
    if (!publicUrl)
        return;
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto setups = context.await(engine->callbackSetups());
    if (!setups)
        return;
    Json json = Json::array();
    for (const CallbackSetup &setup : *setups) {
        if (!account.empty() && setup.callback.accountName != account)
            continue;
        json.push_back(setupJson(setup, *publicUrl));
        if (!context.json)
            print(setup, *publicUrl);
    }
    if (!account.empty() && json.empty()) {
        context.failed({ErrorCode::NotFound, "account " + account + " has no callback; make one with callback set"});
        return;
    }
    if (context.json)
        printJson(json);
    else if (json.empty())
        std::cout << "no account has a callback\n";
    remind(*publicUrl);
}

void remove(Context &context, const std::string &account) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto removed = context.await(engine->removeCallback(account));
    if (!removed)
        return;
    if (context.json)
        printJson({{"account", account}, {"removed", *removed}});
    else
        std::cout << (*removed ? "removed; a running engine takes nothing there any more within a second" : "it had none") << "\n";
}

} // namespace

void addCallback(CLI::App &app, Context &context) {
    CLI::App *callback = app.add_subcommand("callback", "Where WeChat reports what became of messages, and who follows or leaves")->require_subcommand(1);

    auto o = std::make_shared<SetOptions>();
    CLI::App *setCommand = callback->add_subcommand("set", "Set it up or change it, and print what to enter on WeChat's page");
    setCommand->add_option("--account", o->wish.account, "Account")->required();
    setCommand->add_option("--mode", o->mode, "secure, compatible or plain (default: secure)")->check(CLI::IsMember({"secure", "compatible", "plain"}));
    setCommand->add_option("--path", o->path, "Last part of the address (default: the AppID)");
    setCommand->add_flag("--new-token", o->wish.newToken, "Make another Token");
    setCommand->add_flag("--new-key", o->wish.newAesKey, "Make another EncodingAESKey");
    setCommand->add_flag("--secrets-stdin", o->secretsStdin, "Take Token and EncodingAESKey as they are, from two lines of standard input");
    setCommand->add_option("--overlap-hours", o->overlapHours, "How long a replaced EncodingAESKey is taken on")
        ->check(CLI::Range(0.0, 720.0))
        ->capture_default_str();
    setCommand->callback([&context, o] { set(context, *o); });

    auto shown = std::make_shared<std::string>();
    CLI::App *showCommand = callback->add_subcommand("show", "What to enter on WeChat's page, with the secrets");
    showCommand->add_option("--account", *shown, "Only this account");
    showCommand->callback([&context, shown] { show(context, *shown); });

    auto gone = std::make_shared<std::string>();
    CLI::App *removeCommand = callback->add_subcommand("remove", "Take nothing any more for this account");
    removeCommand->add_option("--account", *gone, "Account")->required();
    removeCommand->callback([&context, gone] { remove(context, *gone); });
}

} // namespace songda::cli
