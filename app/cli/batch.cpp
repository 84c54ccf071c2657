// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

const char *name(BatchState state) {
    switch (state) {
    case BatchState::Active: return "active";
    case BatchState::Paused: return "paused";
    case BatchState::Cancelled: return "cancelled";
    }
    return "active";
}

/// Let go, and nothing more leaves yet.
bool isRecallable(const Batch &b) { return b.state == BatchState::Active && b.leavesAt > Engine::wallNow(); }

std::string outcome(BatchState wanted, const Batch &b) {
    if (wanted == BatchState::Active && b.state == BatchState::Paused)
        return "agreed to; it stays paused" + (b.hold ? " by " + b.hold->by + (b.hold->detail.empty() ? "" : " (" + b.hold->detail + ")") : "")
            + " until it is resumed once more";
    if (isRecallable(b))
        return "done; it leaves at " + toIso8601(b.leavesAt) + ", and batch cancel takes it back until then";
    return "done";
}

void listBatches(Context &context) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto batches = context.await(engine->batches(1000));
    if (!batches)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Batch &b : *batches) {
        json.push_back({{"batch_id", b.id.value}, {"name", b.name}, {"state", name(b.state)}, {"created_at", toIso8601(b.createdAt)},
            {"created_by", b.createdBy}, {"stopped_by", b.hold ? b.hold->by : ""}, {"reason", b.hold ? b.hold->detail : ""}, {"source", b.source}, {"counts", toJson(b.counts)}});
        rows.push_back({std::to_string(b.id.value), b.name.empty() ? "(single messages)" : b.name, name(b.state),
            std::to_string(b.counts.waiting()), std::to_string(b.counts[MessageState::Accepted]), std::to_string(b.counts[MessageState::Dead]),
            std::to_string(b.counts.total())});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"id", "name", "state", "waiting", "accepted", "dead", "total"}, rows);
}

void addAct(CLI::App *batch, Context &context, const char *command, const char *help, BatchState state) {
    auto id = std::make_shared<std::int64_t>(0);
    auto reason = std::make_shared<std::string>();
    CLI::App *c = batch->add_subcommand(command, help);
    c->add_option("id", *id, "Batch id")->required();
    c->add_option("--reason", *reason, "Why, for the audit");
    c->callback([&context, id, reason, state] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (!engine)
            return;
        const auto done = context.await(engine->setBatchState(BatchId{*id}, state, *reason));
        if (!done)
            return;
        const auto now = context.await(engine->batch(BatchId{*id}));
        if (!now)
            return;
        if (context.json)
            printJson({{"changed", *done}, {"state", name(now->state)}, {"leaves_at", isRecallable(*now) ? Json(toIso8601(now->leavesAt)) : Json()}});
        else
            std::cout << (*done ? outcome(state, *now) : "nothing to change") << "\n";
    });
}

} // namespace

void addBatch(CLI::App &app, Context &context) {
    CLI::App *batch = app.add_subcommand("batch", "Batches of messages")->require_subcommand(1);
    batch->add_subcommand("list", "List batches, newest first")->callback([&context] { listBatches(context); });
    addAct(batch, context, "pause", "Stop sending a batch; its messages wait", BatchState::Paused);
    addAct(batch, context, "resume", "Go on with a paused batch", BatchState::Active);
    auto id = std::make_shared<std::int64_t>(0);
    auto reason = std::make_shared<std::string>();
    CLI::App *rest = batch->add_subcommand("rest", "Send after all to those of a cancelled or expired batch who did not get it");
    rest->add_option("id", *id, "Batch id")->required();
    rest->add_option("--reason", *reason, "Why, for the audit");
    rest->callback([&context, id, reason] {
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (!engine)
            return;
        const auto report = context.await(engine->sendToRest(BatchId{*id}, *reason));
        if (!report)
            return;
        if (context.json)
            printJson({{"queued", report->resent}, {"skipped", report->skipped}, {"need_confirmation", report->needConfirmation}});
        else
            std::cout << "queued: " << report->resent << "\n";
    });
    addAct(batch, context, "cancel", "Cancel what of a batch was not sent yet", BatchState::Cancelled);
}

} // namespace songda::cli
