// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/handover/handover_text.h"

#include "ui/models/batch_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace songda::ui {

namespace {

struct Handover {
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

constexpr std::size_t mostLines = 15;

/// A part of the sheet: its name and its lines, or one line that says there are none.
class Part {
public:
    Part(QStringList &sheet, const QString &title, QString nothing)
        : m_sheet(sheet)
        , m_nothing(std::move(nothing)) {
        m_sheet.append({QString(), title});
    }
    ~Part() {
        if (m_lines == 0)
            m_sheet.append(QStringLiteral("  ") + m_nothing);
        else if (m_lines > mostLines)
            m_sheet.append(QStringLiteral("  ") + Handover::tr("and %1 more").arg(m_lines - mostLines));
    }
    Part(const Part &) = delete;
    Part &operator=(const Part &) = delete;

    void add(const QString &line) {
        if (++m_lines <= mostLines)
            m_sheet.append(QStringLiteral("  · ") + line);
    }

private:
    QStringList &m_sheet;
    QString m_nothing;
    std::size_t m_lines = 0;
};

QString enginePaused(const Snapshot &s) {
    if (!s.pausedSince)
        return Handover::tr("The engine is PAUSED.");
    const QString since = shortTime(*s.pausedSince);
    return s.pausedBy.empty() ? Handover::tr("The engine is PAUSED since %1.").arg(since)
                              : Handover::tr("The engine is PAUSED by %1 since %2.").arg(q(s.pausedBy), since);
}

void addState(QStringList &sheet, const HandoverState &s, const HandoverNames &names) {
    using S = MessageState;
    const StateCounts &n = s.snapshot.counts;
    Part part(sheet, Handover::tr("How it stands"), {});
    if (!s.snapshot.problem.empty())
        part.add(Handover::tr("Blocked: %1").arg(q(s.snapshot.problem)));
    else
        part.add(s.snapshot.paused ? enginePaused(s.snapshot)
                : s.snapshot.running   ? Handover::tr("The engine is running.")
                : s.snapshot.elsewhere ? Handover::tr("Another process runs the engine.")
                                       : Handover::tr("The engine is not running here."));
    if (!s.snapshot.policyProblem.empty())
        part.add(Handover::tr("The policy file is not right: %1").arg(q(s.snapshot.policyProblem)));
    for (const AccountSnapshot &account : s.snapshot.accounts) {
        QString line = QStringLiteral("%1: %2").arg(q(account.name), words::gateSentence(account, names.cause));
        if (account.quotaLimit && *account.quotaLimit > 0)
            line += Handover::tr("; %1 of %2 of the day used").arg(number(account.acceptedToday), number(*account.quotaLimit));
        part.add(line);
    }
    part.add(Handover::tr("%1 waiting, %2 on the way, %3 held").arg(number(n.waiting()), number(n[S::Sending]), number(n[S::Held])));
    if (s.snapshot.oldestDue && n.waiting() > 0)
        part.add(Handover::tr("the oldest has waited for %1").arg(span(s.at - *s.snapshot.oldestDue)));
    part.add(Handover::tr("%1 dead letters, %2 of them uncertain").arg(number(n[S::Dead] + n[S::Undelivered] + n[S::Uncertain]), number(n[S::Uncertain])));
}

void addOpen(QStringList &sheet, const HandoverState &s, const HandoverNames &names) {
    {
        Part part(sheet, Handover::tr("Stands still until a person acts"), Handover::tr("nothing at present"));
        for (const Account &account : s.accounts) {
            if (account.hold)
                part.add(Handover::tr("account %1, held since %2 by %3: %4")
                             .arg(q(account.name), shortTime(account.hold->since), q(account.hold->by),
                                 words::holdReason(*account.hold, names.cause)));
        }
        for (const Template &t : s.templates) {
            if (t.hold)
                part.add(Handover::tr("template %1, held since %2 by %3").arg(q(t.title), shortTime(t.hold->since), q(t.hold->by)));
        }
        for (const Batch &batch : s.batches) {
            if (batch.state == BatchState::Paused && !isOver(batch))
                part.add(Handover::tr("batch %1, paused at %2").arg(names.batch(batch), batchProgress(batch)));
        }
        for (const ReplayRun &run : s.replays) {
            if (run.state == ReplayState::Paused || run.state == ReplayState::Stopped)
                part.add(Handover::tr("replay %1: %2").arg(run.id.value).arg(words::replayStop(run, names.cause(run.stopCause))));
        }
    }
    {
        Part part(sheet, Handover::tr("Under way"), Handover::tr("nothing at present"));
        for (const Batch &batch : s.batches) {
            if (batch.state == BatchState::Active && !isOver(batch) && !batch.name.empty())
                part.add(Handover::tr("batch %1: %2").arg(names.batch(batch), batchProgress(batch)));
        }
        for (const ReplayRun &run : s.replays) {
            if (run.state == ReplayState::Running)
                part.add(Handover::tr("replay %1: %2 of %3").arg(run.id.value).arg(number(run.position), number(run.size)));
        }
    }
    Part part(sheet, Handover::tr("Dead letters by cause"), Handover::tr("none"));
    std::vector<CauseGroup> groups = s.groups;
    std::stable_sort(groups.begin(), groups.end(), [](const CauseGroup &a, const CauseGroup &b) { return a.count > b.count; });
    for (const CauseGroup &group : groups) {
        QString line = QStringLiteral("%1 × %2").arg(number(group.count), group.cause.empty() ? words::state(group.state) : names.cause(group.cause));
        if (!group.note.text.empty())
            line += Handover::tr(" (note by %1: %2)").arg(q(group.note.by), q(group.note.text));
        part.add(line);
    }
}

void addShift(QStringList &sheet, const HandoverState &s, const HandoverNames &names) {
    std::int64_t accepted = 0;
    std::int64_t failed = 0;
    for (const HourlyCount &hour : s.hours)
        (hour.cause.empty() ? accepted : failed) += hour.count;
    {
        Part part(sheet, Handover::tr("In this shift"), {});
        part.add(Handover::tr("%1 accepted by WeChat, %2 failed attempts").arg(number(accepted), number(failed)));
        std::vector<BreakdownRow> errors = s.errors;
        std::stable_sort(errors.begin(), errors.end(), [](const BreakdownRow &a, const BreakdownRow &b) { return std::pair(a.dead, a.attempts) > std::pair(b.dead, b.attempts); });
        for (const BreakdownRow &row : errors)
            part.add(Handover::tr("%1: %2 failed attempts, %3 dead letters").arg(names.cause(row.key), number(row.attempts), number(row.dead)));
    }
    Part part(sheet, Handover::tr("Who did what"), Handover::tr("nobody did anything by hand"));
    for (const AuditEntry &act : s.acts) {
        if (act.at < s.since)
            continue;
        QString line = QStringLiteral("%1 %2: %3").arg(shortTime(act.at), q(act.who), words::act(act.act));
        if (act.count > 0)
            line += Handover::tr(", %1 messages").arg(number(act.count));
        if (!act.reason.empty())
            line += QStringLiteral(" – ") + q(act.reason);
        part.add(line);
    }
}

} // namespace

QString handoverText(const HandoverState &s, const HandoverNames &names) {
    QStringList sheet{Handover::tr("Handover of %1 (China time), shift since %2")
                          .arg(chinaTime(s.at).toString(QStringLiteral("yyyy-MM-dd HH:mm")), chinaTime(s.since).toString(QStringLiteral("MM-dd HH:mm")))};
    if (!s.note.trimmed().isEmpty())
        sheet.append({QString(), Handover::tr("To the next shift"), QStringLiteral("  ") + s.note.trimmed().replace(QLatin1Char('\n'), QStringLiteral("\n  "))});
    addState(sheet, s, names);
    addOpen(sheet, s, names);
    addShift(sheet, s, names);
    return sheet.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace songda::ui
