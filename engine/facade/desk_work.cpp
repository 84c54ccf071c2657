// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/desk_work.h"

#include "engine/facade/engine_core.h"
#include "engine/model/filter_fields.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"

namespace songda {

std::string describe(const MessageFilter &filter) {
    constexpr std::size_t idsNamed = 20;
    std::string text;
    const auto add = [&](const std::string &part) { text += (text.empty() ? "" : " ") + part; };
    eachFilterField(filter, [&](const char *, const std::string &word, const auto &value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, bool>) {
            add(word);
        } else if constexpr (std::is_same_v<Value, std::string>) {
            add(word + ":" + value);
        } else if constexpr (std::is_same_v<Value, WallTime>) {
            add(word + ":" + toIso8601(value));
        } else if constexpr (std::is_same_v<Value, std::vector<MessageState>>) {
            for (const MessageState state : value)
                add(word + ":" + toString(state));
        } else if constexpr (std::is_same_v<Value, std::vector<MessageId>>) {
            std::string list;
            for (std::size_t i = 0; i < value.size() && i < idsNamed; ++i)
                list += (i > 0 ? "," : "") + std::to_string(value[i].value);
            add(word + ":" + list + (value.size() > idsNamed ? ",..." : ""));
        } else {
            add(word + ":" + std::to_string(value.value));
        }
    });
    return text.empty() ? "everything" : text;
}

namespace {

Result<void> recordCutShort(EngineCore &core, const store::ActRequest &request, const std::string &why, std::int64_t done) {
    return core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto audit = store::recordAct(session, core.actor(why), "message.cut_short",
            "act " + std::to_string(request.audit.value) + ": " + store::auditName(request.act), done, systemNow().wall);
        return audit ? Result<void>{} : tl::unexpected(audit.error());
    });
}

} // namespace

Result<ActTotals> workThrough(EngineCore &core, store::ActRequest request, const std::string &reason, JobControl *control) {
    request.bootId = bootId();
    ActTotals totals;
    SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto audit
            = store::recordAct(session, core.actor(reason), store::auditName(request.act), describe(request.filter), 0, systemNow().wall);
        if (!audit)
            return tl::unexpected(audit.error());
        request.audit = *audit;
        return {};
    }));
    request.paceFrom = systemNow().wall;
    do {
        store::ActChunk chunk;
        SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::actOnChunk(session, request, systemNow());
            if (!done)
                return tl::unexpected(done.error());
            chunk = *done;
            return store::setActCount(session, request.audit, totals.done + chunk.done);
        }));
        totals.done += chunk.done;
        totals.skipped += chunk.skipped;
        totals.needConfirmation += chunk.needConfirmation;
        totals.uncertain += chunk.uncertain;
        request.before = chunk.next;
        request.most = chunk.most;
        request.alreadyDone = totals.done;
        if (control)
            control->rows = totals.done;
        if (chunk.beyond > 0) {
            totals.reachedMost = true;
            SONGDA_TRY(recordCutShort(core, request, "more of them came up while it was under way", totals.done));
        }
        if (request.before && control && control->cancelled) {
            control->cutShort = true;
            SONGDA_TRY(recordCutShort(core, request, "cancelled while it was under way", totals.done));
            break;
        }
        if (request.before && core.closing) { // nobody's wish: a batch that is being cancelled goes on being so after the next start
            SONGDA_TRY(recordCutShort(core, request, "Songda was closed while it was under way", totals.done));
            break;
        }
    } while (request.before);
    core.workChanged();
    return totals;
}

Result<void> finishCancelling(EngineCore &core) {
    const auto left = core.readers
                          ->run<std::vector<BatchId>>([](store::Database &db) { return store::halfCancelled(db); })
                          .result();
    if (!left)
        return tl::unexpected(left.error());
    for (const BatchId id : *left) {
        store::ActRequest request;
        request.act = store::DeskAct::Cancel;
        request.filter.batch = id;
        const auto done = workThrough(core, std::move(request), "the cancelling was cut off");
        if (!done)
            return tl::unexpected(done.error());
    }
    return {};
}

} // namespace songda
