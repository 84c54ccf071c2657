// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"

namespace songda {

/// Calls `visit(name in a manifest, word of a search, value)` for each field of a filter that selects. Whoever writes a filter
/// down goes by this, so that none of its fields is left out: a new one does not compile until it stands here.
template <class Visit> void eachFilterField(const MessageFilter &filter, Visit visit) {
    const auto &[states, account, templateRef, batch, cause, openid, recipientOf, idempotencyKey, msgid, traceId, number, ids, replay, act, discarded, createdFrom, createdTo, endedFrom, endedTo,
        failedWith, failedFrom, failedTo] = filter;
    const auto given = [&visit](const char *name, const char *word, const auto &value) {
        if constexpr (requires { value.has_value(); }) {
            if (value)
                visit(name, word, *value);
        } else if (!value.empty()) {
            visit(name, word, value);
        }
    };
    given("states", "state", states);
    given("cause", "code", cause);
    given("account_id", "account", account);
    given("template_ref", "template", templateRef);
    given("batch_id", "batch", batch);
    given("openid", "openid", openid);
    given("recipient_of", "recipient-of", recipientOf);
    given("idempotency_key", "key", idempotencyKey);
    given("msgid", "msgid", msgid);
    given("trace_id", "trace", traceId);
    given("number", "number", number);
    given("created_from", "since", createdFrom);
    given("created_to", "until", createdTo);
    given("ended_from", "ended-since", endedFrom);
    given("ended_to", "ended-until", endedTo);
    given("failed_with", "failed", failedWith);
    given("failed_from", "failed-since", failedFrom);
    given("failed_to", "failed-until", failedTo);
    given("message_ids", "id", ids);
    given("replay_id", "replay", replay);
    given("act_id", "act", act);
    if (discarded)
        visit("discarded", "discarded", true);
}

} // namespace songda
