// SPDX-License-Identifier: GPL-3.0-or-later
//
// `key`: who may hand messages over by HTTP.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

std::string scopeNames(ApiScopes scopes) {
    std::string names;
    for (const auto &[scope, name] : {std::pair{ApiScope::Send, "send"}, {ApiScope::Read, "read"}, {ApiScope::Manage, "manage"}}) {
        if (scopes.has(scope))
            names += (names.empty() ? "" : " ") + std::string(name);
    }
    return names;
}

std::string stateOf(const ApiKey &key) {
    const WallTime now = Engine::wallNow();
    return key.isRevoked(now) ? "revoked" : !key.isGood(now) ? "expired" : key.revokedAt ? "replaced" : "good";
}

std::string namesOrEvery(const std::vector<std::string> &names) {
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "every" : text;
}

Json keyJson(const ApiKey &key) {
    const auto orNull = [](const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); };
    return {{"id", key.id}, {"client", key.client}, {"hint", key.hint}, {"scopes", scopeNames(key.scopes)}, {"accounts", key.accounts}, {"templates", key.templates},
        {"state", stateOf(key)}, {"created_at", toIso8601(key.createdAt)}, {"created_by", key.createdBy},
        {"expires_at", orNull(toIso8601(key.expiresAt))}, {"revoked_at", orNull(toIso8601(key.revokedAt))}, {"revoked_by", orNull(key.revokedBy)}};
}

struct Wish {
    NewApiKey key;
    std::vector<std::string> scopes{"send"};
    std::string expires;
};

void printIssued(const Context &context, const IssuedApiKey &issued) {
    if (context.json) {
        Json json = keyJson(issued.key);
        json["key"] = issued.secret;
        printJson(json);
    } else {
        std::cout << issued.secret << "\n";
        std::cerr << "This is the only time the key is shown; it is key " << issued.key.id << " of " << issued.key.client << ".\n";
    }
}

void issueKey(Context &context, const Wish &wish) {
    NewApiKey key = wish.key;
    for (const std::string &name : wish.scopes)
        key.scopes.add(name == "send" ? ApiScope::Send : name == "read" ? ApiScope::Read : ApiScope::Manage);
    if (!wish.expires.empty())
        key.expiresAt = parseTime(wish.expires, "--expires", false);
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    if (const auto issued = context.await(engine->addApiKey(key)))
        printIssued(context, *issued);
}

/// A key by its number, or by its client when that has only one that is good.
std::optional<std::int64_t> keyOf(Context &context, Engine &engine, const std::string &name) {
    const auto keys = context.await(engine.apiKeys());
    if (!keys)
        return std::nullopt;
    std::vector<std::int64_t> found;
    for (const ApiKey &k : *keys) {
        if (std::to_string(k.id) == name)
            return k.id;
        if (k.client == name && k.isGood(Engine::wallNow()) && !k.revokedAt)
            found.push_back(k.id);
    }
    if (found.size() == 1)
        return found.front();
    context.failed(Error{ErrorCode::NotFound, found.empty() ? "there is no good key \"" + name + "\"" : "\"" + name + "\" has more than one key; say which by its number"});
    return std::nullopt;
}

void rotate(Context &context, const std::string &name, int overlapHours, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto id = keyOf(context, *engine, name);
    if (!id)
        return;
    if (const auto issued = context.await(engine->rotateApiKey(*id, std::chrono::hours{overlapHours}, reason))) {
        printIssued(context, *issued);
        if (!context.json)
            std::cerr << "Key " << *id << " is taken for another " << overlapHours << " hours.\n";
    }
}

void listKeys(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto keys = context.await(engine->apiKeys());
    if (!keys)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const ApiKey &k : *keys) {
        json.push_back(keyJson(k));
        rows.push_back({std::to_string(k.id), k.client, k.hint + "...", scopeNames(k.scopes), namesOrEvery(k.accounts), namesOrEvery(k.templates), stateOf(k),
            toIso8601(k.createdAt), toIso8601(k.revokedAt ? k.revokedAt : k.expiresAt)});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"id", "client", "key", "scopes", "accounts", "templates", "state", "created", "until"}, rows);
}

void revoke(Context &context, std::int64_t id, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto revoked = context.await(engine->revokeApiKey(id, reason));
    if (!revoked)
        return;
    if (context.json)
        printJson({{"id", id}, {"revoked", *revoked}});
    else
        std::cout << (*revoked ? "revoked; running engines refuse it within a second" : "was revoked before") << "\n";
}

} // namespace

void addKey(CLI::App &app, Context &context) {
    CLI::App *key = app.add_subcommand("key", "Keys with which business systems hand messages over by HTTP")->require_subcommand(1);

    auto wish = std::make_shared<Wish>();
    CLI::App *addCommand = key->add_subcommand("add", "Make a key and print it, once");
    addCommand->add_option("--client", wish->key.client, "Name of the business system; may have several keys")->required();
    addCommand->add_option("--scope", wish->scopes, "send, read, manage")->check(CLI::IsMember({"send", "read", "manage"}))->capture_default_str();
    addCommand->add_option("--account", wish->key.accounts, "Only this account; may be given more than once");
    addCommand->add_option("--template", wish->key.templates, "Only this template, by id or unique title; may be given more than once");
    addCommand->add_option("--expires", wish->expires, "Good until then");
    addCommand->callback([&context, wish] { issueKey(context, *wish); });

    key->add_subcommand("list", "All keys; not the keys themselves")->callback([&context] { listKeys(context); });

    auto name = std::make_shared<std::string>();
    auto overlap = std::make_shared<int>(usualKeyOverlapHours);
    auto why = std::make_shared<std::string>();
    CLI::App *rotateCommand = key->add_subcommand("rotate", "Make another key for the same, print it, once, and take the one before for a while");
    rotateCommand->add_option("key", *name, "Number of the key, see key list, or its business system's name")->required();
    rotateCommand->add_option("--overlap-hours", *overlap, "Hours both are taken")->check(CLI::Range(0, 720))->capture_default_str();
    rotateCommand->add_option("--reason", *why, "Why, for the audit");
    rotateCommand->callback([&context, name, overlap, why] { rotate(context, *name, *overlap, *why); });

    auto id = std::make_shared<std::int64_t>(0);
    auto reason = std::make_shared<std::string>();
    CLI::App *revokeCommand = key->add_subcommand("revoke", "Take a key no more");
    revokeCommand->add_option("id", *id, "Number of the key, see key list")->required()->check(CLI::PositiveNumber);
    revokeCommand->add_option("--reason", *reason, "Why, for the audit");
    revokeCommand->callback([&context, id, reason] { revoke(context, *id, *reason); });
}

} // namespace songda::cli
