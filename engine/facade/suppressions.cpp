// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of people who are not written to.
#include "engine/engine.h"
#include "engine/exchange/csv_reader.h"
#include "engine/facade/desk_work.h"
#include "engine/facade/engine_core.h"
#include "engine/model/erasure.h"
#include "engine/policy/masking.h"
#include "engine/policy/value_rules.h"
#include "engine/store/audit_table.h"
#include "engine/store/message_pages.h"
#include "engine/store/suppressions.h"
#include "engine/store/templates_table.h"

namespace songda {

namespace {

constexpr std::size_t rowsPerTransaction = 5000;

Result<std::optional<TemplateRef>> templateRefOf(EngineCore &core, AccountId account, const std::string &templateId) {
    if (templateId.empty())
        return std::optional<TemplateRef>{};
    const auto t = core.readers->run<Template>([&](store::Database &db) { return store::findTemplate(db, account, templateId); }).result();
    if (!t)
        return tl::unexpected(t.error());
    return std::optional(t->id);
}

/// Puts people on the list whose openids the caller has; what is done when the control ends it stays done.
Result<std::int64_t> addAll(EngineCore &core, const std::vector<Suppression> &entries, const std::string &reason, const std::string &object, JobControl *control) {
    std::int64_t added = 0;
    for (std::size_t first = 0; first < entries.size(); first += rowsPerTransaction) {
        const std::size_t last = std::min(entries.size(), first + rowsPerTransaction);
        SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
            std::int64_t here = 0;
            for (std::size_t i = first; i < last; ++i) {
                const auto done = store::addSuppression(session, entries[i]);
                if (!done)
                    return tl::unexpected(done.error());
                here += *done ? 1 : 0;
            }
            const auto audit = store::recordAct(session, core.actor(reason), "recipient.suppress", object, here, systemNow().wall);
            if (!audit)
                return tl::unexpected(audit.error());
            added += here;
            return {};
        }));
        if (core.closing)
            break;
        if (control == nullptr)
            continue;
        control->rows += static_cast<std::int64_t>(last - first);
        if (control->cancelled && last < entries.size()) {
            control->cutShort = true;
            break;
        }
    }
    return added;
}

/// Whom messages are for, a chunk in a transaction: the act counts people, and lists the messages they were found by.
Result<std::int64_t> addRecipients(EngineCore &core, const MessageFilter &filter, const Suppression &pattern, const std::string &reason, JobControl *control) {
    constexpr int messagesAtATime = 500;
    AuditId audit;
    SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto act = store::recordAct(session, core.actor(reason), "recipient.suppress", describe(filter), 0, systemNow().wall);
        if (!act)
            return tl::unexpected(act.error());
        audit = *act;
        return {};
    }));
    std::int64_t added = 0;
    std::optional<MessageId> before;
    do {
        std::int64_t here = 0;
        std::int64_t looked = 0;
        std::optional<MessageId> next;
        SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto page = store::readPage(session.database(), {filter, before, messagesAtATime});
            if (!page)
                return tl::unexpected(page.error());
            for (const MessageRow &row : page->rows) {
                ++looked;
                if (isErased(row.openid))
                    continue;
                Suppression entry = pattern;
                entry.openid = row.openid;
                const auto done = store::addSuppression(session, entry);
                if (!done)
                    return tl::unexpected(done.error());
                here += *done ? 1 : 0;
                SONGDA_TRY(store::recordTouched(session, audit, row.id, row.state));
            }
            if (page->more)
                next = page->rows.back().id;
            return store::setActCount(session, audit, added + here);
        }));
        added += here;
        before = next;
        if (core.closing)
            break;
        if (control == nullptr)
            continue;
        control->rows += looked;
        if (before && control->cancelled) {
            control->cutShort = true;
            break;
        }
    } while (before);
    return added;
}

Result<std::int64_t> lift(EngineCore &core, const std::string &accountName, const std::string &openid, const std::string &templateId, const std::string &reason) {
    const auto account = core.account(accountName);
    if (!account)
        return tl::unexpected(account.error());
    const auto templateRef = templateRefOf(core, account->id, templateId);
    if (!templateRef)
        return tl::unexpected(templateRef.error());
    std::int64_t lifted = 0;
    SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const WallTime now = systemNow().wall;
        const auto done = store::liftSuppressions(session, account->id, openid, *templateRef, core.session().user, now);
        if (!done)
            return tl::unexpected(done.error());
        lifted = *done;
        const auto audit = store::recordAct(session, core.actor(reason), "recipient.lift", accountName + " " + openid, lifted, now);
        return audit ? Result<void>{} : tl::unexpected(audit.error());
    }));
    return lifted;
}

void maskAll(std::vector<Suppression> &list) {
    for (Suppression &entry : list)
        entry.openid = maskedOpenid(entry.openid);
}

} // namespace

