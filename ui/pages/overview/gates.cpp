// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/gates.h"

#include "ui/widgets/account_facts.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace songda::ui {

namespace {

using Kind = GateAct::Kind;

struct WhyGates {
    Q_DECLARE_TR_FUNCTIONS(Why)
};

QString both(const QString &text, const QString &advice) {
    return text.isEmpty() ? advice : QStringLiteral("%1\n%2").arg(text, advice);
}

GateAct openPage(const char *page, const QString &button) {
    GateAct act;
    act.kind = Kind::OpenPage;
    act.page = QLatin1String(page);
    act.button = button;
    return act;
}

GateAct showWaiting() {
    GateAct act;
    act.kind = Kind::ShowWaiting;
    act.button = WhyGates::tr("Show what waits");
    return act;
}

GateAct actOf(const AccountSnapshot &account) {
    switch (account.gate) {
    case Gate::AccountHeld:
        if (account.hold && account.hold->cause == "operator") {
            GateAct act;
            act.kind = Kind::ReleaseAccount;
            act.account = account.name;
            act.button = WhyGates::tr("Release the account");
            return act;
        }
        return openPage("accounts", WhyGates::tr("Open the account"));
    case Gate::NoToken:
    case Gate::Offline: return openPage("accounts", WhyGates::tr("Test the account"));
    case Gate::BreakerOpen: return openPage("errors", WhyGates::tr("Show the errors"));
    case Gate::DayQuota:
    case Gate::QuietHours:
    case Gate::RetryBudget:
    case Gate::FrequencyCap:
    case Gate::MinuteThrottle: return showWaiting();
    case Gate::Rate: return openPage("accounts", WhyGates::tr("Open the account"));
    default: return {};
    }
}

GateCheck accountCheck(const AccountSnapshot &account, const words::CauseNames &causes) {
    GateCheck check;
    check.name = WhyGates::tr("%1 may send").arg(q(account.name));
    check.open = account.gate == Gate::Open || account.gate == Gate::Idle || account.gate == Gate::EnginePaused || account.gate == Gate::Elsewhere;
    check.advice = both(words::gateSentence(account, causes), words::gateAdvice(account.gate));
    if (!check.open) {
        if (account.gate == Gate::DayQuota && account.quotaLimit)
            check.advice = both(WhyGates::tr("%1 of %2 sends of today are used.")
                                    .arg(number(account.acceptedToday), number(*account.quotaLimit)),
                check.advice);
        check.act = actOf(account);
    }
    return check;
}

/// What a held template or a paused batch is called, and what sets it free.
GateCheck stillCheck(const Template &t, const std::string &account) {
    GateCheck check;
    check.name = WhyGates::tr("The template “%1” is not held").arg(q(t.title));
    check.advice = WhyGates::tr("Held since %1 by %2.").arg(shortTime(t.hold->since), q(t.hold->by));
    if (t.hold->cause != "operator") { // what the engine found amiss is looked at first
        check.act = openPage("templates", WhyGates::tr("Open the template"));
        return check;
    }
    check.act.kind = Kind::ReleaseTemplate;
    check.act.account = account;
    check.act.templateId = t.templateId;
    check.act.button = WhyGates::tr("Release the template");
    return check;
}

GateCheck stillCheck(const Batch &b, const std::string &) {
    // Looked at before anybody lets it go.
    const bool seed = b.hold && b.hold->detail == seedHold;
    const bool second = b.approval.waits();
    GateCheck check;
    check.name = WhyGates::tr("The batch “%1” is not paused").arg(q(b.name));
    check.advice = both(WhyGates::tr("%1 messages wait in it.").arg(number(b.counts.waiting())),
        b.hold ? words::batchHold(*b.hold) : QString());
    check.act.kind = seed || second ? Kind::ShowBatch : Kind::ResumeBatch;
    check.act.batch = b.id;
    check.act.button = seed ? WhyGates::tr("Look at its seed") : second ? WhyGates::tr("Look at the batch") : WhyGates::tr("Let it go on");
    return check;
}

/// Closed where nothing else of the account is left to send; otherwise open, and worth a look.
template <class Thing>
void addStill(const std::vector<Thing> &things, const AccountSnapshot &account, std::vector<GateCheck> &checks) {
    for (const Thing &thing : things) {
        if (thing.account != account.id)
            continue;
        checks.push_back(stillCheck(thing, account.name));
        checks.back().open = account.gate != Gate::TemplatesHeld;
        checks.back().look = checks.back().open;
    }
}

/// Before the account itself: where its token is lost again and again, this is what is to be mended.
void addSecret(const AccountSnapshot &account, std::vector<GateCheck> &checks) {
    const QString fact = secretFact(account);
    if (fact.isEmpty())
        return;
    const bool open = account.gate != Gate::NoToken;
    checks.push_back({WhyGates::tr("Only Songda uses the AppSecret of %1").arg(q(account.name)), open, fact,
        openPage("accounts", WhyGates::tr("Open the account")), open});
}

/// A clock that is behind keeps back what should have gone; ahead or with nothing to wait for, it only lies.
void addClock(const Snapshot &s, bool due, std::vector<GateCheck> &checks) {
    const auto wrong = std::find_if(s.accounts.begin(), s.accounts.end(), [](const AccountSnapshot &a) { return a.clockDifference.has_value(); });
    if (wrong == s.accounts.end())
        return;
    const bool open = due || wrong->clockDifference->count() > 0;
    checks.push_back({WhyGates::tr("The clock of this computer is right"), open, clockFact(*wrong), {}, open});
}

GateCheck someAccount(const Snapshot &s) {
    return {WhyGates::tr("There is an account"), !s.accounts.empty(), WhyGates::tr("Add an account on the Accounts page."),
        openPage("accounts", WhyGates::tr("Add an account"))};
}

GateCheck someWaiting(const Snapshot &s) {
    return {WhyGates::tr("Messages are waiting"), s.counts.waiting() + s.counts[MessageState::Sending] > 0, words::gateAdvice(Gate::Idle),
        openPage("send", WhyGates::tr("Open Send"))};
}

/// For a console that looks on: what stands in the database. Of the other process's token, rate and breaker nothing is known.
std::vector<GateCheck> walkFromOutside(const Snapshot &s, const StandingStill &still, const words::CauseNames &causes) {
    std::vector<GateCheck> checks;
    checks.push_back({WhyGates::tr("The database can be read"), s.problem.empty(), q(s.problem), {}});
    checks.push_back({WhyGates::tr("A process delivers this profile"), s.elsewhere,
        s.elsewhere ? WhyGates::tr("It is another one, and this console looks on: it sees what is held, paused and waiting, and not the other's rate, token "
                                   "or breaker. Those stand where the engine runs.")
                    : WhyGates::tr("None does at present. Start songda-cli serve or run, or close this console and open it again: it runs the engine itself "
                                   "when nobody else does."),
        {}, s.elsewhere});
    checks.push_back(someAccount(s));
    checks.push_back(someWaiting(s));
    for (const AccountSnapshot &account : s.accounts) {
        GateCheck check = accountCheck(account, causes);
        check.name = WhyGates::tr("%1 is not held").arg(q(account.name));
        check.open = account.gate != Gate::AccountHeld;
        checks.push_back(std::move(check));
        addStill(still.templates, account, checks);
        addStill(still.batches, account, checks);
    }
    return checks;
}

} // namespace

