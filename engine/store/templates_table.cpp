// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/templates_table.h"

#include "engine/policy/template_syntax.h"
#include "engine/store/columns.h"
#include "engine/store/consent_events.h"

#include <algorithm>
#include <set>

namespace songda::store {

namespace {

#define SONGDA_TEMPLATE_COLUMNS                                                                                \
    "id, account_id, template_id, title, content, example, primary_industry, deputy_industry, fetched_at,"     \
    " gone_at, hold_cause, hold_detail, hold_by, hold_since"

Template templateAt(const Statement &s) {
    Template t;
    t.id = s.id<TemplateRef>(0);
    t.account = s.id<AccountId>(1);
    t.templateId = s.string(2);
    t.title = s.string(3);
    t.content = s.string(4);
    t.example = s.string(5);
    t.primaryIndustry = s.string(6);
    t.deputyIndustry = s.string(7);
    t.fetchedAt = s.optionalTime(8);
    t.goneAt = s.optionalTime(9);
    t.hold = holdAt(s, 10);
    return t;
}

Result<std::optional<Template>> existing(Database &database, AccountId account, const std::string &templateId) {
    return database.first("SELECT " SONGDA_TEMPLATE_COLUMNS " FROM template WHERE account_id = ?1 AND template_id = ?2", templateAt, account, templateId);
}

Result<void> remember(WriteSession &session, const Template &old, WallTime now) {
    auto insert = session.sql("INSERT INTO template_history(template_ref, until, title, content) VALUES(?1, ?2, ?3, ?4)");
    if (!insert)
        return tl::unexpected(insert.error());
    return (*insert)->bindAll(old.id, now, old.title, old.content).run();
}

/// What the keys of a template have become, in short; empty when they are the same.
std::string keyDrift(const std::string &before, const std::string &after) {
    const auto namesOf = [](const std::string &content) {
        std::set<std::string> names;
        for (const TemplateKey &key : templateKeys(content))
            names.insert(key.name);
        return names;
    };
    const auto was = namesOf(before);
    const auto is = namesOf(after);
    std::string text;
    const auto add = [&text](const char *sign, const std::string &name) { text += (text.empty() ? "" : " ") + (sign + name); };
    for (const std::string &name : was) {
        if (!is.contains(name))
            add("-", name);
    }
    for (const std::string &name : is) {
        if (!was.contains(name))
            add("+", name);
    }
    return text;
}

Result<bool> isWaitedFor(Database &database, TemplateRef id) {
    return database
        .number("SELECT EXISTS(SELECT 1 FROM batch b JOIN counter c ON c.batch_id = b.id WHERE b.template_ref = ?1 AND c.state IN (?2, ?3, ?4) AND c.n > 0)", id,
            MessageState::Held, MessageState::Queued, MessageState::Retrying)
        .map([](std::int64_t n) { return n != 0; });
}

/// What waits was made for other keys: a person looks at it first.
Result<void> holdWhatDriftBreaks(WriteSession &session, const Template &old, const std::string &content, WallTime now) {
    const std::string drift = keyDrift(old.content, content);
    if (drift.empty())
        return {};
    const auto waited = isWaitedFor(session.database(), old.id);
    if (!waited)
        return tl::unexpected(waited.error());
    if (!*waited)
        return {};
    const auto held = setTemplateHold(session, old.id, Hold{"template_changed", drift, "engine", now});
    return held ? Result<void>{} : tl::unexpected(held.error());
}

} // namespace

Result<TemplateRef> putTemplate(WriteSession &session, const Template &t, WallTime now) {
    const auto old = existing(session.database(), t.account, t.templateId);
    if (!old)
        return tl::unexpected(old.error());
    if (*old) {
        if ((*old)->content != t.content || (*old)->title != t.title)
            SONGDA_TRY(remember(session, **old, now));
        auto update = session.sql("UPDATE template SET title = ?2, content = ?3, example = ?4, primary_industry = ?5,"
                                  " deputy_industry = ?6, fetched_at = coalesce(?7, fetched_at), gone_at = NULL WHERE id = ?1");
        if (!update)
            return tl::unexpected(update.error());
        SONGDA_TRY((*update)
                       ->bindAll((*old)->id, t.title, t.content, t.example, t.primaryIndustry, t.deputyIndustry, t.fetchedAt)
                       .run());
        if ((*old)->hold && (*old)->hold->cause == "template_gone") {
            const auto released = setTemplateHold(session, (*old)->id, std::nullopt);
            if (!released)
                return tl::unexpected(released.error());
        }
        return (*old)->id;
    }
    auto insert = session.sql("INSERT INTO template(account_id, template_id, title, content, example, primary_industry,"
                              " deputy_industry, fetched_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)
                   ->bindAll(t.account, t.templateId, t.title, t.content, t.example, t.primaryIndustry,
                       t.deputyIndustry, t.fetchedAt)
                   .run());
    const TemplateRef id{session.database().lastInsertId()};
    SONGDA_TRY(applyWaitingRefusals(session, t.account, t.templateId, id));
    return id;
}

Result<TemplateSyncReport> syncTemplates(
    WriteSession &session, AccountId account, const std::vector<Template> &listed, WallTime now) {
    const auto before = readTemplates(session.database(), account);
    if (!before)
        return tl::unexpected(before.error());
    TemplateSyncReport report;
    for (const Template &t : listed) {
        const auto old = std::find_if(before->begin(), before->end(), [&](const Template &b) { return b.templateId == t.templateId; });
        if (old == before->end())
            ++report.added;
        else if (old->content != t.content || old->title != t.title || old->goneAt)
            ++report.changed;
        else
            ++report.unchanged;
        const auto put = putTemplate(session, t, now);
        if (!put)
            return tl::unexpected(put.error());
        if (old != before->end() && old->fetchedAt)
            SONGDA_TRY(holdWhatDriftBreaks(session, *old, t.content, now));
    }
    auto gone = session.sql("UPDATE template SET gone_at = ?2 WHERE id = ?1");
    if (!gone)
        return tl::unexpected(gone.error());
    for (const Template &old : *before) {
        const bool still = std::any_of(listed.begin(), listed.end(), [&](const Template &t) { return t.templateId == old.templateId; });
        if (still || !old.fetchedAt || old.goneAt)
            continue;
        SONGDA_TRY((*gone)->bindAll(old.id, now).run());
        if (const auto held = setTemplateHold(session, old.id, Hold{"template_gone", old.title, "engine", now}); !held)
            return tl::unexpected(held.error());
        ++report.gone;
    }
    return report;
}

Result<bool> setTemplateHold(WriteSession &session, TemplateRef id, const std::optional<Hold> &hold) {
    auto update = session.sql("UPDATE template SET hold_cause = ?2, hold_detail = ?3, hold_by = ?4, hold_since = ?5"
                              " WHERE id = ?1 AND ((hold_cause IS NULL) <> (?2 IS NULL) OR (?4 <> 'engine' AND hold_by = 'engine'))");
    if (!update)
        return tl::unexpected(update.error());
    Statement &s = **update;
    if (hold)
        SONGDA_TRY(s.bindAll(id, hold->cause, hold->detail, hold->by, hold->since).run());
    else
        SONGDA_TRY(s.bindAll(id, nullptr, nullptr, nullptr, nullptr).run());
    return session.database().changes() > 0;
}

Result<std::vector<Template>> readTemplates(Database &database, std::optional<AccountId> account) {
    return database.all("SELECT " SONGDA_TEMPLATE_COLUMNS " FROM template WHERE ?1 IS NULL OR account_id = ?1 ORDER BY account_id, id", templateAt, account);
}

Result<std::vector<TemplateVersion>> readTemplateHistory(Database &database, TemplateRef id) {
    return database.all("SELECT until, title, content FROM template_history WHERE template_ref = ?1 ORDER BY id DESC",
        [](const Statement &s) { return TemplateVersion{s.time(0), s.string(1), s.string(2)}; }, id);
}

Result<std::vector<TemplateUse>> readTemplateUse(Database &database, WallTime since) {
    return database.all("SELECT b.template_ref, sum(u.accepted), sum(u.failed), sum(u.waiting) FROM ("
                        "SELECT batch_id, CASE WHEN cause = '' THEN n ELSE 0 END AS accepted,"
                        " CASE WHEN cause <> '' THEN n ELSE 0 END AS failed, 0 AS waiting FROM attempt_summary WHERE hour >= ?1"
                        " UNION ALL SELECT batch_id, 0, 0, n FROM counter WHERE state IN (0, 1, 3)) u"
                        " JOIN batch b ON b.id = u.batch_id GROUP BY b.template_ref",
        [](const Statement &s) { return TemplateUse{s.id<TemplateRef>(0), s.integer(1), s.integer(2), s.integer(3)}; },
        std::int64_t{std::chrono::floor<std::chrono::hours>(since.time_since_epoch()).count()});
}

Result<Template> findTemplate(Database &database, AccountId account, const std::string &idOrTitle) {
    const auto templates = readTemplates(database, account);
    if (!templates)
        return tl::unexpected(templates.error());
    const Template *byTitle = nullptr;
    int titles = 0;
    for (const Template &t : *templates) {
        if (t.templateId == idOrTitle)
            return t;
        if (t.title == idOrTitle) {
            byTitle = &t;
            ++titles;
        }
    }
    if (titles == 1)
        return *byTitle;
    if (titles > 1)
        return fail(ErrorCode::InvalidInput, "several templates are titled \"" + idOrTitle + "\"; name it by its template id");
    return fail(ErrorCode::NotFound, "the account has no template \"" + idOrTitle
            + "\"; run template sync, or template add");
}

} // namespace songda::store
