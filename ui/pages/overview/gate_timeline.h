// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/overview/gate_history.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/texts.h"

#include <QWidget>

namespace songda::ui {

/// Breaker and token of the accounts over the last hour, a band each: the taller, the worse. With the keyboard one goes
/// along the hour and from account to account; what was then is said in words.
class GateTimeline final : public QWidget {
    Q_OBJECT
public:
    explicit GateTimeline(QWidget *parent = nullptr);

    void sample(const Snapshot &snapshot);
    /// What comes meanwhile is shown afterwards.
    void holdStill(bool still);
    const GateHistory &history() const { return m_history; }
    /// What the place one is at with the keyboard stands for; empty before the first step.
    QString caption() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct LegendEntry {
        QString name;
        Tone tone;
        double height; ///< share of a band
    };

    std::vector<LegendEntry> legend() const;
    int shownRows() const;
    int lineHeight() const;
    int rowHeight() const;
    QRect hour() const;
    int xOf(WallTime at) const;
    QString textAt(int row, WallTime when) const;
    void describe();
    void paintLegend(QPainter &painter, const Colours &colours) const;
    void paintRow(QPainter &painter, const Colours &colours, const GateHistory::Row &row, int top) const;
    void paintHours(QPainter &painter, const Colours &colours) const;

    GateHistory m_history;
    std::optional<GateHistory> m_coming; ///< while the picture is held still: with what came since
    int m_row = 0; ///< where the keyboard is
    int m_minutesAgo = -1; ///< -1: it has not been used
    Texts m_texts;
};

} // namespace songda::ui