std::vector<GateCheck> walkGates(const Snapshot &s, const StandingStill &still, const words::CauseNames &causes) {
    if (!s.engineOwner)
        return walkFromOutside(s, still, causes);
    std::vector<GateCheck> checks;
    checks.push_back({WhyGates::tr("The database can be written"), s.problem.empty(),
        both(q(s.problem), words::gateAdvice(Gate::JournalBlocked)), {}});
    checks.push_back({WhyGates::tr("The engine runs"), s.running, words::gateAdvice(Gate::EngineStopped), {}});
    GateCheck paused{WhyGates::tr("Sending is not paused"), !s.paused, both(words::pausedBy(s), words::gateAdvice(Gate::EnginePaused)), {}};
    paused.act.kind = Kind::GoOn;
    paused.act.button = WhyGates::tr("Go on");
    checks.push_back(std::move(paused));
    checks.push_back(someAccount(s));
    checks.push_back(someWaiting(s));
    for (const AccountSnapshot &account : s.accounts) {
        addSecret(account, checks);
        checks.push_back(accountCheck(account, causes));
        const std::size_t itself = checks.size() - 1;
        addStill(still.templates, account, checks);
        addStill(still.batches, account, checks);
        // What stands still is what opens it.
        if (account.gate == Gate::TemplatesHeld && checks.size() > itself + 1)
            checks[itself].act = checks[itself + 1].act;
    }
    const bool due = !s.oldestDue || *s.oldestDue <= s.at;
    addClock(s, due, checks);
    checks.push_back({WhyGates::tr("The time of the first one has come"), due,
        due ? QString() : WhyGates::tr("The first message is due at %1 (China time).").arg(shortTime(*s.oldestDue)),
        showWaiting()});
    // It stops nothing, but the operator thinks that something else is in force.
    if (!s.policyProblem.empty())
        checks.push_back({WhyGates::tr("The policy file could be read"), true,
            both(q(s.policyProblem),
                WhyGates::tr("The policy from before it stays in force. Mend the file; it is taken up within seconds.")),
            {}, true});
    return checks;
}

std::optional<QuotaGauge> quotaGauge(const Snapshot &s) {
    const AccountSnapshot *nearest = nullptr;
    const auto left = [](const AccountSnapshot &a) { return std::max<std::int64_t>(0, *a.quotaLimit - a.acceptedToday); };
    for (const AccountSnapshot &a : s.accounts) {
        if (a.quotaLimit && *a.quotaLimit > 0 && (nearest == nullptr || left(a) < left(*nearest)))
            nearest = &a;
    }
    if (nearest == nullptr)
        return std::nullopt;
    QuotaGauge gauge;
    gauge.used = nearest->acceptedToday;
    gauge.limit = *nearest->quotaLimit;
    gauge.usedUp = nearest->gate == Gate::DayQuota || left(*nearest) == 0;
    if (gauge.usedUp || nearest->ratePerSecond < 0.05 || nearest->counts.waiting() <= left(*nearest))
        return gauge;
    const WallTime end
        = s.at + Millis(static_cast<std::int64_t>(1000.0 * static_cast<double>(left(*nearest)) / nearest->ratePerSecond));
    // By midnight WeChat counts anew.
    if (startOfChinaDay(end) == startOfChinaDay(s.at))
        gauge.runsOut = end;
    return gauge;
}

} // namespace songda::ui
