// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/console.h"
#include "tests/free_port.h"

namespace songda::testing {

/// Says in the profile's settings that `serve` listens at `port`, with `more` of the section "doors" beside it. False when
/// the file cannot be read or written.
bool setDoors(const Console &console, quint16 port, const QJsonObject &more = {});

/// Waits until the doors answer that messages are taken in; false after half a minute.
bool waitForDoors(quint16 port);

} // namespace songda::testing
