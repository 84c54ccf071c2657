// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_table.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/words.h"

namespace songda::ui {

namespace {

struct BatchColumns {
    Q_DECLARE_TR_FUNCTIONS(BatchColumns)
};

double doneShare(const Batch &b) {
    return b.counts.total() > 0 ? static_cast<double>(b.counts.finished()) / static_cast<double>(b.counts.total()) : 0.0;
}

} // namespace

bool isOver(const Batch &b) {
    return b.counts.total() > 0 && b.counts.finished() == b.counts.total();
}

QString batchProgress(const Batch &b) {
    const std::int64_t total = b.counts.total();
    return total > 0 ? QStringLiteral("%1 / %2").arg(number(b.counts.finished()), number(total)) : QString();
}

QString batchStateText(const Batch &b) {
    if (b.state == BatchState::Active && isOver(b))
        return BatchColumns::tr("Done");
    return words::batchState(b.state);
}

Tone batchTone(const Batch &b) {
    switch (b.state) {
    case BatchState::Active: return isOver(b) ? Tone::Good : Tone::Info;
    case BatchState::Paused: return Tone::Warn;
    case BatchState::Cancelled: return Tone::Neutral;
    }
    return Tone::Neutral;
}

BatchTable *makeBatchTable(const Directory &directory, QObject *parent) {
    using Row = Batch;
    BatchTable::Column bar{[] { return BatchColumns::tr("Progress"); },
        [](const Row &b, int role) -> QVariant {
            if (role == ShareRole || role == RawRole)
                return doneShare(b);
            return role == Qt::ToolTipRole ? QVariant(batchProgress(b)) : QVariant();
        }};
    return new BatchTable(
        {
            textColumn<Row>(
                [] { return BatchColumns::tr("Batch"); }, [&directory](const Row &b) { return directory.batchName(b); }),
            chipColumn<Row>([] { return BatchColumns::tr("State"); }, batchStateText, batchTone),
            bar,
            numberColumn<Row>([] { return BatchColumns::tr("Ended"); }, batchProgress,
                [](const Row &b) { return static_cast<double>(b.counts.finished()); }),
            countColumn<Row>([] { return BatchColumns::tr("Accepted"); },
                [](const Row &b) { return b.counts[MessageState::Accepted] + b.counts[MessageState::Delivered]; }),
            countColumn<Row>([] { return BatchColumns::tr("Failed"); },
                [](const Row &b) {
                    return b.counts[MessageState::Dead] + b.counts[MessageState::Undelivered] + b.counts[MessageState::Uncertain];
                }),
            timeColumn<Row>([] { return BatchColumns::tr("Created"); }, [](const Row &b) { return b.createdAt; }),
            textColumn<Row>([] { return BatchColumns::tr("By"); }, [](const Row &b) { return q(b.createdBy); }),
            textColumn<Row>([] { return BatchColumns::tr("Why it stands still"); },
                [](const Row &b) { return b.hold ? words::batchHold(*b.hold) : QString(); }),
        },
        [](const Row &b) { return QString::number(b.id.value); }, parent);
}

} // namespace songda::ui