QFuture<Result<std::int64_t>> Engine::suppress(SuppressRequest request, Control control) {
    SONGDA_MAY(KeepList, std::int64_t);
    return m_core->work<std::int64_t>([core = m_core.get(), request = std::move(request), control = std::move(control)]() -> Result<std::int64_t> {
        const auto account = core->account(request.account);
        if (!account)
            return tl::unexpected(account.error());
        const auto templateRef = templateRefOf(*core, account->id, request.templateId);
        if (!templateRef)
            return tl::unexpected(templateRef.error());
        Suppression pattern;
        pattern.account = account->id;
        pattern.templateRef = *templateRef;
        pattern.cause = request.optOut ? "opt_out" : "operator";
        pattern.since = systemNow().wall;
        pattern.by = core->session().user;
        std::vector<Suppression> entries;
        for (const std::string &openid : request.openids) {
            if (!isPlausibleOpenid(openid))
                return fail(ErrorCode::InvalidInput, "\"" + openid + "\": " + toString(ValueProblem{{}, ValueFault::BadOpenid, ValueType::Untyped}));
            entries.push_back(pattern);
            entries.back().openid = openid;
        }
        // One person is named, so that a search for them finds the act.
        const std::string object = entries.size() == 1 ? request.account + " " + entries.front().openid : request.account;
        auto added = addAll(*core, entries, request.reason, object, control.get());
        if (!added || !request.recipientsOf || (control && control->cutShort))
            return added;
        MessageFilter filter = *request.recipientsOf;
        filter.account = account->id;
        return addRecipients(*core, filter, pattern, request.reason, control.get()).map([&](std::int64_t others) { return *added + others; });
    });
}

QFuture<Result<std::vector<std::string>>> Engine::readOpenids(std::string path) {
    return m_core->work<std::vector<std::string>>([path = std::move(path)]() -> Result<std::vector<std::string>> {
        auto reader = exchange::CsvReader::open(path);
        if (!reader)
            return tl::unexpected(reader.error());
        std::vector<std::string> openids;
        exchange::CsvRow row;
        for (;;) {
            const auto more = reader->next(row);
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                return openids;
            if (row.fault != exchange::CsvFault::None || row.fields.empty())
                return fail(ErrorCode::InvalidInput, path + ", line " + std::to_string(row.line) + " cannot be read");
            const std::string &first = row.fields.front();
            if (isPlausibleOpenid(first) && first != "openid")
                openids.push_back(first);
            else if (row.line > 1) // the first may be a header
                return fail(ErrorCode::InvalidInput, path + ", line " + std::to_string(row.line) + ": \"" + first + "\" is no openid; nothing was added");
        }
    });
}

QFuture<Result<std::int64_t>> Engine::liftSuppression(std::string accountName, std::string openid, std::string templateId, std::string reason) {
    SONGDA_MAY(KeepList, std::int64_t);
    return m_core->work<std::int64_t>([=, core = m_core.get()] { return lift(*core, accountName, openid, templateId, reason); });
}

QFuture<Result<std::int64_t>> Engine::liftSuppression(MessageId recipientOf, std::string templateId, std::string reason) {
    SONGDA_MAY(KeepList, std::int64_t);
    return m_core->work<std::int64_t>([=, core = m_core.get()]() -> Result<std::int64_t> {
        const auto message = core->readers->run<Message>([=](store::Database &db) { return store::readMessage(db, recipientOf); }).result();
        if (!message)
            return tl::unexpected(message.error());
        return lift(*core, message->accountName, message->openid, templateId, reason);
    });
}

QFuture<Result<std::vector<Suppression>>> Engine::suppressions(
    std::optional<AccountId> account, std::string openid, std::optional<std::int64_t> before, int limit) {
    SONGDA_MAY(Look, std::vector<Suppression>);
    return m_core->readers->run<std::vector<Suppression>>([=, masked = m_core->masksPeople()](store::Database &db) {
        auto list = store::readSuppressions(db, account, openid, before, limit);
        if (list && masked)
            maskAll(*list);
        return list;
    });
}

QFuture<Result<std::vector<Suppression>>> Engine::suppressionsOf(MessageId recipientOf, int limit) {
    SONGDA_MAY(Look, std::vector<Suppression>);
    return m_core->readers->run<std::vector<Suppression>>([=, masked = m_core->masksPeople()](store::Database &db) -> Result<std::vector<Suppression>> {
        const auto message = store::readMessage(db, recipientOf);
        if (!message)
            return tl::unexpected(message.error());
        auto list = store::readSuppressions(db, message->account, message->openid, std::nullopt, limit);
        if (list && masked)
            maskAll(*list);
        return list;
    });
}

QFuture<Result<std::vector<AccountId>>> Engine::accountsKnowing(std::string openid) {
    SONGDA_MAY(Look, std::vector<AccountId>);
    return m_core->readers->run<std::vector<AccountId>>([openid = std::move(openid)](store::Database &db) { return store::accountsKnowing(db, openid); });
}

} // namespace songda
