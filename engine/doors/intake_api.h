// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/desk.h"
#include "engine/doors/router.h"

#include <memory>

namespace songda::doors {

/// What business systems hand over and ask for: /v1.
void addIntakeRoutes(Router &router, const std::shared_ptr<Desk> &desk);

} // namespace songda::doors
