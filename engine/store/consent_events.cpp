// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/consent_events.h"

#include "engine/model/hash.h"
#include "engine/store/erased_names.h"
#include "engine/store/suppressions.h"

namespace songda::store {

namespace {

constexpr const char *leftCause = "unsubscribed";
constexpr const char *refusedCause = "subscription_refused";

Result<std::optional<TemplateRef>> templateOf(WriteSession &session, AccountId account, const std::string &templateId) {
    return session.database().first(
        "SELECT id FROM template WHERE account_id = ?1 AND template_id = ?2", [](const Statement &s) { return s.id<TemplateRef>(0); }, account, templateId);
}

/// The same event, or a later one of its kind, was recorded before, lifted or not.
Result<bool> isOld(WriteSession &session, const Suppression &entry) {
    auto found = session.sql("SELECT 1 FROM suppression INDEXED BY suppression_recipient WHERE recipient_hash = ?1 AND account_id = ?2"
                             " AND openid = ?3 AND template_ref IS ?4 AND cause = ?5 AND since >= ?6");
    if (!found)
        return tl::unexpected(found.error());
    const auto names = ErasedNames::all(session.database(), entry.account, entry.openid);
    if (!names)
        return tl::unexpected(names.error());
    for (const std::string &name : *names) {
        (*found)->bindAll(storedHash(name), entry.account, name, entry.templateRef, entry.cause, entry.since);
        const StatementScope scope(**found);
        if (const auto row = (*found)->step(); !row || *row)
            return row;
    }
    return false;
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
    if (ofTemplate) {
        const auto ref = templateOf(session, account, event.templateId);
        if (!ref)
            return tl::unexpected(ref.error());
        if (!*ref) {
            ++receipt.unknownTemplates;
            return {};
        }
        entry.templateRef = *ref;
    }
    entry.cause = ofTemplate ? refusedCause : leftCause;
    if (event.kind == Kind::Followed || event.kind == Kind::TemplateAllowed) {
        const auto lifted = liftByEvent(session, account, event.openid, entry.templateRef, entry.since, receivedAt);
        if (!lifted)
            return tl::unexpected(lifted.error());
        receipt.lifted += *lifted;
        ++receipt.consents;
        return {};
    }
    const auto old = isOld(session, entry);
    if (!old)
        return tl::unexpected(old.error());
    const auto added = *old ? Result<bool>(false) : addSuppression(session, entry);
    if (!added)
        return tl::unexpected(added.error());
    receipt.suppressed += *added ? 1 : 0;
    ++(*added ? receipt.consents : receipt.repeated);
    return {};
}

} // namespace songda::store
