// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/requests.h"
#include "engine/channels/wechat/template_list.h"
#include "engine/engine.h"
#include "engine/facade/api_caller.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/template_syntax.h"
#include "engine/policy/utf8.h"
#include "engine/policy/value_rules.h"
#include "engine/store/audit_table.h"
#include "engine/store/templates_table.h"

namespace songda {

namespace {

/// A refusal of the platform as one sentence.
Error refusal(const EngineCore &core, const Outcome &outcome, bool atToken) {
    const CatalogueEntry *entry = core.catalogue.findCause(ApiCaller::causeOf(outcome, atToken));
    std::string detail = "WeChat could not be asked (" + outcome.cause + ")";
    if (entry)
        detail += ": " + entry->en.meaning + " " + entry->en.advice;
    if (!outcome.errmsg.empty())
        detail += " [" + outcome.errmsg + "]";
    return Error{outcome.answered ? ErrorCode::Refused : ErrorCode::Network, detail};
}

} // namespace

QFuture<Result<TemplateSync>> Engine::syncTemplates(std::string accountName, std::shared_ptr<JobControl> control) {
    SONGDA_MAY(Send, TemplateSync);
    return m_core->work<TemplateSync>([core = m_core.get(), accountName = std::move(accountName), control = std::move(control)]() -> Result<TemplateSync> {
        const auto ended = [&] { return control && control->cancelled; };
        const auto endedError = [] { return fail(ErrorCode::Cancelled, "the templates are as they were: asking for them was ended"); };
        const auto account = core->account(accountName);
        if (!account)
            return tl::unexpected(account.error());
        ApiCaller caller(*core, control ? &control->cancelled : nullptr);
        auto token = caller.token(accountName);
        if (!token)
            return tl::unexpected(token.error());
        if (ended())
            return endedError();
        if (!token->token)
            return tl::unexpected(refusal(*core, token->outcome, true));
        const auto [response, outcome]
            = caller.query(accountName, *token->token, [&](const std::string &held) { return wechat::templateListRequest(*account, held); });
        if (ended())
            return endedError();
        const WallTime now = systemNow().wall;
        if (outcome.errorClass != ErrorClass::Success)
            return tl::unexpected(refusal(*core, outcome, false));
        const auto list = wechat::readTemplateList(response.body, account->id, now);
        if (!list)
            return tl::unexpected(list.error());
        TemplateSync sync;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto report = store::syncTemplates(session, account->id, *list, now);
            if (!report)
                return tl::unexpected(report.error());
            sync = {report->added, report->changed, report->unchanged, report->gone};
            const auto audit = store::recordAct(session, core->actor(), "template.sync", accountName, 0, now);
            if (!audit)
                return tl::unexpected(audit.error());
            return {};
        }));
        core->holdsChanged(); // of what drifted
        core->workChanged();
        return sync;
    });
}

QFuture<Result<Template>> Engine::addTemplate(std::string accountName, Template t) {
    SONGDA_MAY(SetUp, Template);
    return m_core->work<Template>([core = m_core.get(), accountName = std::move(accountName), t = std::move(t)]() mutable -> Result<Template> {
        const auto account = core->account(accountName);
        if (!account)
            return tl::unexpected(account.error());
        if (!isPlausibleOpenid(t.templateId)) // the same alphabet
            return fail(ErrorCode::InvalidInput, "the template id is empty or has characters other than letters, digits, _ and -");
        if (!utf8::isValid(t.content) || !utf8::isValid(t.title))
            return fail(ErrorCode::InvalidInput, "the template's content is not valid UTF-8; save the file as UTF-8");
        if (templateKeys(t.content).empty())
            return fail(ErrorCode::InvalidInput, "the content has no placeholder such as {{thing1.DATA}}");
        t.account = account->id;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const WallTime now = systemNow().wall;
            const auto id = store::putTemplate(session, t, now);
            if (!id)
                return tl::unexpected(id.error());
            t.id = *id;
            const auto audit = store::recordAct(session, core->actor(), "template.add", accountName + " " + t.templateId, 0, now);
            if (!audit)
                return tl::unexpected(audit.error());
            return {};
        }));
        core->workChanged();
        return t;
    });
}

namespace {

Result<bool> changeHold(EngineCore &core, const std::string &accountName, const std::string &templateId, const std::optional<Hold> &hold, const std::string &reason) {
    const auto account = core.account(accountName);
    if (!account)
        return tl::unexpected(account.error());
    bool changed = false;
    SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto t = store::findTemplate(session.database(), account->id, templateId);
        if (!t)
            return tl::unexpected(t.error());
        const auto done = store::setTemplateHold(session, t->id, hold);
        if (!done)
            return tl::unexpected(done.error());
        changed = *done;
        if (!changed)
            return {};
        const auto audit = store::recordAct(session, core.actor(reason),
            hold ? "template.hold" : "template.resume", accountName + " " + t->templateId, 0, systemNow().wall);
        return audit ? Result<void>{} : tl::unexpected(audit.error());
    }));
    core.holdsChanged();
    return changed;
}

} // namespace

QFuture<Result<bool>> Engine::holdTemplate(std::string accountName, std::string templateId, std::string reason) {
    SONGDA_MAY(Steer, bool);
    return m_core->work<bool>([=, core = m_core.get()] {
        return changeHold(*core, accountName, templateId, Hold{"operator", reason, core->session().user, systemNow().wall}, reason);
    });
}

QFuture<Result<bool>> Engine::resumeTemplate(std::string accountName, std::string templateId, std::string reason) {
    SONGDA_MAY(Steer, bool);
    return m_core->work<bool>([=, core = m_core.get()] { return changeHold(*core, accountName, templateId, std::nullopt, reason); });
}

} // namespace songda
