// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/exchange/content_edit.h"
#include "engine/facade/engine_core.h"
#include "engine/model/erasure.h"
#include "engine/policy/value_rules.h"
#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/message_pages.h"
#include "engine/store/summaries.h"
#include "engine/store/templates_table.h"

#include <algorithm>

namespace songda {

namespace {

Result<void> checkEdited(EngineCore &core, const Message &message, const Template &t, const exchange::EditedContent &edited) {
    const auto keys = templateKeys(t.content);
    if (const auto problem = checkData(keys, edited.data))
        return fail(ErrorCode::InvalidInput, toString(*problem));
    if (!edited.url.empty() && !isPlausibleUrl(edited.url))
        return fail(ErrorCode::InvalidInput, toString(ValueProblem{{}, ValueFault::BadUrl, ValueType::Untyped}));
    const auto policy = core.policies->current();
    if (!policy)
        return tl::unexpected(policy.error());
    if (const WordScreen *words = (*policy)->wordsOf(message.accountName)) {
        for (const auto &[key, value] : edited.data) {
            if (const std::string *word = words->find(value))
                return fail(ErrorCode::InvalidInput, "the value of " + key + " contains the sensitive word " + *word);
        }
    }
    return {};
}

/// "message 12: thing2 5f2a81c09b3e -> 书": the old value as a hash, so that the record does not repeat it.
std::string objectOf(MessageId id, const std::vector<exchange::ContentChange> &changes) {
    std::string text = "message " + std::to_string(id.value) + ":";
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const exchange::ContentChange &change = changes[i];
        text += (i == 0 ? " " : "; ") + change.key + " " + (change.oldHash.empty() ? "-" : change.oldHash) + " -> "
            + (change.value.empty() ? "-" : change.value);
    }
    return text;
}

} // namespace

QFuture<Result<EditReport>> Engine::editAndResend(EditRequest request) {
    SONGDA_MAY(HandleFailed, EditReport);
    return m_core->work<EditReport>([core = m_core.get(), request = std::move(request)]() -> Result<EditReport> {
        const auto message = core->readers->run<Message>([&](store::Database &db) { return store::readMessage(db, request.id); }).result();
        if (!message)
            return tl::unexpected(message.error());
        const std::string name = "message " + std::to_string(request.id.value);
        if (isErased(message->openid))
            return fail(ErrorCode::InvalidInput, name + " cannot be sent again: its recipient was erased");
        const auto t = core->readers
                           ->run<Template>([&](store::Database &db) { return store::findTemplate(db, message->account, message->templateId); })
                           .result();
        if (!t)
            return tl::unexpected(t.error());
        std::vector<std::string> keys;
        for (const TemplateKey &key : templateKeys(t->content))
            keys.push_back(key.name);
        const auto edited = exchange::editContent(message->content, keys, request.data, request.url);
        if (!edited)
            return tl::unexpected(edited.error());
        SONGDA_TRY(checkEdited(*core, *message, *t, *edited));
        MessageFilter one;
        one.ids = {request.id};
        if (const auto alone = core->mayResendAlone(one); !alone)
            return tl::unexpected(alone.error());
        EditReport report;
        for (const exchange::ContentChange &change : edited->changes)
            report.changed.push_back(change.key);
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const Now now = systemNow();
            const auto fresh = store::readMessage(session.database(), request.id);
            if (!fresh)
                return tl::unexpected(fresh.error());
            // What the change was made on must still be what is changed.
            if ((request.life != 0 && fresh->life != request.life) || fresh->content != message->content)
                return fail(ErrorCode::InvalidInput, name + " was sent again by somebody else meanwhile; look at it anew");
            const auto audit = store::recordAct(session, core->actor(request.reason), edited->changes.empty() ? "message.resend" : "message.edit",
                edited->changes.empty() ? name : objectOf(request.id, edited->changes), 1, now.wall);
            if (!audit)
                return tl::unexpected(audit.error());
            store::ActRequest act;
            act.act = store::DeskAct::Resend;
            act.audit = *audit;
            act.bootId = bootId();
            act.mayArriveTwice = request.mayArriveTwice;
            if (!edited->changes.empty())
                act.content = edited->content;
            store::DeskActor actor(session, act, now);
            const auto acted = actor.act(request.id);
            if (!acted)
                return tl::unexpected(acted.error());
            if (*acted == store::Acted::Skipped)
                return fail(ErrorCode::InvalidInput, name + " is " + toString(fresh->state) + "; only what failed or was cancelled can be sent again");
            report.resent = *acted == store::Acted::Done;
            report.life = report.resent ? actor.life() : fresh->life;
            return report.resent ? Result<void>{} : store::forgetAct(session, *audit);
        }));
        core->workChanged();
        return report;
    });
}

QFuture<Result<void>> Engine::setCauseNote(AccountId account, std::string cause, std::string note) {
    SONGDA_MAY(HandleFailed, void);
    return m_core->work<void>([core = m_core.get(), account, cause = std::move(cause), note = std::move(note)]() -> Result<void> {
        if (note.size() > 2000)
            return fail(ErrorCode::InvalidInput, "the note is longer than 2000 bytes");
        return core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const WallTime now = systemNow().wall;
            SONGDA_TRY(store::setCauseNote(session, account, cause, note, core->session().user, now));
            const auto audit = store::recordAct(
                session, core->actor(note), "cause.note", "account " + std::to_string(account.value) + " code:" + cause, 0, now);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        });
    });
}

} // namespace songda
