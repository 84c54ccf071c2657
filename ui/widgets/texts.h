// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <vector>

class QWidget;

namespace songda::ui {

/// Sets the words of a widget, now and again after every change of the language, so that the language can be
/// switched while the program runs. One a widget, as a member; GUI thread.
class Texts final : public QObject {
public:
    explicit Texts(QWidget *owner);

    /// Runs `set` at once and after each change.
    void add(std::function<void()> set);
    /// Runs all of them; for words that depend on more than the language.
    void again() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::vector<std::function<void()>> m_setters;
};

} // namespace songda::ui
