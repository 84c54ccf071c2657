// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/console_user.h"

namespace songda {

/// While it lives, what its thread asks of an engine is asked by this session, whoever sits at the screen meanwhile: a job
/// goes on in the name of who began it, and a door serves its callers although nobody has signed in. They nest; each ends
/// on the thread that made it.
class ActingAs {
public:
    static constexpr const char *doors = "doors"; ///< what they do by themselves

    explicit ActingAs(Session session);
    ~ActingAs();
    ActingAs(const ActingAs &) = delete;
    ActingAs &operator=(const ActingAs &) = delete;

    /// Somebody whom a door has let in by a key of theirs, or the door itself: what they may do is the door's to decide. The
    /// name is what the audit says.
    static Session service(std::string name = doors);
    /// Of this thread; null: whoever sits at the screen.
    static const Session *now();

private:
    const Session m_session;
    const ActingAs *const m_before;
};

} // namespace songda
