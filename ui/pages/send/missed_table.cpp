// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/missed_table.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace songda::ui {

namespace {

struct MissedColumns {
    Q_DECLARE_TR_FUNCTIONS(MissedColumns)
};

QString whyOf(const Directory &directory, const Missed &m) {
    if (m.state == MessageState::Cancelled)
        return MissedColumns::tr("cancelled or discarded by a person before it was sent");
    if (m.state == MessageState::Expired)
        return MissedColumns::tr("no longer useful when its turn came");
    return m.cause.empty() ? MissedColumns::tr("not known") : directory.causeText(m.cause);
}

QString adviceOf(const Directory &directory, const Missed &m) {
    if (m.state == MessageState::Cancelled || m.state == MessageState::Expired)
        return MissedColumns::tr("“Send to the rest” reaches those whom nobody discarded.");
    if (m.state == MessageState::Uncertain)
        return MissedColumns::tr("It may have arrived. Ask before it is sent again.");
    return q(directory.causeWords(m.cause).advice);
}

} // namespace

MissedTable *makeMissedTable(const Directory &directory, QObject *parent) {
    using Row = Missed;
    return new MissedTable(
        {
            numberColumn<Row>([] { return MissedColumns::tr("People"); }, [](const Row &m) { return number(m.people); }),
            chipColumn<Row>([] { return MissedColumns::tr("What became of it"); },
                [](const Row &m) { return words::state(m.state); }, [](const Row &m) { return words::tone(m.state); }),
            textColumn<Row>(
                [] { return MissedColumns::tr("Why"); }, [&directory](const Row &m) { return whyOf(directory, m); }),
            textColumn<Row>([] { return MissedColumns::tr("What to do"); },
                [&directory](const Row &m) { return adviceOf(directory, m); }),
        },
        [](const Row &m) { return QStringLiteral("%1 %2").arg(static_cast<int>(m.state)).arg(q(m.cause)); }, parent);
}

std::vector<Missed> missedOf(const StateCounts &counts, const std::vector<CauseGroup> &deadLetters) {
    std::vector<Missed> missed;
    for (const CauseGroup &group : deadLetters)
        missed.push_back({group.state, group.cause, group.count});
    for (const MessageState s : {MessageState::Cancelled, MessageState::Expired}) {
        if (counts[s] > 0)
            missed.push_back({s, {}, counts[s]});
    }
    std::stable_sort(missed.begin(), missed.end(), [](const Missed &a, const Missed &b) { return a.people > b.people; });
    return missed;
}

} // namespace songda::ui
