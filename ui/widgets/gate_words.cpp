// SPDX-License-Identifier: GPL-3.0-or-later
//
// The gates in the operator's words: what keeps an account back, or a message.
#include "ui/models/directory.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/what_holds.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace songda::ui::words {

namespace {

struct GateTexts {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString gate(Gate gate) {
    switch (gate) {
    case Gate::Open: return GateTexts::tr("Sending");
    case Gate::Idle: return GateTexts::tr("Nothing is due");
    case Gate::EnginePaused: return GateTexts::tr("Sending is paused");
    case Gate::EngineStopped: return GateTexts::tr("Engine is not running");
    case Gate::AccountHeld: return GateTexts::tr("Account is held");
    case Gate::DayQuota: return GateTexts::tr("Daily quota is used up");
    case Gate::QuietHours: return GateTexts::tr("Quiet hours");
    case Gate::MinuteThrottle: return GateTexts::tr("WeChat asks to slow down");
    case Gate::BreakerOpen: return GateTexts::tr("WeChat keeps failing");
    case Gate::Offline: return GateTexts::tr("No connection");
    case Gate::NoToken: return GateTexts::tr("Waiting for an access token");
    case Gate::Rate: return GateTexts::tr("Waiting for the rate");
    case Gate::RetryBudget: return GateTexts::tr("Only repeats wait, and their budget is used up");
    case Gate::FrequencyCap: return GateTexts::tr("The next one's reader has had enough");
    case Gate::TemplatesHeld: return GateTexts::tr("Only held templates or paused batches wait");
    case Gate::JournalBlocked: return GateTexts::tr("The database cannot be written");
    case Gate::Elsewhere: return GateTexts::tr("Sent by another process");
    }
    return {};
}

QString gateAdvice(Gate gate) {
    switch (gate) {
    case Gate::Open: return GateTexts::tr("Messages are leaving. Nothing to do.");
    case Gate::Idle: return GateTexts::tr("There is no message whose time has come. Send one, or import a file.");
    case Gate::EnginePaused: return GateTexts::tr("Press “Go on” in the strip below.");
    case Gate::EngineStopped: return GateTexts::tr("Another process runs the engine of this profile, or it could not start.");
    case Gate::AccountHeld: return GateTexts::tr("Mend the cause, test the account on the Accounts page, then release it. Messages wait unharmed.");
    case Gate::QuietHours: return GateTexts::tr("The policy sends nothing but urgent messages at this time of day; sending goes on by itself afterwards.");
    case Gate::DayQuota: return GateTexts::tr("WeChat counts anew at 00:00 China time; sending goes on by itself shortly after.");
    case Gate::MinuteThrottle: return GateTexts::tr("Songda waits and goes on by itself, more slowly.");
    case Gate::BreakerOpen: return GateTexts::tr("Songda waits, tries a few messages, and goes on by itself when they pass.");
    case Gate::Offline: return GateTexts::tr("Look at the network of this computer. Songda tries again by itself.");
    case Gate::NoToken: return GateTexts::tr("If it takes longer than a minute, test the account on the Accounts page.");
    case Gate::Rate: return GateTexts::tr("Less than one message a second may leave: the account's rate, or what is left of it after WeChat asked to slow down. The next one goes when its time has come.");
    case Gate::RetryBudget: return GateTexts::tr("Too much had to be repeated lately. Repeats go one by one as the budget fills; new messages are not kept back.");
    case Gate::FrequencyCap: return GateTexts::tr("The policy lets one person have only so many messages within a time. What is put off goes by itself when that has passed.");
    case Gate::TemplatesHeld: return GateTexts::tr("Release the template on the Templates page, or let the batch go on.");
    case Gate::JournalBlocked: return GateTexts::tr("Free disk space, or look at the disk. Nothing is sent that cannot be recorded.");
    case Gate::Elsewhere: return GateTexts::tr("Another process runs the engine of this profile; why it waits is said there.");
    }
    return {};
}

QString pausedBy(const Snapshot &snapshot) {
    if (!snapshot.pausedSince)
        return gate(Gate::EnginePaused);
    const QString since = shortTime(*snapshot.pausedSince);
    return snapshot.pausedBy.empty() ? GateTexts::tr("Paused since %1").arg(since) : GateTexts::tr("Paused by %1 since %2").arg(shown(q(snapshot.pausedBy), 60), since);
}

QString holdReason(const Hold &hold, const CauseNames &causes) { return hold.cause == "operator" ? q(hold.detail) : causes(hold.cause); }

QString gateSentence(const AccountSnapshot &account, const CauseNames &causes) {
    QString text = gate(account.gate);
    if (account.gateUntil)
        text = GateTexts::tr("%1 until %2").arg(text, shortTime(*account.gateUntil));
    QString why;
    switch (account.gate) {
    case Gate::AccountHeld:
        if (account.hold)
            why = holdReason(*account.hold, causes);
        break;
    case Gate::JournalBlocked: // in the words of the system: there are no others
        if (!account.gateDetail.empty())
            why = GateTexts::tr("it is tried again every second; the system says “%1”").arg(engineWords(account.gateDetail));
        break;
    default:
        if (!account.gateDetail.empty())
            why = causes(account.gateDetail);
        break;
    }
    return why.isEmpty() ? text : GateTexts::tr("%1: %2").arg(text, why);
}

Tone tone(Gate gate) {
    switch (gate) {
    case Gate::Open: return Tone::Good;
    case Gate::Elsewhere:
    case Gate::Idle: return Tone::Neutral;
    case Gate::Rate:
    case Gate::RetryBudget:
    case Gate::FrequencyCap: return Tone::Info;
    case Gate::EnginePaused:
    case Gate::MinuteThrottle:
    case Gate::NoToken:
    case Gate::TemplatesHeld: return Tone::Warn;
    default: return Tone::Bad;
    }
}

} // namespace songda::ui::words

namespace songda::ui {

namespace {

struct HoldTexts {
    Q_DECLARE_TR_FUNCTIONS(WhatHolds)
};

/// "…: because …", or without the reason that nobody gave.
QString because(const QString &sentence, const QString &reason) {
    return reason.isEmpty() ? HoldTexts::tr("%1.").arg(sentence) : HoldTexts::tr("%1: %2.").arg(sentence, reason);
}

} // namespace

QString whatHolds(const Message &m, const Directory &directory, const Snapshot &snapshot) {
    if (m.state != MessageState::Queued && m.state != MessageState::Retrying)
        return {};
    const words::CauseNames causes = [&directory](const std::string &cause) { return directory.causeText(cause); };
    // Of what is stopped by somebody's word the directory knows, also where another process delivers.
    if (const Account *account = directory.account(m.account); account != nullptr && account->hold)
        return because(HoldTexts::tr("Waits until the account is released"), words::holdReason(*account->hold, causes));
    if (const Batch *batch = directory.batch(m.batch); batch != nullptr && batch->state == BatchState::Paused)
        return because(HoldTexts::tr("Waits until its batch goes on"), batch->hold ? words::batchHold(*batch->hold) : QString());
    if (const Template *t = directory.templateOf(m.templateRef); t != nullptr && t->hold)
        return because(HoldTexts::tr("Waits until its template is released"), words::holdReason(*t->hold, causes));
    if (!snapshot.engineOwner && snapshot.at == WallTime{})
        return {}; // one that looks on has seen nothing yet
    if (!snapshot.engineOwner)
        return snapshot.running || snapshot.elsewhere ? QString() : HoldTexts::tr("Waits until a process delivers this profile.");
    if (!snapshot.running)
        return HoldTexts::tr("Waits until the engine runs.");
    if (snapshot.paused)
        return HoldTexts::tr("Waits until sending goes on; it is paused.");
    const auto live = std::find_if(snapshot.accounts.begin(), snapshot.accounts.end(), [&](const AccountSnapshot &a) { return a.id == m.account; });
    if (live == snapshot.accounts.end())
        return {};
    switch (live->gate) {
    case Gate::Open:
    case Gate::Idle:
    case Gate::TemplatesHeld: // not this one's
    case Gate::FrequencyCap: return {}; // nor this one's: what is put off has its time
    case Gate::RetryBudget:
        if (m.state == MessageState::Queued)
            return {};
        break;
    default: break;
    }
    return because(HoldTexts::tr("Waits"), words::gateSentence(*live, causes));
}

} // namespace songda::ui
