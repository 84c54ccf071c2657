// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/simulation/test_journal.h"

#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"

namespace songda::testing {

/// One chunk of an act, as the desk takes it: recorded first, in the test's run.
inline store::ActChunk act(TestJournal &journal, store::ActRequest request, Now now = later(morning, std::chrono::minutes{1})) {
    if (!request.audit) {
        request.audit = journal.write([&](store::WriteSession &session) {
            return store::recordAct(session, {"li", "because"}, store::auditName(request.act), "selection", 0, now.wall);
        });
    }
    if (!request.run)
        request.run = journal.run;
    if (request.bootId.empty())
        request.bootId = "boot-1";
    return journal.write([&](store::WriteSession &session) { return store::actOnChunk(session, request, now); });
}

/// An act on one message.
inline store::ActRequest on(store::DeskAct kind, MessageId id) {
    store::ActRequest request;
    request.act = kind;
    request.filter.ids = {id};
    return request;
}

} // namespace songda::testing
