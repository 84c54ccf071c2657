// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/message_history.h"

#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace songda::ui {

namespace {

struct History {
    Q_DECLARE_TR_FUNCTIONS(History)
};

bool opensALife(const AuditEntry &act) {
    return act.act == "message.resend" || act.act == "message.edit";
}

} // namespace

std::vector<HistoryRow> historyOf(const MessageDetail &detail, const std::function<QString(const std::string &)> &causeText) {
    const Message &m = detail.message;
    std::vector<HistoryRow> rows;
    rows.push_back({QStringLiteral("created"), m.createdAt, 1, History::tr("Taken in"), q(m.createdBy),
        m.batchName.empty() ? QString() : History::tr("in the batch %1").arg(q(m.batchName)), Tone::Neutral});
    for (const Attempt &a : detail.attempts) {
        const QString result = a.errorClass == ErrorClass::Success ? History::tr("accepted by WeChat")
            : a.cause.empty()                                      ? words::phase(a.phase)
                                                                   : causeText(a.cause);
        const QString said = q(a.errmsg.empty() ? a.excerpt : a.errmsg);
        rows.push_back({QStringLiteral("try %1").arg(a.number), a.startedAt, a.life, History::tr("Attempt %1: %2").arg(a.number).arg(result), q(a.node),
            a.errorClass == ErrorClass::Success ? QString() : said, a.errorClass ? words::tone(*a.errorClass) : words::tone(a.phase)});
    }
    // A message is sent again from life to life; what was done by hand counts to the life it ended or began.
    std::vector<AuditEntry> acts = detail.acts;
    std::stable_sort(acts.begin(), acts.end(), [](const AuditEntry &a, const AuditEntry &b) { return std::pair(a.at, a.id.value) < std::pair(b.at, b.id.value); });
    int life = 1;
    for (const AuditEntry &act : acts) {
        if (opensALife(act))
            life = std::min(life + 1, m.life);
        // The intake says it already.
        if (act.act == "message.send" || act.act == "batch.import")
            continue;
        rows.push_back({QStringLiteral("act %1").arg(act.id.value), act.at, life, words::act(act.act), q(act.who), reasonWords(act),
            opensALife(act)                      ? Tone::Info
                : act.act == "message.intercepted" ? Tone::Bad
                                                   : Tone::Neutral});
    }
    for (std::size_t i = 0; i < detail.reports.size(); ++i) {
        const auto &past = detail.reports[i];
        if (past.life < m.life)
            rows.push_back({QStringLiteral("report %1").arg(i), past.at, past.life, words::report(past.status), History::tr("WeChat"), {},
                past.delivered ? Tone::Good : Tone::Bad});
    }
    if (m.reportedAt)
        rows.push_back({QStringLiteral("report"), *m.reportedAt, m.life, words::report(m.reportStatus), History::tr("WeChat"), {},
            m.state == MessageState::Delivered ? Tone::Good : Tone::Bad});
    if (m.finishedAt)
        rows.push_back({QStringLiteral("end"), *m.finishedAt, m.life, words::state(m.state), {}, {}, words::tone(m.state)});
    // By time; at the same moment an act comes before the attempt it caused, and the end after all.
    const auto rank = [](const HistoryRow &row) {
        if (row.key == QLatin1String("end"))
            return 3;
        return row.key.startsWith(QLatin1String("try")) ? 2 : row.key == QLatin1String("created") ? 0 : 1;
    };
    std::stable_sort(rows.begin(), rows.end(),
        [&](const HistoryRow &a, const HistoryRow &b) { return std::tuple(a.life, a.at, rank(a)) > std::tuple(b.life, b.at, rank(b)); });
    return rows;
}

QString messageAsText(const MessageDetail &detail, const std::function<QString(const std::string &)> &causeText) {
    const Message &m = detail.message;
    QStringList lines;
    const auto fact = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines.append(QStringLiteral("%1: %2").arg(name, value));
    };
    fact(History::tr("Message no."), QString::number(m.id.value));
    fact(History::tr("State"), words::state(m.state));
    fact(History::tr("Recipient"), q(m.openid));
    fact(History::tr("Account"), q(m.accountName));
    fact(History::tr("Template"), q(m.templateTitle));
    fact(History::tr("Business key"), q(m.idempotencyKey));
    fact(History::tr("WeChat's msgid"), q(m.msgid));
    fact(History::tr("Trace id"), q(m.traceId));
    if (m.state != MessageState::Accepted && m.state != MessageState::Delivered && !m.cause.empty())
        fact(History::tr("Cause"), causeText(m.cause));
    lines.append({QString(), History::tr("History, newest first (China time):")});
    for (const HistoryRow &row : historyOf(detail, causeText)) {
        QStringList parts{shortTime(row.at), History::tr("life %1").arg(row.life), row.what, row.who, row.more};
        parts.removeAll(QString());
        lines.append(parts.join(QStringLiteral(" · ")));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace songda::ui
