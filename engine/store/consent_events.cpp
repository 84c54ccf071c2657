// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/consent_events.h"

#include "engine/model/hash.h"
#include "engine/store/erased_names.h"
#include "engine/store/suppressions.h"

#include <algorithm>

namespace songda::store {

namespace {

using Names = std::vector<std::string>;

constexpr const char *leftCause = "unsubscribed";
constexpr const char *refusedCause = "subscription_refused";
/// Retries come within minutes: what so many others have said something after is not asked for any more.
constexpr std::int64_t keptConsents = 500'000;
constexpr const char *ofAccount = "";

Result<std::optional<TemplateRef>> templateOf(WriteSession &session, AccountId account, const std::string &templateId) {
    return session.database().first(
        "SELECT id FROM template WHERE account_id = ?1 AND template_id = ?2", [](const Statement &s) { return s.id<TemplateRef>(0); }, account, templateId);
}

/// The same event, or a later one of its kind, was recorded before, lifted or not.
Result<bool> isOld(WriteSession &session, const Suppression &entry, const Names &names) {
    auto found = session.sql("SELECT 1 FROM suppression INDEXED BY suppression_recipient WHERE recipient_hash = ?1 AND account_id = ?2"
                             " AND openid = ?3 AND template_ref IS ?4 AND cause = ?5 AND since >= ?6");
    if (!found)
        return tl::unexpected(found.error());
    for (const std::string &name : names) {
        (*found)->bindAll(storedHash(name), entry.account, name, entry.templateRef, entry.cause, entry.since);
        const StatementScope scope(**found);
        if (const auto row = (*found)->step(); !row || *row)
            return row;
    }
    return false;
}

/// What a person said last of a template, or of the account.
struct Word {
    bool accepts = false;
    WallTime at;
};

Result<std::optional<Word>> lastWord(WriteSession &session, AccountId account, const Names &names, const std::string &templateId) {
    std::optional<Word> last;
    for (const std::string &name : names) {
        const auto word = session.database().first(
            "SELECT accepts, at FROM consent WHERE recipient_hash = ?1 AND account_id = ?2 AND openid = ?3 AND template_id = ?4",
            [](const Statement &s) { return Word{s.integer(0) != 0, s.time(1)}; }, storedHash(name), account, name, templateId);
        if (!word)
            return tl::unexpected(word.error());
        if (*word && (!last || (*word)->at > last->at))
            last = *word;
    }
    return last;
}

/// Takes the place of what was said before.
Result<void> keepWord(WriteSession &session, AccountId account, const Names &names, const std::string &templateId, const Word &word) {
    auto before = session.sql("DELETE FROM consent WHERE recipient_hash = ?1 AND account_id = ?2 AND openid = ?3 AND template_id = ?4");
    auto insert = session.sql("INSERT INTO consent(account_id, recipient_hash, openid, template_id, accepts, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    auto bound = session.sql("DELETE FROM consent WHERE id <= ?1");
    for (const auto *prepared : {&before, &insert, &bound}) {
        if (!*prepared)
            return tl::unexpected(prepared->error());
    }
    for (const std::string &name : names)
        SONGDA_TRY((*before)->bindAll(storedHash(name), account, name, templateId).run());
    const std::string &openid = names.front();
    SONGDA_TRY((*insert)->bindAll(account, storedHash(openid), openid, templateId, word.accepts, word.at).run());
    return (*bound)->bindAll(session.database().lastInsertId() - keptConsents).run();
}

/// Who follows again accepts every template, also those that are not known here yet.
Result<void> dropWaitingRefusals(WriteSession &session, AccountId account, const Names &names, WallTime before) {
    auto gone = session.sql("DELETE FROM consent WHERE recipient_hash = ?1 AND account_id = ?2 AND openid = ?3 AND accepts = 0 AND at < ?4");
    if (!gone)
        return tl::unexpected(gone.error());
    for (const std::string &name : names)
        SONGDA_TRY((*gone)->bindAll(storedHash(name), account, name, before).run());
    return {};
}

Result<void> recordYes(WriteSession &session, const Suppression &entry, const Names &names, const std::string &templateId, WallTime receivedAt, EventReceipt &receipt) {
    const bool ofTemplate = !templateId.empty();
    const bool known = !ofTemplate || entry.templateRef;
    if (known) {
        const auto lifted = liftByEvent(session, entry.account, entry.openid, entry.templateRef, entry.since, receivedAt);
        if (!lifted)
            return tl::unexpected(lifted.error());
        receipt.lifted += *lifted;
    }
    // The platform's clock tells whole seconds; of one second, what comes later counts.
    const WallTime before = entry.since + std::chrono::seconds{1};
    if (!ofTemplate)
        SONGDA_TRY(dropWaitingRefusals(session, entry.account, names, before));
    const auto last = lastWord(session, entry.account, names, templateId);
    if (!last)
        return tl::unexpected(last.error());
    if (!*last || ((*last)->accepts ? (*last)->at < entry.since : (*last)->at < before))
        SONGDA_TRY(keepWord(session, entry.account, names, templateId, {true, entry.since}));
    ++(known ? receipt.consents : receipt.unknownTemplates);
    return {};
}

/// Something newer was said, by the platform's clock: this comes late.
Result<bool> isOutdated(WriteSession &session, const Suppression &entry, const Names &names, const std::string &templateId) {
    for (const std::string &of : {std::string(ofAccount), templateId}) {
        const auto last = lastWord(session, entry.account, names, of);
        if (!last)
            return tl::unexpected(last.error());
        if (*last && (*last)->accepts && (*last)->at > entry.since)
            return true;
    }
    return false;
}

Result<void> recordNo(WriteSession &session, const Suppression &entry, const Names &names, const std::string &templateId, EventReceipt &receipt) {
    const auto outdated = isOutdated(session, entry, names, templateId);
    if (!outdated)
        return tl::unexpected(outdated.error());
    if (*outdated) {
        ++receipt.repeated;
        return {};
    }
    if (!templateId.empty() && !entry.templateRef) {
        const auto last = lastWord(session, entry.account, names, templateId);
        if (!last)
            return tl::unexpected(last.error());
        if (*last && !(*last)->accepts && (*last)->at >= entry.since) {
            ++receipt.repeated;
            return {};
        }
        ++receipt.unknownTemplates;
        return keepWord(session, entry.account, names, templateId, {false, entry.since});
    }
    const auto old = isOld(session, entry, names);
    if (!old)
        return tl::unexpected(old.error());
    const auto added = *old ? Result<bool>(false) : addSuppression(session, entry);
    if (!added)
        return tl::unexpected(added.error());
    // They are on the list by an older word: a yes from between the two that comes late must not lift it.
    if (!*old && !*added)
        SONGDA_TRY(renewSuppression(session, entry));
    receipt.suppressed += *added ? 1 : 0;
    ++(*added ? receipt.consents : receipt.repeated);
    return {};
}

} // namespace

Result<void> recordConsent(WriteSession &session, AccountId account, const ConsentEvent &event, WallTime receivedAt, EventReceipt &receipt) {
    using Kind = ConsentEvent::Kind;
    Suppression entry;
    entry.account = account;
    entry.openid = event.openid;
    entry.since = eventTime(event.happenedAt, receivedAt);
    entry.by = "engine";
    const bool ofTemplate = event.kind == Kind::TemplateAllowed || event.kind == Kind::TemplateRefused;
    if (ofTemplate && event.templateId.empty()) { // of which, it does not say
        ++receipt.unknownTemplates;
        return {};
    }
    if (ofTemplate) {
        const auto ref = templateOf(session, account, event.templateId);
        if (!ref)
            return tl::unexpected(ref.error());
        entry.templateRef = *ref;
    }
    entry.cause = ofTemplate ? refusedCause : leftCause;
    const auto names = ErasedNames::all(session.database(), account, event.openid);
    if (!names)
        return tl::unexpected(names.error());
    const std::string templateId = ofTemplate ? event.templateId : ofAccount;
    if (event.kind == Kind::Followed || event.kind == Kind::TemplateAllowed)
        return recordYes(session, entry, *names, templateId, receivedAt, receipt);
    return recordNo(session, entry, *names, templateId, receipt);
}

Result<void> applyWaitingRefusals(WriteSession &session, AccountId account, const std::string &templateId, TemplateRef templateRef) {
    const auto waiting = session.database().all("SELECT openid, at FROM consent INDEXED BY consent_refused WHERE account_id = ?1 AND template_id = ?2 AND accepts = 0",
        [&](const Statement &s) {
            Suppression entry;
            entry.account = account;
            entry.openid = s.string(0);
            entry.templateRef = templateRef;
            entry.cause = refusedCause;
            entry.since = s.time(1);
            entry.by = "engine";
            return entry;
        },
        account, templateId);
    if (!waiting)
        return tl::unexpected(waiting.error());
    for (const Suppression &entry : *waiting) {
        if (const auto added = addSuppression(session, entry); !added)
            return tl::unexpected(added.error());
    }
    auto applied = session.sql("DELETE FROM consent INDEXED BY consent_refused WHERE account_id = ?1 AND template_id = ?2 AND accepts = 0");
    if (!applied)
        return tl::unexpected(applied.error());
    return (*applied)->bindAll(account, templateId).run();
}

} // namespace songda::store
