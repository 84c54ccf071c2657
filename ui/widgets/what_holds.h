// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace songda {
struct Message;
struct Snapshot;
}

namespace songda::ui {

class Directory;

/// What keeps a waiting message back at this moment besides its own time, in one sentence: a hold, a pause, or the closed gate
/// of its account. Empty when nothing is known to.
QString whatHolds(const Message &message, const Directory &directory, const Snapshot &snapshot);

} // namespace songda::ui
