// SPDX-License-Identifier: GPL-3.0-or-later
//
// dead retry as a replay of a frozen list, and what becomes of replays.
#include "app/cli/replay.h"

#include "app/cli/output.h"

#include <cstdio>
#include <iostream>

namespace songda::cli {

namespace {

bool waits(const ReplayRun &r) { return r.approval.waits() && !isOver(r.state); }

Json runJson(const ReplayRun &r) {
    return {{"id", r.id.value}, {"state", toString(r.state)}, {"size", r.size}, {"position", r.position}, {"released", r.released},
        {"accepted", r.accepted}, {"failed", r.failed}, {"ended_otherwise", r.other}, {"skipped", r.skipped}, {"need_confirmation", r.needConfirmation}, {"step", r.step},
        {"ladder", r.ladder.steps}, {"pace", r.pace}, {"stopped_because", toString(r.stop)}, {"stop_cause", r.stopCause},
        {"selection", r.selection}, {"fingerprint", r.fingerprint}, {"reason", r.reason}, {"created_by", r.createdBy},
        {"created_at", toIso8601(r.createdAt)}, {"changed_by", r.changedBy}, {"changed_at", toIso8601(r.changedAt)},
        {"waits_for_second_person", waits(r)}, {"agreed_by", r.approval.grantedBy}, {"finished_at", r.finishedAt ? Json(toIso8601(*r.finishedAt)) : Json()}};
}

Json planJson(const ReplayPlan &p) {
    return {{"size", p.size()}, {"fingerprint", p.fingerprint}, {"will_go", p.willGo}, {"held", p.held}, {"need_confirmation", p.needConfirmation},
        {"refused", p.refused}, {"causes", p.causes}, {"ends_at", p.endsAt ? Json(toIso8601(*p.endsAt)) : Json()}};
}

void print(const ReplayPlan &p) {
    std::cout << "messages:    " << p.size() << "\nfingerprint: " << p.fingerprint << "\nwill go:     " << p.willGo;
    if (p.held > 0)
        std::cout << " (" << p.held << " of them wait for a hold or a paused batch)";
    std::cout << "\n";
    if (p.needConfirmation > 0)
        std::cout << "left:        " << p.needConfirmation << " may have arrived; --may-arrive-twice sends them too\n";
    if (p.refused > 0)
        std::cout << "refused:     " << p.refused << " to people who are not written to\n";
    if (p.endsAt)
        std::cout << "done about:  " << toIso8601(*p.endsAt) << "\n";
}

std::string progressOf(const ReplayRun &r) {
    char percent[16];
    std::snprintf(percent, sizeof percent, "%.0f %%", r.size > 0 ? 100.0 * static_cast<double>(r.position) / static_cast<double>(r.size) : 100.0);
    return percent;
}

void setState(Context &context, std::int64_t id, ReplayState state, const std::string &reason) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto run = context.await(engine->setReplayState(ReplayId{id}, state, reason));
    if (!run)
        return;
    if (context.json)
        printJson(runJson(*run));
    else
        std::cout << "replay " << run->id.value << " is " << toString(run->state) << ", " << run->position << " of " << run->size << "\n";
}

void listRuns(Context &context, int limit) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto runs = context.await(engine->replays(limit));
    if (!runs)
        return;
    if (context.json) {
        Json json = Json::array();
        for (const ReplayRun &run : *runs)
            json.push_back(runJson(run));
        printJson(json);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const ReplayRun &r : *runs) {
        std::string state = toString(r.state);
        if (r.stop != ReplayStop::None)
            state += std::string(": ") + toString(r.stop) + (r.stopCause.empty() ? "" : " " + r.stopCause);
        else if (waits(r))
            state += ": waits for a second person";
        rows.push_back({std::to_string(r.id.value), state, progressOf(r), std::to_string(r.size), std::to_string(r.accepted),
            std::to_string(r.failed), std::to_string(r.skipped + r.needConfirmation), r.createdBy, toIso8601(r.createdAt), r.reason});
    }
    printTable({"replay", "state", "progress", "messages", "accepted", "failed", "left", "by", "begun", "reason"}, rows);
}

void addStateCommand(CLI::App *dead, Context &context, const char *name, const char *help, ReplayState state) {
    struct Choice {
        std::int64_t id = 0;
        std::string reason;
    };
    auto choice = std::make_shared<Choice>();
    CLI::App *command = dead->add_subcommand(name, help);
    command->add_option("replay", choice->id, "Its number, see dead runs")->required();
    command->add_option("--reason", choice->reason, "Why, for the audit");
    command->callback([&context, choice, state] { setState(context, choice->id, state, choice->reason); });
}

} // namespace

void beginReplay(Context &context, const MessageFilter &filter, const ReplayOptions &options, const ReplayWish &wish) {
    const auto engine = context.open(wish.dryRun ? EngineOptions::Role::Viewer : EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto plan = context.await(engine->planReplay(filter));
    if (!plan)
        return;
    if (!wish.expect.empty() && wish.expect != plan->fingerprint)
        return context.failed(Error{ErrorCode::InvalidInput, "the selection is another one by now: its fingerprint is " + plan->fingerprint});
    if (wish.dryRun) {
        if (context.json)
            printJson(planJson(*plan));
        else
            print(*plan);
        return;
    }
    const auto run = context.await(engine->startReplay(*plan, options));
    if (!run)
        return;
    if (context.json) {
        Json json = runJson(*run);
        json["plan"] = planJson(*plan);
        printJson(json);
        return;
    }
    print(*plan);
    if (waits(*run))
        std::cout << "replay " << run->id.value << " waits for a second person: another user lets it go with: dead resume " << run->id.value << "\n";
    else
        std::cout << "replay " << run->id.value << " goes on while the engine runs; dead runs tells how far it is\n";
}

void addReplays(CLI::App *dead, Context &context) {
    auto limit = std::make_shared<int>(20);
    CLI::App *runs = dead->add_subcommand("runs", "Replays, and how far they are");
    runs->add_option("--limit", *limit, "How many, 1 to 1000")->check(CLI::Range(1, 1000))->capture_default_str();
    runs->callback([&context, limit] { listRuns(context, *limit); });
    addStateCommand(dead, context, "pause", "Let nothing more of a replay go for now", ReplayState::Paused);
    addStateCommand(dead, context, "resume", "Let a replay go on that was paused or stopped by itself", ReplayState::Running);
    addStateCommand(dead, context, "cancel", "End a replay; what is left stays a dead letter", ReplayState::Cancelled);
}

} // namespace songda::cli
