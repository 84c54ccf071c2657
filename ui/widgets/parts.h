// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/colours.h"

#include <QLabel>
#include <QPushButton>

class QVBoxLayout;

namespace songda::ui {

/// The steps of our spacing grid, in pixels of a 96 dpi screen.
inline constexpr int grid = 8;

/// A label that never reads its text as markup and wraps.
QLabel *plainLabel(const QString &text = {});
/// Smaller, muted words below or beside a value.
QLabel *mutedLabel(const QString &text = {});
/// The name of a page or of a part of it.
QLabel *headline(int level = 1);
/// A surface with a thin border, as all parts of a page lie on.
QWidget *panel(QVBoxLayout *&inside);

/// A button of the main act of a page (filled) or of one that cannot be taken back (in red).
QPushButton *mainButton();
QPushButton *dangerButton();

/// A word on a pale ground in a tone.
class Chip final : public QLabel {
    Q_OBJECT
public:
    explicit Chip(QWidget *parent = nullptr);

    void set(const QString &text, Tone tone);

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

private:
    Tone m_tone = Tone::Neutral;
};

/// One sentence about what just happened or is wrong, in a tone; hidden while there is none.
class Notice final : public QLabel {
    Q_OBJECT
public:
    explicit Notice(QWidget *parent = nullptr);

    void say(const QString &text, Tone tone);
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Info;
};

/// A word or number in a tone, in the colours of the theme it is painted in.
class ToneLabel final : public QLabel {
    Q_OBJECT
public:
    explicit ToneLabel(QWidget *parent = nullptr);

    void set(const QString &text, Tone tone);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
};

/// A number with its name and a line of explanation.
class StatTile final : public QWidget {
    Q_OBJECT
public:
    explicit StatTile(QWidget *parent = nullptr);

    void setName(const QString &name);
    void setValue(const QString &value, const QString &note = {}, Tone tone = Tone::Neutral);

private:
    QLabel *m_name;
    ToneLabel *m_value;
    QLabel *m_note;
};

} // namespace songda::ui
