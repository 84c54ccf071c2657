// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace songda::ui {

/// Light, dark, or as the system is, also when that changes while the program runs. Sets palette and style sheet of the
/// whole application; GUI thread.
class Theme final : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    /// To be made before the first widget: the palette at that moment is the system's.
    explicit Theme(QObject *parent = nullptr);

    Choice choice() const { return m_choice; }
    bool dark() const;
    void set(Choice choice);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void lookAtSystem();
    void apply();

    bool m_systemDark;
    bool m_applying = false;
    Choice m_choice = Choice::System;
};

} // namespace songda::ui
