// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of people who are not written to.
#include "engine/engine.h"
#include "engine/exchange/csv_reader.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/masking.h"
#include "engine/policy/value_rules.h"
#include "engine/store/audit_table.h"
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

Result<std::int64_t> addAll(EngineCore &core, const std::vector<Suppression> &entries, const std::string &reason, const std::string &object) {
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
    }
    return added;
}

} // namespace

QFuture<Result<std::int64_t>> Engine::suppress(SuppressRequest request) {
    SONGDA_MAY(KeepList, std::int64_t);
    return m_core->work<std::int64_t>([core = m_core.get(), request = std::move(request)]() -> Result<std::int64_t> {
        const auto account = core->account(request.account);
        if (!account)
            return tl::unexpected(account.error());
        const auto templateRef = templateRefOf(*core, account->id, request.templateId);
        if (!templateRef)
            return tl::unexpected(templateRef.error());
        std::vector<Suppression> entries;
        for (const std::string &openid : request.openids) {
            if (!isPlausibleOpenid(openid))
                return fail(ErrorCode::InvalidInput, "\"" + openid + "\": " + toString(ValueProblem{{}, ValueFault::BadOpenid, ValueType::Untyped}));
            Suppression entry;
            entry.account = account->id;
            entry.openid = openid;
            entry.templateRef = *templateRef;
            entry.cause = request.optOut ? "opt_out" : "operator";
            entry.since = systemNow().wall;
            entry.by = core->session().user;
            entries.push_back(std::move(entry));
        }
        // One person is named, so that a search for them finds the act.
        const std::string object = entries.size() == 1 ? request.account + " " + entries.front().openid : request.account;
        return addAll(*core, entries, request.reason, object);
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
    return m_core->work<std::int64_t>([=, core = m_core.get()]() -> Result<std::int64_t> {
        const auto account = core->account(accountName);
        if (!account)
            return tl::unexpected(account.error());
        const auto templateRef = templateRefOf(*core, account->id, templateId);
        if (!templateRef)
            return tl::unexpected(templateRef.error());
        std::int64_t lifted = 0;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const WallTime now = systemNow().wall;
            const auto done = store::liftSuppressions(session, account->id, openid, *templateRef, core->session().user, now);
            if (!done)
                return tl::unexpected(done.error());
            lifted = *done;
            const auto audit = store::recordAct(session, core->actor(reason), "recipient.lift", accountName + " " + openid, lifted, now);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        return lifted;
    });
}

QFuture<Result<std::vector<Suppression>>> Engine::suppressions(
    std::optional<AccountId> account, std::string openid, std::optional<std::int64_t> before, int limit) {
    SONGDA_MAY(Look, std::vector<Suppression>);
    return m_core->readers->run<std::vector<Suppression>>([=, masked = m_core->masksPeople()](store::Database &db) {
        auto list = store::readSuppressions(db, account, openid, before, limit);
        if (list && masked) {
            for (Suppression &entry : *list)
                entry.openid = maskedOpenid(entry.openid);
        }
        return list;
    });
}

} // namespace songda
