// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of people who are not written to, as one person stands on it.
#include "engine/when_done.h"
#include "ui/pages/recipient/recipient_page.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace songda::ui {

// What the directory points to may be read anew while somebody is asked: everything is copied before that.
void RecipientPage::suppress() {
    const Account *from = account();
    if (from == nullptr)
        return;
    SuppressRequest request;
    request.account = from->name;
    if (m_message) {
        request.recipientsOf.emplace();
        request.recipientsOf->ids = {*m_message};
    } else {
        request.openids = {m_openid};
    }
    const auto ref = m_template->templateRef();
    const Template *t = ref ? m_context.directory.templateOf(*ref) : nullptr;
    request.templateId = t != nullptr ? t->templateId : std::string();
    const auto answer = askReason(this,
        {tr("Add to the list"),
            t != nullptr ? tr("%1 gets no more messages of “%2” until somebody lifts this.").arg(name(), q(t->title))
                         : tr("%1 gets no more messages of this account until somebody lifts this.").arg(name()),
            tr("Add to the list"), true, tr("The person asked for it")});
    if (!answer)
        return;
    request.optOut = answer->confirmed;
    request.reason = answer->reason.toStdString();
    whenDone(m_context.engine.suppress(std::move(request)), this, [this](Result<std::int64_t> added) {
        if (!added)
            m_notice->say(words::error(added.error()), Tone::Bad);
        else
            m_notice->say(*added > 0 ? tr("On the list now. What waits for this person is refused when its turn comes.")
                                     : tr("Was on the list already."),
                Tone::Good);
        ask();
    });
}

void RecipientPage::lift() {
    const Account *from = account();
    if (from == nullptr)
        return;
    const QList<int> entries = m_listTable->chosenRows();
    const Suppression *entry = entries.isEmpty() ? nullptr : m_list->at(entries.first());
    const Template *t = entry != nullptr && entry->templateRef ? m_context.directory.templateOf(*entry->templateRef) : nullptr;
    QString what = t != nullptr ? tr("%1 may be written to with “%2” again.").arg(name(), q(t->title))
                                : tr("%1 may be written to again.").arg(name());
    const std::vector<Suppression> stands = standing();
    if (std::any_of(stands.begin(), stands.end(), [](const Suppression &s) { return s.cause == "opt_out"; }))
        what += QLatin1Char('\n') + tr("This person asked for no more messages. Lift it only if they asked for them again.");
    const std::string account = from->name;
    const std::string openid = m_openid;
    const auto message = m_message;
    const std::string templateId = t != nullptr ? t->templateId : std::string();
    const auto answer = askReason(this, {tr("Lift"), what, tr("Lift"), true, {}});
    if (!answer)
        return;
    const std::string reason = answer->reason.toStdString();
    whenDone(message ? m_context.engine.liftSuppression(*message, templateId, reason) : m_context.engine.liftSuppression(account, openid, templateId, reason), this,
        [this](Result<std::int64_t> lifted) {
            if (lifted)
                m_notice->say(tr("%1 entries lifted.").arg(number(*lifted)), Tone::Good);
            else
                m_notice->say(words::error(lifted.error()), Tone::Bad);
            ask();
        });
}

} // namespace songda::ui
