// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lookup_words.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace songda::ui {

namespace {

struct LookupWords {
    Q_DECLARE_TR_FUNCTIONS(LookupWords)
};

constexpr int longestShown = 1000;

QString notSaid(const std::string &cause, const std::string &detail, const Directory &directory) {
    const QString why = LookupWords::tr("WeChat did not say: %1. %2").arg(directory.causeText(cause), q(directory.causeWords(cause).advice));
    return detail.empty() ? why : QStringLiteral("%1 (%2)").arg(why, q(detail));
}

} // namespace

QString interceptionWords(const InterceptionLookup &lookup, const Directory &directory) {
    if (!lookup.cause.empty())
        return notSaid(lookup.cause, lookup.detail, directory);
    if (!lookup.found)
        return LookupWords::tr("WeChat did not intercept this message.");
    QStringList lines{LookupWords::tr("Accepted, but intercepted by the platform: WeChat took this message and did not show it to the person.")};
    const auto fact = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(QStringLiteral("%1: %2").arg(name, shown(value, longestShown)));
    };
    fact(LookupWords::tr("Title"), q(lookup.found->title));
    fact(LookupWords::tr("Sent"), shortTime(lookup.found->sentAt));
    fact(LookupWords::tr("Recipient"), q(lookup.found->openid));
    fact(LookupWords::tr("Content"), q(lookup.found->content));
    return lines.join(QLatin1Char('\n'));
}

QString failureWords(const FailureLookup &lookup, const Directory &directory) {
    if (!lookup.call)
        return notSaid(lookup.cause, lookup.detail, directory);
    QStringList lines{LookupWords::tr("What WeChat remembers of the call %1:").arg(q(lookup.rid))};
    const auto fact = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(QStringLiteral("%1: %2").arg(name, shown(value, longestShown)));
    };
    fact(LookupWords::tr("Came there"), shortTime(lookup.call->at));
    fact(LookupWords::tr("Took there"), lookup.call->took ? span(*lookup.call->took) : QString());
    fact(LookupWords::tr("From our address"), q(lookup.call->clientIp));
    fact(LookupWords::tr("Address"), q(lookup.call->url));
    fact(LookupWords::tr("Request"), q(lookup.call->requestBody));
    fact(LookupWords::tr("Answer"), q(lookup.call->responseBody));
    return lines.join(QLatin1Char('\n'));
}

} // namespace songda::ui
