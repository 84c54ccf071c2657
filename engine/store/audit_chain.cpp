// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/audit_chain.h"

#include "engine/store/chain_link.h"
#include "engine/store/meta.h"

#include <charconv>
#include <map>
#include <sqlite3.h>
#include <vector>

namespace songda::store {

namespace {

constexpr const char *noLink = "-";
constexpr const char *markKey = "audit_mark";
constexpr const char *unchainedKey = "audit_unchained"; ///< up to which act the audit is still to be chained

struct Mark {
    AuditHead head;
    AuditId last;
    std::string changes; ///< that no act carries yet
};

struct Act {
    AuditId id;
    WallTime at;
    std::string who, act, object, reason;
    std::int64_t count = 0;
    std::optional<std::int64_t> firstCount;
    std::string changes;
    std::optional<std::string> salt, erased, link;
};

/// What became of an act after it was recorded.
struct Later {
    std::optional<std::int64_t> count;
    bool erased = false;
};
using LaterChanges = std::map<AuditId, Later>;

std::string takeWord(std::string_view &text) {
    const auto end = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(n) : std::nullopt;
}

/// "ACTS LAST LINK CHANGES".
std::optional<Mark> parseMark(std::string_view text) {
    Mark mark;
    const auto acts = whole(takeWord(text));
    const auto last = whole(takeWord(text));
    if (!acts || !last)
        return std::nullopt;
    mark.head.acts = *acts;
    mark.last = AuditId{*last};
    mark.head.link = takeWord(text);
    if (mark.head.link == noLink)
        mark.head.link.clear();
    mark.changes = text;
    return mark;
}

Result<std::optional<Mark>> readMark(Database &database) {
    return metaText(database, markKey).map([](const std::optional<std::string> &text) { return text ? parseMark(*text) : std::nullopt; });
}

Result<void> writeMark(WriteSession &session, const Mark &mark) {
    return setMetaText(session, markKey, std::to_string(mark.head.acts) + " " + std::to_string(mark.last.value) + " "
            + (mark.head.link.empty() ? noLink : mark.head.link) + " " + mark.changes);
}

/// The last act before `id`, as a mark that counts `acts`.
Result<Mark> markBefore(WriteSession &session, AuditId id, std::int64_t acts, std::string changes) {
    auto mark = session.database().first("SELECT id, coalesce(link, '') FROM audit WHERE id < ?1 ORDER BY id DESC LIMIT 1",
        [&](const Statement &s) { return Mark{{acts, s.string(1)}, s.id<AuditId>(0), changes}; }, id);
    return mark.map([&](std::optional<Mark> found) { return std::move(found).value_or(Mark{{acts, {}}, {}, changes}); });
}

/// The mark for an act that comes behind all others. Somebody took the mark away: that counts as an act that is missing,
/// for ever, and does not keep people from working.
Result<Mark> markForNext(WriteSession &session, AuditId next) {
    auto mark = readMark(session.database());
    if (!mark)
        return tl::unexpected(mark.error());
    if (*mark)
        return std::move(**mark);
    const auto acts = session.database().number("SELECT count(*) FROM audit WHERE id < ?1", next);
    if (!acts)
        return tl::unexpected(acts.error());
    return markBefore(session, next, *acts + 1, {});
}

void addField(std::string &text, std::string_view field) { text.append(std::to_string(field.size())).append(":").append(field).append(","); }

std::string textsHash(const Act &a) {
    std::string text;
    addField(text, a.salt.value_or(std::string()));
    addField(text, a.object);
    addField(text, a.reason);
    return sha256Hex(text);
}

std::string linkOf(const Act &a, const std::string &previous) {
    std::string text;
    addField(text, std::to_string(toMillis(a.at)));
    addField(text, a.who);
    addField(text, a.act);
    addField(text, std::to_string(a.firstCount.value_or(a.count)));
    addField(text, a.changes);
    addField(text, a.erased ? *a.erased : textsHash(a));
    return chainLink(a.id.value, previous, text);
}

#define SONGDA_ACT_COLUMNS "SELECT id, at, who, act, object, reason, n, first_n, changes, salt, erased, link FROM audit"

Act readAct(const Statement &s) {
    const auto text = [&](int column) { return s.isNull(column) ? std::nullopt : std::optional(s.string(column)); };
    return {s.id<AuditId>(0), s.time(1), s.string(2), s.string(3), s.string(4), s.string(5), s.integer(6), s.optionalInteger(7), s.string(8),
        text(9), text(10), text(11)};
}

Result<Act> actOf(WriteSession &session, AuditId id) {
    auto act = session.database().first(SONGDA_ACT_COLUMNS " WHERE id = ?1", readAct, id);
    if (!act)
        return tl::unexpected(act.error());
    return *act ? Result<Act>(std::move(**act)) : fail(ErrorCode::NotFound, "there is no act " + std::to_string(id.value));
}

Result<void> append(WriteSession &session, Act act, Mark &mark) {
    act.changes = std::exchange(mark.changes, {});
    act.salt = newSalt();
    mark.head.link = linkOf(act, mark.head.link);
    mark.last = act.id;
    ++mark.head.acts;
    return session.run("UPDATE audit SET changes = ?2, salt = ?3, link = ?4 WHERE id = ?1", act.id, act.changes, act.salt, mark.head.link);
}

template <class F> void forEachChange(std::string_view changes, F f) {
    while (!changes.empty()) {
        const auto end = std::min(changes.find(','), changes.size());
        f(changes.substr(0, end));
        changes.remove_prefix(std::min(end + 1, changes.size()));
    }
}

/// Adds a change to those that wait for the next act, in place of an earlier one of its kind.
Result<void> noteChange(WriteSession &session, AuditId id, char kind, const std::string &rest) {
    auto mark = markForNext(session, AuditId{INT64_MAX});
    if (!mark)
        return tl::unexpected(mark.error());
    const std::string own = std::to_string(id.value) + kind;
    std::string changes;
    forEachChange(mark->changes, [&](std::string_view one) {
        if (!one.starts_with(own))
            changes.append(one).append(",");
    });
    mark->changes = changes + own + rest;
    return writeMark(session, *mark);
}

void readChanges(std::string_view changes, LaterChanges &later) {
    forEachChange(changes, [&](std::string_view one) {
        const auto sign = one.find_first_of("=-");
        const auto id = whole(one.substr(0, std::min(sign, one.size())));
        if (!id || sign == std::string_view::npos)
            return;
        Later &act = later[AuditId{*id}];
        if (one[sign] == '-')
            act.erased = true;
        else
            act.count = whole(one.substr(sign + 1));
    });
}

std::string named(const Act &a) { return "act " + std::to_string(a.id.value) + " (" + a.act + ", " + toIso8601(a.at) + ")"; }

/// Looks along the links; gathers what later acts say of earlier ones.
Result<void> walkLinks(Database &database, const std::optional<AuditHead> &noted, AuditCheck &check, LaterChanges &later) {
    SONGDA_TRY(database.each(SONGDA_ACT_COLUMNS " ORDER BY id", [&](const Statement &s) {
        const Act act = readAct(s);
        const auto broken = [&](const std::string &why) {
            check.broken = act.id;
            check.problem = named(act) + why;
            return false;
        };
        if (!act.link)
            return broken(" was put in past Songda: it has no link");
        if (*act.link != linkOf(act, check.head.link))
            return broken(" is not what was recorded, or does not follow the act before it: one of them was changed, put in or taken away");
        check.head.link = *act.link;
        ++check.head.acts;
        if (noted && noted->acts == check.head.acts && noted->link != check.head.link)
            return broken(" is not the one that was noted as number " + std::to_string(noted->acts) + ": the chain was made anew");
        readChanges(act.changes, later);
        return true;
    }));
    if (!check.broken && noted && noted->acts > check.head.acts)
        check.problem = std::to_string(noted->acts - check.head.acts) + " acts are missing at the end, compared with what was noted";
    return {};
}

/// Looks at the end, by the mark.
Result<void> lookAtMark(Database &database, AuditCheck &check, LaterChanges &later) {
    const auto mark = readMark(database);
    if (!mark)
        return tl::unexpected(mark.error());
    if (!*mark) {
        check.problem = "the mark that counts the acts is missing";
        return {};
    }
    const AuditHead &head = (*mark)->head;
    if (head.acts > check.head.acts)
        check.problem = std::to_string(head.acts - check.head.acts) + " acts are missing: the mark counts " + std::to_string(head.acts) + ", there are "
            + std::to_string(check.head.acts);
    else if (head != check.head)
        check.problem = "the last act is not the one that the mark names";
    else
        readChanges((*mark)->changes, later);
    return {};
}

/// Looks at what may change after an act was recorded.
Result<void> walkChanges(Database &database, const LaterChanges &later, AuditCheck &check) {
    return database.each(SONGDA_ACT_COLUMNS " ORDER BY id", [&](const Statement &s) {
        const Act act = readAct(s);
        const auto it = later.find(act.id);
        const Later said = it == later.end() ? Later{} : it->second;
        std::string why;
        if (said.count ? act.count != *said.count || !act.firstCount : act.firstCount.has_value())
            why = ": its count is not the one that was recorded";
        else if (said.erased != act.erased.has_value() || act.erased.has_value() == act.salt.has_value())
            why = said.erased ? ": its texts were erased and are there again" : ": its texts were taken away, and no act says so";
        if (why.empty())
            return true;
        check.broken = act.id;
        check.problem = named(act) + why;
        return false;
    });
}

Result<AuditCheck> checkInSnapshot(Database &database, const std::optional<AuditHead> &noted) {
    AuditCheck check;
    const auto unchained = metaText(database, unchainedKey);
    if (!unchained)
        return tl::unexpected(unchained.error());
    if (*unchained) {
        check.problem = "the acts are not chained yet; that happens when the profile is next opened for writing";
        return check;
    }
    LaterChanges later;
    SONGDA_TRY(walkLinks(database, noted, check, later));
    if (check.problem.empty())
        SONGDA_TRY(lookAtMark(database, check, later));
    if (check.problem.empty())
        SONGDA_TRY(walkChanges(database, later, check));
    return check;
}

} // namespace

Result<void> chainAct(WriteSession &session, AuditId id) {
    auto act = actOf(session, id);
    if (!act)
        return tl::unexpected(act.error());
    auto mark = markForNext(session, id);
    if (!mark)
        return tl::unexpected(mark.error());
    SONGDA_TRY(append(session, std::move(*act), *mark));
    return writeMark(session, *mark);
}

Result<void> unchainAct(WriteSession &session, AuditId id) {
    const auto act = actOf(session, id);
    const auto mark = readMark(session.database());
    if (!act || !mark)
        return tl::unexpected(!act ? act.error() : mark.error());
    if (!*mark || (*mark)->last != id)
        return fail(ErrorCode::Internal, "only the last act can be taken back");
    // What changed in this act itself goes with it.
    LaterChanges ofItself;
    readChanges((*mark)->changes, ofItself);
    if (!ofItself.empty())
        return fail(ErrorCode::Internal, "an act that something followed cannot be taken back");
    const auto before = markBefore(session, id, (*mark)->head.acts - 1, act->changes);
    return before ? writeMark(session, *before) : tl::unexpected(before.error());
}

Result<void> noteCount(WriteSession &session, AuditId id, std::int64_t count) { return noteChange(session, id, '=', std::to_string(count)); }

Result<void> eraseTexts(WriteSession &session, AuditId id, const std::string &object, const std::string &reason) {
    const auto act = actOf(session, id);
    if (!act)
        return tl::unexpected(act.error());
    SONGDA_TRY(session.run("UPDATE audit SET object = ?2, reason = ?3, erased = ?4, salt = NULL WHERE id = ?1", id, object, reason,
        act->erased ? *act->erased : textsHash(*act)));
    return noteChange(session, id, '-', {});
}

Result<bool> chainOldActs(WriteSession &session, int limit) {
    const auto until = metaText(session.database(), unchainedKey);
    if (!until)
        return tl::unexpected(until.error());
    if (!*until)
        return false;
    auto read = readMark(session.database());
    if (!read)
        return tl::unexpected(read.error());
    Mark mark = *read ? std::move(**read) : Mark{};
    auto acts = session.database().all(
        SONGDA_ACT_COLUMNS " WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3", readAct, mark.last, whole(**until).value_or(0), limit);
    if (!acts)
        return tl::unexpected(acts.error());
    for (Act &act : *acts)
        SONGDA_TRY(append(session, std::move(act), mark));
    SONGDA_TRY(writeMark(session, mark));
    if (static_cast<int>(acts->size()) == limit)
        return true;
    SONGDA_TRY(removeMeta(session, unchainedKey));
    return false;
}

Result<AuditHead> auditHead(Database &database) {
    return readMark(database).map([](const std::optional<Mark> &mark) { return mark ? mark->head : AuditHead{}; });
}

Result<AuditCheck> checkAudit(Database &database, const std::optional<AuditHead> &noted) {
    // One snapshot for both walks and the mark: an engine may be writing meanwhile.
    const bool own = sqlite3_get_autocommit(database.handle()) != 0;
    if (own)
        SONGDA_TRY(database.exec("BEGIN"));
    auto check = checkInSnapshot(database, noted);
    if (own)
        static_cast<void>(database.exec("COMMIT"));
    return check;
}

#undef SONGDA_ACT_COLUMNS

} // namespace songda::store
