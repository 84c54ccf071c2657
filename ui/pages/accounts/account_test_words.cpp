// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/accounts/account_test_words.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>

namespace songda::ui {

namespace {

struct AccountTestWords {
    Q_DECLARE_TR_FUNCTIONS(AccountTestWords)
};

} // namespace

QString accountTestWords(const AccountTest &test, const Directory &directory) {
    if (test.cause.empty()) {
        const QString token = AccountTestWords::tr("All is well: token valid for %1, %2 templates.").arg(span(test.tokenLife)).arg(test.templates);
        const QString quota = test.quota ? AccountTestWords::tr("Quota: %1 of %2 sends used today.").arg(number(test.quotaUsed), number(*test.quota))
                                         : AccountTestWords::tr("WeChat does not say how much quota it has.");
        return QStringLiteral("%1 %2").arg(token, quota);
    }
    const CauseWords words = directory.causeWords(test.cause);
    QStringList lines;
    if (test.token)
        lines.append(AccountTestWords::tr("The token is good, but the templates could not be read:"));
    const QString meaning = directory.causeText(test.cause);
    lines.append(test.detail.empty() ? QStringLiteral("%1. %2").arg(meaning, q(words.advice)) : QStringLiteral("%1. %2 (%3)").arg(meaning, q(words.advice), q(test.detail)));
    if (!test.address.empty())
        lines.append(AccountTestWords::tr("Your address, as WeChat sees it: %1. Enter it at mp.weixin.qq.com, Settings and development, Basic configuration, IP whitelist.")
                         .arg(q(test.address)));
    return lines.join(QLatin1Char('\n'));
}

} // namespace songda::ui
