// SPDX-License-Identifier: GPL-3.0-or-later
//
// `recipient`: people who are not written to.
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct Wish {
    SuppressRequest request;
    std::string file;
    bool operatorsWish = false;
};

void suppress(Context &context, const Wish &wish) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    SuppressRequest request = wish.request;
    request.optOut = !wish.operatorsWish;
    if (!wish.file.empty()) {
        const auto openids = context.await(engine->readOpenids(wish.file));
        if (!openids)
            return;
        request.openids.insert(request.openids.end(), openids->begin(), openids->end());
    }
    const auto added = context.await(engine->suppress(request));
    if (!added)
        return;
    if (context.json)
        printJson({{"given", request.openids.size()}, {"added", *added}});
    else
        std::cout << "no longer written to: " << *added << " (" << request.openids.size() << " given)\n";
}

void lift(Context &context, const std::string &account, const std::string &openid, const std::string &templateId, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto lifted = context.await(engine->liftSuppression(account, openid, templateId, reason));
    if (!lifted)
        return;
    if (context.json)
        printJson({{"lifted", *lifted}});
    else
        std::cout << (*lifted > 0 ? "may be written to again" : "was not on the list") << "\n";
    if (*lifted == 0)
        context.exitCode = Failed;
}

void list(Context &context, const std::string &openid, int limit) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto entries = context.await(engine->suppressions(std::nullopt, openid, std::nullopt, limit));
    const auto accounts = context.await(engine->accounts());
    if (!entries || !accounts)
        return;
    const auto accountName = [&](AccountId id) {
        for (const Account &a : *accounts) {
            if (a.id == id)
                return a.name;
        }
        return std::to_string(id.value);
    };
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Suppression &s : *entries) {
        const std::string templateRef = s.templateRef ? std::to_string(s.templateRef->value) : "";
        json.push_back({{"id", s.id}, {"account", accountName(s.account)}, {"openid", s.openid}, {"template", templateRef}, {"cause", s.cause},
            {"since", toIso8601(s.since)}, {"by", s.by}, {"lifted_at", toIso8601(s.liftedAt)}, {"lifted_by", s.liftedBy}});
        rows.push_back({accountName(s.account), s.openid, templateRef.empty() ? "every" : templateRef, s.cause, toIso8601(s.since), s.by, toIso8601(s.liftedAt)});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"account", "openid", "template", "cause", "since", "by", "lifted"}, rows);
}

std::string sentence(const ErasureCounts &c) {
    return std::to_string(c.messages) + " messages, " + std::to_string(c.reports) + " reports, " + std::to_string(c.suppressions)
        + " entries of the list, " + std::to_string(c.acts) + " acts of the audit, " + std::to_string(c.hookDeliveries) + " hook deliveries not taken yet";
}

void printErased(const ErasureReport &report) {
    const ErasureCounts &c = report.counts;
    if (report.name.empty()) {
        std::cout << "would be erased: " << sentence(c) << "\n";
        if (c.underWay > 0)
            std::cout << c.underWay << " of the messages wait or are being sent; --cancel-waiting cancels what waits\n";
        std::cout << "nothing was changed; --confirm erases, and nobody can undo it\n";
    } else {
        std::cout << "erased: " << sentence(c) << "; " << report.cancelled << " messages were cancelled first\n"
                  << "the messages are those of " << report.name << " now\n";
    }
    for (const std::string &place : report.places)
        std::cout << "still in the database: " << place << "\n";
    for (const std::string &file : report.files)
        std::cout << (report.name.empty() ? "holds the openid: " : "still holds the openid, and is not changed: ") << file << "\n";
    if (!report.notRewritten.empty())
        std::cerr << "songda-cli: the database file was not written anew, so traces may be left in it; erase once more later: " << report.notRewritten << "\n";
}

void erase(Context &context, const ErasureRequest &request) {
    const auto engine = context.open(request.confirmed ? EngineOptions::Role::Tool : EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto report = context.await(engine->eraseRecipient(request));
    if (!report)
        return;
    const ErasureCounts &c = report->counts;
    if (context.json)
        printJson({{"erased", !report->name.empty()}, {"name", report->name}, {"messages", c.messages}, {"under_way", c.underWay}, {"cancelled", report->cancelled},
            {"reports", c.reports}, {"suppressions", c.suppressions}, {"acts", c.acts}, {"hook_deliveries", c.hookDeliveries},
            {"rewritten", !report->name.empty() && report->notRewritten.empty()}, {"places", report->places}, {"files", report->files}});
    else
        printErased(*report);
    if (!report->notRewritten.empty() || (!report->name.empty() && !report->places.empty()))
        context.exitCode = Failed;
}

} // namespace

void addRecipient(CLI::App &app, Context &context) {
    CLI::App *recipient = app.add_subcommand("recipient", "People who are not written to")->require_subcommand(1);

    auto wish = std::make_shared<Wish>();
    CLI::App *add = recipient->add_subcommand("suppress", "Write no more to somebody: an opt-out, or an operator's decision");
    add->add_option("--account", wish->request.account, "Account")->required();
    add->add_option("--to", wish->request.openids, "openids");
    add->add_option("--file", wish->file, "A file with an openid in the first column of each line");
    add->add_option("--template", wish->request.templateId, "Only this template");
    add->add_flag("--operator", wish->operatorsWish, "Decided here, not asked for by the person");
    add->add_option("--reason", wish->request.reason, "Why, for the audit");
    add->callback([&context, wish] { suppress(context, *wish); });

    auto account = std::make_shared<std::string>();
    auto openid = std::make_shared<std::string>();
    auto templateId = std::make_shared<std::string>();
    auto reason = std::make_shared<std::string>();
    CLI::App *liftCommand = recipient->add_subcommand("lift", "Write to somebody again");
    liftCommand->add_option("--account", *account, "Account")->required();
    liftCommand->add_option("--to", *openid, "openid")->required();
    liftCommand->add_option("--template", *templateId, "Only this template");
    liftCommand->add_option("--reason", *reason, "Why, for the audit")->required();
    liftCommand->callback([&context, account, openid, templateId, reason] { lift(context, *account, *openid, *templateId, *reason); });

    auto erasure = std::make_shared<ErasureRequest>();
    CLI::App *eraseCommand = recipient->add_subcommand("erase", "Forget somebody: messages keep counts and states, and lose openid, values, address and key");
    eraseCommand->add_option("OPENID", erasure->openid, "openid")->required();
    eraseCommand->add_option("--account", erasure->account, "Account")->required();
    eraseCommand->add_option("--reason", erasure->reason, "Why, for the audit; without the openid")->required();
    eraseCommand->add_flag("--cancel-waiting", erasure->cancelWaiting, "Cancel what waits for this person first");
    eraseCommand->add_flag("--confirm", erasure->confirmed, "Do it; without this it only says what there is");
    eraseCommand->callback([&context, erasure] { erase(context, *erasure); });

    auto of = std::make_shared<std::string>();
    auto limit = std::make_shared<int>(100);
    CLI::App *listCommand = recipient->add_subcommand("list", "Who is not written to, newest first; with --to also what was lifted");
    listCommand->add_option("--to", *of, "Only this openid");
    listCommand->add_option("--limit", *limit, "How many")->check(CLI::Range(1, 100000))->capture_default_str();
    listCommand->callback([&context, of, limit] { list(context, *of, *limit); });
}

} // namespace songda::cli
