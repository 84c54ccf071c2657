// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/texts.h"

#include <QWidget>
#include <vector>

class QLabel;

namespace songda::ui {

class NumberTile;

/// Where the messages of a batch are, as a sum that adds up: accepted + delivered + failed + ... = total. Each number opens its rows.
class BatchSums final : public QWidget {
    Q_OBJECT
public:
    explicit BatchSums(QWidget *parent = nullptr);

    void show(const StateCounts &counts);

Q_SIGNALS:
    void opened(const std::vector<songda::MessageState> &states); ///< empty: all

private:
    struct Part {
        NumberTile *tile;
        std::vector<MessageState> states;
        Tone tone;
    };

    std::vector<Part> m_parts; ///< the last is the total
    Texts m_texts;
};

} // namespace songda::ui
