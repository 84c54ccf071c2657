// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QButtonGroup>
#include <QWidget>
#include <vector>

class QScrollArea;
class QVBoxLayout;

namespace songda::ui {

/// One entry of the rail: icon, name, and a live number.
class RailButton final : public QAbstractButton {
    Q_OBJECT
public:
    RailButton(QString icon, QWidget *parent = nullptr);

    void setBadge(std::int64_t n);
    std::int64_t badge() const { return m_badge; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_icon;
    std::int64_t m_badge = 0;
};

/// The navigation on the left, as wide as its names need. Where the window is too low for all of them they scroll, and
/// what stands at the foot stays. GUI thread.
class Rail final : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    RailButton *add(const QString &icon);
    void select(int index);
    void addAtFoot(QWidget *widget);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selected(int index);

protected:
    /// Names became longer or shorter.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QVBoxLayout *m_layout;
    QScrollArea *m_area;
    QWidget *m_list;
    QVBoxLayout *m_buttons;
    QButtonGroup m_group;
    int m_count = 0;
};

} // namespace songda::ui
