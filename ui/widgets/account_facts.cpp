// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/account_facts.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <algorithm>

namespace songda::ui {

namespace {

struct AccountFacts {
    Q_DECLARE_TR_FUNCTIONS(AccountFacts)
};

int gravity(const AccountSnapshot &account) { return account.breakerOpen ? 2 : account.breakerProbing ? 1 : 0; }

} // namespace

QString secretFact(const AccountSnapshot &account) {
    if (!account.secretUsedElsewhere)
        return {};
    return AccountFacts::tr("Another system fetches tokens with the AppSecret of “%1”. Each of its fetches ends our token, so sending is slow or "
                            "stops. Let one place fetch the token for all systems, or change the AppSecret.")
        .arg(q(account.name));
}

QString clockFact(const AccountSnapshot &account) {
    if (!account.clockDifference)
        return {};
    const QString text = account.clockDifference->count() > 0
        ? AccountFacts::tr("This computer's clock is %1 ahead of WeChat's. Chosen times and quiet hours come too early, and the day of the quota "
                           "begins too early. Set the clock.")
        : AccountFacts::tr("This computer's clock is %1 behind WeChat's. Chosen times and quiet hours come too late, and the day of the quota "
                           "begins too late. Set the clock.");
    return text.arg(span(Millis(std::abs(account.clockDifference->count()))));
}

QStringList accountFacts(const AccountSnapshot &account) {
    QStringList facts{secretFact(account), clockFact(account)};
    facts.removeAll(QString());
    return facts;
}

QString shortFacts(const AccountSnapshot &account) {
    QStringList facts;
    if (account.secretUsedElsewhere)
        facts.append(AccountFacts::tr("secret"));
    if (account.clockDifference)
        facts.append(AccountFacts::tr("clock"));
    if (account.onSecondHost)
        facts.append(AccountFacts::tr("second address"));
    return facts.join(QStringLiteral(", "));
}

QString breakerText(const AccountSnapshot &account) {
    switch (gravity(account)) {
    case 2: return AccountFacts::tr("Breaker open");
    case 1: return AccountFacts::tr("Breaker half open");
    default: return AccountFacts::tr("Breaker closed");
    }
}

QString breakerMeaning(const AccountSnapshot &account) {
    switch (gravity(account)) {
    case 2:
        return account.gate == Gate::BreakerOpen && account.gateUntil
            ? AccountFacts::tr("WeChat kept failing for “%1”, so nothing is sent to it until %2; then single messages try whether it is well again. "
                               "Messages wait unharmed.")
                  .arg(q(account.name), shortTime(*account.gateUntil))
            : AccountFacts::tr("WeChat kept failing for “%1”, so nothing is sent to it for some seconds; then single messages try whether it is well "
                               "again. Messages wait unharmed.")
                  .arg(q(account.name));
    case 1:
        return AccountFacts::tr("WeChat kept failing for “%1”. Single messages try now whether it is well again; when they pass, all go on by themselves.")
            .arg(q(account.name));
    default: return AccountFacts::tr("WeChat answers “%1” as it should: the breaker lets everything through.").arg(q(account.name));
    }
}

const AccountSnapshot *worstBreaker(const Snapshot &snapshot) {
    const auto worst = std::max_element(snapshot.accounts.begin(), snapshot.accounts.end(),
        [](const AccountSnapshot &a, const AccountSnapshot &b) { return gravity(a) < gravity(b); });
    return worst == snapshot.accounts.end() ? nullptr : &*worst;
}

} // namespace songda::ui
