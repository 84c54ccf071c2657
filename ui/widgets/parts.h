// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/colours.h"
#include "ui/widgets/measures.h"

#include <QLabel>
#include <QPushButton>
#include <optional>

class QLineEdit;
class QVBoxLayout;

namespace songda::ui {

/// A label that never reads its text as markup and wraps.
QLabel *plainLabel(const QString &text = {});
/// Muted words below or beside a value.
QLabel *mutedLabel(const QString &text = {});
/// The name of a page or of a part of it.
QLabel *headline(int level = 1);
/// A surface with a thin border, as all parts of a page lie on.
QWidget *panel(QVBoxLayout *&inside);

/// Shows below a field what it wants, or in red what is wrong with what is in it.
void markField(QLineEdit *edit, QLabel *hint, bool wrong, const QString &text);

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

/// A thin bar that says how much of something is used.
class ShareBar final : public QWidget {
    Q_OBJECT
public:
    explicit ShareBar(QWidget *parent = nullptr);

    void set(double share, Tone tone);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = 0;
    Tone m_tone = Tone::Neutral;
};

/// A number with its name and a line of explanation. It may open what it counts.
class StatTile final : public QWidget {
    Q_OBJECT
public:
    explicit StatTile(QWidget *parent = nullptr);

    void setName(const QString &name);
    void setValue(const QString &value, const QString &note = {}, Tone tone = Tone::Neutral);
    /// A bar below; none: no bar.
    void setShare(std::optional<double> share, Tone tone);
    /// Whether a click, or Enter, opens something at the moment.
    void setOpens(bool opens);
    bool opens() const { return m_opens; }

Q_SIGNALS:
    void opened();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool m_opens = false;
    QLabel *m_name;
    ToneLabel *m_value;
    ShareBar *m_share;
    QLabel *m_note;
};

} // namespace songda::ui
