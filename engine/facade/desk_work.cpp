// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/desk_work.h"

#include "engine/facade/engine_core.h"
#include "engine/store/audit_table.h"

namespace songda {

std::string describe(const MessageFilter &filter) {
    std::string text;
    const auto add = [&](const std::string &part) { text += (text.empty() ? "" : " ") + part; };
    for (const MessageState s : filter.states)
        add(std::string("state:") + toString(s));
    if (!filter.cause.empty())
        add("code:" + filter.cause);
    if (filter.account)
        add("account:" + std::to_string(filter.account->value));
    if (filter.templateRef)
        add("template:" + std::to_string(filter.templateRef->value));
    if (filter.batch)
        add("batch:" + std::to_string(filter.batch->value));
    if (!filter.openid.empty())
        add("openid:" + filter.openid);
    if (filter.endedFrom)
        add("ended-since:" + toIso8601(*filter.endedFrom));
    if (filter.endedTo)
        add("ended-until:" + toIso8601(*filter.endedTo));
    if (!filter.ids.empty()) {
        std::string ids = "id:";
        for (std::size_t i = 0; i < filter.ids.size() && i < 20; ++i)
            ids += (i > 0 ? "," : "") + std::to_string(filter.ids[i].value);
        add(ids + (filter.ids.size() > 20 ? ",..." : ""));
    }
    if (filter.discarded)
        add("discarded");
    return text.empty() ? "everything" : text;
}

Result<ActTotals> workThrough(EngineCore &core, store::ActRequest request, const std::string &reason) {
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
        request.before = chunk.next;
        request.alreadyDone = totals.done;
    } while (request.before);
    core.workChanged();
    return totals;
}

Result<void> finishCancelling(EngineCore &core) {
    const auto left = core.readers
                          ->run<std::vector<std::int64_t>>([](store::Database &db) -> Result<std::vector<std::int64_t>> {
                              auto found = db.cached("SELECT DISTINCT b.id FROM batch b JOIN counter c ON c.batch_id = b.id"
                                                     " WHERE b.state = 2 AND c.state IN (0, 1, 3) AND c.n > 0");
                              if (!found)
                                  return tl::unexpected(found.error());
                              store::Statement &s = **found;
                              s.bindAll();
                              const store::StatementScope scope(s);
                              std::vector<std::int64_t> ids;
                              for (;;) {
                                  const auto row = s.step();
                                  if (!row)
                                      return tl::unexpected(row.error());
                                  if (!*row)
                                      return ids;
                                  ids.push_back(s.integer(0));
                              }
                          })
                          .result();
    if (!left)
        return tl::unexpected(left.error());
    for (const std::int64_t id : *left) {
        store::ActRequest request;
        request.act = store::DeskAct::Cancel;
        request.filter.batch = BatchId{id};
        const auto done = workThrough(core, std::move(request), "the cancelling was cut off");
        if (!done)
            return tl::unexpected(done.error());
    }
    return {};
}

} // namespace songda
