// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/texts.h"

#include <QPushButton>
#include <optional>

class QLabel;

namespace songda::ui {

class Chip;
class Directory;

/// What a person should do next about a cause.
enum class NextStep {
    Edit, ///< the words are wrong
    Suppress, ///< this person cannot be reached
    OpenAccounts,
    OpenTemplates,
    Resend, ///< it may pass as it is
};
/// By whose move it is and whether trying again helps.
NextStep nextStepFor(const CauseWords &words);

/// A cause in plain words: what happened, whose move it is, how often another try helped here, what somebody noted, and
/// one button with the right next step.
class CauseCard final : public QWidget {
    Q_OBJECT
public:
    explicit CauseCard(const Directory &directory, QWidget *parent = nullptr);

    /// Hidden when the cause is empty. Without odds nothing is said about further tries.
    void show(const std::string &cause, const std::optional<RetryOdds> &odds = {}, const CauseNote &note = {});
    /// Offers the next step for this many messages; without it the card only tells.
    void offer(std::int64_t messages, bool mayChange);
    /// The step stands there, but cannot be taken until it is offered again.
    void withhold() { m_step->setEnabled(false); }

Q_SIGNALS:
    void stepChosen(songda::ui::NextStep step);

private:
    void fill();

    const Directory &m_directory;
    std::string m_cause;
    std::optional<RetryOdds> m_odds;
    CauseNote m_noted;
    std::int64_t m_messages = 0;
    bool m_mayChange = false;
    QLabel *m_meaning;
    Chip *m_code;
    Chip *m_class;
    QLabel *m_move;
    QLabel *m_retry;
    QLabel *m_advice;
    QLabel *m_note;
    QPushButton *m_step;
    Texts m_texts;
};

} // namespace songda::ui
