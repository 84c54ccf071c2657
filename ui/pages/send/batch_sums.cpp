// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_sums.h"

#include "ui/widgets/number_tile.h"
#include "ui/widgets/parts.h"

#include <QHBoxLayout>

namespace songda::ui {

BatchSums::BatchSums(QWidget *parent)
    : QWidget(parent)
    , m_texts(this) {
    using S = MessageState;
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(hairGap);
    const std::vector<std::pair<std::vector<S>, Tone>> parts{
        {{S::Accepted}, Tone::Good},
        {{S::Delivered}, Tone::Good},
        {{S::Dead, S::Undelivered}, Tone::Bad},
        {{S::Uncertain}, Tone::Warn},
        {{S::Cancelled}, Tone::Neutral},
        {{S::Expired}, Tone::Bad},
        {{S::Queued, S::Retrying, S::Sending, S::Held}, Tone::Info},
        {{}, Tone::Neutral},
    };
    const QStringList names{QStringLiteral("accepted"), QStringLiteral("delivered"), QStringLiteral("failed"), QStringLiteral("uncertain"),
        QStringLiteral("cancelled"), QStringLiteral("expired"), QStringLiteral("under_way"), QStringLiteral("total")};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            layout->addWidget(mutedLabel(i + 1 == parts.size() ? QStringLiteral("=") : QStringLiteral("+")));
        Part part{new NumberTile, parts[i].first, parts[i].second};
        part.tile->setObjectName(QStringLiteral("sum_") + names[static_cast<int>(i)]);
        layout->addWidget(part.tile, 1);
        connect(part.tile, &NumberTile::clicked, this, [this, states = part.states] { Q_EMIT opened(states); });
        m_parts.push_back(std::move(part));
    }
    m_texts.add([this] {
        const QStringList words{
            tr("Accepted"), tr("Delivered"), tr("Failed"), tr("Uncertain"), tr("Cancelled"), tr("Expired"), tr("Under way"), tr("Total")};
        for (std::size_t i = 0; i < m_parts.size(); ++i)
            m_parts[i].tile->setName(words[static_cast<int>(i)]);
    });
}

void BatchSums::show(const StateCounts &counts) {
    for (const Part &part : m_parts) {
        std::int64_t n = 0;
        for (const MessageState s : part.states)
            n += counts[s];
        part.tile->setNumber(part.states.empty() ? counts.total() : n, part.tone);
    }
}

} // namespace songda::ui
