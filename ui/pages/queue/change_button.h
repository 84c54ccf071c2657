// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/widgets/command.h"
#include "ui/widgets/texts.h"

#include <QPushButton>
#include <vector>

namespace songda::ui {

class MessageActs;

/// What can be changed about messages that wait: kept back, let go, due at another time. For the chosen ones, and for
/// everything that matches.
class ChangeButton final : public QPushButton {
    Q_OBJECT
public:
    struct Target {
        MessageFilter filter;
        std::optional<std::int64_t> count; ///< as far as it is known
        bool waiting = false; ///< some of them can be held or made due
        bool held = false; ///< some of them are
    };
    using Targets = std::function<Target()>;

    /// `chosen` and `matching` are asked when something is done.
    ChangeButton(MessageActs *acts, Targets chosen, Targets matching, QWidget *parent = nullptr);

    std::vector<Command> commands();

private:
    enum class Change { Hold, Release, Now, Due };

    void fill();
    void apply(Change change, const Target &target);
    bool offers(Change change, const Target &target) const;
    QString nameOf(Change change) const;

    MessageActs *const m_acts;
    const Targets m_chosen;
    const Targets m_matching;
    Texts m_texts;
};

} // namespace songda::ui
