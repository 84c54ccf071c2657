// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <optional>

class QWidget;

namespace songda::ui {

/// An act on messages as the operator is asked about it.
struct ActQuestion {
    QString title;
    QString what; ///< what will happen to how many, in one sentence
    QString button; ///< the act as a verb
    bool reasonNeeded = false;
    QString confirmation; ///< a box that may be ticked, such as "may arrive twice"; empty: none
    std::optional<QDateTime> at = {}; ///< also asks for a time, and proposes this one (see forEditor())
    bool confirmationNeeded = false; ///< nothing is done before the box is ticked
};

struct ActAnswer {
    QString reason;
    bool confirmed = false;
    QDateTime at; ///< where a time was asked for
};

/// Asks for a reason before an act that is recorded. Nothing: the operator thought better of it.
std::optional<ActAnswer> askReason(QWidget *parent, const ActQuestion &question);

} // namespace songda::ui
