// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/colours.h"

#include <QAbstractButton>

namespace songda::ui {

/// A number with its name below that opens what it counts. A number of nothing opens nothing.
class NumberTile final : public QAbstractButton {
    Q_OBJECT
public:
    explicit NumberTile(QWidget *parent = nullptr);

    void setName(const QString &name);
    void setNumber(std::int64_t n, Tone tone = Tone::Neutral);
    std::int64_t number() const { return m_number; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void describe();
    QFont numberFont() const;

    QString m_name;
    std::int64_t m_number = 0;
    Tone m_tone = Tone::Neutral;
};

} // namespace songda::ui
