// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

namespace songda::console {

/// Asks for name and password until somebody has signed in. False when nobody wants to.
bool signIn(Engine &engine);

} // namespace songda::console
