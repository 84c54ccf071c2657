// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/texts.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace songda::ui {

class StatTile;

/// All that is known of a batch before it is queued.
struct PreflightFacts {
    ImportReport report; ///< of a dry run
    std::optional<Forecast> without; ///< of what waits already
    std::optional<Forecast> with; ///< of that and the batch
    std::optional<Hold> accountHold;
    std::optional<Hold> templateHold;
    std::size_t seeds = 0;
    double rate = 0; ///< the account lets through now
};

/// How many of a batch, and why; one line of the panel.
struct PreflightLine {
    std::int64_t count = 0;
    QString what;
    Tone tone = Tone::Neutral;
};

struct PreflightSums {
    std::int64_t willGo = 0;
    std::int64_t held = 0;
    std::int64_t expired = 0;
    std::int64_t refused = 0; ///< bad rows, people who opted out or are on the list
    std::int64_t duplicates = 0;
    std::optional<WallTime> firstAt, endsAt;
};

/// What becomes of every row that was read: the four and the duplicates add up to it. Pure.
PreflightSums preflightSums(const PreflightFacts &facts);
/// The same in words, what is nothing left out. In the present language.
std::vector<PreflightLine> preflightLines(const PreflightFacts &facts);
/// When: the rate, quiet hours, the quota; one sentence each.
QStringList preflightTimes(const PreflightFacts &facts);

/// What would become of a batch if it were queued now.
class Preflight final : public QWidget {
    Q_OBJECT
public:
    explicit Preflight(QWidget *parent = nullptr);

    void show(const PreflightFacts &facts);
    void clear();

private:
    void fill();

    std::optional<PreflightFacts> m_facts;
    StatTile *m_go;
    StatTile *m_wait;
    StatTile *m_refused;
    StatTile *m_end;
    QGridLayout *m_lines;
    QLabel *m_times;
    Texts m_texts;
};

} // namespace songda::ui
